"""How a notice calls a case."""

from django.utils.translation import gettext as _

from cohorts.clinic.models import Case
from mentorship.notifications.words import in_both

from .common import title_for_notice


def named(case: Case) -> dict[str, str]:
    """第3号，车夜里停到哪里去, in both languages; of a sensitive one the number alone."""
    title = title_for_notice(case)
    return in_both(lambda: _("%(case)s，%(title)s") % {"case": case, "title": title} if title else case)
