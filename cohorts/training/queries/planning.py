"""What speaks against a day: it can be planned all the same, once someone has read why not."""

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.utils.dateformat import format as written
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cohorts.models import Mentor
from cohorts.training.choices import SessionKind
from cohorts.training.models import Session
from cohorts.training.planning import MONDAY, MORNING, SATURDAY, before_new_year, halves_of, overlap
from mentorship.common.working_days import HolidayDataMissing, days_from, is_working_day
from mentorship.places.models import Holiday

WINDOWS = {SessionKind.SUPERVISED, SessionKind.REVIEW_WINDOW, SessionKind.PUBLICITY}  # weeks, not gatherings


@dataclass(frozen=True)
class Warning:
    field: str
    words: str


def warnings_for(session: Session, groups: Sequence[Mentor], people: int) -> list[Warning]:
    """`session` as it would be saved, `people` how many are expected at it. Windows of days are never warned of."""
    if session.kind in WINDOWS:
        return []
    return [*of_days(session), *of_others(session, groups), *of_room(session, people)]


def signature(warnings: Sequence[Warning]) -> str:
    """What a reader confirms: these warnings and no others."""
    return hashlib.sha256("\n".join(each.words for each in warnings).encode()).hexdigest()[:16] if warnings else ""


def of_days(session: Session) -> Iterator[Warning]:
    table = Holiday.objects.table_of(session.studio)
    for day in days_from(session.date, session.last_date):
        named = {"day": day.isoformat()}
        try:
            worked = is_working_day(day, table)
        except HolidayDataMissing:
            worked = day.weekday() < SATURDAY
        if not worked and day.weekday() >= SATURDAY:
            yield Warning("date", _("%(day)s是周末，居民区多半有活动。") % named)
        elif not worked:
            yield Warning("date", _("%(day)s放假。") % named)
        elif day.weekday() == MONDAY and MORNING in halves_of(session.starts_at, session.ends_at):
            yield Warning("date", _("%(day)s是周一，上午街镇多半开例会。") % named)
        if worked and before_new_year(day):
            yield Warning("date", _("%(day)s离春节不到一周，居民区走不开。") % named)


def of_others(session: Session, groups: Sequence[Mentor]) -> Iterator[Warning]:
    mine = {mentor.pk for mentor in groups}
    for other in overlapping(session):
        theirs = {mentor.pk for mentor in other.groups.all()}
        told = {"title": other.title, "when": when_of(other)}
        if session.host_id and session.host_id == other.host_id:
            yield Warning("host", _("%(when)s主讲师傅已经有“%(title)s”。") % told)
        if session.cohort_id == other.cohort_id and (not mine or not theirs or mine & theirs):
            yield Warning("date", _("%(when)s这些学员已经有“%(title)s”。") % told)


def overlapping(session: Session) -> list[Session]:
    """Other gatherings of the studio at that time."""
    rows = Session.objects.standing().filter(studio=session.studio_id).between(session.date, session.last_date)
    rows = rows.exclude(pk=session.pk).exclude(kind__in=WINDOWS).prefetch_related("groups")
    span = session.starts_at, session.ends_at
    return [other for other in rows if overlap(span, (other.starts_at, other.ends_at))]


def when_of(session: Session) -> str:
    clock = "" if session.starts_at is None else f" {written(session.starts_at, 'H:i')}"
    return f"{session.date.isoformat()}{clock}"


def of_room(session: Session, people: int) -> Iterator[Warning]:
    if session.base_id and people > session.base.capacity:
        words = ngettext("基地可容%(room)s人，应到%(n)s人。", "基地可容%(room)s人，应到%(n)s人。", people)
        yield Warning("base", words % {"room": session.base.capacity, "n": people})
