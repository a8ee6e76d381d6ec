"""学习心得: written in three lines or freely, handed in, answered in red pen. The audit trail never holds what it says."""

import datetime
import uuid
from collections.abc import Mapping

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from cohorts.actions.common import locked, refuse_unless_stage
from cohorts.choices import Stage
from cohorts.models import Mentee
from evaluations.logs.choices import Mark, ReflectionState
from evaluations.logs.models import Reflection, TeachingLog
from mentorship.accounts.models import User
from mentorship.audit.actions import record
from mentorship.common.errors import Refused

from .logs import Stale
from .practice import day_of, mentor_of, moment_of, own_work, put_mark, refuse_unless_marker, tell

WORDS = ("title", "text", "one_event", "one_number", "one_regret")
SAID = WORDS[1:]


@transaction.atomic
def write_reflection(
    *,
    by: User,
    mentee: Mentee,
    client_key: uuid.UUID,
    log: TeachingLog | None = None,
    on: datetime.date | None = None,
    hand_in: bool = False,
    **words: str,
) -> Reflection:
    """A draft, or with `hand_in` at once in the mentor's hands; `words` are fields of WORDS. Sent twice (same key), the
    first is returned. `on` is the day it was written, today unless told.

    Raises Refused when it says nothing or the log is of someone else; PermissionDenied for other hands.
    """
    locked(mentee)  # the second of two sendings waits here
    own_work(by, mentee)
    first = Reflection.objects.filter(studio=mentee.studio_id, client_key=client_key).first()
    if first and first.mentee_id != mentee.pk:
        raise Refused(_("请重新打开这一页再写。"))
    if first:
        return first
    refuse_unless_stage(mentee.cohort, Stage.with_pairs())
    words = checked(words)
    check_log(by, mentee, log)
    reflection = Reflection.objects.create(
        studio_id=mentee.studio_id, cohort=mentee.cohort, mentee=mentee, client_key=client_key, log=log,
        date=day_of(mentee.cohort.studio, on), **words,
    )  # fmt: skip
    record(by=by, verb="reflection.written", on=reflection, studio=mentee.studio_id, after={"log": str(log or "")})
    return put_in(by, reflection, reflection.date) if hand_in else reflection


def checked(words: Mapping[str, str]) -> dict[str, str]:
    unknown = set(words) - set(WORDS)
    if unknown:
        raise TypeError(f"not words of a reflection: {sorted(unknown)}")
    kept = {name: words.get(name, "").strip() for name in WORDS}
    if not any(kept[name] for name in SAID):
        raise Refused(_("写一句就行：一件事、一个数、一句悔，随便哪一句。"), field="one_event")
    return kept


def check_log(by: User, mentee: Mentee, log: TeachingLog | None) -> None:
    if log and not TeachingLog.objects.visible_to(by).standing().about(mentee).filter(pk=log.pk).exists():
        raise Refused(_("这一次带教里没有您，换一次再选。"), field="log")


@transaction.atomic
def change_reflection(
    *,
    by: User,
    reflection: Reflection,
    version: int,
    log: TeachingLog | None = None,
    hand_in: bool = False,
    on: datetime.date | None = None,
    **words: str,
) -> Reflection:
    """New words for a draft or for one that nobody has answered yet. One that was sent back is only ever handed in
    again: what the mentor sees is what was handed in.

    `version` is the one that was read, `on` the day it is handed in. Raises Stale when there is a newer one, Refused
    once it is answered.
    """
    locked(reflection)
    own_work(by, reflection.mentee)
    refuse_unless_stage(reflection.cohort, Stage.with_pairs())
    if version != reflection.version:
        raise Stale(_("您打开以后，这一篇有了变动。两份都在下面，请看过再交。"))
    if reflection.state == ReflectionState.ANSWERED:
        raise Refused(_("师傅已经批过了，不能再改。想补充，另写一篇。"))
    if log and log.pk != reflection.log_id:
        check_log(by, reflection.mentee, log)
    for name, value in checked(words).items():
        setattr(reflection, name, value)
    reflection.log = log
    reflection.version += 1
    reflection.save()
    record(by=by, verb="reflection.changed", on=reflection, studio=reflection.studio_id,
           after={"version": reflection.version})  # fmt: skip
    return put_in(by, reflection, on) if hand_in or reflection.was_sent_back else reflection


@transaction.atomic
def hand_in_reflection(*, by: User, reflection: Reflection, on: datetime.date | None = None) -> Reflection:
    """A second time changes nothing. PermissionDenied for other hands."""
    locked(reflection)
    own_work(by, reflection.mentee)
    refuse_unless_stage(reflection.cohort, Stage.with_pairs())
    return put_in(by, reflection, on)


def put_in(by: User, reflection: Reflection, on: datetime.date | None) -> Reflection:
    if reflection.state != ReflectionState.DRAFT:
        return reflection
    day = day_of(reflection.cohort.studio, on)
    again = reflection.handed_in_at is not None
    reflection.state, reflection.date, reflection.handed_in_at = ReflectionState.HANDED_IN, day, moment_of(day)
    reflection.save()
    record(by=by, verb="reflection.handed_in", on=reflection, studio=reflection.studio_id,
           after={"version": reflection.version})  # fmt: skip
    tell("reflection_handed_in", by, reflection, mentor_of(reflection.mentee), address_of(reflection), again=again)
    return reflection


@transaction.atomic
def answer_reflection(
    *, by: User, reflection: Reflection, version: int, mark: str, comment: str = "", on: datetime.date | None = None
) -> Reflection:
    """阅, 好, or 重写, which gives it back to be written anew. By the mentor now, or entered on their behalf.

    `version` is the one that was read. Raises Stale when there is a newer one, Refused when it waits for no answer.
    """
    locked(reflection)
    refuse_unless_marker(by, reflection)
    if version != reflection.version:
        raise Stale(_("您打开以后，这一篇有了变动。请看过现在的再批。"))
    if reflection.state != ReflectionState.HANDED_IN:
        raise Refused(_("这一篇不在等批阅。"))
    put_mark(by, reflection, mark, comment, day_of(reflection.cohort.studio, on))
    again = mark == Mark.REWRITE
    reflection.state = ReflectionState.DRAFT if again else ReflectionState.ANSWERED
    reflection.save()
    verb = "reflection.sent_back" if again else "reflection.answered"
    record(by=by, verb=verb, on=reflection, studio=reflection.studio_id,
           after={"mark": mark, "version": reflection.version})  # fmt: skip
    user = reflection.mentee.secretary.user
    tell("reflection_answered", by, reflection, user, address_of(reflection), again=again)
    return reflection


def address_of(reflection: Reflection) -> str:
    return reverse("logs:reflection", args=[reflection.pk])
