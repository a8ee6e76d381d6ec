"""A mentor is away: who looks after the apprentices, who is told, and what changes for a few days only."""

import datetime

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.urls import reverse

from cohorts.actions import announce_absence, end_absence
from cohorts.models import MentorAbsence
from evaluations.logs.actions import write_log
from mentorship.common.errors import Refused
from mentorship.notifications.models import Receipt
from tests.factories import MentorFactory

TODAY = datetime.date(2018, 12, 1)
DAY = datetime.timedelta(days=1)


@pytest.fixture
def c(cast):
    cast.studio.demo_today = TODAY
    cast.studio.save()
    for row in (cast.mentor_row, cast.other_mentor_row, cast.mentee_row):
        row.refresh_from_db()
    return cast


def announced(c, **facts):
    facts = {"by": c.mentor, "mentor": c.mentor_row, "stand_in": c.other_mentor_row, "starts": TODAY,
             "ends": TODAY + 5 * DAY} | facts  # fmt: skip
    return announce_absence(**facts)


def session(c, **facts):
    facts = {"by": c.other_mentor, "mentor": c.other_mentor_row, "client_key": "6f1c1f6e-0c2f-5d0a-9a43-2f4b6f0f1a12",
             "mentees": [c.mentee_row], "date": TODAY, "minutes": 60, "mode": "on_site", "text": "替沈师傅走了一趟。"} | facts  # fmt: skip
    return write_log(**facts)


def test_the_stand_in_and_the_apprentices_are_told_and_nobody_else(c):
    announced(c)
    assert {row.recipient for row in Receipt.objects.filter(notice__kind="mentor_away")} == {c.other_mentor, c.mentee}


def test_only_in_those_days_may_the_stand_in_log_a_session_with_them(c):
    with pytest.raises(Refused, match="还不是您的徒弟"):
        session(c)
    announced(c)
    assert session(c).mentor == c.other_mentor_row
    with pytest.raises(Refused, match="还不是您的徒弟"):
        session(c, date=TODAY - DAY, client_key="6f1c1f6e-0c2f-5d0a-9a43-2f4b6f0f1a13")


def test_homes_say_it_while_it_lasts(c, as_):
    announced(c)
    assert "郑国平代看" in as_("mentor").get("/mentor/").text
    assert str(c.mentee_row) in as_("other_mentor").get("/mentor/").text
    assert "有事先找郑国平" in as_("mentee").get("/mentee/").text
    c.studio.demo_today = TODAY + 6 * DAY
    c.studio.save()
    assert "郑国平代看" not in as_("mentor").get("/mentor/").text
    assert str(c.mentee_row) not in as_("other_mentor").get("/mentor/").text
    assert "有事先找郑国平" not in as_("mentee").get("/mentee/").text


@pytest.mark.parametrize(
    ("facts", "field"),
    [
        ({"ends": TODAY - DAY}, "ends"),
        ({"starts": TODAY - 9 * DAY, "ends": TODAY - DAY}, "ends"),
        ({"ends": TODAY + 60 * DAY}, "ends"),
    ],
)
def test_days_must_make_sense(c, facts, field):
    with pytest.raises(Refused) as refused:
        announced(c, **facts)
    assert refused.value.field == field


def test_the_same_days_twice_are_refused(c):
    announced(c)
    with pytest.raises(Refused, match="已经说过"):
        announced(c, starts=TODAY + 5 * DAY, ends=TODAY + 9 * DAY)


def test_nobody_stands_in_for_themselves_or_from_another_cohort_or_while_away(c):
    for wrong in (c.mentor_row, c.foreign_mentor_row if hasattr(c, "foreign_mentor_row") else MentorFactory()):
        with pytest.raises(Refused, match="另一位师傅"):
            announced(c, stand_in=wrong)
    announced(c, by=c.other_mentor, mentor=c.other_mentor_row, stand_in=c.mentor_row)
    with pytest.raises(Refused, match="也不在"):
        announced(c)


def test_only_the_mentor_or_the_studio_says_so(c):
    for by in (c.other_mentor, c.mentee):
        with pytest.raises(PermissionDenied):
            announced(c, by=by)
    assert announced(c, by=c.officer).mentor == c.mentor_row


def test_back_early_strikes_out_the_rest(c, as_):
    absence = announced(c, starts=TODAY - 2 * DAY)
    as_("mentor").post(reverse("cohorts:back", args=[absence.pk]))
    absence.refresh_from_db()
    assert absence.ends == TODAY - DAY
    with pytest.raises(Refused, match="已经过去"):
        end_absence(by=c.mentor, absence=absence)


def test_not_leaving_after_all_leaves_no_row(c):
    end_absence(by=c.mentor, absence=announced(c))
    assert not MentorAbsence.objects.exists()


def test_the_form_keeps_what_was_typed(c, as_):
    page = as_("mentor").post(
        reverse("cohorts:away", args=[c.mentor_row.pk]),
        {"starts": "2018-12-05", "ends": "2018-12-03", "stand_in": c.other_mentor_row.pk, "note": "周四的会请代开"},
    )
    assert "回来的日子要在出门之后" in page.text
    assert "周四的会请代开" in page.text


def test_the_database_keeps_days_in_order_and_two_people(c):
    facts = {"studio": c.studio, "mentor": c.mentor_row, "starts": TODAY}
    for wrong in ({"stand_in": c.other_mentor_row, "ends": TODAY - DAY}, {"stand_in": c.mentor_row, "ends": TODAY}):
        with pytest.raises(IntegrityError), transaction.atomic():
            MentorAbsence.objects.create(**facts | wrong)
