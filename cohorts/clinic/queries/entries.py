"""What a reader of the calendar has to do in the clinic by a day: an opinion promised, a step, a check.

A clinic day itself comes with the sessions of the training.
"""

import datetime

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from cohorts.clinic.choices import CaseState
from cohorts.clinic.models import Case, Consult, PlanStep
from mentorship.common.entries import Asked, Dates, Entry

from .checks import OWED, checks_owed


def replies(asked: Asked) -> QuerySet[Consult]:
    rows = Consult.objects.of(asked.reader).waiting().filter(studio=asked.studio, case__state=CaseState.CONSULTING)
    return rows.filter(case__reply_due__range=asked.days)


def replies_due(asked: Asked, rows: QuerySet[Consult]) -> list[Entry]:
    rows = rows.select_related("case")
    return [entry_of(row.case, f"consult-{row.pk}", row.case.reply_due, _("会诊答复"), row.updated_at) for row in rows]


def steps(asked: Asked) -> QuerySet[PlanStep]:
    rows = PlanStep.objects.undone().filter(studio=asked.studio, owner__user=asked.reader.pk, due__range=asked.days)
    return rows.filter(case__state__in=CaseState.with_plan())


def steps_due(asked: Asked, rows: QuerySet[PlanStep]) -> list[Entry]:
    rows = rows.select_related("case")
    return [entry_of(row.case, f"case-step-{row.pk}", row.due, _("会诊里的一步"), row.updated_at) for row in rows]


def checked(asked: Asked) -> QuerySet[Case]:
    owed = Q()
    for days in OWED.values():
        span = datetime.timedelta(days=days)
        owed |= Q(settled_on__range=(asked.since - span, asked.until - span))
    return Case.objects.presented_by(asked.reader).filter(owed, studio=asked.studio)


def checks_due(asked: Asked, rows: QuerySet[Case]) -> list[Entry]:
    """Two queries."""
    return [
        entry_of(
            each.case,
            f"case-{each.kind}-{each.case.pk}-{each.case.reopened}",
            each.due,
            each.label,
            each.case.updated_at,
        )
        for each in checks_owed(rows)
        if asked.since <= each.due <= asked.until
    ]


def entry_of(case: Case, uid: str, day: datetime.date, label: str, updated: datetime.datetime) -> Entry:
    """The title of a sensitive case stays in the house; its number says enough."""
    facts = {"label": label, "case": case, "title": case.title}
    words = _("%(label)s：%(case)s") if case.sensitive else _("%(label)s：%(case)s，%(title)s")
    return Entry(
        uid=uid, kind="due", label=label, title=words % facts, starts=day, ends=day,
        url=reverse("clinic:case", args=[case.pk]), cohort=case.cohort_id, mine=True, updated=updated,
        sequence=case.version - 1,
    )  # fmt: skip


DATES = (Dates(replies, replies_due), Dates(steps, steps_due), Dates(checked, checks_due))
