"""What the clinic asks a work meeting to speak about: by number and category, with nobody's name and no title."""

import datetime

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cohorts.clinic.choices import CaseState
from cohorts.clinic.models import Case
from cohorts.models import Cohort
from mentorship.common.agenda import AgendaPoint
from mentorship.common.templatetags.wording import long_date

LONG = 90


def long_open(on: datetime.date) -> Q:
    """Sent in ninety days ago or more and not closed out."""
    return Q(state__in=CaseState.open(), date__lte=on - datetime.timedelta(days=LONG))


def late_reply(on: datetime.date) -> Q:
    return Q(state=CaseState.CONSULTING, reply_due__lt=on)


def waiting_cases(cohort: Cohort, on: datetime.date) -> list[AgendaPoint]:
    """Opinions past their day and cases open for ninety days, the oldest first; a case that is both stands once. Not the
    sensitive ones: the meeting is no place for them. One query."""
    rows = Case.objects.filter(late_reply(on) | long_open(on), cohort=cohort, sensitive=False)
    return [point_of(case, on) for case in rows.order_by("date", "number")]


def point_of(case: Case, on: datetime.date) -> AgendaPoint:
    if case.is_late(on):
        late = (on - case.reply_due).days
        days = ngettext("逾期%(n)s天", "逾期%(n)s天", late) % {"n": late}
        detail = _("会诊答复期限%(day)s，%(late)s。") % {"day": long_date(case.reply_due), "late": days}
        since, kind = case.reply_due, "reply"
    else:
        count = (on - case.date).days
        days = ngettext("%(n)s天", "%(n)s天", count) % {"n": count}
        facts = {"day": long_date(case.date), "days": days, "state": case.get_state_display()}
        detail = _("%(day)s提交，已经%(days)s，%(state)s。") % facts
        since, kind = case.date + datetime.timedelta(days=LONG), "long"
    return AgendaPoint(
        title=_("会诊%(case)s（%(category)s）") % {"case": case, "category": case.get_category_display()},
        detail=detail,
        url=reverse("clinic:case", args=[case.pk]),
        since=since,
        key=f"case:{case.pk}:{kind}",
    )
