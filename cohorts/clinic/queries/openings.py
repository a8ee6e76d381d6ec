"""A case as the opening of a seminar, and as the source of a method."""

import uuid

from django.urls import reverse
from django.utils.translation import gettext as _

from cohorts.clinic.models import Case
from cohorts.meetings.choices import Source as TopicSource
from cohorts.models import Cohort
from mentorship.accounts.models import User
from mentorship.common.asked import uuid_or_none
from mentorship.common.openings import Opening
from mentorship.common.sources import Source

LONGEST = 1000
MOST = 30
PREFIX = "case:"


def case_opening(reader: User, key: str) -> Opening | None:
    """`key` is "case:<id>". Only a case whose opinions are open, that the reader may read and that is not sensitive."""
    pk = uuid_or_none(key.removeprefix(PREFIX)) if key.startswith(PREFIX) else None
    rows = Case.objects.visible_to(reader).filter(released_at__isnull=False, sensitive=False)
    case = rows.select_related("presenter").filter(pk=pk).first() if pk else None
    return Opening(case.title, TopicSource.CLINIC, situation_of(case)) if case else None


def situation_of(case: Case) -> str:
    """What it is about and where it got stuck, cut to fit, without the name of who presented it."""
    lines = [case.background.strip()]
    if case.already_tried:
        lines.append(_("已经试过：%(words)s") % {"words": case.already_tried.strip()})
    if case.stuck_at:
        lines.append(_("卡在：%(words)s") % {"words": case.stuck_at.strip()})
    words = "\n".join(line for line in lines if line).replace(case.presenter.name, _("提诊人"))
    return words if len(words) <= LONGEST else words[: LONGEST - 1] + "…"


def case_sources(reader: User, cohort: Cohort, chosen: list[str]) -> list[Source]:
    """The latest closed cases of the cohort that the reader may see, and those chosen before; never a sensitive one."""
    ids = [uuid.UUID(key.removeprefix(PREFIX)) for key in chosen if key.startswith(PREFIX)]
    rows = (
        Case.objects.visible_to(reader)
        .closed()
        .filter(cohort=cohort, sensitive=False)
        .order_by("-closed_on", "-number")
    )
    latest = list(rows.values_list("pk", flat=True)[:MOST])
    found = rows.filter(pk__in={*latest, *ids})
    return [Source(f"{PREFIX}{case.pk}", label_of(case), reverse("clinic:case", args=[case.pk])) for case in found]


def label_of(case: Case) -> str:
    return f"{case.closed_on.isoformat()} {case} {case.title}"
