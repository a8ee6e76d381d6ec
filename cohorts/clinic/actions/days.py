"""会诊日: which cases are spoken about together on one day."""

from django.db import transaction
from django.utils.translation import gettext as _

from cohorts.clinic.choices import CaseState
from cohorts.clinic.models import Case
from cohorts.clinic.queries.days import is_past
from cohorts.training.choices import SessionKind
from cohorts.training.models import Session
from mentorship.accounts.models import User
from mentorship.audit.actions import record
from mentorship.common.errors import Refused
from mentorship.notifications.words import in_both

from .common import locked, refuse_unless, stir
from .telling import tell
from .words import named


@transaction.atomic
def put_on_day(*, by: User, case: Case, session: Session) -> None:
    """Onto this day, off any other; the presenter and the mentors asked are told. Raises Refused for a day of another
    studio or cohort, cancelled or past, and for a case that was not sent or is closed out. Said twice, it is done once."""
    locked(session)
    locked(case)
    if session.kind != SessionKind.CLINIC or session.cohort_id != case.cohort_id:
        raise Refused(_("请选这一批的会诊日。"), field="session")
    if session.is_cancelled or is_past(session, case.studio.today()):
        raise Refused(_("这个会诊日已经取消或者过去了，请换一天。"), field="session")
    refuse_unless(case, CaseState.open())
    if case.session_id == session.pk:
        return
    before = day_words(case.session) if case.session_id else None
    case.session = session
    stir(case, "session")
    record(
        by=by, verb="case.put_on_day", on=case, studio=case.studio_id, before={"session": before} if before else None,
        after={"session": day_words(session)},
    )  # fmt: skip
    tell_of_day(by, case, session, off=False)


@transaction.atomic
def take_off_day(*, by: User, case: Case) -> None:
    """Off its day, as long as the day is not past: then it stays as it was held. Raises Refused else."""
    locked(case)
    session = case.session
    if session is None:
        raise Refused(_("这件会诊不在会诊日上。"))
    if is_past(session, case.studio.today()) and not session.is_cancelled:
        raise Refused(_("这个会诊日已经过去了，记录不改。"))
    case.session = None
    stir(case, "session")
    record(by=by, verb="case.taken_off_day", on=case, studio=case.studio_id, before={"session": day_words(session)})
    if not session.is_cancelled:
        tell_of_day(by, case, session, off=True)


def day_words(session: Session) -> str:
    return f"{session.date.isoformat()} {session.title}"


def tell_of_day(by: User, case: Case, session: Session, *, off: bool) -> None:
    asked = case.consults.filter(declined_at=None).select_related("mentor__secretary__user")
    people = [case.presenter.user, *(row.mentor.secretary.user for row in asked)]
    facts = {
        "day": session.date, "time": f"{session.starts_at:%H:%M}" if session.starts_at else "",
        "place": in_both(lambda: session.where), "off": off, "what": named(case),
    }  # fmt: skip
    tell("case_on_day", by=by, case=case, to=people, **facts)
