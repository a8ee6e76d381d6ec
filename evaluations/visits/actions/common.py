"""What the acts of visits and findings ask alike."""

import datetime

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _

from evaluations.visits.choices import StepKind
from evaluations.visits.models import Finding, FindingStep
from mentorship.accounts.models import User
from mentorship.common.errors import Refused
from mentorship.places.models import Studio


class Stale(Refused):
    """Someone changed it after this reader had opened it."""


def hands_of(by: User) -> User:
    """Whose hands do it: of one who types for another, their own."""
    return by.acting_user or by


def both_of(by: User) -> set:
    return {by.pk, hands_of(by).pk}


def day_of(studio: Studio, on: datetime.date | None) -> datetime.date:
    """The day told, or the studio's today; never a day to come."""
    today = studio.today()
    if on and on > today:
        raise Refused(_("日期不能晚于今天。"), field="date")
    return on or today


def refuse_represented(by: User) -> None:
    if by.is_represented:
        raise PermissionDenied


def add_step(by: User, finding: Finding, kind: str, on: datetime.date, text: str = "") -> FindingStep:
    """One line of the history, in the hands that did it."""
    return FindingStep.objects.create(
        studio_id=finding.studio_id, finding=finding, kind=StepKind(kind), text=text, by=hands_of(by), on=on
    )
