"""Reminding people of what they have to do in the clinic by a day, in words that don't scold."""

from collections.abc import Callable, Iterable

from django.db import transaction

from cohorts.clinic.choices import CaseState
from cohorts.clinic.models import Case, Consult, PlanStep
from cohorts.clinic.queries.checks import Owed, checks_owed
from mentorship.accounts.models import User
from mentorship.places.deadlines import to_remind
from mentorship.places.models import Studio

from .telling import tell
from .words import named


def remind_cases() -> int:
    """Mentors of opinions, owners of steps, presenters of checks, in every studio, as `to_remind` says; how many notices.
    A second run on the same day sends nothing."""
    return sum(
        remind(studio)
        for studio in Studio.objects.all()
        for remind in (remind_mentors, remind_owners, remind_presenters)
    )


def remind_mentors(studio: Studio) -> int:
    rows = Consult.objects.waiting().filter(studio=studio, case__state=CaseState.CONSULTING, case__released_at=None)
    rows = list(rows.select_related("case__studio", "mentor__secretary__user"))
    for row in rows:
        row.due = row.case.reply_due
    return told(studio, to_remind(studio, rows), "case_opinion_due", lambda row: row.mentor.secretary.user)


def remind_owners(studio: Studio) -> int:
    """Of steps whose owner is in the register; an office by its name has no inbox."""
    rows = PlanStep.objects.undone().filter(studio=studio, case__state__in=CaseState.with_plan(), owner__isnull=False)
    rows = to_remind(studio, rows.select_related("case__studio", "owner__user"))
    return told(studio, rows, "case_step_due", lambda row: row.owner.user)


def remind_presenters(studio: Studio) -> int:
    """Of the first check that is still owed of each case."""
    first: dict = {}
    for owed in checks_owed(Case.objects.filter(studio=studio).select_related("studio", "presenter__user")):
        first.setdefault(owed.case.pk, owed)
    return told(studio, to_remind(studio, first.values()), "case_check_due", lambda row: row.case.presenter.user)


def told(studio: Studio, rows: Iterable, kind: str, whom: Callable[..., User | None]) -> int:
    return sum(remind_once(studio, row, kind, whom(row)) for row in rows)


@transaction.atomic
def remind_once(studio: Studio, row: Consult | PlanStep | Owed, kind: str, person: User | None) -> bool:
    """`row`: has `case` and `due`; what is kept of the reminder stands on it, for a check on its case."""
    today = studio.today()
    kept = row.case if isinstance(row, Owed) else row
    if not type(kept).objects.filter(pk=kept.pk).exclude(reminded_on=today).update(reminded_on=today):
        return False
    if person is None or not person.is_active:
        return False
    facts = {"what": named(row.case), "due": row.due, "past": row.due < today}
    if isinstance(row, Owed):
        facts["days"] = row.days
    if isinstance(row, PlanStep) and not row.case.sensitive:
        facts["step"] = row.text
    tell(kind, by=None, case=row.case, to=[person], **facts)
    return True
