"""A panel of nine with an account each but two, and three candidates of the studio."""

import datetime
from types import SimpleNamespace

import pytest

from cohorts.choices import Stage, Tier
from evaluations.promotions import actions
from mentorship.accounts.models import User
from mentorship.accounts.roles import Role
from tests.conftest import begun, make_whole_cast, person_with
from tests.factories import MenteeFactory, PairingFactory, SecretaryFactory
from tests.recorded import Recorded

REVIEW_DAY = datetime.date(2019, 8, 6)
NOTICE_DAY = datetime.date(2019, 8, 7)


def fresh(row):
    """The row as the database has it now, with nothing cached."""
    return type(row)._base_manager.get(pk=row.pk)


def set_today(studio, day):
    studio.demo_today = day
    studio.save()


def with_panel():
    """The cast with `panel`: `.review`, `.members` (nine, the first convenes), `.users` by order, `.candidates` (three)."""
    cast = make_whole_cast()
    cast.panel = seated(cast)
    return cast


WITH_PANEL = Recorded(with_panel)


@pytest.fixture
def cast(request, db):
    return begun(request, panel=WITH_PANEL).again()


@pytest.fixture
def panel(cast):
    return cast.panel


def seated(cast):
    studio, cohort = cast.studio, cast.cohort
    set_today(studio, REVIEW_DAY)
    cohort.stage = Stage.RUNNING
    cohort.save()
    mentees = [cast.mentee_row, cast.other_mentee_row]
    third = MenteeFactory(cohort=cohort, secretary=SecretaryFactory(studio=studio, name="高建国"))
    PairingFactory(mentor=cast.other_mentor_row, mentee=third, seat=2)
    mentees.append(third)
    for mentee in mentees:
        mentee.tier = Tier.KEY
        mentee.save()
    review = actions.open_review(
        by=cast.lead, cohort=cohort, to_tier=Tier.TOP, date=REVIEW_DAY, place="部会议室", mentees=mentees, method="oral",
        exception="年度考核结果要到八月才录入",
    )  # fmt: skip
    users = [cast.leader, cast.reviewer, cast.mentor, cast.lead]
    users += [person_with(studio, Role.REVIEWER, f"评委{n}") for n in range(3)]
    members = [
        actions.add_member(by=cast.officer, review=review, user=user, is_convener=order == 0)
        for order, user in enumerate(users)
    ]
    members += [actions.add_member(by=cast.officer, review=review, name=name) for name in ("党代表", "街道副书记")]
    candidates = list(review.candidates.order_by("order"))
    return SimpleNamespace(
        cast=cast, studio=studio, cohort=cohort, review=review, members=members, users=users, candidates=candidates
    )


@pytest.fixture
def come(panel):
    """`come(8)`: see `arrive`."""
    return lambda number: arrive(panel, number)


def arrive(panel, number):
    """So many of the nine are there, the convener among them."""
    for order, member in enumerate(panel.members):
        actions.mark_present(by=panel.cast.officer, member=fresh(member), present=order < number)


def user_of(member) -> User | None:
    """Read again, so that nothing is remembered of an earlier request."""
    return User.objects.get(pk=member.user_id) if member.user_id else None


def vote_all(panel, candidate, choices, *, skip=()):
    """Members in order, the convener last, each with one of `choices`; guests through the officer."""
    voters = [member for member in panel.members if fresh(member).present and member not in skip]
    ordered = [*voters[1:], voters[0]]
    for member, choice in zip(ordered, choices, strict=True):
        facts = {"candidate": fresh(candidate), "choice": choice, "reason": "再看看"}
        if member.user_id:
            actions.cast(by=user_of(member), **facts)
        else:
            actions.enter_vote(by=panel.cast.officer, member=member, **facts)


def decide(panel, candidate, agree, disagree=0, defer=0, skip=()):
    actions.open_vote(by=panel.cast.officer, candidate=fresh(candidate))
    vote_all(panel, candidate, ["agree"] * agree + ["disagree"] * disagree + ["defer"] * defer, skip=skip)
    return actions.close_vote(by=panel.cast.officer, candidate=fresh(candidate))
