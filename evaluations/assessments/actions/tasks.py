"""What raters hand in, and the polite reminder."""

import datetime
from collections.abc import Mapping
from decimal import Decimal

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from cohorts.actions.common import locked
from evaluations.assessments.choices import RaterType, RoundStatus, TaskState
from evaluations.assessments.models import RaterTask, Round, RoundReminder, Score
from evaluations.assessments.queries import asked, late_raters, scoring_scheme, subjects_of
from mentorship.accounts.models import User
from mentorship.accounts.permissions import Permission
from mentorship.audit.actions import record
from mentorship.common.errors import Refused
from mentorship.notifications.actions import notify
from mentorship.notifications.hours import next_polite_moment
from mentorship.notifications.words import in_both

from .common import check_version, refuse_own_sheet, refuse_unless


@transaction.atomic
def save_scores(
    *,
    by: User,
    task: RaterTask,
    version: int,
    values: Mapping[str, Decimal | int | None],
    submit: bool = False,
    source: str = "",
) -> RaterTask:
    """Keeps a rater's answers, as a draft or handed in. `values` maps paths to a level or points; None is left open.

    Raises Stale when another window or another officer saved in between, Refused for a figure off the scale, and for
    an answer that is missing when handing in. PermissionDenied for anyone but the rater.
    """
    round_ = Round.objects.select_for_update(of=("self",)).get(pk=task.sheet.round_id)
    locked(task)
    own_hands_only(by, task)
    refuse_unless(round_, {RoundStatus.SCORING})
    if task.state == TaskState.SUBMITTED and not submit:
        raise Refused(_("这一份已经交了。要改，请改好再交一次。"))
    check_version(task, version)
    items = {
        item.path: item.level
        for item in asked(scoring_scheme(round_.scheme, subjects_of(round_.cohort)), task.rater_type)
    }
    kept = {path: value for path, value in values.items() if path in items and value is not None}
    for path, value in kept.items():
        check_scale(path, value, level=items[path])
    if submit:
        check_whole(task, items, kept, source)
    task.scores.all().delete()
    Score.objects.bulk_create(
        Score(studio_id=task.studio_id, task=task, path=path, value=value) for path, value in kept.items()
    )
    again = task.state == TaskState.SUBMITTED
    task.version += 1
    task.source = source.strip()
    task.entered_by = by.acting_user or by
    task.state = TaskState.SUBMITTED if submit else TaskState.DRAFT
    task.submitted_at = timezone.now() if submit else None
    task.save()
    if submit:  # the trail says that it was done, never what was given
        verb = "rating.changed" if again else "rating.submitted"
        after = {"rater_type": task.rater_type, "version": task.version, "source": task.source}
        record(by=by, verb=verb, on=task, studio=task.studio_id, after=after)
    return task


def own_hands_only(by: User, task: RaterTask) -> None:
    if task.rater_id:
        if task.rater_id != by.pk:
            raise PermissionDenied
    elif not by.can(Permission.ASSESSMENT_EDIT, task.studio_id):
        raise PermissionDenied
    if task.rater_type != RaterType.SELF:
        refuse_own_sheet(by, task.sheet)


def check_scale(path: str, value, *, level: bool) -> None:
    if level and (value != int(value) or not 1 <= value <= 5):
        raise Refused(_("等级是1到5。"), field=path)
    if not level and not 0 <= value <= 100:
        raise Refused(_("分数在0到100之间。"), field=path)


def check_whole(task: RaterTask, items: Mapping[str, bool], kept: Mapping[str, object], source: str) -> None:
    for path in items:
        if path not in kept:
            raise Refused(_("这一项还没有评。"), field=path)
    if task.rater_id is None and not source.strip():
        raise Refused(_("写一句这些分是从哪儿来的，例如“纸质票，收回8张”。"), field="source")


@transaction.atomic
def remind_rater(*, by: User, round_: Round, person: User) -> RoundReminder:
    """A polite word to someone with something open: by day, once a week. Raises Refused otherwise."""
    locked(round_)
    refuse_unless(round_, {RoundStatus.SCORING})
    if next_polite_moment(timezone.now()):
        raise Refused(_("现在晚了，请在7:30到20:00之间提醒。"))
    open_ones = dict(late_raters(round_)).get(person)
    if not open_ones:
        raise Refused(_("%(name)s都评好了，不用提醒。") % {"name": person})
    week = monday_of(round_.studio.today())
    if RoundReminder.objects.filter(round=round_, person=person, week=week).exists():
        raise Refused(_("这一周已经提醒过了。再要紧的事，打个电话更好。"))
    hands = by.acting_user or by
    particulars = {"round": in_both(round_.get_kind_display), "due": round_.due.isoformat(), "n": open_ones}
    notify(kind="round_reminder", studio=round_.studio, to=[person], by=hands, url=reverse("assessments:mine"),
           particulars=particulars)  # fmt: skip
    reminder = RoundReminder.objects.create(
        studio_id=round_.studio_id, round=round_, person=person, week=week, sent_by=hands
    )
    record(by=by, verb="rating.reminded", on=round_, studio=round_.studio_id, after={"person": str(person)})
    return reminder


def monday_of(day: datetime.date) -> datetime.date:
    return day - datetime.timedelta(days=day.weekday())
