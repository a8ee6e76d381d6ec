"""系统清点: what the app counts by itself, so that nobody has to report it. Points from 0 to 100, with their sources."""

import datetime
from decimal import Decimal
from fractions import Fraction

from django.db.models import Count, Q

from cohorts.clinic.queries.presented import counts_of as presented
from cohorts.models import Mentee, Pairing
from cohorts.training.queries import came_of
from evaluations.assessments.models import Round
from evaluations.logs.choices import HomeworkState, LogKind
from evaluations.logs.models import Attendance, Homework, Reflection
from evaluations.scoring import published
from evaluations.visits.queries.findings import counts_of

MONTH = 30


def window(round_: Round) -> tuple[datetime.date, datetime.date]:
    return round_.starts, min(round_.ends, round_.studio.today())


def months_of(since: datetime.date, until: datetime.date) -> int:
    return max(1, round(((until - since).days + 1) / MONTH))


def evidence_of(round_: Round, mentees: list[Mentee]) -> dict:
    """mentee id -> {name: {"have", "of", "points"} or {"why"}}. The same nine queries for one mentee or thirty.

    A kind of record that nobody in the round has any of was not in use: it is missing, not nought. Attendance is that of
    the training; where none of it is kept, that of the logs.
    """
    first, last = window(round_)
    rules = round_.cohort.rules
    since = started(mentees, first)
    months = {m.pk: months_of(since.get(m.pk, first), last) for m in mentees}
    logged, coached = sessions(mentees, first, last)
    came = came_of(mentees, first, last) or logged
    wrote = dict(counts(Reflection.objects.handed_in(), mentees, date__range=(first, last)))
    works = homework(mentees, first, last)
    mended = findings(mentees, first, last)
    solved = cases(mentees, first, last)
    found = {}
    for m in mentees:
        have, due = came.get(m.pk, (0, 0))
        work = works.get(m.pk, (0, 0))
        found[m.pk] = {
            "attendance": share(have, due) if due else {"why": "none"},
            "logs": share(coached.get(m.pk, 0), months[m.pk] * rules.coaching_per_month) if coached else {"why": "unused"},
            "reflections": share(wrote.get(m.pk, 0), months[m.pk] * rules.reflections_per_month)
            if wrote
            else {"why": "unused"},
            "homework": share(*work) if work[1] else {"why": "none"},
            "findings": (share(*mended[m.pk]) if mended[m.pk][1] else {"why": "none"}) if mended else {"why": "unused"},
            "clinic": (share(*solved[m.pk]) if m.pk in solved else {"why": "no_case"}) if solved else {"why": "unused"},
        }  # fmt: skip
    return found


def share(have: int, of: int) -> dict:
    """Points for so many of so many, a hundred at most."""
    points = published(min(Fraction(100), Fraction(100 * have, of)))
    return {"have": have, "of": of, "points": str(points)}


def started(mentees: list[Mentee], first: datetime.date) -> dict:
    """From when each can be expected to have done something: a substitute from the day of the pairing."""
    rows = Pairing.objects.filter(mentee__in=mentees).order_by("starts").values_list("mentee", "starts")
    earliest = {}
    for mentee, starts in rows:
        earliest.setdefault(mentee, max(first, starts))
    return earliest


def sessions(mentees: list[Mentee], first: datetime.date, last: datetime.date) -> tuple[dict, dict]:
    """(mentee id -> (came, was due), mentee id -> one-to-one sessions)."""
    rows = (
        Attendance.objects.filter(mentee__in=mentees, log__date__range=(first, last), log__voided_at=None)
        .order_by()
        .values("mentee")
        .annotate(
            due=Count("pk"),
            came=Count("pk", filter=Q(present=True)),
            coached=Count("pk", filter=Q(present=True, log__kind=LogKind.COACHING)),
        )
    )
    rows = list(rows)
    came = {row["mentee"]: (row["came"], row["due"]) for row in rows}
    coached = {row["mentee"]: row["coached"] for row in rows if row["coached"]}
    return came, coached


def counts(rows, mentees: list[Mentee], **conditions):
    grouped = rows.filter(mentee__in=mentees, **conditions).order_by().values("mentee").annotate(n=Count("pk"))
    return grouped.values_list("mentee", "n")


def homework(mentees: list[Mentee], first: datetime.date, last: datetime.date) -> dict:
    """mentee id -> (handed in, due in the window); what was waived is not asked for."""
    done = [HomeworkState.HANDED_IN, HomeworkState.ANSWERED]
    rows = (
        Homework.objects.filter(mentee__in=mentees, due__range=(first, last))
        .exclude(state=HomeworkState.WAIVED)
        .order_by()
        .values("mentee")
        .annotate(of=Count("pk"), have=Count("pk", filter=Q(state__in=done)))
    )
    return {row["mentee"]: (row["have"], row["of"]) for row in rows}


def findings(mentees: list[Mentee], first: datetime.date, last: datetime.date) -> dict:
    """mentee id -> (findings closed, those and the ones past their day); empty when nobody was visited in the window.
    What is found and not due yet is not asked for."""
    found = counts_of(mentees, first, last)
    if not any(row.visits for row in found.values()):
        return {}
    return {pk: (row.closed, row.closed + row.overdue) for pk, row in found.items()}


def cases(mentees: list[Mentee], first: datetime.date, last: datetime.date) -> dict:
    """mentee id -> (cases closed out, those and the ones open for ninety days) of what they presented in the window.
    Who presented none, or only what is still young, is absent: to bring a hard case never costs points."""
    found = presented(mentees, first, last)
    return {pk: (row.closed, row.asked_for) for pk, row in found.items() if row.asked_for}


def answers_in(evidence: dict) -> dict[str, Decimal]:
    """The counted answers by the path they stand at."""
    places = {"attendance": "process", "logs": "process", "reflections": "process", "homework": "process"}
    return {
        f"{places.get(name, 'performance')}.{name}": Decimal(row["points"])
        for name, row in evidence.items()
        if "points" in row
    }


def attendance_in(evidence: dict) -> Decimal | None:
    points = evidence.get("attendance", {}).get("points")
    return Decimal(points) if points is not None else None
