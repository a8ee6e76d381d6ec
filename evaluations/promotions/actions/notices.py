"""公示, what follows when it has run out, and the rung that the project lead gives alone."""

import datetime
from collections.abc import Iterable

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from cohorts.actions.common import locked, refuse_own_case
from cohorts.choices import MenteeStatus, Tier
from cohorts.models import Cohort, Mentee
from evaluations.promotions.choices import ReviewState
from evaluations.promotions.models import Candidate, PublicNotice, Review, TierStep
from evaluations.promotions.queries import lacking
from mentorship.accounts.models import User
from mentorship.audit.actions import record
from mentorship.common.errors import Refused
from mentorship.notifications.actions import notify
from mentorship.notifications.words import in_both
from mentorship.places.deadlines import last_day

from .reviews import excused_words, refuse_unless


@transaction.atomic
def publish_notice(
    *,
    by: User,
    review: Review,
    starts: datetime.date,
    venues: str,
    contact: str,
    days: int = 5,
    subject: str = "",
    text: str = "",
    public: bool = True,
) -> PublicNotice:
    """Hangs out those who passed, for `days` working days from `starts`. Refused before the meeting is concluded."""
    locked(review)
    refuse_unless(review, {ReviewState.CONCLUDED})
    if not review.candidates.passed().exists():
        raise Refused(_("没有通过的人选，不用公示。"))
    if starts < review.date:
        raise Refused(_("公示不能早于评审会。"), field="starts")
    if starts < review.studio.today():
        raise Refused(_("公示从今天或以后开始。"), field="starts")
    notice = PublicNotice.objects.create(
        studio_id=review.studio_id, review=review, starts=starts, days=days, venues=venues, contact=contact, text=text,
        ends=last_day(review.studio, starts, days, field="starts"), public=public, published_by=by,
        subject=subject or _("%(tier)s人选公示") % {"tier": review.get_to_tier_display()},
    )  # fmt: skip
    review.state = ReviewState.NOTICED
    review.save(update_fields=["state", "updated_at"])
    told = {"starts": notice.starts, "ends": notice.ends, "days": days, "public": public}
    record(by=by, verb="promotion.noticed", on=notice, studio=review.studio_id, after=told)
    return notice


@transaction.atomic
def take_effect(*, by: User, review: Review) -> list[TierStep]:
    """After the last day of the notice, with every objection decided. Those taken down by one are left out."""
    locked(review)
    refuse_unless(review, {ReviewState.NOTICED})
    notice, today = review.notice, review.studio.today()
    if today <= notice.ends:
        raise Refused(_("公示到%(day)s为止，期满才能生效。") % {"day": notice.ends.isoformat()})
    waiting = notice.objections.open().count()
    if waiting:
        raise Refused(_("还有%(n)s件反映没有结论，先核查完。") % {"n": waiting})
    rows = review.candidates.passed().select_related("mentee__secretary__user", "mentee__studio")
    steps = [step_of(by, row.mentee, review.to_tier, today, str(notice), candidate=row) for row in rows]
    review.state, review.effective_on = ReviewState.EFFECTIVE, today
    review.save()
    told = {"date": today, "mentees": [str(step.mentee) for step in steps]}
    record(by=by, verb="review.took_effect", on=review, studio=review.studio_id, after=told)
    return steps


@transaction.atomic
def name_key_mentees(
    *, by: User, cohort: Cohort, mentees: Iterable[Mentee], date: datetime.date, basis: str, exception: str = ""
) -> list[TierStep]:
    """骨干学员, by the project lead after the half-year evaluation: no panel and no notice. Refused for someone who is
    not shown to be in its first 40 %, unless `exception` says why."""
    locked(cohort)
    basis = basis.strip()
    if not basis:
        raise Refused(_("写一句依据。"), field="basis")
    if not cohort.starts <= date <= cohort.studio.today():
        raise Refused(_("日期在这一批开始以后，今天以前。"), field="date")
    mentees = list(dict.fromkeys(mentees))
    if not mentees:
        raise Refused(_("选至少一位学员。"), field="mentees")
    refuse_own_case(by, *mentees)
    for mentee in mentees:
        locked(mentee)
        wrong = mentee.cohort_id != cohort.pk or mentee.status not in MenteeStatus.in_training()
        if wrong or mentee.tier != Tier.MENTEE:
            raise Refused(_("%(name)s现在不能列入骨干学员。") % {"name": str(mentee)}, field="mentees")
    excused = excused_words(mentees, lacking(cohort, Tier.KEY, mentees), exception)
    record(by=by, verb="mentees.named_key", on=cohort, studio=cohort.studio_id, after={"basis": basis} | excused)
    return [step_of(by, mentee, Tier.KEY, date, basis) for mentee in mentees]


def step_of(
    by: User, mentee: Mentee, to_tier: str, day: datetime.date, basis: str, candidate: Candidate | None = None
) -> TierStep:
    step = TierStep.objects.create(
        studio_id=mentee.studio_id, mentee=mentee, from_tier=mentee.tier, to_tier=to_tier, date=day, basis=basis[:200],
        candidate=candidate, decided_by=by,
    )  # fmt: skip
    mentee.tier = to_tier
    mentee.save(update_fields=["tier", "updated_at"])
    told = {"tier": Tier(to_tier).label, "date": day}
    record(by=by, verb="mentee.promoted", on=mentee, studio=mentee.studio_id, after=told)
    notify(
        kind="mentee_promoted", studio=mentee.studio, to=[mentee.secretary.user], url=reverse("promotions:ladder"),
        particulars={"tier": in_both(step.get_to_tier_display), "date": day.isoformat()}, by=by,
    )  # fmt: skip
    return step
