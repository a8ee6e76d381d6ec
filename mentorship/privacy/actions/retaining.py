"""The nightly job: what is past its time goes."""

import datetime
from collections import Counter

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext, override

from mentorship.audit.actions import record
from mentorship.common.personal import Drop, Table
from mentorship.common.plugs import answers_to
from mentorship.places.models import Studio
from mentorship.privacy.due import aged, left_long_ago, papers_over
from mentorship.privacy.emptying import gone
from mentorship.privacy.erasing import AT_LAST, drop_rows, empty_rows, rewriting

from .copies import clear_copies
from .erasing import erase, finish_erasure

BATCH = 500


def retain(*, now: datetime.datetime) -> Counter:
    """Empties or deletes all that `due` finds. Counts by what it was; each person, and each batch of rows, for itself, so
    that one that fails leaves the rest done and is found again the next night."""
    done: Counter = Counter()
    today = timezone.localdate(now)
    for table, rows in aged(now):
        keys = list(rows.values_list("pk", flat=True))
        for start in range(0, len(keys), BATCH):
            done[table.model] += age_out(table, rows.model._base_manager.filter(pk__in=keys[start : start + BATCH]))
    for erasure in papers_over(today):
        done["papers"] += finish_erasure(erasure=erasure, today=today)
    with override("zh-hans"):
        reason = gettext("离开名册满3年，自动注销")
    for person in left_long_ago(today):
        erase(by=None, person=person, reason=reason, today=today)
        done["people"] += 1
    done["copies"] += clear_copies()
    return +done


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
