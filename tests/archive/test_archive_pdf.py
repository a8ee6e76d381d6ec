"""The printed file and the keepsake: what is on the page, who printed it, page numbers, and what is never there."""

import re

import pytest
from django.urls import reverse
from django.utils import translation

from evaluations.archive.prints import file_pdf, keepsake_pdf
from evaluations.archive.queries import MentoringFile
from evaluations.logs.models import LogPhoto
from mentorship.audit.models import Entry
from mentorship.people.models import Secretary
from tests.factories.archive import make_bound
from tests.factories.practice import make_log

from .archive_kit import (
    SECRETS,
    STUDIO_ONLY,
    change_one_letter,
    counts_in_database,
    full_file,
    pictures_in,
    reader_of,
    text_of,
)


@pytest.fixture
def c(cast):
    return full_file(cast)


def pages_of(pdf: bytes) -> list[str]:
    return [page.extract_text() for page in reader_of(pdf).pages]


def test_the_pages_of_the_catalogue_are_right(c):
    for n in range(25):
        make_log(c.pairing, title=f"第{n}课", text="走了一圈。" * 40)
    pages = pages_of(file_pdf(c.mentee_row, by=c.officer))
    file = MentoringFile(c.mentee_row, c.officer)
    catalogue = pages[1]
    for line in file.present:
        begins = next(
            n for n, page in enumerate(pages, 1) if n > 2 and f"{line.part.no} {line.part.title}" in spaced(page)
        )
        row = next(row for row in catalogue.splitlines() if str(line.part.title) in row)
        tail = catalogue[catalogue.index(row) :].split(str(line.part.title), 1)[1][:90]
        assert re.search(rf"\b{begins}\b", tail), f"{line.part.title} begins on page {begins}: {tail!r}"
    for n, page in enumerate(pages, 1):
        assert f"第{n}页，共{len(pages)}页" in page


def spaced(page: str) -> str:
    return page.replace("\u3000", " ")


def test_every_page_says_who_printed_it_and_when(c):
    for page in pages_of(file_pdf(c.mentee_row, by=c.officer)):
        assert re.search(r"打印人：龙飞\s+打印时间：20\d\d年\d+月\d+日 \d\d:\d\d", page)
        assert "何嘉怡带教档案" in page


def test_the_printed_counts_equal_the_database(c):
    catalogue = pages_of(file_pdf(c.mentee_row, by=c.officer))[1]
    counts = counts_in_database(c.mentee_row)
    for line in MentoringFile(c.mentee_row, c.officer).present:
        rest = catalogue.split(str(line.part.title), 1)[1]
        assert re.match(rf"\s*{counts[line.part.code]}\b", rest), line.part.title
    assert f"{sum(counts.values())}件" in text_of(file_pdf(c.mentee_row, by=c.officer))


@pytest.mark.parametrize("who", ["lead", "officer", "mentee"])
def test_what_must_stay_is_not_on_paper(c, who):
    pdf = file_pdf(c.mentee_row, by=getattr(c, who))
    words = text_of(pdf)
    assert "陪着走访8号楼，先听意见。" in words
    for secret in SECRETS.values():
        assert secret not in words
    studio = who != "mentee"
    assert (STUDIO_ONLY in words) == studio
    assert ("两次没有到" in words) == studio
    assert ("肯跑肯学" in words) == studio
    assert pictures_in(pdf) == (2 if studio else 1), "of four logs with a picture"
    assert ("本人查阅件" in words) != studio
    assert ("SHA-256" in words) == studio


def test_rare_characters_of_a_name_are_printed(c):
    Secretary.objects.filter(pk=c.mentee_row.secretary_id).update(name="犇骉王燚禤㛃婍𠮷")
    c.mentee_row.secretary.refresh_from_db()
    assert "犇骉王燚禤㛃婍𠮷" in text_of(file_pdf(c.mentee_row, by=c.officer))
    assert "犇骉王燚禤㛃婍𠮷" in text_of(keepsake_pdf(c.mentee_row)).replace(" ", "")


def test_a_paper_is_in_chinese_whoever_prints_it(c):
    with translation.override("en"):
        assert "卷内目录" in text_of(file_pdf(c.mentee_row, by=c.officer))


def test_a_picture_that_is_gone_leaves_a_place(c):
    picture = LogPhoto.objects.get(log=c.log)
    picture.image.storage.delete(picture.image.name)
    words = text_of(file_pdf(c.mentee_row, by=c.officer))
    assert "照片打不开" in words


def test_text_is_never_markup(c):
    odd = '#read("/etc/passwd") *粗* $x$ <b> \\'
    make_log(c.pairing, title="怪字", text=odd)
    assert odd in text_of(file_pdf(c.mentee_row, by=c.officer))


def test_the_closing_sheet_tells_of_changes_since_the_binding(c):
    make_bound(c.mentee_row, c.officer, parts=MentoringFile(c.mentee_row).as_bound(), checked_by=c.lead,
               checked_on="2018-12-01")  # fmt: skip
    change_one_letter(c.log)
    pages = pages_of(file_pdf(c.mentee_row, by=c.officer))
    assert "立卷以后改动的" in pages[-1]
    assert "教学日志" in pages[-1].split("立卷以后改动的")[1][:20]
    assert "梁室档〔2018〕01号" in pages[0]
    assert "许晓岚" in pages[0]
    assert MentoringFile(c.mentee_row).digest[:32] in pages[-1]


def test_an_empty_file_can_be_printed(cast):
    words = text_of(file_pdf(cast.other_mentee_row, by=cast.officer))
    assert "拜师帖还没有呈递" in words


def test_printing_is_written_down(c, as_):
    answer = as_("officer").get(reverse("archive:file_print", args=[c.mentee_row.pk]))
    assert answer["Content-Type"] == "application/pdf"
    assert answer["Content-Disposition"].startswith("inline")
    assert answer["Cache-Control"] == "private, no-store"
    assert as_("mentee").get(reverse("archive:file_pdf", args=[c.mentee_row.pk])).status_code == 200
    assert as_("mentee").get(reverse("archive:keepsake", args=[c.mentee_row.pk])).status_code == 200
    told = list(
        Entry.objects.filter(verb__startswith="archive.").order_by("sequence").values_list("verb", "actor_name")
    )
    assert told == [("archive.printed", "龙飞"), ("archive.printed", "何嘉怡"), ("archive.keepsake_made", "何嘉怡")]


def test_the_keepsake_has_the_letter_and_only_what_may_go_home(c):
    make_log(c.pairing, title="没有去的课", present=False)
    words = text_of(keepsake_pdf(c.mentee_row))
    assert "恳请您收下我这个徒弟" in words
    assert "帖子收到了，看了两遍。" in words
    assert "第一次走访" in words
    assert "先听，再说。" in words
    for hidden in [*SECRETS.values(), STUDIO_ONLY, "没有去的课", "两次没有到"]:
        assert hidden not in words


@pytest.mark.usefixtures("unguarded")
def test_an_unsent_reply_and_a_draft_letter_stay_with_their_writers(c):
    reply = c.pairing.letter.reply
    reply.sent_at = None
    reply.save()
    assert "看了两遍" not in text_of(file_pdf(c.mentee_row, by=c.officer)) + text_of(keepsake_pdf(c.mentee_row))
    type(c.pairing.letter).objects.update(state="draft", digest="", sealed_at=None)
    assert "恳请您收下" not in text_of(file_pdf(c.mentee_row, by=c.mentee)) + text_of(keepsake_pdf(c.mentee_row))
