"""What came of a case is reported by one and closed out by another, and it may be opened again."""

from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied

from cohorts.clinic.actions.closing import close, not_yet, reopen, report
from cohorts.clinic.choices import CaseState, Level, NoteKind, Outcome
from mentorship.audit.models import Entry
from mentorship.common.errors import Refused
from mentorship.notifications.words import words_of
from tests.factories.clinic import DAY

from .acts import case_of, notice_of, on, told, verbs

SAID = {
    "outcome": Outcome.SOLVED, "effect": "投诉降到3件", "lesson": "先数后谈", "level": Level.NEIGHBOURHOOD,
    "figure_after": None,
}  # fmt: skip


def reported(cast, **more):
    facts = {name: value for name, value in SAID.items() if name != "figure_after"} | {"reported_by": cast.mentee}
    return case_of(cast, CaseState.FOLLOWING, **facts | more)


def test_the_presenter_reports_and_the_office_hears(cast):
    case = case_of(cast, CaseState.FOLLOWING, measure="月均投诉", figure_before=14)
    for who in (cast.mentor, cast.leader, cast.other_mentee):
        with pytest.raises(PermissionDenied):
            report(by=who, case=case, **SAID)
    report(by=cast.mentee, case=case, **SAID | {"figure_after": Decimal(3)})
    case.refresh_from_db()
    assert (case.state, case.reported_by, case.lesson, case.figure_after) == (
        CaseState.FOLLOWING, cast.mentee, "先数后谈", 3,
    )  # fmt: skip
    assert case.awaits_close
    assert told("case_reported") == {"许晓岚", "龙飞"}
    assert case.notes.get().kind == NoteKind.REPORTED


@pytest.mark.parametrize(("wrong", "field"), [
    ({"effect": " "}, "effect"), ({"lesson": ""}, "lesson"), ({"outcome": ""}, "outcome"), ({"level": ""}, "level"),
])  # fmt: skip
def test_effect_and_lesson_are_asked_for(cast, wrong, field):
    case = case_of(cast, CaseState.FOLLOWING)
    with pytest.raises(Refused) as refused:
        report(by=cast.mentee, case=case, **SAID | wrong)
    assert refused.value.field == field
    case.refresh_from_db()
    assert case.reported_by is None


@pytest.mark.parametrize("state", [CaseState.CONSULTING, CaseState.ACTING, CaseState.ESCALATED, CaseState.CLOSED])
def test_only_what_was_carried_out_is_reported(cast, state):
    with pytest.raises(Refused):
        report(by=cast.mentee, case=case_of(cast, state), **SAID)


def test_a_figure_needs_a_measure(cast):
    case = case_of(cast, CaseState.FOLLOWING)
    report(by=cast.mentee, case=case, **SAID | {"figure_after": Decimal(3)})
    case.refresh_from_db()
    assert case.figure_after is None


def test_another_closes_it_out(cast):
    case = reported(cast)
    on(cast.studio, DAY.replace(month=12))
    case.studio.refresh_from_db()
    for who in (cast.mentee, cast.mentor, cast.leader):
        with pytest.raises(PermissionDenied):
            close(by=who, case=case)
    close(by=cast.officer, case=case)
    case.refresh_from_db()
    assert (case.state, case.closed_by, case.closed_on) == (CaseState.CLOSED, cast.officer, DAY.replace(month=12))
    assert (told("case_closed"), verbs()) == ({"何嘉怡"}, ["case.closed"])
    assert case.notes.get().kind == NoteKind.CLOSED


@pytest.mark.parametrize("act", ["close", "not_yet"])
def test_the_hands_that_reported_do_not_close(cast, act):
    case = reported(cast, reported_by=cast.officer)
    acts = {"close": lambda by: close(by=by, case=case), "not_yet": lambda by: not_yet(by=by, case=case, reason="再看")}
    with pytest.raises(Refused):
        acts[act](cast.officer)
    acts[act](cast.lead)
    assert verbs() == ["case.closed" if act == "close" else "case.report_returned"]


@pytest.mark.parametrize("state", [CaseState.FOLLOWING, CaseState.ACTING, CaseState.CLOSED])
def test_what_is_not_reported_is_not_closed(cast, state):
    case = case_of(cast, state)
    with pytest.raises(Refused):
        close(by=cast.officer, case=case)
    with pytest.raises(Refused):
        not_yet(by=cast.officer, case=case, reason="还差")


def test_a_report_goes_back_with_a_word_and_keeps_its_own(cast):
    case = reported(cast, reported_by=cast.lead)
    with pytest.raises(PermissionDenied):
        not_yet(by=cast.leader, case=case, reason="还差")
    with pytest.raises(Refused):
        not_yet(by=cast.officer, case=case, reason=" ")
    not_yet(by=cast.officer, case=case, reason="效果写个数")
    case.refresh_from_db()
    assert (case.reported_by, case.effect, case.state) == (None, "投诉降到3件", CaseState.FOLLOWING)
    assert told("case_not_yet") == {"何嘉怡", "许晓岚"}
    assert "效果写个数" in case.notes.get().text
    assert "效果写个数" not in words_of(notice_of("case_not_yet")).text


@pytest.mark.parametrize("who", ["mentee", "mentor", "officer"])
def test_the_presenter_their_mentor_and_the_office_open_it_again(cast, who):
    case = case_of(cast, CaseState.CLOSED)
    for other in (cast.leader, cast.other_mentor, cast.other_mentee):
        with pytest.raises(PermissionDenied):
            reopen(by=other, case=case, reason="又来了")
    with pytest.raises(Refused):
        reopen(by=getattr(cast, who), case=case, reason="")
    reopen(by=getattr(cast, who), case=case, reason="又停进来了")
    case.refresh_from_db()
    assert (case.state, case.reopened) == (CaseState.ACTING, 1)
    assert (case.closed_by, case.closed_on, case.reported_by, case.settled_on) == (None, None, None, None)
    note = case.notes.get()
    assert (note.kind, note.turn, note.text) == (NoteKind.REOPENED, 1, "又停进来了")
    assert told("case_reopened") == {"何嘉怡", "许晓岚", "龙飞"} - {getattr(cast, who).name}


@pytest.mark.parametrize("state", [CaseState.ACTING, CaseState.FOLLOWING, CaseState.ESCALATED])
def test_only_a_closed_case_is_opened_again(cast, state):
    with pytest.raises(Refused):
        reopen(by=cast.officer, case=case_of(cast, state), reason="又来了")


def test_the_trail_of_a_course_names_no_title_and_no_words(cast):
    case = case_of(cast, CaseState.FOLLOWING, title="某户的事")
    report(by=cast.mentee, case=case, **SAID)
    not_yet(by=cast.officer, case=case, reason="某户的话")
    report(by=cast.mentee, case=case, **SAID)
    close(by=cast.officer, case=case)
    reopen(by=cast.officer, case=case, reason="某户又来")
    text = str([(each.object_name, each.before, each.after) for each in Entry.objects.all()])
    assert not {"某户", "投诉降到", "先数后谈"} & {words for words in ("某户", "投诉降到", "先数后谈") if words in text}
