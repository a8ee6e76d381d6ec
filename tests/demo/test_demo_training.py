"""The year's plan of the demo."""

import datetime
from collections import Counter

import pytest
from django.db.models import Sum

from cohorts.choices import Tier
from cohorts.models import Cohort, Mentee
from cohorts.training.models import Attendance, BaseBooking, Course, Session
from cohorts.training.queries import ledger_of
from evaluations.assessments.models import Sheet
from evaluations.calendar.queries import coming, conflicts_among, entries_between, marks_of
from mentorship.accounts.models import User
from mentorship.audit.models import Entry

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


def test_the_plan_of_the_year(demo):
    rows = {session.title: session for session in Session.objects.filter(studio=demo)}
    assert len(rows) == 35  # 45 entries without 7 work meetings and 3 seminars
    assert all((session.state == "held") == (session.last_date < demo.today()) for session in rows.values())
    today = rows["基地教学⑧：定时定点投放的五张图"]
    assert (today.date, today.host.secretary.name, str(today.base)) == (
        datetime.date(2019, 4, 18),
        "方志远",
        "中环花苑",
    )
    assert BaseBooking.objects.filter(studio=demo, session=today).get().half == "afternoon"
    open_now = [session for session in rows.values() if session.is_open_to_choose(demo.today())]
    assert [session.date for session in open_now] == [datetime.date(2019, 5, 9), datetime.date(2019, 7, 4)]
    assert Course.objects.filter(session=open_now[0], indicators__code="ER1").get().title == "防汛防台"


def test_the_whole_year_stands_in_the_calendar(demo):
    """The 45 entries of the story, meetings among them."""
    lead = User.objects.get(username="organizer")
    shown = entries_between(lead, demo, datetime.date(2018, 8, 1), datetime.date(2019, 9, 30))
    assert Counter(entry.uid.split("-")[0] for entry in shown if entry.uid.startswith(("session-", "meeting-"))) == {
        "session": 35, "meeting": 10,
    }  # fmt: skip
    assert [entry.title for entry in coming(lead, demo, 1)] == ["基地教学⑧：定时定点投放的五张图"]
    marks = marks_of(demo, datetime.date(2018, 8, 1), datetime.date(2019, 9, 30))
    assert conflicts_among(shown, marks) == []  # all on working days, and nobody in two places


def test_the_ledger_shows_who_was_elsewhere(demo):
    rows = {str(row.mentee): row.sums.total for row in ledger_of(Cohort.objects.get(), demo.today())}
    assert len(rows) >= 30
    assert rows["施晨"] == max(rows.values())  # the list forgot him twice, and the paper sheets say he came
    assert Attendance.objects.filter(disputed=True, mentee__secretary__name="施晨").count() == 2
    duties = Attendance.objects.filter(state="duty", reason="抽调专班")
    assert duties.count() > 5
    here = Attendance.objects.filter(state="present").exclude(mentee__status="withdrawn")
    counted = here.aggregate(all=Sum("hours"))
    assert sum(rows.values()) == counted["all"]


def test_the_key_mentees_are_the_first_forty_per_cent(demo):
    """Nobody had to be excused: the acts refuse a name from outside without a reason."""
    keys = set(Mentee.objects.filter(tier=Tier.KEY).values_list("pk", flat=True))
    first = Sheet.objects.filter(round__kind="half_year", rank__lte=12).values_list("mentee", flat=True)
    assert keys == set(first)
    assert len(keys) == 12
    assert "exception" not in Entry.objects.get(verb="mentees.named_key").after
