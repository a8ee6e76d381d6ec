"""每周一报: once a week, by day, to those who look after the logs."""

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from cohorts.choices import Stage
from cohorts.models import Cohort
from evaluations.logs.models import LogDigest
from evaluations.logs.queries import officers_of
from evaluations.logs.queries.digest import digest_of, monday_of
from mentorship.common.errors import Refused
from mentorship.notifications.actions import notify
from mentorship.notifications.hours import next_polite_moment


def send_digests() -> list[LogDigest]:
    """To every cohort with pairs that has not had this week's; a second run sends nothing. Raises Refused at night."""
    if next_polite_moment(timezone.now()):
        raise Refused(_("每周一报在7:30到20:00之间发。"))
    cohorts = Cohort.objects.filter(stage__in=Stage.with_pairs()).select_related("studio", "rules")
    return [digest for cohort in cohorts if (digest := send_digest(cohort=cohort))]


@transaction.atomic
def send_digest(*, cohort: Cohort) -> LogDigest | None:
    """The week before this Monday. None when it went out already, or nobody is there to read it."""
    Cohort.objects.select_for_update(of=("self",)).get(pk=cohort.pk)
    monday = monday_of(cohort.studio.today())
    if LogDigest.objects.filter(cohort=cohort, week=monday).exists():
        return None
    notice = notify(
        kind="log_digest",
        studio=cohort.studio,
        to=officers_of(cohort.studio),
        url=reverse("logs:rhythm", args=[cohort.pk]),
        particulars={"cohort": str(cohort), **digest_of(cohort, monday).as_particulars()},
    )
    if notice is None:
        return None
    return LogDigest.objects.create(studio_id=cohort.studio_id, cohort=cohort, week=monday, notice=notice)
