"""The plan of the year as entries of the calendar."""

from django.db.models import BooleanField, ExpressionWrapper, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from cohorts.models import Mentor
from cohorts.training.access import READERS
from cohorts.training.choices import SessionKind
from cohorts.training.models import Session
from mentorship.accounts.models import User
from mentorship.accounts.permissions import Permission
from mentorship.common.entries import Asked, Bound, Dates, Entry, at

from .planning import WINDOWS

KINDS = {
    SessionKind.SUPERVISED: "visit",
    SessionKind.ASSESSMENT: "assessment",
    SessionKind.REVIEW_WINDOW: "assessment",
    SessionKind.PROMOTION: "promotion",
    SessionKind.PUBLICITY: "promotion",
    SessionKind.OTHER: "other",
}  # everything else is a training


def sessions(asked: Asked) -> QuerySet[Session]:
    held = Q(date__lte=asked.until, last_date__gte=asked.since)
    return Session.objects.filter(held | Q(choose_by__range=asked.days), studio=asked.studio)


def entries_of(asked: Asked, rows: QuerySet[Session]) -> list[Entry]:
    """Sessions of every kind, and the last days to choose a course. Three queries: the sessions, their groups, the names of these."""
    reader, studio, since, until = asked
    found = rows.visible_to(reader).annotate(mine=ExpressionWrapper(concerns(reader), BooleanField()))
    rows = list(found.select_related("base__community", "host__secretary").prefetch_related("groups__secretary"))
    opens = READERS.allows(reader, studio)
    entries = [
        entry_of(row, mine=bool(row.mine), opens=opens) for row in rows if row.date <= until and row.last_date >= since
    ]
    closing = [row for row in rows if row.choose_by and since <= row.choose_by <= until]
    chooses = reader.can(Permission.MENTEE_HOME, studio)
    return entries + [last_day_to_choose(row, mine=bool(row.mine) and chooses, opens=opens) for row in closing]


def concerns(reader: User) -> Q:
    """Where the reader is expected: as an apprentice, as a mentor of its groups, or as its host."""
    mentor = Mentor.objects.appointed().filter(secretary__user=reader.pk)
    grouped = Session.groups.through.objects.all()
    return (
        Q(pk__in=Session.objects.of_apprentice(reader).values("pk"))
        | Q(host__secretary__user=reader.pk)
        | Q(pk__in=grouped.filter(mentor__in=mentor.values("pk")).values("session"))
        | Q(cohort__in=mentor.values("cohort")) & ~Q(pk__in=grouped.values("session"))
    )


def entry_of(row: Session, *, mine: bool = False, opens: bool = True) -> Entry:
    """A period of days (a round of visits, a notice) takes nobody up; a gathering takes up host, base and groups."""
    gathers = row.kind not in WINDOWS and (row.starts_at is not None or row.date == row.last_date)
    return Entry(
        uid=f"session-{row.pk}",
        kind=KINDS.get(row.kind, "training"),
        label=str(row.get_kind_display()),
        title=str(row),
        starts=at(row.date, row.starts_at),
        ends=at(row.last_date, row.ends_at),
        place=row.where,
        url=reverse("training:session", args=[row.pk]) if opens else "",
        people=(person_of(row.host),) if gathers and row.host else (),
        groups=groups_of(row) if gathers else (),
        base=Bound(row.base_id, str(row.base)) if gathers and row.base else None,
        cohort=row.cohort_id,
        mine=mine,
        cancelled=row.is_cancelled,
        updated=row.updated_at,
        sequence=row.version - 1,
        notes=row.materials,
    )


def person_of(mentor: Mentor) -> Bound:
    return Bound(mentor.secretary.user_id or mentor.secretary_id, str(mentor))


def groups_of(row: Session) -> tuple[Bound, ...]:
    """The mentors whose apprentices come; of a session for all, the cohort itself."""
    groups = tuple(Bound(mentor.pk, str(mentor)) for mentor in row.groups.all())
    return groups or ((Bound(row.cohort_id, _("全班")),) if row.kind in SessionKind.with_attendance() else ())


def last_day_to_choose(row: Session, *, mine: bool, opens: bool) -> Entry:
    return Entry(
        uid=f"choice-{row.pk}",
        kind="due",
        label=_("选课截止"),
        title=_("选课截止：%(title)s") % {"title": row},
        starts=row.choose_by,
        ends=row.choose_by,
        url=reverse("training:session", args=[row.pk]) if opens else "",
        cohort=row.cohort_id,
        mine=mine,
        cancelled=row.is_cancelled,
        updated=row.updated_at,
        sequence=row.version - 1,
    )


DATES = (Dates(sessions, entries_of),)
