"""The cohort, its parameters and its stages."""

import pytest

from cohorts import actions
from cohorts.choices import MentorStatus, Stage
from cohorts.models import CohortRules, Pairing
from cohorts.queries import missing_for_next_stage
from mentorship.audit.models import Entry

from .conftest import ENDS, STARTS, D, make_mentee, make_mentor, refused, verbs


def test_a_cohort_begins_with_every_default(lead, selecting):
    rules = selecting.rules
    assert (rules.mentees_per_mentor, rules.months, rules.hours_target, rules.publicity_days) == (5, 12, 56, 5)
    assert (rules.substitute_within, rules.substitute_before_month, rules.fail_extension_months) == (60, 8, 3)
    assert verbs(selecting) == ["cohort.created", "cohort.stage_advanced"]


@pytest.mark.parametrize("shape", [(6, 30), (1, 6), (10, 20)])
def test_other_shapes_are_allowed(lead, studio, shape):
    made = actions.create_cohort(
        by=lead,
        studio=studio,
        name="别样",
        starts=STARTS,
        ends=ENDS,
        mentors_planned=shape[0],
        mentees_planned=shape[1],
    )
    assert (made.mentors_planned, made.mentees_planned) == shape


def test_a_cohort_needs_its_own_name_and_a_span(lead, selecting, studio):
    facts = {"by": lead, "studio": studio, "starts": STARTS}
    refused("已经有叫", actions.create_cohort, name="第二批", ends=ENDS, **facts)
    refused("结束日期要在", actions.create_cohort, name="第三批", ends=STARTS, **facts)


def test_pairing_needs_mentors_mentees_and_places(lead, selecting):
    refused("还没有聘任带教书记，计划2位", actions.advance_stage, by=lead, cohort=selecting)
    make_mentor(lead, selecting)
    refused("还没有选定学员，计划4名", actions.advance_stage, by=lead, cohort=selecting)
    for _ in range(3):
        make_mentee(lead, selecting)
    refused("席位不够：还差1个", actions.advance_stage, by=lead, cohort=selecting)
    assert selecting.stage == Stage.SELECTING
    make_mentor(lead, selecting)
    actions.advance_stage(by=lead, cohort=selecting)
    selecting.refresh_from_db()
    assert selecting.stage == Stage.PAIRING
    refused("发布结对方案以后", actions.advance_stage, by=lead, cohort=selecting)


def test_running_is_entered_from_pairing_only(lead, selecting):
    refused("现在是“选聘”", actions.start_running, by=lead, cohort=selecting)


def test_the_year_closes_and_is_archived_after_its_last_day(lead, year):
    actions.advance_stage(by=lead, cohort=year.cohort)
    refused("带教期到2019-08-15才满", actions.advance_stage, by=lead, cohort=year.cohort)
    year.cohort.studio.demo_today = D(2019, 8, 20)
    year.cohort.studio.save()
    actions.advance_stage(by=lead, cohort=year.cohort)
    assert year.cohort.stage == Stage.ARCHIVED
    assert set(Pairing.objects.filter(cohort=year.cohort).values_list("ends", flat=True)) == {ENDS}
    assert set(year.cohort.mentors.values_list("status", flat=True)) == {MentorStatus.ENDED}
    refused("已经归档", actions.advance_stage, by=lead, cohort=year.cohort)


def test_a_paused_mentee_holds_the_archive_up(lead, year):
    actions.pause(by=lead, mentee=year.mentees[0], date=D(2018, 11, 1), reason="生病")
    actions.advance_stage(by=lead, cohort=year.cohort)
    assert "还有1名学员暂停着，先恢复或办退出。" in missing_for_next_stage(year.cohort)


def test_changed_rules_leave_only_what_changed(lead, selecting):
    changed = actions.change_rules(by=lead, cohort=selecting, values={"hours_target": 60, "hours_goal": 100})
    assert changed == {"hours_target": 60}
    entry = Entry.objects.about(selecting).get(verb="cohort.rules_changed")
    assert (entry.before, entry.after) == ({"hours_target": 56}, {"hours_target": 60})
    refused("从高到低", actions.change_rules, by=lead, cohort=selecting, values={"cut_good": 95})
    refused(
        "不能全是0",
        actions.change_rules,
        by=lead,
        cohort=selecting,
        values=dict.fromkeys(["weight_gap", "weight_wish", "weight_kind", "weight_distance"], 0),
    )
    refused("没有这个参数", actions.change_rules, by=lead, cohort=selecting, values={"stage": "archived"})
    assert CohortRules.objects.get(pk=selecting.pk).cut_good == 80
