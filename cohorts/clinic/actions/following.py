"""What follows the plan: notes, the checks after 30 and 90 days, what is passed up and answered."""

import datetime
from decimal import Decimal

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from cohorts.clinic.access import may_answer, may_carry
from cohorts.clinic.choices import CaseState, Check, Level, NoteKind
from cohorts.clinic.models import Case, CaseNote
from mentorship.accounts.models import RoleGrant, User
from mentorship.accounts.permissions import Permission
from mentorship.accounts.queries import SUBDISTRICT_ROLES
from mentorship.audit.actions import record
from mentorship.common.errors import Refused

from .common import locked, note, refuse_unless, stir
from .telling import tell, tell_office, tell_presenter

NOTED_IN = {CaseState.CONSULTING, CaseState.ACTING, CaseState.FOLLOWING, CaseState.ESCALATED}
CHECKED_IN = {CaseState.FOLLOWING, CaseState.CLOSED}
PASSED_UP_FROM = {CaseState.CONSULTING, CaseState.ACTING, CaseState.FOLLOWING}


@transaction.atomic
def add_note(*, by: User, case: Case, text: str, figure: Decimal | None = None) -> CaseNote:
    """跟踪: what has happened. Raises Refused."""
    held_by_carrier(by, case, NOTED_IN)
    text = said(text, _("写一句现在怎么样了。"))
    row = note(case, NoteKind.NOTE, by=by, text=text, figure=figure if case.measure else None)
    stir(case)
    record(by=by, verb="case.noted", on=case, studio=case.studio_id)
    return row


@transaction.atomic
def check_after(*, by: User, case: Case, kind: str, result: str, text: str, figure: Decimal | None = None) -> CaseNote:
    """30天、90天回访: from that day on, once a turn each, in any order, also of a case that is closed out. `figure` where
    the case has a measure. Raises Refused."""
    held_by_carrier(by, case, CHECKED_IN)
    if kind not in NoteKind.checks() or result not in Check.values:
        raise Refused(_("请选一项。"), field="kind" if kind not in NoteKind.checks() else "result")
    first = case.settled_on + datetime.timedelta(days=NoteKind.checks()[kind]) if case.settled_on else None
    if first is None or case.studio.today() < first:
        raise Refused(_("还没到回访的日子。"), field="kind")
    if case.notes.filter(kind=kind, turn=case.reopened).exists():
        raise Refused(_("这次回访已经记过了。"), field="kind")
    if case.measure and figure is None:
        raise Refused(_("写上现在的数：%(measure)s") % {"measure": case.measure}, field="figure")
    if result != Check.HOLDS:
        text = said(text, _("写一句现在怎么样了。"))
    more = {"figure": figure if case.measure else None, "check_result": result}
    row = note(case, kind, by=by, text=text.strip(), **more)
    stir(case)
    record(
        by=by,
        verb="case.checked",
        on=case,
        studio=case.studio_id,
        after={
            "kind": NoteKind(kind).label,
            "result": Check(result).label,
        },
    )
    return row


def due_checks(case: Case) -> list[str]:
    """Which of the two checks can be made today, the earlier first."""
    if case.state not in CHECKED_IN or case.settled_on is None:
        return []
    passed = (case.studio.today() - case.settled_on).days
    made = set(case.notes.filter(turn=case.reopened).values_list("kind", flat=True))
    return [kind for kind, days in NoteKind.checks().items() if passed >= days and kind not in made]


@transaction.atomic
def escalate(*, by: User, case: Case, level: str, text: str) -> None:
    """转上级. The presenter is told, and for a 街镇 its liaisons, but never of a sensitive case. What was reported is
    taken back. Raises Refused."""
    locked(case)
    if not by.can(Permission.CLINIC_EDIT, case.studio_id):
        raise PermissionDenied
    refuse_unless(case, PASSED_UP_FROM)
    if level not in Level.upward():
        raise Refused(_("请选转给哪一级。"), field="level")
    text = said(text, _("写一句请上级办什么。"))
    case.state, case.level, case.settled_on, case.reported_by = CaseState.ESCALATED, level, None, None
    note(case, NoteKind.ESCALATED, by=by, text=text)
    stir(case, "state", "level", "settled_on", "reported_by")
    record(by=by, verb="case.escalated", on=case, studio=case.studio_id, after={"level": Level(level).label})
    tell_presenter("case_escalated", by=by, case=case, asked=False)
    if level == Level.SUBDISTRICT and not case.sensitive:
        tell("case_escalated", by=by, case=case, to=liaisons_of(case), asked=True)


def liaisons_of(case: Case) -> list[User]:
    rows = RoleGrant.objects.current().filter(
        studio=case.studio_id, role__in=SUBDISTRICT_ROLES, subdistrict=case.community.subdistrict_id
    )
    return [row.user for row in rows.select_related("user")]


@transaction.atomic
def answer_escalation(*, by: User, case: Case, text: str) -> None:
    """上级答复, by the office or the liaison: back to where its plan can be made or carried on, or to the mentors whose
    opinions are still awaited. Raises Refused."""
    locked(case)
    refuse_unless(case, {CaseState.ESCALATED})
    if not may_answer(by, case):
        raise PermissionDenied
    text = said(text, _("写一句答复。"))
    case.state = CaseState.ACTING if case.is_released else CaseState.CONSULTING  # a plan is made only after opinions
    note(case, NoteKind.ANSWERED, by=by, text=text)
    stir(case, "state")
    record(by=by, verb="case.answered", on=case, studio=case.studio_id, after={"state": CaseState(case.state).label})
    tell_presenter("case_escalation_answered", by=by, case=case)
    tell_office("case_escalation_answered", by=by, case=case)


def held_by_carrier(by: User, case: Case, states) -> None:
    locked(case)
    if not may_carry(by, case):
        raise PermissionDenied
    refuse_unless(case, states)


def said(text: str, ask: str, field: str = "text") -> str:
    """The text without its edges. Raises Refused for none."""
    if not text.strip():
        raise Refused(ask, field=field)
    return text.strip()
