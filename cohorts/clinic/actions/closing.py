"""办结: what came of it is reported, somebody else closes it out, and it may be opened again."""

from decimal import Decimal

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from cohorts.clinic.access import may_close, may_reopen
from cohorts.clinic.choices import CaseState, Level, NoteKind, Outcome
from cohorts.clinic.models import Case
from mentorship.accounts.models import User
from mentorship.accounts.permissions import Permission
from mentorship.audit.actions import record
from mentorship.common.errors import Refused

from .common import hands_of, locked, note, refuse_unless, stir
from .following import held_by_carrier, said
from .telling import tell, tell_office, tell_presenter

ON_ITS_WAY = {CaseState.CONSULTING, CaseState.ACTING, CaseState.ESCALATED, CaseState.FOLLOWING}


@transaction.atomic
def report(
    *,
    by: User,
    case: Case,
    outcome: str,
    effect: str,
    lesson: str,
    level: str,
    figure_after: Decimal | None = None,
) -> None:
    """报办结: what came of it and one lesson; may be written anew until it is closed out. Those who close are told.
    Raises Refused."""
    held_by_carrier(by, case, ON_ITS_WAY)
    if case.state != CaseState.FOLLOWING:
        raise Refused(_("先把办法落实，再报办结。"))
    if outcome not in Outcome.values:
        raise Refused(_("请选结果。"), field="outcome")
    if level not in Level.values:
        raise Refused(_("请选在哪一级解决的。"), field="level")
    case.effect = said(effect, _("写一句效果，有数字更好。"), "effect")
    case.lesson = said(lesson, _("写一条经验，留给后来的人。"), "lesson")
    case.outcome, case.level, case.reported_by = outcome, level, hands_of(by)
    case.figure_after = figure_after if case.measure else None
    note(case, NoteKind.REPORTED, by=by, text=case.effect, figure=case.figure_after)
    stir(case, "outcome", "effect", "lesson", "level", "figure_after", "reported_by")
    after = {"outcome": Outcome(outcome).label, "level": Level(level).label}
    record(by=by, verb="case.reported", on=case, studio=case.studio_id, after=after)
    tell_office("case_reported", by=by, case=case)


@transaction.atomic
def close(*, by: User, case: Case) -> None:
    """销号, by somebody of the office who neither presented nor reported it. The presenter is told. Raises Refused."""
    to_close(by, case)
    case.state, case.closed_by, case.closed_on = CaseState.CLOSED, hands_of(by), case.studio.today()
    note(case, NoteKind.CLOSED, by=by, text=case.lesson)
    stir(case, "state", "closed_by", "closed_on")
    record(by=by, verb="case.closed", on=case, studio=case.studio_id, after={"outcome": Outcome(case.outcome).label})
    tell_presenter("case_closed", by=by, case=case)


@transaction.atomic
def not_yet(*, by: User, case: Case, reason: str) -> None:
    """Something is missing still: what was reported goes back, its words are kept. Raises Refused."""
    to_close(by, case)
    reason = said(reason, _("还差什么，写一句。"), "reason")
    reporter, case.reported_by = case.reported_by, None
    note(case, NoteKind.RETURNED, by=by, text=reason)
    stir(case, "reported_by")
    record(by=by, verb="case.report_returned", on=case, studio=case.studio_id)
    tell("case_not_yet", by=by, case=case, to=[case.presenter.user, reporter])


def to_close(by: User, case: Case) -> None:
    """The case is held. Raises Refused for one that isn't reported and for the same hands, PermissionDenied."""
    locked(case)
    refuse_unless(case, {CaseState.FOLLOWING})
    if not case.awaits_close:
        raise Refused(_("先由提诊人报办结，再销号。"))
    if may_close(by, case):
        return
    if by.can(Permission.CLINIC_EDIT, case.studio_id):
        raise Refused(_("自己提的、自己报办结的，请别人来销号。"))
    raise PermissionDenied


@transaction.atomic
def reopen(*, by: User, case: Case, reason: str) -> None:
    """It has come back: a closed case is acted on again, in a new turn. The presenter, their mentor or the office.
    Raises Refused."""
    locked(case)
    refuse_unless(case, {CaseState.CLOSED})
    if not may_reopen(by, case):
        raise PermissionDenied
    reason = said(reason, _("为什么重新打开，写一句。"), "reason")
    case.state, case.reopened = CaseState.ACTING, case.reopened + 1
    case.closed_by = case.closed_on = case.reported_by = case.settled_on = None
    note(case, NoteKind.REOPENED, by=by, text=reason)
    stir(case, "state", "reopened", "closed_by", "closed_on", "reported_by", "settled_on")
    record(by=by, verb="case.reopened", on=case, studio=case.studio_id, after={"reopened": case.reopened})
    tell_presenter("case_reopened", by=by, case=case)
    tell_office("case_reopened", by=by, case=case)
