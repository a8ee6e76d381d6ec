"""What reflections and homework share: whose hands, which day, what the mentor's red pen may do."""

import datetime

from django.core.exceptions import PermissionDenied
from django.utils import timezone
from django.utils.translation import gettext as _

from cohorts.models import Mentee, Pairing
from evaluations.logs.access import may_mark, may_write_own
from evaluations.logs.choices import Mark
from evaluations.logs.models import Homework, Reflection
from mentorship.accounts.models import User
from mentorship.common.errors import Refused
from mentorship.notifications.actions import notify
from mentorship.places.models import Studio


def day_of(studio: Studio, on: datetime.date | None) -> datetime.date:
    """The day told, or the studio's today; never a day to come."""
    today = studio.today()
    if on and on > today:
        raise Refused(_("日期不能晚于今天。"), field="date")
    return on or today


def moment_of(day: datetime.date) -> datetime.datetime:
    """That day at this hour."""
    return timezone.make_aware(datetime.datetime.combine(day, timezone.localtime().time()))


def own_work(by: User, mentee: Mentee) -> None:
    if not may_write_own(by, mentee):
        raise PermissionDenied


def refuse_unless_marker(by: User, work: Reflection | Homework) -> None:
    if not may_mark(by, work):
        raise PermissionDenied


def put_mark(by: User, work: Reflection | Homework, mark: str, comment: str, day: datetime.date) -> None:
    """The red pen on the work; the caller saves. Work that goes back says why."""
    if mark not in Mark.values:
        raise Refused(_("请选一个批阅。"), field="mark")
    if mark == Mark.REWRITE and not comment.strip():
        raise Refused(_("写一句哪里要改，徒弟才好动手。"), field="comment")
    work.mark, work.comment = mark, comment.strip()
    work.commented_by, work.commented_at = by.acting_user or by, moment_of(day)
    work.version += 1


def mentor_of(mentee: Mentee) -> User | None:
    """The present mentor's account."""
    pair = Pairing.objects.current().filter(mentee=mentee).select_related("mentor__secretary__user").first()
    return pair.mentor.secretary.user if pair else None


def tell(kind: str, by: User, work: Reflection | Homework, to: User | None, url: str, **particulars) -> None:
    """A notice without a word of the work itself."""
    notify(
        kind=kind, studio=work.studio, to=[to], url=url, by=by.acting_user or by,
        particulars={"mentee": str(work.mentee), **particulars},
    )  # fmt: skip
