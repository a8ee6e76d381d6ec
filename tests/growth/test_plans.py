"""Gap plans: at most five rows, agreed by both, closed with results, carried on."""

import datetime

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from evaluations.growth import actions
from evaluations.growth.models import GapPlan, GapRow
from evaluations.growth.queries.plans import plan_to_carry
from evaluations.growth.queries.standing import proposals_for
from mentorship.common.errors import Refused
from mentorship.notifications.models import Receipt
from tests.factories.practice import make_plan

FIVE = ["PB1", "CG1", "TM1", "CC1", "ER1"]


def close(team, plan, *results):
    given = {order: (result, "") for order, result in enumerate(results, 1)}
    return actions.close_plan(by=team.mentor, plan=plan, version=plan.version, results=given)


def test_a_row_keeps_the_level_it_began_at_and_what_showed_it(team):
    rating = team.rate("CG1", 2)
    row = team.plan().rows.get()
    assert (row.level_now, row.target, row.basis) == (2, 4, rating)


def test_a_target_must_be_above(team):
    team.rate("CG1", 4)
    with pytest.raises(actions.RowRefused) as refused:
        team.plan(team.row("CG1", 4))
    assert (refused.value.row, refused.value.field) == (0, "target")
    assert not GapPlan.objects.exists()


def test_at_most_five_rows_each_indicator_once(team):
    assert team.plan(*[team.row(code) for code in FIVE]).rows.count() == 5
    with pytest.raises(actions.RowRefused):
        team.plan(team.row("CG1"), team.row("CG1"), mentee=team.other_mentee_row)
    with pytest.raises(Refused):
        team.plan(*[team.row(code) for code in [*FIVE, "CG1"]], mentee=team.other_mentee_row)


def test_the_database_keeps_five_places_and_one_standing_plan(team):
    plan = make_plan(team.mentee_row, team.mentor)
    first = plan.rows.get()
    first.pk, first.order, first.indicator = None, 6, team.indicator("PB1")
    with pytest.raises(IntegrityError), transaction.atomic():
        GapRow.objects.bulk_create([first])
    with pytest.raises(IntegrityError), transaction.atomic():
        make_plan(team.mentee_row, team.mentor)


def test_one_plan_at_a_time(team):
    team.plan()
    with pytest.raises(Refused):
        team.plan()


def test_it_stands_when_both_agreed_with_their_own_hands(team):
    plan = team.plan()
    actions.agree_plan(by=team.mentee, plan=plan, version=plan.version)
    assert plan.state == "draft"
    with pytest.raises(PermissionDenied):
        actions.agree_plan(by=team.officer, plan=plan, version=plan.version)
    actions.agree_plan(by=team.mentor, plan=plan, version=plan.version)
    assert plan.state == "agreed"


def test_a_change_asks_both_again(team):
    plan = team.agreed()
    actions.change_plan(
        by=team.mentor, plan=plan, version=plan.version, starts=plan.starts, ends=plan.ends, rows=[team.row("PB1")]
    )
    assert (plan.state, plan.mentee_agreed_at, plan.mentor_agreed_at) == ("draft", None, None)


def test_of_two_changes_the_second_is_told(team):
    plan = team.plan()
    facts = {"plan": plan, "starts": plan.starts, "ends": plan.ends, "rows": [team.row("PB1")], "version": 1}
    actions.change_plan(by=team.mentor, **facts)
    with pytest.raises(actions.Stale):
        actions.change_plan(by=team.officer, **facts)


def test_the_apprentice_does_not_write_their_own_plan(team):
    with pytest.raises(PermissionDenied):
        team.plan(by=team.mentee)


def test_closing_needs_agreement_and_every_result(team):
    plan = team.plan(team.row("CG1"), team.row("PB1"))
    with pytest.raises(Refused):
        close(team, plan, "reached", "reached")
    for who in (team.mentee, team.mentor):
        actions.agree_plan(by=who, plan=plan, version=plan.version)
    with pytest.raises(actions.RowRefused) as refused:
        close(team, plan, "reached")
    assert refused.value.row == 1


def test_what_stayed_open_is_carried_on_once(team):
    team.rate("CG1", 2)
    team.rate("PB1", 2)
    first = close(team, team.agreed(team.row("CG1"), team.row("PB1")), "reached", "carried")
    assert plan_to_carry(team.mentee_row) == first
    proposed = proposals_for(team.mentee_row, team.today)
    assert (proposed[0].indicator.code, proposed[0].left_open) == ("PB1", True)
    second = team.plan(team.row("PB1"))
    assert second.carried_from == first
    assert plan_to_carry(team.mentee_row) is None


def test_a_plan_that_was_reached_carries_nothing(team):
    close(team, team.agreed(), "reached")
    assert plan_to_carry(team.mentee_row) is None


def test_a_changed_level_changes_what_is_proposed(team):
    team.rate("CG1", 1)
    before = proposals_for(team.mentee_row, team.today)[0]
    team.rate("CG1", 2)
    after = proposals_for(team.mentee_row, team.today)[0]
    assert before.indicator == after.indicator
    assert before.action != after.action
    assert (before.words_now, after.words_now) == ("表现1", "表现2")
    assert after.basis.level == 2


def test_nothing_known_nothing_proposed(team):
    assert proposals_for(team.mentee_row, team.today) == []


def test_a_period_that_cannot_be(team):
    with pytest.raises(Refused) as refused:
        team.plan(ends=team.today - datetime.timedelta(days=1))
    assert refused.value.field == "ends"


def test_the_pair_is_told_what_waits_and_what_became_of_it(team):
    plan = team.agreed()
    close(team, plan, "reached")
    rows = Receipt.objects.filter(notice__kind__startswith="gap_plan").order_by("notice__created_at")
    told = {(row.notice.kind, row.recipient) for row in rows.select_related("notice", "recipient")}
    assert told == {
        ("gap_plan_to_agree", team.mentee), ("gap_plan_to_agree", team.mentor),
        ("gap_plan_agreed", team.mentee), ("gap_plan_closed", team.mentee),
    }  # fmt: skip
