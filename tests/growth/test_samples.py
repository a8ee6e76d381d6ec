"""Draws that can be checked, call-backs, what is worth a look, and minutes of paper."""

import datetime

import pytest
from django.utils import timezone

from evaluations.growth import actions
from evaluations.growth.models import CallBack, SampleDraw
from evaluations.growth.queries.formalism import burden_of, signs_of
from evaluations.growth.queries.samples import drawn_again
from evaluations.logs.models import TeachingLog
from mentorship.audit.models import Entry
from mentorship.common.errors import Refused
from tests.factories.practice import make_homework, make_log, make_reflection

FIRST, LAST = datetime.date(2018, 9, 1), datetime.date(2018, 11, 30)
TEXT = "今天陪着走访了八号楼，一楼的老先生怕采光，坐了四十分钟，最后答应来听证会，出来以后又去看了车棚。"


def drawn(team, size=3, seed="当众报的"):
    return actions.draw_sample(by=team.officer, cohort=team.cohort, first=FIRST, last=LAST, size=size, seed=seed)


@pytest.fixture
def logs(team):
    return [make_log(team.pairing, date=FIRST + datetime.timedelta(days=n)) for n in range(8)]


def test_the_seed_gives_the_same_draw_again(team, logs):
    sample = drawn(team)
    assert len(sample.drawn) == 3
    assert drawn_again(sample) == (sample.drawn, True)
    assert Entry.objects.order_by("sequence").last().verb == "sample.drawn"


def test_a_log_entered_afterwards_changes_nothing(team, logs):
    sample = drawn(team)
    make_log(team.pairing, date=FIRST)
    assert drawn_again(sample) == (sample.drawn, True)


def test_a_pool_that_changed_is_said_to_have(team, logs):
    sample = drawn(team)
    TeachingLog.objects.filter(pk=sample.drawn[0]).update(sensitive=True)
    again, same_pool = drawn_again(sample)
    assert again != sample.drawn
    assert not same_pool


def test_sensitive_and_voided_logs_are_never_drawn(team):
    make_log(team.pairing, date=FIRST, sensitive=True)
    make_log(team.pairing, date=FIRST, voided_at=timezone.now())
    with pytest.raises(Refused):
        drawn(team)


def test_a_seed_is_used_once_and_made_when_none_is_given(team, logs):
    drawn(team, seed="一")
    with pytest.raises(Refused) as refused:
        drawn(team, seed="一")
    assert refused.value.field == "seed"
    assert len(drawn(team, seed="").seed) == 16
    assert SampleDraw.objects.count() == 2


def test_an_answer_is_kept_and_a_later_one_stands(team, logs):
    sample = drawn(team, size=8)
    facts = {"by": team.officer, "sample": sample, "log": logs[0], "mentee": team.mentee_row}
    with pytest.raises(Refused) as refused:
        actions.answer_sample(answer="different", **facts)
    assert refused.value.field == "note"
    actions.answer_sample(answer="unreached", **facts)
    actions.answer_sample(answer="different", note="那天只去了一户", **facts)
    assert [row.answer for row in CallBack.objects.all()] == ["different"]
    entry = Entry.objects.order_by("sequence").last()
    assert (entry.before, entry.after) == ({"answer": "unreached"}, {"answer": "different"})


def test_nobody_answers_for_their_own_log(team, logs):
    sample = drawn(team, size=8)
    with pytest.raises(Refused):
        actions.answer_sample(by=team.mentor, sample=sample, log=logs[0], mentee=team.mentee_row, answer="confirmed")


def test_a_log_that_was_not_drawn_is_refused(team, logs):
    sample = drawn(team, size=1)
    other = next(log for log in logs if str(log.pk) not in sample.drawn)
    with pytest.raises(Refused):
        actions.answer_sample(by=team.officer, sample=sample, log=other, mentee=team.mentee_row, answer="confirmed")


def test_near_copies_of_one_mentor_are_worth_a_look_and_those_of_two_are_not(team):
    make_log(team.pairing, text=TEXT)
    make_log(team.other_pairing, text=TEXT)
    assert all(not signs.alike for signs in signs_of(team.cohort, team.officer))
    make_log(team.pairing, text=TEXT + "又走了一遍。")
    (signs,) = [each for each in signs_of(team.cohort, team.officer) if each.alike]
    assert signs.mentor == team.mentor_row
    assert signs.alike[0][2] >= 60


def test_a_heap_and_late_entries_are_worth_a_look(team):
    for n in range(4):
        make_log(team.pairing, date=FIRST + datetime.timedelta(days=n))
    (signs,) = signs_of(team.cohort, team.officer)
    assert [len(heap) for heap in signs.heaps] == [4]
    assert len(signs.late) == 4  # entered by the clock of today, years after the day


def test_sensitive_logs_are_left_alone(team):
    for _n in range(2):
        make_log(team.pairing, text=TEXT, sensitive=True)
    assert signs_of(team.cohort, team.officer) == []


def test_minutes_are_counted_by_person_and_role(team):
    month = timezone.localdate().replace(day=1)
    make_log(team.pairing)
    make_reflection(team.mentee_row)
    make_homework(team.mentee_row, state="handed_in", handed_in_on=month)
    found = {row.user: row for row in burden_of(team.cohort, month)}
    assert (found[team.mentor].role, found[team.mentor].load.minutes) == ("mentor", 10)
    assert (found[team.mentee].role, found[team.mentee].load.minutes) == ("mentee", 70)


def test_burden_and_signs_cost_the_same_for_one_and_three(team, count_queries):
    month = timezone.localdate().replace(day=1)
    make_log(team.pairing)
    signs_of(team.cohort, team.officer)  # who may see what is read once a request
    one = count_queries(lambda: (burden_of(team.cohort, month), signs_of(team.cohort, team.officer)))
    make_log(team.other_pairing)
    make_log(team.other_pairing, text=TEXT)
    three = count_queries(lambda: (burden_of(team.cohort, month), signs_of(team.cohort, team.officer)))
    assert one == three
