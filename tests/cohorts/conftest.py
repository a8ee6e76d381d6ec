"""A cohort that runs: two mentors with two seats each, four mentees in them, two in reserve."""

import datetime
from types import SimpleNamespace

import pytest

from cohorts import actions
from cohorts.models import Mentor
from mentorship.audit.models import Entry
from mentorship.common.errors import Refused
from tests.factories import SecretaryFactory

D = datetime.date
STARTS, ENDS = D(2018, 8, 15), D(2019, 8, 15)
TODAY = D(2018, 12, 1)
RATINGS = dict.fromkeys(Mentor.CRITERIA, ("good", "看得到的依据"))
LEVELS = {"PB": 2, "CG": 1, "TM": 3, "CC": 2, "ER": 1}


@pytest.fixture
def lead(cast):
    cast.studio.demo_today = TODAY
    cast.studio.save()
    return cast.lead


def make_mentor(by, cohort, appoint=True, **facts):
    secretary = SecretaryFactory(
        studio=cohort.studio, birth=D(1955, 1, 1), working_state="retired", post_since=D(1990, 1, 1)
    )
    mentor = actions.nominate_mentor(by=by, cohort=cohort, secretary=secretary, capacity=2, **facts)
    if appoint:
        actions.assess_mentor(by=by, mentor=mentor, ratings=RATINGS)
        actions.appoint_mentor(by=by, mentor=mentor, on=STARTS)
    return mentor


def make_mentee(by, cohort, choose=True, **facts):
    mentee = actions.recommend_mentee(by=by, cohort=cohort, secretary=SecretaryFactory(studio=cohort.studio, **facts))
    actions.set_baseline(by=by, mentee=mentee, levels=LEVELS)
    if choose:
        actions.choose_mentee(by=by, mentee=mentee)
    return mentee


@pytest.fixture
def selecting(lead, studio):
    """A new cohort in selection, planned for two mentors and four mentees."""
    made = actions.create_cohort(
        by=lead, studio=studio, name="第二批", starts=STARTS, ends=ENDS, mentors_planned=2, mentees_planned=4
    )
    return actions.advance_stage(by=lead, cohort=made)


@pytest.fixture
def year(lead, selecting):
    cohort = selecting
    mentors = [make_mentor(lead, cohort) for _ in range(2)]
    mentees = [make_mentee(lead, cohort) for _ in range(4)]
    reserve = [make_mentee(lead, cohort, choose=False) for _ in range(2)]
    actions.reserve_mentees(by=lead, mentees=reserve)
    actions.advance_stage(by=lead, cohort=cohort)
    for place, mentee in enumerate(mentees):
        actions.begin_pairing(by=lead, mentor=mentors[place // 2], mentee=mentee, starts=STARTS)
    actions.start_running(by=lead, cohort=cohort)
    return SimpleNamespace(cohort=cohort, mentors=mentors, mentees=mentees, reserve=reserve)


TALK = {"talkers": "许晓岚、龙飞", "facts": "缺席三次", "agreed_actions": "补课"}


def refused(words, act, **facts):
    with pytest.raises(Refused, match=words):
        act(**facts)


def verbs(row):
    return list(Entry.objects.about(row).order_by("sequence").values_list("verb", flat=True))
