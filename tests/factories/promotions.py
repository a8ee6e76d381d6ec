"""Rows of promotion, made straight in the database."""

import datetime

from cohorts.choices import Tier
from evaluations.promotions.actions.graduation import certificate_facts
from evaluations.promotions.choices import CandidateState, Result, ReviewState
from evaluations.promotions.models import (
    Appeal,
    Candidate,
    Certificate,
    Objection,
    PanelMember,
    PublicNotice,
    Review,
)
from evaluations.promotions.seal import sealed
from mentorship.places.models import Holiday

DAY = datetime.date(2019, 8, 6)


def make_review(cohort, *, state=ReviewState.PREPARING, **more) -> Review:
    facts = {
        "studio": cohort.studio, "cohort": cohort, "from_tier": Tier.KEY, "to_tier": Tier.TOP, "date": DAY,
        "place": "会议室", "state": state,
    }  # fmt: skip
    if state not in ReviewState.open():
        facts["digest"] = "0" * 64
    return Review.objects.create(**facts | more)


def make_member(review, user=None, name="", **more) -> PanelMember:
    order = review.members.count() + 1
    return PanelMember.objects.create(
        studio=review.studio, review=review, user=user, name=name or user.name, order=order, **more
    )


def make_candidate(review, mentee, **more) -> Candidate:
    order = review.candidates.count() + 1
    return Candidate.objects.create(studio=review.studio, review=review, mentee=mentee, order=order, **more)


def make_decided(review, mentee, result=Result.PASSED, **more) -> Candidate:
    figures = {"due": 9, "present": 8, "agree": 8, "disagree": 0, "defer": 0, "recused": 0, "needed": 5}
    facts = {"state": CandidateState.DECIDED, "result": result, "digest": "1" * 64}
    return make_candidate(review, mentee, **facts | figures | more)


def make_notice(review, by, *, starts, ends, **more) -> PublicNotice:
    facts = {"subject": "尖子学员人选公示", "venues": "公告栏", "contact": "62570001", "public": True}
    return PublicNotice.objects.create(
        studio=review.studio, review=review, starts=starts, ends=ends, published_by=by, **facts | more
    )


def make_certificate(mentee, mentor_row, number=1, **more) -> Certificate:
    cohort = mentee.cohort
    certificate = Certificate(
        studio=mentee.studio, cohort=cohort, mentee=mentee, year=2019, number=number, prefix="梁室", date=DAY,
        name=mentee.secretary.name, cohort_name=cohort.name, starts=cohort.starts, ends=cohort.ends, text="准予出师。",
        mentor_name=mentor_row.secretary.name, mentor_user=mentor_row.secretary.user, **more,
    )  # fmt: skip
    certificate.digest = sealed(certificate_facts(certificate))
    certificate.save()
    return certificate


def what_promotion_makes(mentee, mentor_row, lead, panel, word="") -> dict:
    """A review in the middle of a vote, and one that is on the board with an objection and an appeal.

    `panel` are the accounts that are due; the first convenes.
    """
    cohort = mentee.cohort
    review = make_review(cohort, state=ReviewState.SITTING, place=f"{word}会议室")
    candidate = make_candidate(review, mentee, state=CandidateState.VOTING, recommendation=f"{word}肯蹲下来")
    members = [make_member(review, user, is_convener=order == 0, present=True) for order, user in enumerate(panel)]
    past = make_review(cohort, state=ReviewState.NOTICED, to_tier=Tier.ASSISTANT)
    noticed = make_decided(past, mentee)
    today = cohort.studio.today()
    notice = make_notice(past, lead, starts=today, ends=today + datetime.timedelta(days=6), subject=f"{word}人选公示")
    return {
        "review": review,
        "vote_candidate": candidate,
        "member": members[-1],
        "past_review": past,
        "decided": noticed,
        "public_notice": notice,
        "objection": Objection.objects.create(
            studio=cohort.studio, notice=notice, candidate=noticed, received=today, channel="letter",
            content=f"{word}两篇日志相近",
        ),
        "appeal": Appeal.objects.create(
            studio=cohort.studio, candidate=noticed, kind="review", filed_on=today, ground=f"{word}少记一次",
            due=today + datetime.timedelta(days=14),
        ),
        "certificate": make_certificate(mentee, mentor_row, code="ABCD23456789"[::-1] if word else "ABCD23456789"),
        "holiday": Holiday.objects.create(studio=cohort.studio, date=datetime.date(2090, 1, 4), note=f"{word}元旦"),
    }  # fmt: skip
