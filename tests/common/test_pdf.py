import io

import pypdf
import pytest
import typst

from mentorship.common.pdf import pdf_of


def text_of(pdf: bytes) -> str:
    return "\n".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(pdf)).pages)


def test_rare_characters_of_names_are_in_the_file():
    assert "犇骉王燚禤㛃婍𠮷" in text_of(pdf_of("plain", {"title": "名册", "lines": ["犇骉王燚禤㛃婍𠮷"]}))


def test_text_in_the_data_is_never_markup():
    line = '#read("/etc/passwd") *粗* $x$'
    assert line in text_of(pdf_of("plain", {"title": "试", "lines": [line]}))


def test_the_file_is_tagged_and_has_a_title():
    pdf = pypdf.PdfReader(io.BytesIO(pdf_of("plain", {"title": "拜师帖", "lines": ["一"]})))
    assert pdf.metadata.title == "拜师帖"
    assert pdf.trailer["/Root"]["/MarkInfo"]["/Marked"]


def test_a_template_s_own_mistake_is_told():
    with pytest.raises(typst.TypstError):
        pdf_of("plain", {"lines": []})
