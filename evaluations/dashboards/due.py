"""要办的事 of a mentor: three at most, nearest first."""

import datetime

from django.db.models import Count, Min
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cohorts.models import Cohort, Mentor, Pairing
from evaluations.assessments.choices import RoundStatus
from evaluations.assessments.models import RaterTask
from evaluations.logs.models import TeachingLog
from mentorship.common.templatetags.wording import short_date

from .board import standing_of
from .rows import Row

MOST_ROWS = 3


def due_of_mentor(mentor: Mentor, pairs: list[Pairing], today: datetime.date) -> list[Row]:
    """Ratings asked for, logs to confirm, then the apprentices without a log the longest. Two queries.

    `pairs` come from `with_sessions`.
    """
    rows = rating_rows(mentor)
    rows += [
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


def rating_rows(mentor: Mentor) -> list[Row]:
    """One row for all that waits to be rated."""
    tasks = RaterTask.objects.filter(
        rater=mentor.secretary.user_id, sheet__round__cohort=mentor.cohort_id, sheet__round__status=RoundStatus.SCORING
    )
    last = tasks.waiting().aggregate(n=Count("pk"), due=Min("sheet__round__due"))
    if not last["n"]:
        return []
    words = ngettext("%(n)s名学员等您评分", "%(n)s名学员等您评分", last["n"]) % {"n": last["n"]}
    by = _("%(day)s前") % {"day": short_date(last["due"])}
    return [Row("wait", _("请您评分"), words, by, reverse("assessments:mine"), _("去评分"))]


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
