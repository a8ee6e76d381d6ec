"""What meetings and visits tell the calendar, and to whom."""

import datetime

import pytest

from cohorts.training.choices import SessionKind
from evaluations.calendar.queries import conflicts_among
from tests.factories.meetings import DAY, make_guest, make_meeting
from tests.factories.training import make_session
from tests.factories.visits import make_visit

from .test_pages import TODAY, titles, url

LATE = datetime.date(2018, 9, 26)


@pytest.fixture(autouse=True)
def calendar(cast):
    cast.studio.demo_today = TODAY
    cast.studio.save()


def test_a_meeting_is_known_to_those_who_are_asked(cast, as_, count_queries):
    meeting = make_meeting(cast.cohort, cast.mentor_row.secretary, cast.mentee_row.secretary)
    make_guest(meeting, "法律顾问")
    for person in (cast.lead, cast.mentor, cast.mentee):
        entry = titles(person, cast.studio)["分组与带教计划"]
        assert (entry.kind, entry.place, entry.starts.hour - entry.ends.hour) == ("meeting", "组织部会议室", -1)
        assert entry.mine == (person != cast.lead)
        assert [bound.name for bound in entry.people] == [str(cast.mentor_row), str(cast.mentee_row)]
    assert "分组与带教计划" not in titles(cast.other_mentor, cast.studio)
    make_session(cast.cohort, kind=SessionKind.BASE, date=DAY, host=cast.mentor_row, title="同时的课")
    found = conflicts_among(titles(cast.lead, cast.studio).values(), {})
    assert [each.words for each in found] == ["沈桂芳同时在两处"]
    make_visit(cast.mentee_row, cast.lead, state="planned", date=LATE)
    browser, asked = as_("officer"), {"on": "2018-09-01"}
    browser.get(url("month"), asked)
    one = count_queries(lambda: browser.get(url("month"), asked))
    for n in (2, 3):
        make_meeting(cast.cohort, cast.mentor_row.secretary, number=n, date=LATE)
        make_visit(cast.mentee_row, cast.lead, state="planned", date=LATE)
    assert count_queries(lambda: browser.get(url("month"), asked)) == one


def test_a_visit_without_notice_stays_unknown_to_those_visited(cast):
    make_visit(cast.mentee_row, cast.officer, state="planned", date=LATE, unannounced=True)
    told = f"督训：{cast.mentee_row}"
    assert titles(cast.officer, cast.studio)[told].mine
    assert not titles(cast.lead, cast.studio)[told].mine
    for person in (cast.mentee, cast.mentor, cast.other_mentor, cast.liaison):
        assert told not in titles(person, cast.studio), person
    make_visit(cast.mentee_row, cast.officer, state="planned", date=LATE)
    assert titles(cast.mentor, cast.studio)[told].mine
    assert told not in titles(cast.mentee, cast.studio)  # their own visit is told once it is signed
