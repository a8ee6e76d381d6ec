"""Where a finding stands, in words beside a mark."""

import datetime

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from evaluations.visits.choices import FindingState
from evaluations.visits.models import Finding
from mentorship.common.templatetags.wording import short_date

from .findings import SOON


def mark_of(finding: Finding, today: datetime.date) -> tuple[str, str]:
    """(kind of mark, words)."""
    if finding.is_closed:
        return "done", _("%(day)s销号") % {"day": short_date(finding.verified_on)}
    if finding.status == FindingState.REPORTED and finding.reported_on <= finding.due < today:
        return "wait", _("待验收，期限已过")  # the owner did their part in time
    if finding.is_overdue(today):
        late = (today - finding.due).days
        words = ngettext("逾期%(n)s天", "逾期%(n)s天", late) % {"n": late}
        return "due", _("待验收，%(late)s") % {"late": words} if finding.status == FindingState.REPORTED else words
    if finding.status == FindingState.REPORTED:
        return "doing", _("待验收")
    left = (finding.due - today).days
    if left == 0:
        return "wait", _("今天到期")
    if left <= SOON:
        return "wait", ngettext("还有%(n)s天", "还有%(n)s天", left) % {"n": left}
    kind = "doing" if finding.status == FindingState.DOING else "open"
    return kind, finding.get_status_display()
