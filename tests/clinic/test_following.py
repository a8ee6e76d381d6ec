"""What follows the plan: notes, the checks after 30 and 90 days, what is passed up and answered."""

import datetime
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied

from cohorts.clinic.actions.following import add_note, answer_escalation, check_after, due_checks, escalate
from cohorts.clinic.choices import CaseState, Check, Level, NoteKind
from cohorts.clinic.models import Case
from mentorship.accounts.models import RoleGrant
from mentorship.accounts.roles import Role
from mentorship.common.errors import Refused
from mentorship.notifications.words import words_of
from tests.factories import RoleGrantFactory

from .acts import case_of, days_on, notice_of, on, told, verbs

SETTLED = days_on(60)


def later(cast, case, days: int) -> Case:
    on(cast.studio, SETTLED + datetime.timedelta(days=days))
    return Case.objects.get(pk=case.pk)


@pytest.mark.parametrize("state", [
    CaseState.CONSULTING, CaseState.ACTING, CaseState.FOLLOWING, CaseState.ESCALATED,
])  # fmt: skip
def test_what_happens_is_noted_while_it_is_on_its_way(cast, state):
    case = case_of(cast, state)
    add_note(by=cast.mentee, case=case, text=" 商场夜间开放了 ", figure=Decimal(3))
    note = case.notes.get()
    assert (note.kind, note.text, note.figure) == (NoteKind.NOTE, "商场夜间开放了", None)  # it has no measure
    for who in (cast.mentor, cast.leader):
        with pytest.raises(PermissionDenied):
            add_note(by=who, case=case, text="x")
    with pytest.raises(Refused):
        add_note(by=cast.officer, case=case, text=" ")
    assert verbs() == ["case.noted"]


@pytest.mark.parametrize("state", [CaseState.DRAFT, CaseState.WAITING, CaseState.CLOSED])
def test_nothing_is_noted_before_and_after(cast, state):
    with pytest.raises(Refused):
        add_note(by=cast.mentee, case=case_of(cast, state), text="x")


def test_a_note_keeps_the_figure_of_what_is_measured(cast):
    case = case_of(cast, measure="月均投诉")
    assert add_note(by=cast.mentee, case=case, text="少了", figure=Decimal(5)).figure == 5


@pytest.mark.parametrize(("kind", "days"), [(NoteKind.AFTER_30, 30), (NoteKind.AFTER_90, 90)])
def test_a_check_is_made_from_its_day_on_and_once(cast, kind, days):
    case = later(cast, case_of(cast, CaseState.FOLLOWING), days - 1)
    assert kind not in due_checks(case)
    with pytest.raises(Refused):
        check_after(by=cast.mentee, case=case, kind=kind, result=Check.HOLDS, text="")
    case = later(cast, case, days)
    assert kind in due_checks(case)
    row = check_after(by=cast.mentee, case=case, kind=kind, result=Check.HOLDS, text="")
    assert (row.kind, row.check_result, row.turn) == (kind, Check.HOLDS, 0)
    assert kind not in due_checks(case)
    with pytest.raises(Refused):
        check_after(by=cast.officer, case=case, kind=kind, result=Check.WORSE, text="回来了")
    assert case.notes.count() == 1


def test_checks_are_made_in_any_order_and_after_it_was_closed_out(cast):
    case = later(cast, case_of(cast, CaseState.CLOSED), 200)
    assert due_checks(case) == [NoteKind.AFTER_30, NoteKind.AFTER_90]
    check_after(by=cast.mentee, case=case, kind=NoteKind.AFTER_90, result=Check.HOLDS, text="")
    check_after(by=cast.officer, case=case, kind=NoteKind.AFTER_30, result=Check.SLIPS, text="又停进来两辆")
    assert due_checks(case) == []
    case.refresh_from_db()
    assert case.state == CaseState.CLOSED


def test_a_new_turn_is_checked_anew(cast):
    case = later(cast, case_of(cast, CaseState.CLOSED), 40)
    check_after(by=cast.mentee, case=case, kind=NoteKind.AFTER_30, result=Check.HOLDS, text="")
    Case.objects.filter(pk=case.pk).update(reopened=1)
    row = check_after(by=cast.mentee, case=case, kind=NoteKind.AFTER_30, result=Check.HOLDS, text="")
    assert row.turn == 1


@pytest.mark.parametrize(("wrong", "field"), [
    ({"result": "fine"}, "result"), ({"kind": NoteKind.NOTE}, "kind"), ({"result": Check.SLIPS, "text": " "}, "text"),
    ({"figure": None}, "figure"),
])  # fmt: skip
def test_an_unsound_check_says_beside_which_field(cast, wrong, field):
    case = later(cast, case_of(cast, CaseState.FOLLOWING, measure="月均投诉"), 31)
    right = {"kind": NoteKind.AFTER_30, "result": Check.HOLDS, "text": "", "figure": Decimal(0)}
    with pytest.raises(Refused) as refused:
        check_after(by=cast.mentee, case=case, **right | wrong)
    assert refused.value.field == field
    assert check_after(by=cast.mentee, case=case, **right).figure == 0


def test_others_make_no_checks_and_what_is_acted_on_has_none(cast):
    case = later(cast, case_of(cast, CaseState.CLOSED), 31)
    facts = {"kind": NoteKind.AFTER_30, "result": Check.HOLDS, "text": ""}
    with pytest.raises(PermissionDenied):
        check_after(by=cast.mentor, case=case, **facts)
    acting = later(cast, case_of(cast, number=2, settled_on=SETTLED), 31)
    assert due_checks(acting) == []
    with pytest.raises(Refused):
        check_after(by=cast.mentee, case=acting, **facts)


@pytest.mark.parametrize("state", [CaseState.CONSULTING, CaseState.ACTING, CaseState.FOLLOWING])
def test_the_office_passes_a_case_up(cast, state):
    case = case_of(cast, state)
    for who in (cast.mentee, cast.mentor, cast.leader):
        with pytest.raises(PermissionDenied):
            escalate(by=who, case=case, level=Level.SUBDISTRICT, text="请街道协调")
    escalate(by=cast.officer, case=case, level=Level.SUBDISTRICT, text="请街道协调")
    case.refresh_from_db()
    assert (case.state, case.level, case.settled_on) == (CaseState.ESCALATED, Level.SUBDISTRICT, None)
    assert told("case_escalated") == {"何嘉怡", "苗青青"}
    assert Case.objects.visible_to(cast.liaison).filter(pk=case.pk).exists()


@pytest.mark.parametrize(("level", "people"), [
    (Level.DISTRICT, {"何嘉怡"}), (Level.DEPUTIES, {"何嘉怡"}), (Level.SUBDISTRICT, {"何嘉怡", "苗青青"}),
])  # fmt: skip
def test_the_liaison_hears_of_what_goes_to_their_subdistrict(cast, level, people):
    escalate(by=cast.officer, case=case_of(cast), level=level, text="请协调")
    assert told("case_escalated") == people


def test_a_liaison_of_another_studio_of_the_same_subdistrict_hears_nothing(cast):
    RoleGrantFactory(user=cast.stranger, studio=cast.other_studio, role=Role.LIAISON, subdistrict=cast.subdistricts[0])
    escalate(by=cast.officer, case=case_of(cast), level=Level.SUBDISTRICT, text="请协调")
    assert told("case_escalated") == {"何嘉怡", "苗青青"}


def test_the_liaison_never_hears_of_a_sensitive_case_nor_after_their_time(cast):
    case = case_of(cast, sensitive=True)
    escalate(by=cast.officer, case=case, level=Level.SUBDISTRICT, text="请协调")
    assert told("case_escalated") == {"何嘉怡"}
    assert case.title not in words_of(notice_of("case_escalated")).title
    with pytest.raises(PermissionDenied):
        answer_escalation(by=cast.liaison, case=case, text="好")
    RoleGrant.objects.filter(user=cast.liaison).update(revoked_at=datetime.datetime.now(datetime.UTC))
    escalate(by=cast.officer, case=case_of(cast, number=2), level=Level.SUBDISTRICT, text="请协调")
    assert told("case_escalated") == {"何嘉怡"}


@pytest.mark.parametrize("level", [Level.NEIGHBOURHOOD, Level.NOT_YET, "", "moon"])
def test_it_is_passed_upward_only(cast, level):
    with pytest.raises(Refused) as refused:
        escalate(by=cast.officer, case=case_of(cast), level=level, text="请协调")
    assert refused.value.field == "level"


@pytest.mark.parametrize("state", [CaseState.WAITING, CaseState.CLOSED, CaseState.ESCALATED])
def test_what_is_not_on_its_way_is_not_passed_up(cast, state):
    with pytest.raises(Refused):
        escalate(by=cast.officer, case=case_of(cast, state), level=Level.DISTRICT, text="请协调")


def test_what_was_reported_goes_back_when_it_is_passed_up(cast):
    case = case_of(cast, CaseState.FOLLOWING, reported_by=cast.mentee)
    escalate(by=cast.officer, case=case, level=Level.DISTRICT, text="请协调")
    case.refresh_from_db()
    assert case.reported_by is None


@pytest.mark.parametrize("who", ["liaison", "officer"])
@pytest.mark.parametrize(("released", "state"), [(True, CaseState.ACTING), (False, CaseState.CONSULTING)])
def test_an_answer_takes_it_back_to_where_it_was(cast, who, released, state):
    opened = datetime.datetime.now(datetime.UTC) if released else None
    case = case_of(cast, CaseState.ESCALATED, level=Level.SUBDISTRICT, released_at=opened)
    for other in (cast.mentee, cast.mentor, cast.leader, cast.other_liaison):
        with pytest.raises(PermissionDenied):
            answer_escalation(by=other, case=case, text="好")
    with pytest.raises(Refused):
        answer_escalation(by=getattr(cast, who), case=case, text=" ")
    answer_escalation(by=getattr(cast, who), case=case, text="街道出面请交警划线")
    case.refresh_from_db()
    assert case.state == state
    note = case.notes.get()
    assert (note.kind, note.text) == (NoteKind.ANSWERED, "街道出面请交警划线")
    assert told("case_escalation_answered") == {"何嘉怡", "许晓岚", "龙飞"} - {getattr(cast, who).name}


def test_only_what_was_passed_up_is_answered_and_the_liaison_only_what_came_to_them(cast):
    with pytest.raises(Refused):
        answer_escalation(by=cast.officer, case=case_of(cast), text="好")
    case = case_of(cast, CaseState.ESCALATED, number=2, level=Level.DISTRICT)
    with pytest.raises(PermissionDenied):
        answer_escalation(by=cast.liaison, case=case, text="好")
    answer_escalation(by=cast.officer, case=case, text="区里安排了")
