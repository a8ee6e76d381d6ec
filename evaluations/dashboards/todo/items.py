"""One thing that waits, and its day in words that do not scold."""

import datetime
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from mentorship.accounts.models import User
from mentorship.common.templatetags.wording import short_date
from mentorship.common.working_days import HolidayDataMissing, Table, working_days
from mentorship.places.models import Studio

MOST = 20  # of one kind
SOON = 7  # days
NEAR = 14  # days in which working days are counted out


@dataclass(frozen=True)
class Reader:
    """For whom the list is made. Mentors and apprentices are asked, never told off."""

    user: User
    studio: Studio
    today: datetime.date
    is_asked_softly: bool

    def can(self, permission) -> bool:
        return self.user.can(permission, self.studio)


@dataclass(frozen=True)
class Todo:
    """`due` is None where no day was agreed; `by_working_days`: the rules count this time limit in working days."""

    due: datetime.date | None
    what: str
    about: str
    url: str
    act: str
    soft: bool = False
    by_working_days: bool = False


def is_late(item: Todo, today: datetime.date) -> bool:
    return bool(item.due and item.due < today and not item.soft)


def group_of(item: Todo, today: datetime.date) -> str:
    """Without a day it can wait; what is past its day comes first, however it is said."""
    if item.due is None or item.due > today + datetime.timedelta(days=SOON):
        return "later"
    return "today" if item.due <= today else "soon"


def by_when(item: Todo, today: datetime.date, table: Table) -> str:
    if item.due is None:
        return _("方便时办")
    if item.due < today:
        return _("方便时办，原定%(day)s") % {"day": short_date(item.due)} if item.soft else past(item.due, today)
    if item.due == today:
        return _("今天")
    if item.by_working_days and (item.due - today).days <= NEAR and (left := left_of(item.due, today, table)):
        return ngettext("还有%(n)s个工作日", "还有%(n)s个工作日", left) % {"n": left}
    if item.due <= today + datetime.timedelta(days=6 - today.weekday()):
        return WEEKDAYS[item.due.weekday()]()
    return _("%(day)s前") % {"day": short_date(item.due)}


def past(due: datetime.date, today: datetime.date) -> str:
    days = (today - due).days
    return ngettext("过了%(n)s天", "过了%(n)s天", days) % {"n": days}


def left_of(due: datetime.date, today: datetime.date, table: Table) -> int | None:
    """Working days from tomorrow to the last day; None where nobody knows yet which days are worked."""
    try:
        return len(working_days(today + datetime.timedelta(days=1), due, table))
    except HolidayDataMissing:
        return None


WEEKDAYS = [
    lambda: pgettext("by", "周一前"),
    lambda: pgettext("by", "周二前"),
    lambda: pgettext("by", "周三前"),
    lambda: pgettext("by", "周四前"),
    lambda: pgettext("by", "周五前"),
    lambda: pgettext("by", "周六前"),
    lambda: pgettext("by", "周日前"),
]
