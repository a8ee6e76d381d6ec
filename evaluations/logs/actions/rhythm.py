"""One polite reminder to a mentor with nothing logged: once a month, by day, and only to those it concerns."""

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from cohorts.actions.common import locked
from cohorts.models import Mentor
from evaluations.logs.models import LogReminder
from evaluations.logs.queries.rhythm import quiet_pairs
from mentorship.accounts.models import User
from mentorship.audit.actions import record
from mentorship.common.dates import month_of
from mentorship.common.errors import Refused
from mentorship.notifications.actions import notify
from mentorship.notifications.hours import next_polite_moment


@transaction.atomic
def remind_mentor(*, by: User, mentor: Mentor) -> LogReminder:
    """Asks for a word about the last visit, with acknowledgement. Raises Refused: at night, twice a month, on track."""
    locked(mentor)
    if next_polite_moment(timezone.now()):
        raise Refused(_("现在晚了，请在7:30到20:00之间提醒。"))
    today = mentor.cohort.studio.today()
    month, hands = month_of(today), by.acting_user or by
    if LogReminder.objects.filter(mentor=mentor, month=month).exists():
        raise Refused(_("这个月已经提醒过了。再要紧的事，打个电话更好。"))
    pairs = list(quiet_pairs(mentor.cohort, today).filter(mentor=mentor))
    if not pairs:
        raise Refused(_("%(name)s都有记录，不用提醒。") % {"name": mentor})
    names = [pairing.mentee.secretary.name for pairing in pairs]
    notice = notify(
        kind="log_missing",
        studio=mentor.studio,
        to=[mentor.secretary.user],
        by=hands,
        url=reverse("logs:write"),
        particulars={"mentor": mentor.secretary.name, "names": "、".join(names)},
        needs_acknowledgement=True,
    )
    if notice is None:
        raise Refused(_("%(name)s没有能登录的账号，请打个电话。") % {"name": mentor})
    reminder = LogReminder.objects.create(
        studio_id=mentor.studio_id, cohort=mentor.cohort, mentor=mentor, month=month, notice=notice, sent_by=hands
    )
    record(by=by, verb="log.reminded", on=mentor, studio=mentor.studio_id, after={"mentees": names})
    return reminder
