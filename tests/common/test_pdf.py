import io

import pypdf
import pytest
import typst
from PIL import Image

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


def picture() -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (40, 30), "teal").save(out, "JPEG")
    return out.getvalue()


def test_pictures_are_found_by_their_plain_name(settings, tmp_path):
    folder = tmp_path / "templates" / "typst"
    folder.mkdir(parents=True)
    (folder / "look.typ").write_text('#set document(title: "图")\n#image("files/p1.jpg", alt: "照片")')
    settings.BASE_DIR = tmp_path
    pages = pypdf.PdfReader(io.BytesIO(pdf_of("look", {}, {"p1.jpg": picture()}))).pages
    assert len(pages[0].images) == 1


@pytest.mark.parametrize("name", ["../p1.jpg", "/etc/p1.jpg", "p1.typ", "a/b.jpg", "p1.jpg\n", ""])
def test_a_picture_has_no_path(name):
    with pytest.raises(ValueError):
        pdf_of("plain", {"title": "试", "lines": []}, {name: picture()})
