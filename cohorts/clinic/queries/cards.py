"""What a card begins with when it is made of a case, and what it may be linked to and used in."""

import datetime

from django.db.models import Q

from cohorts.clinic.models import Case, CaseCard
from cohorts.clinic.namings import nameless
from cohorts.clinic.taxonomy import indicators_of
from cohorts.models import Cohort
from cohorts.training.choices import SessionKind
from cohorts.training.models import Session
from mentorship.accounts.models import User
from mentorship.accounts.permissions import Permission
from mentorship.framework.models import Indicator
from mentorship.places.models import Studio

LONGEST_STORY = 800
BACK = datetime.timedelta(days=30)
AHEAD = datetime.timedelta(days=120)
TAUGHT_IN = SessionKind.with_attendance() - {SessionKind.CEREMONY}


def first_values(case: Case) -> dict:
    """A closed case as a card: its problem, what came of it and its steps; without its people, its place and its doors."""
    steps = case.steps.order_by("order").values_list("text", flat=True)
    texts = {
        "title": case.title,
        "situation": case.background[:LONGEST_STORY],
        "worked": f"{case.lesson}\n{case.effect}".strip(),
        "steps": "\n".join(steps),
    }
    community = case.community
    whose = {"person": case.presenter.name, "committee": community.official_name, "place": community.name}
    return {name: nameless(text, **whose) for name, text in texts.items()} | {
        "category": case.category,
        "neighbourhood": case.community.type,
        "indicators": list(indicators_for(case.cohort, case.category)),
    }


def indicators_for(cohort: Cohort, category: str):
    """Those of the cohort's framework that a problem of this kind trains."""
    return offered_by(cohort).filter(code__in=indicators_of(category))


def offered_by(cohort: Cohort):
    rows = Indicator.objects.filter(subject__framework=cohort.framework_id).select_related("subject")
    return rows.order_by("subject__order", "order")


def cohort_of(card: CaseCard | None, case: Case | None, studio: Studio) -> Cohort | None:
    """Whose framework a card is linked to: that of its case, else of the cohort that runs now."""
    if case is not None:
        return case.cohort
    rows = Cohort.objects.filter(studio=studio).select_related("framework")
    if card is not None and (link := card.indicators.select_related("subject").first()):
        rows = rows.filter(framework=link.subject.framework_id)
    return rows.begun_first(studio).first()


def sessions_to_use(user: User, card: CaseCard, today: datetime.date):
    """Recent and coming sessions that the reader prepares: all of the office's, and those they host themselves."""
    rows = Session.objects.visible_to(user).standing().filter(studio=card.studio_id, kind__in=TAUGHT_IN)
    if not user.can(Permission.TRAINING_EDIT, card.studio_id):
        rows = rows.filter(host__secretary__user=user.pk)
    near = rows.filter(Q(last_date__gte=today - BACK) & Q(date__lte=today + AHEAD))
    return near.exclude(card_uses__card=card).order_by("date", "starts_at", "pk")
