"""Planning, changing, cancelling a session, and noting that it was held."""

from collections.abc import Iterable, Sequence
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from cohorts.actions.common import locked
from cohorts.models import Cohort, Mentor
from cohorts.training.choices import SessionKind, SessionState
from cohorts.training.models import Session
from cohorts.training.queries import due_by, signature, warnings_for
from mentorship.accounts.models import User
from mentorship.audit.actions import plain, record
from mentorship.common.errors import Refused
from mentorship.framework.models import Indicator

from .bookings import book
from .telling import tell_concerned

AFTER_THE_END = timedelta(days=92)  # an extended apprentice is still taught
FIELDS = (
    "kind", "track", "title", "title_en", "subject", "date", "last_date", "starts_at", "ends_at", "hours", "place",
    "base", "host", "teacher", "method", "materials", "capacity", "choose_by",
)  # fmt: skip
WHEN_AND_WHERE = ("date", "last_date", "starts_at", "ends_at", "place", "base")


class NeedsAttention(Refused):
    """It can be done, once the reader has confirmed `warnings` by their `signature`."""

    def __init__(self, warnings):
        super().__init__(_("有几处要留意，看过以后可以照排。"))
        self.warnings = warnings
        self.signature = signature(warnings)


class Stale(Refused):
    """Someone changed the session after this reader had opened it."""


@transaction.atomic
def plan_session(
    *,
    by: User,
    cohort: Cohort,
    groups: Sequence[Mentor] = (),
    indicators: Iterable[Indicator] = (),
    accepted: str = "",
    **facts: Any,
) -> Session:
    """One entry of the plan; `facts` are values of FIELDS. Raises Refused beside the field, NeedsAttention for a day
    that should rather be left alone unless `accepted` is the signature of just these warnings."""
    session = Session(studio=cohort.studio, cohort=cohort)
    put(session, facts, groups, accepted)
    session.save()
    session.groups.set(groups)
    session.indicators.set(indicators)
    book(session)
    record(by=by, verb="session.planned", on=session, studio=session.studio_id, after=told(session))
    return session


@transaction.atomic
def change_session(
    *,
    by: User,
    session: Session,
    version: int,
    groups: Sequence[Mentor] = (),
    indicators: Iterable[Indicator] = (),
    accepted: str = "",
    **facts: Any,
) -> None:
    """Those concerned are told when day, time or place changed. Raises Stale, Refused and NeedsAttention."""
    locked(session)
    refuse_unless_standing(session)
    if session.version != version:
        raise Stale(_("刚才有人改过这一项。下面是您填的，再存一次就以您的为准。"))
    refuse_after_allocation(session, facts)
    before, told_before = where_and_when(session), told(session)
    put(session, facts, groups, accepted)
    session.version += 1
    session.save()
    session.refresh_from_db()  # 3 hours and 3.0 are the same
    session.groups.set(groups)
    session.indicators.set(indicators)
    book(session)
    after = told(session)
    changed = [name for name in told_before | after if told_before.get(name) != after.get(name)]
    record(
        by=by, verb="session.changed", on=session, studio=session.studio_id,
        before={name: told_before.get(name) for name in changed}, after={name: after.get(name) for name in changed},
    )  # fmt: skip
    ahead = session.is_planned and session.last_date >= session.studio.today()
    if ahead and before != where_and_when(session):
        tell_concerned("session_changed", by=by, session=session)


@transaction.atomic
def cancel_session(*, by: User, session: Session, reason: str) -> None:
    """Frees the base and tells those concerned why. Raises Refused for one that was held or cancelled already."""
    locked(session)
    if not session.is_planned:
        raise Refused(_("已办或者已取消的，不能再取消。"))
    if not reason.strip():
        raise Refused(_("写一句为什么取消。"), field="reason")
    session.state, session.cancel_reason = SessionState.CANCELLED, reason.strip()
    session.version += 1
    session.save(update_fields=["state", "cancel_reason", "version", "updated_at"])
    book(session)
    record(
        by=by, verb="session.cancelled", on=session, studio=session.studio_id, after={"reason": session.cancel_reason}
    )
    if session.last_date >= session.studio.today():
        tell_concerned("session_cancelled", by=by, session=session, reason=session.cancel_reason)


@transaction.atomic
def mark_held(*, by: User, session: Session) -> None:
    """It took place. Raises Refused before its first day."""
    locked(session)
    if not session.is_planned:
        raise Refused(_("这一项现在是“%(state)s”。") % {"state": session.get_state_display()})
    if session.date > session.studio.today():
        raise Refused(_("还没到日子，办过以后再记。"))
    session.state = SessionState.HELD
    session.version += 1
    session.save(update_fields=["state", "version", "updated_at"])
    record(by=by, verb="session.held", on=session, studio=session.studio_id)


def put(session: Session, facts: dict, groups: Sequence[Mentor], accepted: str) -> None:
    """Sets the facts on the row, unsaved, once they hold together."""
    unknown = set(facts) - set(FIELDS)
    if unknown:
        raise TypeError(f"not fields of a session: {sorted(unknown)}")
    for name, value in facts.items():
        setattr(session, name, value)
    session.last_date = session.last_date or session.date
    session.track = session.track or SessionKind.usual_track(session.kind)
    check_days(session)
    check_times_and_hours(session)
    check_belongs(session, groups)
    found = warnings_for(session, groups, due_by(session, groups).count())
    if found and accepted != signature(found):
        raise NeedsAttention(found)


def check_days(session: Session) -> None:
    if session.last_date < session.date:
        raise Refused(_("最后一天要在第一天之后。"), field="last_date")
    cohort = session.cohort
    if session.date < cohort.starts or session.last_date > cohort.ends + AFTER_THE_END:
        raise Refused(
            _("不在这一批的日子里：%(first)s至%(last)s。")
            % {"first": cohort.starts.isoformat(), "last": cohort.ends.isoformat()},
            field="date",
        )
    if session.choose_by and session.kind != SessionKind.ELECTIVE:
        raise Refused(_("只有双月选训才有选课截止。"), field="choose_by")
    if session.choose_by and session.choose_by > session.date:
        raise Refused(_("选课截止要在开课之前。"), field="choose_by")


def check_times_and_hours(session: Session) -> None:
    if (session.starts_at is None) != (session.ends_at is None):
        missing = "starts_at" if session.starts_at is None else "ends_at"
        raise Refused(_("开始和结束都要写；全天就都空着。"), field=missing)
    one_day = session.last_date == session.date
    if session.starts_at and one_day and session.ends_at <= session.starts_at:
        raise Refused(_("结束要在开始之后。"), field="ends_at")
    if session.hours is not None and session.hours <= 0:
        raise Refused(_("学时要大于0。"), field="hours")
    if session.hours is not None and not session.track:
        raise Refused(_("记学时的，要写明算四训里的哪一训。"), field="track")


def check_belongs(session: Session, groups: Sequence[Mentor]) -> None:
    if session.base_id and session.base.studio_id != session.studio_id:
        raise Refused(_("请选本工作室的基地。"), field="base")
    if session.host_id and session.host.cohort_id != session.cohort_id:
        raise Refused(_("请选这一批的师傅。"), field="host")
    if any(mentor.cohort_id != session.cohort_id for mentor in groups):
        raise Refused(_("请选这一批的师傅。"), field="groups")
    if session.subject_id and session.subject.framework_id != session.cohort.framework_id:
        raise Refused(_("请选这一批用的领域。"), field="subject")


def refuse_unless_standing(session: Session) -> None:
    if session.is_cancelled:
        raise Refused(_("已经取消了，不能再改；要办就照这次再排一次。"))


def refuse_after_allocation(session: Session, facts: dict) -> None:
    if session.courses.exists() and facts.get("kind", session.kind) != SessionKind.ELECTIVE:
        raise Refused(_("已经有选训课了，种类不能改。"), field="kind")
    if session.allocated_at and facts.get("choose_by", session.choose_by) != session.choose_by:
        raise Refused(_("已经分好课了，选课截止不再改。"), field="choose_by")


def where_and_when(session: Session) -> tuple:
    return tuple(getattr(session, f"{name}_id", None) or getattr(session, name) for name in WHEN_AND_WHERE)


def told(session: Session) -> dict:
    """For the trail, in words and without the materials; what is empty is left out."""
    facts = {name: getattr(session, name) for name in FIELDS if name != "materials"}
    facts |= {"kind": session.get_kind_display(), "track": session.get_track_display()}
    facts |= {name: f"{facts[name]:%H:%M}" for name in ("starts_at", "ends_at") if facts[name]}
    facts["groups"] = [str(mentor) for mentor in session.groups.select_related("secretary")]
    return {name: value for name, value in plain(facts).items() if value not in (None, "", [])}
