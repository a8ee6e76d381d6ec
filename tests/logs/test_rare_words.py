"""T41: rare characters of a log are found, shown, put into a spreadsheet and printed as they were typed."""

import io

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from evaluations.archive.prints import file_pdf
from tests.archive.archive_kit import reader_of
from tests.factories.practice import make_log

RARE = {
    "beyond the first plane": "𠮷田",
    "a dot in the name": "阿依古丽·买买提",
    "a rare surname": "㛃䶮",
    "a letter with marks": "Đặng Žižek",
}


@pytest.mark.parametrize("words", RARE.values(), ids=RARE)
def test_rare_words_come_out_as_they_went_in(cast, as_, words):
    text = f"去看了{words}，谈了半小时，把楼道的事说定了。"
    log = make_log(cast.pairing, title="走访", text=text)
    browser = as_("officer")
    found = browser.get(reverse("logs:logs"), {"q": words})
    assert [row.pk for row in found.context["page"]] == [log.pk]
    assert text in browser.get(reverse("logs:log", args=[log.pk])).text
    cells = load_workbook(io.BytesIO(browser.get(reverse("logs:export")).content)).active.values
    assert text in [cell for row in cells for cell in row]
    printed = "".join(page.extract_text() for page in reader_of(file_pdf(cast.mentee_row, by=cast.officer)).pages)
    assert words.replace(" ", "") in "".join(printed.split())
