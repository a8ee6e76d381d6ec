"""要办的事 of a mentor: three at most, nearest first."""

import datetime

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cohorts.models import Cohort, Mentor, Pairing
from evaluations.logs.models import TeachingLog
from mentorship.common.templatetags.wording import short_date

from .board import standing_of
from .rows import Row

MOST_ROWS = 3


def due_of_mentor(mentor: Mentor, pairs: list[Pairing], today: datetime.date) -> list[Row]:
    """Logs to confirm, then the apprentices without a log the longest. `pairs` come from `with_sessions`. One query."""
    rows = [
        Row(
            "wait",
            _("请确认"),
            log.title or str(log),
            short_date(log.date),
            reverse("logs:log", args=[log.pk]),
            _("去看看"),
        )
        for log in TeachingLog.objects.filter(mentor=mentor).to_confirm().order_by("date")[:MOST_ROWS]
    ]
    rows += quiet_rows(mentor.cohort, pairs, today)
    return rows[:MOST_ROWS]


def quiet_rows(cohort: Cohort, pairs: list[Pairing], today: datetime.date) -> list[Row]:
    """Apprentices with nothing logged for longer than agreed, the longest first."""
    quiet = [(standing_of(pairing, cohort, today), pairing.mentee) for pairing in pairs]
    quiet = sorted((pair for pair in quiet if pair[0].state == "stale"), key=lambda pair: -pair[0].quiet)
    return [
        Row(
            "due",
            ngettext("%(n)s天没有记录", "%(n)s天没有记录", standing.quiet) % {"n": standing.quiet},
            _("去看看%(name)s") % {"name": mentee},
            _("方便时补一下上次去的情况，说一句话也行"),
            reverse("logs:write"),
            _("去记"),
        )
        for standing, mentee in quiet
    ]
