"""The plan: who writes it and when, what of it can still be changed, and its steps done one by one."""

import datetime

import pytest
from django.core.exceptions import PermissionDenied

from cohorts.clinic.actions.common import Stale
from cohorts.clinic.actions.planning import StepFacts, do_step, save_plan, settle, undo_step
from cohorts.clinic.choices import CaseState, NoteKind
from cohorts.clinic.models import MOST_STEPS
from cohorts.clinic.queries.plans import owners_of
from mentorship.common.errors import Refused
from mentorship.notifications.words import words_of
from tests.factories.clinic import make_consult, make_step
from tests.factories.ground import SecretaryFactory

from .acts import case_of, days_on, notice_of, on, told, verbs


def facts(text="清点", day=10, **more) -> StepFacts:
    return StepFacts(text, days_on(day), **{"owner_name": "业委会"} | more if "owner" not in more else more)


def plan(by, case, *steps):
    case.refresh_from_db()
    save_plan(by=by, case=case, version=case.version, steps=steps)


def texts_of(case):
    return list(case.steps.order_by("order").values_list("text", flat=True))


@pytest.fixture
def consulted(cast):
    case = case_of(cast, CaseState.CONSULTING, released_at=datetime.datetime.now(datetime.UTC))
    make_consult(case, cast.mentor_row, cast.lead)
    return case


def test_the_first_plan_makes_it_acted_on_and_tells_who_has_a_step(cast, consulted):
    owner = cast.mentor_row.secretary
    plan(cast.mentee, consulted, facts("后一步", 20), facts("先一步", 5, owner=owner))
    consulted.refresh_from_db()
    assert (consulted.state, texts_of(consulted)) == (CaseState.ACTING, ["先一步", "后一步"])
    note = consulted.notes.get()
    assert (note.kind, note.text, note.by) == (NoteKind.PLANNED, "先一步\n后一步", cast.mentee)
    assert (told("case_step_given"), verbs()) == ({"沈桂芳"}, ["case.planned"])
    assert "先一步" in words_of(notice_of("case_step_given")).text


def test_a_plan_is_made_by_the_presenter_or_the_office(cast, consulted):
    for who in (cast.mentor, cast.leader, cast.other_mentee):
        with pytest.raises(PermissionDenied):
            plan(who, consulted, facts())
    plan(cast.officer, consulted, facts())
    assert texts_of(consulted) == ["清点"]


@pytest.mark.parametrize(("state", "released"), [
    (CaseState.CONSULTING, False), (CaseState.WAITING, False), (CaseState.FOLLOWING, True), (CaseState.CLOSED, True),
])  # fmt: skip
def test_no_plan_before_opinions_are_open_nor_after_it_was_carried_out(cast, state, released):
    case = case_of(cast, state)
    assert case.is_released == released
    with pytest.raises(Refused):
        plan(cast.mentee, case, facts())
    assert not case.steps.exists()


def test_a_case_that_was_passed_up_is_planned_and_stays_there(cast):
    case = case_of(cast, CaseState.ESCALATED, released_at=datetime.datetime.now(datetime.UTC))
    plan(cast.mentee, case, facts())
    case.refresh_from_db()
    assert case.state == CaseState.ESCALATED


@pytest.mark.parametrize("wrong", [
    [], [facts("", 5)], [facts(owner_name="")], [facts(day=-1)], [facts(f"第{n}步") for n in range(MOST_STEPS + 1)],
])  # fmt: skip
def test_an_unsound_plan_is_refused_whole(cast, consulted, wrong):
    with pytest.raises(Refused):
        plan(cast.mentee, consulted, *wrong)
    consulted.refresh_from_db()
    assert (consulted.state, consulted.steps.count()) == (CaseState.CONSULTING, 0)


def test_a_step_has_one_owner_of_this_studio(cast, consulted):
    with pytest.raises(Refused):
        plan(cast.mentee, consulted, facts(owner=cast.mentee_row.secretary, owner_name="业委会"))
    with pytest.raises(Refused):
        plan(cast.mentee, consulted, facts(owner=cast.foreign_mentor_row.secretary))


def test_eight_steps_fit(cast, consulted):
    plan(cast.mentee, consulted, *(facts(f"第{n}步", n) for n in range(1, MOST_STEPS + 1)))
    assert consulted.steps.count() == MOST_STEPS


def test_done_steps_stand_whatever_is_saved(cast):
    case = case_of(cast)
    done = make_step(case, order=2, text="已经清点", done_on=days_on(3), done_by=cast.mentee)
    open_ = make_step(case, order=1, text="贴告示")
    plan(cast.mentee, case, facts("谈错峰", 30), facts("贴两处告示", 12, step=open_))
    assert texts_of(case) == ["已经清点", "贴两处告示", "谈错峰"]
    open_.refresh_from_db()
    assert (open_.text, open_.order) == ("贴两处告示", 2)
    for changed in (facts("没清点", 15, step=done), facts("已经清点", 40, step=done)):
        with pytest.raises(Refused):
            plan(cast.mentee, case, changed)
    plan(cast.mentee, case, StepFacts(done.text, done.due, owner_name=done.owner_name, step=done), facts("谈错峰", 30))
    assert texts_of(case) == ["已经清点", "谈错峰"]
    done.refresh_from_db()
    assert done.done_on == days_on(3)


def test_only_a_new_owner_is_told_and_a_moved_day_is_reminded_of_anew(cast):
    case, owner = case_of(cast), cast.mentor_row.secretary
    kept = make_step(case, owner, order=1, text="谈", due=days_on(9), reminded_on=days_on(8))
    plan(cast.mentee, case, facts("谈", 9, owner=owner, step=kept))
    kept.refresh_from_db()
    assert (told("case_step_given"), kept.reminded_on) == (set(), days_on(8))
    plan(cast.mentee, case, facts("谈", 12, owner=cast.other_mentor_row.secretary, step=kept))
    kept.refresh_from_db()
    assert (told("case_step_given"), kept.reminded_on) == ({"郑国平"}, None)


def test_two_writers_do_not_undo_each_other(cast, consulted):
    version = consulted.version
    plan(cast.officer, consulted, facts("先存的"))
    with pytest.raises(Stale):
        save_plan(by=cast.mentee, case=consulted, version=version, steps=[facts("后存的")])
    assert texts_of(consulted) == ["先存的"]


def test_steps_of_a_sensitive_case_go_to_those_who_may_read_it(cast):
    case = case_of(cast, sensitive=True)
    make_consult(case, cast.mentor_row, cast.lead)
    assert [name for name, _people in owners_of(case)] == ["near"]
    with pytest.raises(Refused):
        plan(cast.mentee, case, facts(owner=cast.other_mentor_row.secretary))
    plan(cast.mentee, case, facts("去看望", owner=cast.mentor_row.secretary))
    words = words_of(notice_of("case_step_given"))
    assert "去看望" not in f"{words.title}{words.text}"
    assert case.title not in words.title


def test_who_can_be_given_a_step(cast, consulted):
    SecretaryFactory(studio=cast.studio, name="不在批次")
    groups = {name: [person.name for person in people] for name, people in owners_of(consulted)}
    assert groups["near"] == ["何嘉怡", "沈桂芳"]
    assert groups["mentees"] == ["钱立峰"]
    assert "不在批次" not in str(groups)


def test_a_step_is_done_by_its_owner_the_presenter_or_the_office(cast):
    case = case_of(cast)
    step = make_step(case, cast.other_mentor_row.secretary, text="谈错峰")
    for who in (cast.mentor, cast.leader, cast.other_mentee):
        with pytest.raises(PermissionDenied):
            do_step(by=who, step=step)
    do_step(by=cast.other_mentor, step=step, text="商场同意了")
    step.refresh_from_db()
    assert (step.done_on, step.done_by) == (cast.studio.today(), cast.other_mentor)
    note = case.notes.get()
    assert (note.kind, note.text) == (NoteKind.STEP, "谈错峰\n商场同意了")
    with pytest.raises(Refused):
        do_step(by=cast.mentee, step=step)
    assert verbs() == ["case.step_done"]


@pytest.mark.parametrize("state", [CaseState.ESCALATED, CaseState.CLOSED])
def test_no_step_is_done_of_a_case_that_is_not_acted_on(cast, state):
    step = make_step(case_of(cast, state))
    with pytest.raises(Refused):
        do_step(by=cast.mentee, step=step)


def test_a_step_is_taken_back_on_the_same_day_only(cast):
    case = case_of(cast)
    on(cast.studio, days_on(5))
    step = make_step(case)
    do_step(by=cast.mentee, step=step)
    with pytest.raises(PermissionDenied):
        undo_step(by=cast.other_mentor, step=step)
    undo_step(by=cast.mentee, step=step)
    step.refresh_from_db()
    assert (step.done_on, step.done_by) == (None, None)
    assert [note.kind for note in case.notes.order_by("created_at")] == [NoteKind.STEP, NoteKind.NOTE]
    do_step(by=cast.mentee, step=step)
    on(cast.studio, days_on(6))
    step.case.studio.refresh_from_db()
    with pytest.raises(Refused):
        undo_step(by=cast.mentee, step=step)


def test_a_plan_that_is_carried_out_is_followed_from_that_day(cast):
    case = case_of(cast)
    on(cast.studio, days_on(20))
    case.studio.refresh_from_db()
    step = make_step(case)
    with pytest.raises(Refused) as refused:
        settle(by=cast.mentee, case=case)
    assert refused.value.field == "text"
    do_step(by=cast.mentee, step=step)
    with pytest.raises(PermissionDenied):
        settle(by=cast.mentor, case=case)
    settle(by=cast.mentee, case=case)
    case.refresh_from_db()
    assert (case.state, case.settled_on) == (CaseState.FOLLOWING, days_on(20))
    with pytest.raises(Refused):
        settle(by=cast.mentee, case=case, text="再来")


@pytest.mark.parametrize("with_step", [True, False])
def test_with_a_word_it_is_settled_without_every_step(cast, with_step):
    case = case_of(cast)
    if with_step:
        make_step(case)
    with pytest.raises(Refused):
        settle(by=cast.mentee, case=case, text="  ")
    settle(by=cast.mentee, case=case, text="商场自己开了夜场")
    assert case.notes.get().text == "商场自己开了夜场"
