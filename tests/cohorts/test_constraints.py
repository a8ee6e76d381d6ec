"""The database keeps the promises: each bad state is written past the actions and refused there."""

import pytest
from django.db import IntegrityError, transaction

from cohorts.choices import MenteeStatus, MentorStatus, RosterKind
from cohorts.models import Baseline, Cohort, CohortRules, Mentee, Mentor, Pairing, ReminderTalk, RosterChange, Strength
from tests.factories import MenteeFactory


def broken(name, act):
    with pytest.raises(IntegrityError) as fault, transaction.atomic():
        act()
    text = str(fault.value)
    assert name in text or "UNIQUE constraint failed" in text, text


def pair(cast, **facts):
    mentee = facts.pop("mentee", None) or MenteeFactory(cohort=cast.cohort)
    row = {
        "studio": cast.studio,
        "cohort": cast.cohort,
        "mentor": cast.mentor_row,
        "starts": "2018-08-15",
        "seat": 2,
        "seats": 5,
    }
    return Pairing.objects.create(mentee=mentee, **(row | facts))


PAIRS = {
    "seat_within_seats": {"seat": 6},
    "seats_1_to_6": {"seats": 7},
    "pairing_ends_after_start": {"ends": "2018-08-14"},
    "pairing_score_to_100": {"score": 101},
    "one_mentee_a_seat": {"seat": 1},
}


@pytest.mark.parametrize("name", PAIRS)
def test_a_bad_pair(cast, name):
    broken(name, lambda: pair(cast, **PAIRS[name]))


def test_a_sixth_mentee_finds_no_seat(cast):
    for seat in range(2, 6):
        pair(cast, seat=seat)
    for seat in range(1, 7):
        broken("seat", lambda seat=seat: pair(cast, seat=seat))


def test_no_second_current_mentor(cast):
    broken("one_current_mentor", lambda: pair(cast, mentee=cast.mentee_row, mentor=cast.other_mentor_row, seat=2))


@pytest.mark.parametrize(("model", "facts", "name"), [
    (Cohort, {"ends": "2018-08-15"}, "cohort_ends_after_start"),
    (Cohort, {"stage": "done"}, "cohort_stage_known"),
    (Cohort, {"mentors_planned": 0}, "cohort_has_a_size"),
    (CohortRules, {"cut_good": 95}, "rules_cuts_descend"),
    (CohortRules, {"mentees_per_mentor": 7}, "rules_mentees_per_mentor"),
    (CohortRules, dict.fromkeys(["weight_gap", "weight_wish", "weight_kind", "weight_distance"], 0), "rules_some_weight"),
    (Mentor, {"capacity": 7}, "mentor_capacity_1_to_6"),
    (Mentor, {"appointed_on": None}, "appointed_has_a_date"),
    (Mentee, {"reserve_rank": 1}, "only_reserves_have_a_rank"),
    (Mentee, {"status": "lost"}, "mentee_status_known"),
])  # fmt: skip
def test_a_bad_row(cast, model, facts, name):
    broken(name, lambda: model.objects.all().update(**facts))


def test_once_only(cast):
    subject = cast.cohort.framework.subjects.first()
    broken(
        "",
        lambda: Cohort.objects.create(
            studio=cast.studio, name="第一批", starts="2019-01-01", ends="2020-01-01", framework=cast.cohort.framework
        ),
    )
    for model, row in ((Mentor, cast.mentor_row), (Mentee, cast.mentee_row)):
        broken(
            "",
            lambda model=model, row=row: model.objects.create(
                studio=cast.studio, cohort=cast.cohort, secretary=row.secretary
            ),
        )
    for model, facts in ((Strength, {"mentor": cast.mentor_row}), (Baseline, {"mentee": cast.mentee_row})):
        model.objects.create(studio=cast.studio, subject=subject, level=3, **facts)
        broken(
            "",
            lambda model=model, facts=facts: model.objects.create(
                studio=cast.studio, subject=subject, level=4, **facts
            ),
        )
        broken("in_range", lambda model=model: model.objects.update(level=6))
    MenteeFactory(cohort=cast.cohort, status=MenteeStatus.RESERVE, reserve_rank=1)
    broken("", lambda: MenteeFactory(cohort=cast.cohort, status=MenteeStatus.RESERVE, reserve_rank=1))


def change(cast, **facts):
    row = {
        "studio": cast.studio, "cohort": cast.cohort, "mentee": cast.mentee_row, "date": "2018-11-01", "reason": "x",
        "proposed_by": cast.officer, "decided_by": cast.lead, "kind": RosterKind.PAUSE,
    }  # fmt: skip
    return RosterChange.objects.create(**(row | facts))


CHANGES = {
    "withdrawal_has_a_reason": {"kind": RosterKind.WITHDRAW},
    "no_such_exit_without_a_talk": {"kind": RosterKind.WITHDRAW, "withdraw_reason": "failed_twice"},
    "change_names_the_new_mentor": {"kind": RosterKind.REPAIR},
    "roster_kind_known": {"kind": "other"},
    "change_until_after_its_date": {"until": "2018-10-31"},
}


@pytest.mark.parametrize("name", CHANGES)
def test_a_bad_change(cast, name):
    broken(name, lambda: change(cast, **CHANGES[name]))


def test_a_substitute_names_whom_and_only_one_takes_the_place(cast):
    facts = {"kind": RosterKind.SUBSTITUTE, "to_mentor": cast.mentor_row}
    broken("substitute_names_whom", lambda: change(cast, **facts))
    change(cast, replaces=cast.other_mentee_row, **facts)
    broken("one_substitute_each", lambda: change(cast, replaces=cast.other_mentee_row, **facts))


def test_a_talks_limit_follows_the_talk(cast):
    broken(
        "talk_limit_after_talk",
        lambda: ReminderTalk.objects.create(
            studio=cast.studio,
            mentee=cast.mentee_row,
            date="2018-11-02",
            limit_date="2018-11-01",
            talkers="x",
            facts="x",
            agreed_actions="x",
        ),
    )


def test_the_cast_itself_is_sound(cast):
    assert cast.mentor_row.status == MentorStatus.APPOINTED
    assert pair(cast).pk
    assert change(cast).pk
