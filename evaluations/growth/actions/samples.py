"""Drawing logs by lot, so that the draw can be checked, and keeping what the apprentices said."""

import datetime
import secrets

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from cohorts.actions.common import locked, refuse_own_case
from cohorts.models import Cohort, Mentee
from evaluations.growth.choices import Answer
from evaluations.growth.drawing_lots import digest_of_pool, draw
from evaluations.growth.models import CallBack, SampleDraw
from evaluations.growth.queries.samples import pool_of
from evaluations.logs.models import TeachingLog
from mentorship.accounts.models import User
from mentorship.audit.actions import record
from mentorship.common.errors import Refused

LARGEST = 50


@transaction.atomic
def draw_sample(
    *, by: User, cohort: Cohort, first: datetime.date, last: datetime.date, size: int, seed: str = ""
) -> SampleDraw:
    """`size` logs (1 to 50) held from `first` to `last`. Without a seed one is made; it is kept either way."""
    locked(cohort)
    if last < first:
        raise Refused(_("结束日期要晚于开始日期。"), field="last")
    if not 1 <= size <= LARGEST:
        raise Refused(_("一次抽1到50篇。"), field="size")
    seed = seed.strip() or secrets.token_hex(8)
    if SampleDraw.objects.filter(cohort=cohort, seed=seed).exists():
        raise Refused(_("这个种子用过了，换一个。"), field="seed")
    at = timezone.now()
    pool = pool_of(cohort, first, last, at)
    if not pool:
        raise Refused(_("这段日子里没有可抽的日志。"), field="first")
    rule = {
        "first": first.isoformat(), "last": last.isoformat(), "size": size, "at": at.isoformat(),
        "pool": len(pool), "digest": digest_of_pool(pool),
    }  # fmt: skip
    made = SampleDraw.objects.create(
        studio_id=cohort.studio_id, cohort=cohort, seed=seed, rule=rule, drawn=draw(seed, pool, size),
        drawn_by=by.acting_user or by,
    )  # fmt: skip
    told = {"seed": seed, "logs": len(made.drawn), "pool": len(pool)}
    record(by=by, verb="sample.drawn", on=made, studio=cohort.studio_id, after=told)
    return made


@transaction.atomic
def answer_sample(
    *, by: User, sample: SampleDraw, log: TeachingLog, mentee: Mentee, answer: str, note: str = ""
) -> CallBack:
    """What one apprentice said of one drawn log. Asked again, the later answer stands and the trail keeps both."""
    locked(sample)
    if str(log.pk) not in sample.drawn or not log.attendance.filter(mentee=mentee).exists():
        raise Refused(_("这一篇不在抽到的里面，或没有这位学员。"))
    refuse_own_case(by, mentee, log.mentor)
    note = note.strip()
    if answer not in Answer.values:
        raise Refused(_("选一项回访结果。"), field="answer")
    if answer == Answer.DIFFERENT and not note:
        raise Refused(_("写一句哪里有出入。"), field="note")
    before = CallBack.objects.filter(draw=sample, log=log, mentee=mentee).first()
    facts = {
        "answer": answer, "note": note, "asked_by": by.acting_user or by, "asked_on": sample.cohort.studio.today(),
        "studio_id": sample.studio_id,
    }  # fmt: skip
    old = {"answer": before.answer} if before else None
    row, _made = CallBack.objects.update_or_create(draw=sample, log=log, mentee=mentee, defaults=facts)
    record(by=by, verb="sample.answered", on=row, studio=sample.studio_id, before=old, after={"answer": answer})
    return row
