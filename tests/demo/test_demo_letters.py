"""Letters of the demo: demo.yaml word for word, the others each in its own words, every seal genuine."""

from collections import Counter

import pytest

from cohorts.letters.models import ApprenticeshipLetter
from cohorts.letters.queries.letters import GENUINE, verdict_on
from cohorts.letters.rendering import sheet_of
from cohorts.letters.taboos import hints_in
from evaluations.demo.reader import demo_data
from mentorship.notifications.models import Receipt

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


@pytest.fixture
def letters(demo):
    rows = ApprenticeshipLetter.objects.for_lists().select_related("reply")
    return {letter.pairing.mentee.secretary.name: letter for letter in rows}


def test_the_demo_letters(letters):
    assert Counter(letter.state for letter in letters.values()) == {
        "answered": 17, "filed": 10, "read": 2, "handed_in": 1, "draft": 1,
    }  # fmt: skip
    assert letters["唐振宇"].reply.decision == "meet_first"
    assert letters["潘建荣"].reply.transcribed_by.name == "龙飞"
    told_as_the_data_say(letters)
    each_in_its_own_words(letters)
    assert all(verdict_on(letter.code).outcome == GENUINE for letter in letters.values() if letter.is_sealed)
    unread = Receipt.objects.filter(notice__kind__startswith="letter_", read_at=None)
    assert {receipt.notice.particulars["mentee"] for receipt in unread} <= {"秦佳妮", "冯浩", "唐振宇"}


def told_as_the_data_say(letters):
    data = demo_data()
    names = {row["id"]: row["name"] for row in [*data["mentors"], *data["mentees"]]}
    replies = {row["letter"]: row for row in data["replies"]}
    for row in data["letters"]:
        letter = letters[names[row["from"]]]
        sheet = sheet_of(letter, letter.reply)
        paper = "".join(line.whole for line in sheet.letter)
        for part in [*row["body"].split("\n"), *row["vows"], *row["closing"].split()]:
            assert all(sentence in paper for sentence in part.strip().split("您是搞技术的") if sentence)
        assert row["date_zh"] in paper
        assert row["lunar"] in paper
        assert row["witness"] in paper
        answer = "".join(line.whole for line in sheet.reply)
        assert "".join(replies[row["id"]]["text"].split()) in "".join(answer.split())
        assert letter.reply.date.isoformat() == replies[row["id"]]["date"]


def each_in_its_own_words(letters):
    bodies = [letter.who_i_am for letter in letters.values()]
    assert len(set(bodies)) == len(letters)
    assert len({letter.reply.text for letter in letters.values() if hasattr(letter, "reply")}) == 28
    for letter in letters.values():
        for name in letter.WORDS:
            assert hints_in(getattr(letter, name)) == [], (letter, name)
