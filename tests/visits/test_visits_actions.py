"""A visit from its plan to its signature: a team of two, strengths before all else, one's own hands."""

import datetime

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from evaluations.visits import actions
from evaluations.visits.models import Visit
from mentorship.audit.models import Entry
from mentorship.common.errors import Refused
from mentorship.notifications.models import Notice, Receipt
from tests.factories.visits import DAY, make_finding, make_visit

D = datetime.date


@pytest.fixture
def c(cast):
    cast.studio.demo_today = DAY
    cast.studio.save()
    cast.mentee_row.refresh_from_db()
    return cast


def planned(c, **more):
    facts = {"by": c.officer, "mentee": c.mentee_row, "date": DAY, "round": 1, "team": [c.officer, c.mentor]}
    return actions.plan_visit(**facts | more)


def seen(c, visit, **more):
    facts = {"branch_book": True, "households": 5, "positives": "公文规范", "overall": "fair"}
    return actions.record_visit(by=c.mentor, visit=visit, version=visit.version, **facts | more)


def refused(field, act, **facts):
    with pytest.raises(Refused) as error:
        act(**facts)
    assert error.value.field == field
    return str(error.value)


def test_planning_wants_two_people_and_never_the_apprentice(c):
    refused("team", planned, c=c, team=[c.officer])
    refused("team", planned, c=c, team=[c.officer, c.mentee])
    refused("team", planned, c=c, team=[c.officer, c.stranger])
    refused("date", planned, c=c, date=D(2018, 1, 1))
    first = planned(c, team=[c.officer], guests=["区委党校 周老师"])
    assert (first.number, first.team_names) == (1, ["龙飞", "区委党校 周老师"])
    assert planned(c).number == 2
    assert first.community == c.mentee_row.secretary.community


def test_the_apprentice_is_told_unless_nobody_is_to_know(c):
    planned(c, unannounced=True)
    assert not Receipt.objects.filter(recipient=c.mentee).exists()
    planned(c)
    notice = Receipt.objects.get(recipient=c.mentee).notice
    assert (notice.kind, notice.url) == ("visit_to_come", "")
    assert Receipt.objects.filter(recipient=c.mentor, notice__kind="visit_planned").count() == 2


def test_strengths_come_first_and_a_stale_page_writes_nothing(c):
    visit = planned(c)
    with pytest.raises(Refused, match="先写亮点"):
        actions.add_finding(by=c.mentor, visit=visit, text="预案", level="minor", action="重做")
    refused("positives", seen, c=c, visit=visit, positives=" ")
    visit.refresh_from_db()
    refused("also_looked_at", seen, c=c, visit=visit, branch_book=False, households=0)
    visit.refresh_from_db()
    seen(c, visit)
    with pytest.raises(actions.Stale):
        actions.record_visit(by=c.officer, visit=visit, version=1, positives="别的")
    visit.refresh_from_db()
    assert (visit.state, visit.positives, visit.recorded_by) == ("recorded", "公文规范", c.mentor)
    assert "公文规范" not in str(list(Entry.objects.values_list("after", flat=True)))


def test_a_visit_to_come_is_neither_written_nor_signed(c):
    later = planned(c, date=DAY + datetime.timedelta(days=3))
    refused(None, seen, c=c, visit=later)
    refused(None, actions.sign_visit, by=c.officer, visit=later)
    actions.cancel_visit(by=c.officer, visit=later, reason="改期")
    assert Notice.objects.filter(kind="visit_cancelled").count() == 2
    refused(None, actions.cancel_visit, by=c.officer, visit=later, reason="再取消")


def test_signing_ends_the_writing_and_tells_those_concerned(c):
    visit = seen(c, planned(c), overall="mend")
    refused(None, actions.sign_visit, by=c.officer, visit=visit)  # 需整改 without a word of what
    actions.add_finding(by=c.mentor, visit=visit, text="随访4户不认识书记", level="major", action="挂牌接待")
    with pytest.raises(PermissionDenied):
        actions.sign_visit(by=c.mentee, visit=visit)
    assert not Visit.objects.visible_to(c.mentee).exists()
    actions.sign_visit(by=c.mentor, visit=visit)
    actions.sign_visit(by=c.officer, visit=visit)
    assert (visit.signed_by, visit.signed_on, Entry.objects.filter(verb="visit.signed").count()) == (c.mentor, DAY, 1)
    assert list(Visit.objects.visible_to(c.mentee)) == [visit]
    assert set(Receipt.objects.filter(notice__kind__startswith="visit_signed").values_list("recipient__name", flat=True)) == {
        "何嘉怡", "龙飞",
    }  # fmt: skip
    refused(None, seen, c=c, visit=visit)
    refused(None, actions.add_finding, by=c.mentor, visit=visit, text="还有", level="minor", action="改")
    with pytest.raises(PermissionDenied):
        actions.state_own_words(by=c.mentor, visit=visit, text="代写")
    actions.state_own_words(by=c.mentee, visit=visit, text="那天正好值夜班")
    assert visit.stated_on == DAY


def test_an_unannounced_one_stays_unknown_to_the_pair(c):
    visit = planned(c, team=[c.lead, c.officer], unannounced=True)
    assert not Visit.objects.visible_to(c.mentor).exists()
    assert not Visit.objects.visible_to(c.liaison).exists()
    seen(c, visit)
    assert Visit.objects.visible_to(c.mentor).exists()
    assert not Visit.objects.visible_to(c.other_mentor).exists()


def test_the_day_moves_only_without_findings(c):
    visit = planned(c)
    moved = {"by": c.officer, "visit": visit, "version": 1, "date": DAY - datetime.timedelta(days=1), "round": 2}
    actions.change_visit(**moved, team=[c.lead, c.officer])
    assert (visit.round, visit.team_names) == (2, ["许晓岚", "龙飞"])
    make_finding(seen(c, visit))
    refused("date", actions.change_visit, **moved | {"version": visit.version, "date": DAY}, team=[c.lead, c.officer])


@pytest.mark.parametrize(
    "broken",
    [
        {"state": "signed"}, {"state": "recorded", "positives": ""}, {"state": "cancelled"}, {"overall": "best"},
        {"state": "recorded", "mentee_statement": "早了"},
    ],
)  # fmt: skip
def test_the_database_keeps_the_promises_of_a_visit(c, broken):
    visit = make_visit(c.mentee_row, c.lead, state="recorded")
    with pytest.raises(IntegrityError), transaction.atomic():
        Visit.objects.filter(pk=visit.pk).update(**broken)
