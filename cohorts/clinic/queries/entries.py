"""What a reader of the calendar has to do in the clinic by a day: an opinion promised, a step, a check."""

import datetime

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from cohorts.clinic.choices import CaseState
from cohorts.clinic.models import Case, Consult, PlanStep
from mentorship.accounts.models import User
from mentorship.common.entries import Entry
from mentorship.places.models import Studio

from .checks import OWED, checks_owed


def entries_of(reader: User, studio: Studio, since: datetime.date, until: datetime.date) -> list[Entry]:
    """Four queries at most. A clinic day itself comes with the sessions of the training."""
    return [
        *replies(reader, studio, since, until),
        *steps(reader, studio, since, until),
        *checks(reader, studio, since, until),
    ]


def replies(reader: User, studio: Studio, since: datetime.date, until: datetime.date) -> list[Entry]:
    rows = Consult.objects.of(reader).waiting().filter(studio=studio, case__state=CaseState.CONSULTING)
    rows = rows.filter(case__reply_due__range=(since, until)).select_related("case")
    return [entry_of(row.case, f"consult-{row.pk}", row.case.reply_due, _("会诊答复"), row.updated_at) for row in rows]


def steps(reader: User, studio: Studio, since: datetime.date, until: datetime.date) -> list[Entry]:
    rows = PlanStep.objects.undone().filter(studio=studio, owner__user=reader.pk, due__range=(since, until))
    rows = rows.filter(case__state__in=CaseState.with_plan()).select_related("case")
    return [entry_of(row.case, f"case-step-{row.pk}", row.due, _("会诊里的一步"), row.updated_at) for row in rows]


def checks(reader: User, studio: Studio, since: datetime.date, until: datetime.date) -> list[Entry]:
    owed = Q()
    for days in OWED.values():
        span = datetime.timedelta(days=days)
        owed |= Q(settled_on__range=(since - span, until - span))
    own = Case.objects.presented_by(reader).filter(owed, studio=studio)
    return [
        entry_of(
            each.case,
            f"case-{each.kind}-{each.case.pk}-{each.case.reopened}",
            each.due,
            each.label,
            each.case.updated_at,
        )
        for each in checks_owed(own)
        if since <= each.due <= until
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
