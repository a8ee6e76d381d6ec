"""Wishes of both sides and hard bars, entered by an officer."""

from collections.abc import Sequence

from django.db import transaction
from django.utils.translation import gettext as _

from cohorts.models import Mentee, Mentor
from mentorship.accounts.models import User
from mentorship.audit.actions import record
from mentorship.common.errors import Refused

from ..choices import Side
from ..models import Bar, Wish
from .common import lock_cohort, refuse_unless_open

MOST_WISHES = 3


@transaction.atomic
def set_wishes(*, by: User, member: Mentor | Mentee, chosen: Sequence[Mentor | Mentee]) -> None:
    """Replaces a member's wishes by up to three of the other side, first wish first. An empty list clears them."""
    refuse_unless_open(lock_cohort(member.cohort))
    if len(chosen) > MOST_WISHES:
        raise Refused(_("意愿最多填三个。"))
    if len({other.pk for other in chosen}) < len(chosen):
        raise Refused(_("同一个人只填一次。"))
    side = Side.MENTOR if isinstance(member, Mentor) else Side.MENTEE
    for other in chosen:
        if isinstance(other, type(member)) or other.cohort_id != member.cohort_id:
            raise Refused(_("%(name)s不在可选的名单里。") % {"name": other})
    own = Wish.objects.filter(side=side, **{side.value: member}).select_related(
        "mentor__secretary", "mentee__secretary"
    )
    other_side = Side.MENTEE if side == Side.MENTOR else Side.MENTOR
    before = [str(getattr(wish, other_side.value)) for wish in own.order_by("rank")]
    own.delete()
    Wish.objects.bulk_create(
        Wish(
            studio_id=member.studio_id,
            cohort_id=member.cohort_id,
            side=side,
            rank=rank,
            **{side.value: member, other_side.value: other},
        )
        for rank, other in enumerate(chosen, start=1)
    )
    after = [str(other) for other in chosen]
    if before != after:
        record(
            by=by,
            verb="wish.set",
            on=member,
            studio=member.studio_id,
            before={"wishes": before},
            after={"wishes": after},
        )


@transaction.atomic
def bar(*, by: User, mentor: Mentor, mentee: Mentee, kind: str, note: str = "") -> Bar:
    """Forbids a pair. Drafts that hold it say so and can't be published until one of the two moves."""
    refuse_unless_open(lock_cohort(mentor.cohort))
    if mentor.cohort_id != mentee.cohort_id:
        raise Refused(_("两人不在同一批。"))
    if Bar.objects.filter(mentor=mentor, mentee=mentee).exists():
        raise Refused(_("%(mentor)s和%(mentee)s已经登记过回避。") % {"mentor": mentor, "mentee": mentee})
    row = Bar.objects.create(
        studio_id=mentor.studio_id, cohort_id=mentor.cohort_id, mentor=mentor, mentee=mentee, kind=kind, note=note
    )
    after = {"mentor": str(mentor), "mentee": str(mentee), "kind": kind, "note": note}
    record(by=by, verb="bar.set", on=row, studio=row.studio_id, after=after)
    return row


@transaction.atomic
def unbar(*, by: User, bar: Bar) -> None:
    refuse_unless_open(lock_cohort(bar.cohort))
    before = {"mentor": str(bar.mentor), "mentee": str(bar.mentee), "kind": bar.kind, "note": bar.note}
    record(by=by, verb="bar.removed", on=bar, studio=bar.studio_id, before=before)
    bar.delete()
