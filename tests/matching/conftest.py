"""A small cohort ready to be paired: two mentors with two places each, four mentees."""

import datetime
from types import SimpleNamespace

import pytest
from django.db import connection

from cohorts.choices import Stage
from cohorts.matching import actions
from cohorts.models import Baseline, Strength
from mentorship.accounts.roles import Role
from tests.factories import (
    CohortFactory,
    CommunityFactory,
    MenteeFactory,
    MentorFactory,
    RoleGrantFactory,
    SecretaryFactory,
    UserFactory,
)

LEVELS = {"PB": 3, "CG": 3, "TM": 3, "CC": 3, "ER": 3}


def person(studio, role, name, subdistrict, kind="gongren", **fields):
    user = UserFactory(name=name)
    RoleGrantFactory(user=user, studio=studio, role=role)
    community = CommunityFactory(subdistrict=subdistrict, type=kind)
    return SecretaryFactory(studio=studio, user=user, name=name, community=community, **fields)


def add_mentor(cohort, name, strengths, subdistrict, capacity=2, **fields):
    secretary = person(
        cohort.studio,
        Role.MENTOR,
        name,
        subdistrict,
        birth="1954-02-01",
        post_since="1992-05-01",
        working_state="retired",
        **fields,
    )
    mentor = MentorFactory(cohort=cohort, secretary=secretary, capacity=capacity, base=None)
    for code, level in strengths.items():
        subject = cohort.framework.subjects.get(code=code)
        Strength.objects.create(studio=cohort.studio, mentor=mentor, subject=subject, level=level)
    return mentor


def add_mentee(cohort, name, levels, subdistrict, **fields):
    mentee = MenteeFactory(cohort=cohort, secretary=person(cohort.studio, Role.MENTEE, name, subdistrict, **fields))
    for code, level in (LEVELS | levels).items():
        subject = cohort.framework.subjects.get(code=code)
        Baseline.objects.create(studio=cohort.studio, mentee=mentee, subject=subject, level=level)
    return mentee


@pytest.fixture
def year(cast):
    """Talkers lack CC, readers lack PB; 沈 is strong in CC, 郑 in PB. The best pairing is plain to see."""
    first, second = cast.subdistricts
    first.neighbours.add(second)
    cast.studio.demo_today = datetime.date(2018, 8, 10)
    cast.studio.save()
    cohort = CohortFactory(studio=cast.studio, name="第二批", stage=Stage.PAIRING)
    y = SimpleNamespace(cohort=cohort, lead=cast.lead, officer=cast.officer, cast=cast)
    y.talker = add_mentor(cohort, "沈老师", {"CC": 5, "PB": 3}, first)
    y.reader = add_mentor(cohort, "郑老师", {"PB": 5, "CC": 3}, second)
    y.cc1 = add_mentee(cohort, "学员甲", {"CC": 1}, first)
    y.cc2 = add_mentee(cohort, "学员乙", {"CC": 1}, first)
    y.pb1 = add_mentee(cohort, "学员丙", {"PB": 1}, second)
    y.pb2 = add_mentee(cohort, "学员丁", {"PB": 1}, second, kind="shangpin")
    y.mentees = [y.cc1, y.cc2, y.pb1, y.pb2]
    return y


@pytest.fixture
def draft(year):
    return actions.propose(by=year.officer, cohort=year.cohort, method="solved")


@pytest.fixture
def where():
    """`where(proposal)`: names of the mentors by the names of their mentees."""

    def told(proposal):
        rows = proposal.placements.select_related("mentor__secretary", "mentee__secretary")
        return {str(row.mentee): str(row.mentor) if row.mentor else None for row in rows}

    return told


@pytest.fixture
def postgresql():
    if connection.vendor != "postgresql":
        pytest.skip("needs PostgreSQL: set DATABASE_URL")
