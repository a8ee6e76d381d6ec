"""All of it for one reader, most pressing first."""

import datetime

from django.utils.translation import gettext_lazy as _

from mentorship.accounts.models import User
from mentorship.accounts.permissions import Permission
from mentorship.places.models import Holiday, Studio

from .clinic import clinic
from .items import Reader, Todo, by_when, group_of, is_late
from .judging import judging
from .meetings import meetings
from .papers import papers
from .practice import practice
from .studio import studio_work
from .visits import visits

SOURCES = (papers, practice, judging, visits, meetings, clinic, studio_work)
GROUPS = {"today": _("今天"), "soon": _("这几天"), "later": _("以后")}


def gathered(user: User, studio: Studio) -> list[Todo]:
    """By day, the earliest first; what has no day comes last, in the order of its source."""
    soft = user.can(Permission.MENTOR_HOME, studio) or user.can(Permission.MENTEE_HOME, studio)
    reader = Reader(user, studio, studio.today(), soft)
    found = [item for source in SOURCES for item in source(reader)]
    return sorted(found, key=lambda item: item.due or datetime.date.max)


def grouped(items: list[Todo], studio: Studio) -> list[tuple[str, list[tuple[Todo, str, bool]]]]:
    """(heading, [(item, its day in words, whether it is late)]) for the groups that have any."""
    today, table = studio.today(), Holiday.objects.table_of(studio)
    groups = {name: [] for name in GROUPS}
    for item in items:
        groups[group_of(item, today)].append((item, by_when(item, today, table), is_late(item, today)))
    return [(heading, groups[name]) for name, heading in GROUPS.items() if groups[name]]
