"""The nightly job: what is past its time goes."""

import datetime
import logging
from collections import Counter
from collections.abc import Callable, Iterator
from functools import partial

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext, override

from mentorship.audit.actions import record
from mentorship.common.errors import Refused
from mentorship.common.personal import Drop, Table
from mentorship.common.plugs import answers_to
from mentorship.places.models import Studio
from mentorship.privacy.due import aged, left_long_ago, papers_over
from mentorship.privacy.emptying import gone
from mentorship.privacy.erasing import AT_LAST, drop_rows, empty_rows, rewriting
from mentorship.privacy.persons import Person

from .copies import clear_copies
from .erasing import erase, finish_erasure

BATCH = 500
log = logging.getLogger(__name__)


def retain(*, now: datetime.datetime) -> Counter:
    """Empties or deletes all that `due` finds. Counts by what it was; each person, and each batch of rows, for itself:
    what is refused is counted as "refused", leaves the rest done, and is found again the next night."""
    done: Counter = Counter()
    for what, act in due_acts(now):
        try:
            done[what] += act()
        except Refused as refused:
            log.warning("retain: %s: %s", what, refused.message)
            done["refused"] += 1
    return +done


def due_acts(now: datetime.datetime) -> Iterator[tuple[str, Callable[[], int]]]:
    """(what it is, the act that returns a count)."""
    today = timezone.localdate(now)
    for table, rows in aged(now):
        keys = list(rows.values_list("pk", flat=True))
        for start in range(0, len(keys), BATCH):
            batch = rows.model._base_manager.filter(pk__in=keys[start : start + BATCH])
            yield table.model, partial(age_out, table, batch)
    for erasure in papers_over(today):
        yield "papers", partial(finish_erasure, erasure=erasure, today=today)
    for person in left_long_ago(today):
        yield "people", partial(erase_for_age, person, today)
    yield "copies", clear_copies


def erase_for_age(person: Person, today: datetime.date) -> int:
    with override("zh-hans"):
        reason = gettext("离开名册满3年，自动注销")
    erase(by=None, person=person, reason=reason, today=today)
    return 1


@transaction.atomic
def age_out(table: Table, rows) -> int:
    by_studio = Counter(getattr(row, "studio_id", None) for row in rows)
    with rewriting([table]):
        keys = drop_rows(rows) if table.drop is Drop.NOW else empty_rows(table, rows, AT_LAST, gone())
    for follow in answers_to("person_erased"):
        follow(None, None, {table.model: keys})
    for studio in Studio.objects.filter(pk__in=by_studio):
        told = {"what": table.model, "rows": by_studio[studio.pk]}
        record(by=None, verb="privacy.aged_out", on=studio, studio=studio, after=told)
    return len(keys)
