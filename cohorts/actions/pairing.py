"""Pairs begin and end; the row of a pair that has ended is never written again."""

import datetime
import uuid
from collections.abc import Sequence

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from cohorts.choices import MenteeStatus, MentorStatus, Stage
from cohorts.models import Mentee, Mentor, Pairing
from mentorship.accounts.models import User
from mentorship.audit.actions import record
from mentorship.common.errors import Refused

from .common import locked, refuse_unless_stage


@transaction.atomic
def begin_pairing(
    *,
    by: User,
    mentor: Mentor,
    mentee: Mentee,
    starts: datetime.date,
    score: int | None = None,
    parts: Sequence[dict] = (),
    proposal_id: uuid.UUID | None = None,
    seat: int | None = None,
) -> Pairing:
    """Pairs the two from `starts` on, in `seat` or the first free one. Refused when the mentor has none left."""
    locked(mentor)
    refuse_unless_stage(mentor.cohort, {Stage.PAIRING, Stage.RUNNING, Stage.CLOSING})
    if mentor.cohort_id != mentee.cohort_id:
        raise Refused(_("师傅和徒弟不在同一批。"))
    if mentor.status != MentorStatus.APPOINTED:
        raise Refused(_("%(name)s还没有聘任。") % {"name": mentor})
    if mentee.status not in MenteeStatus.in_training():
        raise Refused(_("%(name)s不在培养名单里。") % {"name": mentee})
    if starts < mentor.cohort.starts:
        raise Refused(
            _("结对日期早于这一批的开始日期%(day)s。") % {"day": mentor.cohort.starts.isoformat()}, field="starts"
        )
    standing = Q(ends=None) | Q(ends__gt=starts)
    if mentee.pairings.filter(standing).exists():
        raise Refused(_("%(name)s那天已经有师傅。") % {"name": mentee})
    pairing = Pairing.objects.create(
        studio_id=mentor.studio_id,
        cohort_id=mentor.cohort_id,
        mentor=mentor,
        mentee=mentee,
        starts=starts,
        seat=free_seat(mentor, standing, seat),
        seats=mentor.capacity,
        score=score,
        parts=list(parts),
        proposal_id=proposal_id,
    )
    record(
        by=by,
        verb="pairing.begun",
        on=pairing,
        studio=pairing.studio_id,
        after={"mentor": str(mentor), "mentee": str(mentee), "starts": starts, "score": score},
    )
    return pairing


def free_seat(mentor: Mentor, standing: Q, wanted: int | None) -> int:
    taken = set(mentor.pairings.filter(standing).values_list("seat", flat=True))
    free = [seat for seat in range(1, mentor.capacity + 1) if seat not in taken]
    if not free:
        raise Refused(_("%(name)s的%(n)s个席位都满了。") % {"name": mentor, "n": mentor.capacity}, field="to_mentor")
    return wanted if wanted in free else free[0]


@transaction.atomic
def end_pairing(*, by: User, pairing: Pairing, ends: datetime.date, reason: str) -> Pairing:
    """The last day is not counted: a new pair may begin on the day the old one ends."""
    locked(pairing)
    if pairing.ends is not None:
        raise Refused(_("这一对在%(day)s已经结束。") % {"day": pairing.ends.isoformat()})
    if ends < pairing.starts:
        raise Refused(_("日期早于结对日期%(day)s。") % {"day": pairing.starts.isoformat()}, field="date")
    pairing.ends, pairing.end_reason = ends, reason[:100]
    pairing.save(update_fields=["ends", "end_reason", "updated_at"])
    record(
        by=by,
        verb="pairing.ended",
        on=pairing,
        studio=pairing.studio_id,
        before={"ends": None},
        after={"ends": ends, "end_reason": pairing.end_reason},
    )
    return pairing
