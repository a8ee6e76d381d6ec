"""The run sheet: the usual order, readings, moves; what is still out; and one polite word a week."""

import datetime

import pytest
import time_machine
from django.db import IntegrityError, transaction
from django.utils import timezone

from cohorts.letters.actions import launch
from cohorts.letters.actions.papers import Stale
from cohorts.letters.choices import LetterState
from cohorts.letters.models import LaunchItem, LaunchSheet, LetterReminder
from cohorts.letters.queries.launch import groups_of, outstanding_in, timetable
from mentorship.audit.models import Entry
from mentorship.common.errors import Refused
from mentorship.notifications.models import Receipt
from tests.factories import PairingFactory
from tests.factories.practice import make_letter

from .paper_kit import TODAY, drawn, issued, on_the_day, sign

MORNING = "2026-11-23T09:00+08:00"


@pytest.fixture
def c(cast):
    return on_the_day(cast)


@pytest.fixture(autouse=True)
def by_day():
    with time_machine.travel(MORNING, tick=False):
        yield


def opened(c, *read):
    return launch.open_sheet(by=c.officer, cohort=c.cohort, read=read)


def kinds(sheet):
    return list(sheet.items.order_by("order").values_list("kind", flat=True))


def test_the_usual_order_puts_letter_reply_hands_photograph_last(c):
    sheet = opened(c, c.pairing)
    assert kinds(sheet) == ["seating", "speech", "appoint", "pairs", "letter", "reply", "hands", "agreement", "photo"]
    assert [item.at.strftime("%H:%M") for item in timetable(sheet)][:4] == ["09:30", "09:45", "09:55", "10:10"]
    with pytest.raises(Refused, match="已经排过"):
        opened(c)


def test_without_a_choice_the_first_letter_handed_in_is_read(c):
    make_letter(c.other_pairing)
    make_letter(c.pairing, state=LetterState.DRAFT)
    sheet = opened(c)
    assert {item.pairing for item in sheet.items.exclude(pairing=None)} == {c.other_pairing}


def test_items_are_added_moved_and_taken_out(c):
    sheet = opened(c)
    item = launch.add_item(by=c.officer, sheet=sheet, kind="letter", minutes=6, pairing=c.pairing)
    assert (item.title, item.who) == ("何嘉怡读给沈桂芳的拜师帖", "何嘉怡")
    before = kinds(sheet)
    launch.move_item(by=c.officer, item=item, up=True)
    assert kinds(sheet) == [*before[:-2], "letter", before[-2]]
    launch.move_item(by=c.officer, item=item, up=False)
    launch.move_item(by=c.officer, item=item, up=False)
    assert kinds(sheet) == before
    launch.remove_item(by=c.officer, item=item)
    assert kinds(sheet) == before[:-1]
    assert Entry.objects.filter(verb="launch.changed").count() == 4


@pytest.mark.parametrize(
    ("wrong", "field"),
    [({"kind": "letter"}, "pairing"), ({"kind": "photo", "title": "合影", "pairing": "own"}, "pairing"),
     ({"kind": "speech"}, "title"), ({"kind": "letter", "pairing": "foreign"}, "pairing")],
)  # fmt: skip
def test_items_that_cannot_be(wrong, field, c):
    pairs = {"own": c.pairing, "foreign": c.foreign_pairing}
    wrong = wrong | {"pairing": pairs.get(wrong.get("pairing"))}
    with pytest.raises(Refused) as refused:
        launch.add_item(by=c.officer, sheet=opened(c), minutes=5, **wrong)
    assert refused.value.field == field


def test_a_letter_is_read_once(c):
    sheet = opened(c, c.pairing)
    with pytest.raises(Refused, match="已经在流程里"):
        launch.add_item(by=c.officer, sheet=sheet, kind="letter", minutes=5, pairing=c.pairing)


def test_two_who_change_the_sheet_at_once(c):
    sheet = opened(c)
    said = {name: getattr(sheet, name) for name in LaunchSheet.WORDS}
    launch.change_sheet(by=c.officer, sheet=sheet, version=1, **said | {"place": "区委党校"})
    with pytest.raises(Stale):
        launch.change_sheet(by=c.lead, sheet=sheet, version=1, **said | {"place": "街道礼堂"})
    assert LaunchSheet.objects.get().place == "区委党校"


def test_the_database_keeps_the_promises(c):
    sheet = opened(c, c.pairing)
    rows = LaunchItem.objects.filter(sheet=sheet)
    for kind, broken in [
        ("letter", {"pairing": None}), ("photo", {"pairing": c.pairing}), ("photo", {"order": 1}),
        ("photo", {"minutes": 0}), ("reply", {"kind": "letter"}), ("photo", {"kind": "dance"}),
    ]:  # fmt: skip
        with pytest.raises(IntegrityError), transaction.atomic():
            rows.filter(kind=kind).update(**broken)


def test_what_is_still_out_is_named(c):
    issued(c)
    sign(c, drawn(c))
    make_letter(c.pairing)
    make_letter(c.other_pairing, state=LetterState.DRAFT)
    out = outstanding_in(groups_of(c.cohort))
    assert [str(group.mentor) for group in out.appointments] == ["郑国平"]
    assert [pair.pairing for pair in out.letters] == [c.other_pairing]
    assert [pair.pairing for pair in out.replies] == [c.pairing]
    assert [pair.pairing for pair in out.agreements] == [c.other_pairing]


def test_a_sealed_letter_is_out_no_more(c):
    make_letter(c.pairing, state=LetterState.ANSWERED, digest="0" * 64, code="x", sealed_at=timezone.now())
    papers = groups_of(c.cohort)[0].pairs[0]
    assert (papers.letter_out, papers.reply_out) == (False, False)


def test_the_apprentice_is_asked_with_an_acknowledgement(c):
    launch.remind_mentee(by=c.officer, pairing=c.pairing)
    receipt = Receipt.objects.get(notice__kind="letter_awaited")
    assert receipt.recipient == c.mentee
    assert receipt.notice.needs_acknowledgement
    assert Entry.objects.get(verb="letter.reminded").after == {"name": "何嘉怡"}


def test_the_mentor_is_asked_once_for_all_replies(c):
    second = PairingFactory(mentor=c.mentor_row, seat=2)
    make_letter(c.pairing)
    make_letter(second)
    launch.remind_mentor(by=c.officer, mentor=c.mentor_row)
    notice = Receipt.objects.get(notice__kind="reply_awaited").notice
    assert notice.particulars["names"] == f"何嘉怡、{second.mentee.secretary.name}"


def test_who_owes_nothing_is_left_in_peace(c):
    make_letter(c.pairing)
    with pytest.raises(Refused, match="不用提醒"):
        launch.remind_mentee(by=c.officer, pairing=c.pairing)
    with pytest.raises(Refused, match="不用提醒"):
        launch.remind_mentor(by=c.officer, mentor=c.other_mentor_row)
    assert not LetterReminder.objects.exists()


def on(c, days):
    c.studio.demo_today = TODAY + datetime.timedelta(days=days)
    c.studio.save()
    c.pairing.refresh_from_db()


@pytest.mark.parametrize("days", [0, 1, 6])
def test_at_most_once_in_seven_days(days, c):
    launch.remind_mentee(by=c.officer, pairing=c.pairing)
    on(c, days)
    with pytest.raises(Refused, match="这一周已经提醒过"):
        launch.remind_mentee(by=c.lead, pairing=c.pairing)
    on(c, 7)
    launch.remind_mentee(by=c.lead, pairing=c.pairing)
    assert LetterReminder.objects.count() == 2


def test_the_database_knows_one_a_week(c):
    first = launch.remind_mentee(by=c.officer, pairing=c.pairing)
    first.pk = None
    first._state.adding = True
    with pytest.raises(IntegrityError), transaction.atomic():
        first.save()


@pytest.mark.parametrize("hour", ["2026-11-23T20:00+08:00", "2026-11-23T07:29+08:00", "2026-11-23T00:30+08:00"])
def test_nobody_is_reminded_at_night(c, hour):
    with time_machine.travel(hour, tick=False), pytest.raises(Refused, match="现在晚了"):
        launch.remind_mentee(by=c.officer, pairing=c.pairing)
    assert not LetterReminder.objects.exists()


def test_who_cannot_sign_in_is_phoned(c):
    c.mentee.is_active = False
    c.mentee.save()
    with pytest.raises(Refused, match="打个电话"):
        launch.remind_mentee(by=c.officer, pairing=c.pairing)
