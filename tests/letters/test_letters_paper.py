"""The folded paper and its PDF: lines, seals, dates, columns, rare names."""

import datetime
import io
import re

import pytest
from django.urls import reverse
from pypdf import PdfReader

from cohorts.letters.letter_pdf import HANGING, Plan, cut, planned
from cohorts.letters.rendering import Line, Sheet, lunar_of, seal_text, season_of, sheet_of
from cohorts.letters.taboos import hints_in
from mentorship.people.models import Secretary

from .letter_kit import again, answered, drafted, handed_in, met_first


@pytest.mark.parametrize(
    ("name", "words"),
    [("何嘉怡", "何嘉怡印"), ("丁凯", "丁凯之印"), ("欧阳修远", "欧阳修远"), ("阿依古丽·买买提", "阿依古丽"), ("𠮷田", "𠮷田之印")],
)  # fmt: skip
def test_seals_have_four_characters(name, words):
    assert seal_text(name) == words


@pytest.mark.parametrize(
    ("day", "season"),
    [("2018-08-15", "戊戌年秋"), ("2019-02-04", "戊戌年冬"), ("2019-02-05", "己亥年春"), ("2020-05-30", "庚子年夏"),
     ("2019-01-10", "戊戌年冬"), ("2200-01-01", "")],
)  # fmt: skip
def test_the_season_is_the_lunar_one(day, season):
    assert season_of(datetime.date.fromisoformat(day)) == season


def test_lines_of_a_letter(cast):
    cast.studio.organizer = "甲区委组织部"
    cast.studio.save()
    lines = [line.whole for line in sheet_of(again(answered(cast))).letter]
    assert lines[0] == "尊敬的沈桂芳老书记："
    assert lines[4:8] == ["我和您约定三条：", "一、多走一步。", "二、多听一句。", "三、记好每一课。"]
    assert lines[9:12] == ["敬颂", "教安", "学生 何嘉怡 敬上"]
    assert lines[-2:] == ["引荐　曹杨新村街道", "见证　甲区委组织部（书记工作室）"]
    assert lunar_of(datetime.date(2018, 8, 15)) == "戊戌年七月初五"


def test_the_paper_shows_who_has_signed(cast):
    draft = sheet_of(drafted(cast))
    assert (draft.stamped, draft.waits, draft.answered) == (False, False, False)


def test_the_fold_for_the_answer_waits_empty(cast):
    letter = handed_in(cast)
    waiting = sheet_of(letter)
    assert (waiting.stamped, waiting.waits, waiting.answered) == (True, True, False)


def test_meeting_first_stands_on_the_paper_too(cast):
    letter = met_first(cast)
    assert sheet_of(letter, letter.reply).answered


def test_an_unsent_answer_is_not_on_the_paper(cast):
    letter = answered(cast)
    reply = letter.reply
    assert sheet_of(letter, reply).reply
    reply.sent_at = None
    assert sheet_of(letter, reply).reply == []


def test_a_longer_letter_is_set_smaller():
    short, long = Sheet("", [Line("字" * 100)]), Sheet("", [Line("字" * 800)], [Line("字" * 200)])
    assert short.size == ""
    assert long.size == "letter-longest"


@pytest.mark.parametrize("length", [1, 20, 27, 28, 55, 56, 57, 300])
def test_columns_hold_every_character_in_order(length):
    text = "".join(chr(0x4E00 + n) if n % 9 else "，" for n in range(1, length + 1))
    columns = cut(Line(text), 28)
    assert "".join(column["text"] for column in columns) == text
    assert all(len(column["text"]) + column["skip"] <= 29 for column in columns)
    assert all(column["text"][0] not in HANGING for column in columns[1:])


@pytest.mark.parametrize("characters", [50, 200, 400, 600, 800])
def test_every_allowed_length_fits_one_sheet(characters):
    body = [Line("字" * (characters // 3)) for _ in range(3)]
    sheet = Sheet("", [Line("称呼：", "salute"), *body, *[Line("约定" * 15)] * 3, Line("署名", "sign", "何嘉怡印")],
                  [Line("字" * 600), Line("名", "sign", "沈桂芳印")])  # fmt: skip
    plan, letter, reply = planned(sheet)
    assert isinstance(plan, Plan)
    width = (len(letter) + len(reply)) * plan.pitch + 15
    assert width <= 2 * 132.5 + plan.pitch
    assert plan.size > 2.9  # millimetres: eight points and a little


def words_in(pdf: bytes) -> str:
    return re.sub(r"\s", "", "".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages))


def pdf_for(as_, who, letter):
    response = as_(who).get(reverse("letters:letter_pdf", args=[letter.pk]))
    assert response["Content-Type"] == "application/pdf"
    assert response["Cache-Control"] == "private, no-store"
    return response.content


def test_the_pdf_reads_in_order(as_, cast):
    letter = answered(cast)
    pdf = pdf_for(as_, "officer", letter)
    words = words_in(pdf)
    for part in (
        "我叫何嘉怡，试到第十一把钥匙才打开门。",
        "来信收到，看了两遍。",
        "二〇",
        "拜师重在学艺与作风，不收礼、不宴请",
    ):
        assert part in words
    assert words.index("我叫何嘉怡") < words.index("一、多走一步") < words.index("来信收到")
    assert letter.code[:4] in words
    assert letter.digest in words
    assert "打印：龙飞" in words
    reader = PdfReader(io.BytesIO(pdf))
    assert len(reader.pages) == 2
    assert reader.metadata.title == "拜师帖：何嘉怡致沈桂芳"
    page = reader.pages[0].mediabox
    assert (round(page.width), round(page.height)) == (842, 595)  # A4 across


def test_before_the_seal_there_is_no_code(as_, cast):
    words = words_in(pdf_for(as_, "mentee", handed_in(cast)))
    assert "尚未定稿" in words
    assert "查验码" in words
    assert "来信收到" not in words


@pytest.mark.parametrize("name", ["龘靐", "𠮷吉", "王喆堃", "阿依古丽·买买提"])
def test_rare_names_are_set(as_, cast, name):
    Secretary.objects.filter(pk=cast.mentee_row.secretary_id).update(name=name)
    letter = handed_in(cast, sign=f"学生 {name} 敬上")
    assert name.replace("·", "") in words_in(pdf_for(as_, "mentee", letter)).replace("·", "")


@pytest.mark.parametrize("words", ['#import "/etc/passwd"', "$x^2$ *粗* _斜_", "<script>", "\\u{4e00} @ref"])
def test_what_is_written_is_never_markup(as_, cast, words):
    letter = handed_in(cast, wish=words)
    assert re.sub(r"\s", "", words) in words_in(pdf_for(as_, "mentee", letter))


FORBIDDEN = ["叩首再拜", "愿跪拜于前", "拜在您门下", "做您的关门弟子", "同入师门"]
POINTED_OUT = ["备了一份薄礼", "摆酒三桌", "誓死相随", "末位的一个", "太好了！！"]
FINE = [
    "站在老师门口", "不收礼，不请客", "敲门下楼", "愿执弟子之礼", "您好！我叫何嘉怡", "没有送礼的规矩", "走到师傅门前",
]  # fmt: skip


@pytest.mark.parametrize("text", FORBIDDEN)
def test_what_is_not_said(text):
    assert any(hint.forbidden for hint in hints_in(text))


@pytest.mark.parametrize("text", POINTED_OUT)
def test_what_is_only_pointed_out(text):
    hints = hints_in(text)
    assert hints
    assert not any(hint.forbidden for hint in hints)


@pytest.mark.parametrize("text", FINE)
def test_everyday_words_are_left_alone(text):
    assert hints_in(text) == []
