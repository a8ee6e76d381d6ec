"""What hurts someone: talk, limit, another look, proposed by one, decided by another."""

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from cohorts import actions
from cohorts.choices import MenteeStatus, ProposalState
from cohorts.models import RosterChange, RosterProposal
from mentorship.accounts.roles import Role
from mentorship.common.errors import Refused
from mentorship.notifications.models import Receipt
from tests.conftest import person_with

from .conftest import D

TALK = {"talkers": "许晓岚、龙飞", "facts": "缺席四次", "agreed_actions": "补课两次"}
EXIT = {"date": D(2018, 12, 1), "reason": "两次不合格", "withdraw_reason": "failed_twice"}


def refused(words, act, **facts):
    with pytest.raises(Refused, match=words):
        act(**facts)


@pytest.fixture
def mentee(year):
    return year.mentees[0]


def after_talk(lead, mentee, limit):
    return actions.record_talk(by=lead, mentee=mentee, date=D(2018, 11, 1), limit_date=limit, **TALK)


def test_the_order_is_kept(lead, cast, mentee):
    propose = {"act": actions.propose_withdrawal, "by": cast.officer, "mentee": mentee, **EXIT}
    refused("先有提醒谈话", **propose, reevaluation="还是没有来")
    after_talk(lead, mentee, D(2018, 12, 20))
    refused("限期是2018-12-20", **propose, reevaluation="还是没有来")
    mentee.talks.update(limit_date=D(2018, 11, 20))
    refused("再看一次", **propose)
    proposal = actions.propose_withdrawal(by=cast.officer, mentee=mentee, reevaluation="还是没有来", **EXIT)
    assert mentee.status == MenteeStatus.CHOSEN  # nothing has changed yet
    assert Receipt.objects.filter(recipient=cast.lead, notice__kind="roster_proposed").exists()
    actions.decide_proposal(by=cast.lead, proposal=proposal, agreed=True)
    change = RosterChange.objects.get()
    assert (change.proposed_by, change.decided_by, change.kind) == (cast.officer, cast.lead, "withdraw")
    assert change.talk == mentee.talks.get()


def test_an_extension_takes_two(lead, cast, mentee):
    proposal = actions.propose_extension(by=cast.officer, mentee=mentee, date=D(2018, 12, 1), reason="补课", months=3)
    refused("已经有一件", actions.propose_extension, by=cast.lead, mentee=mentee, date=D(2018, 12, 1), reason="补课")
    refused("两个人", actions.decide_proposal, by=cast.officer, proposal=proposal, agreed=True)
    actions.decide_proposal(by=cast.lead, proposal=proposal, agreed=True)
    mentee.refresh_from_db()
    assert mentee.status == MenteeStatus.EXTENDED
    refused("已经决定", actions.decide_proposal, by=cast.lead, proposal=proposal, agreed=True)


def test_a_refusal_says_why_and_changes_nothing(lead, cast, mentee):
    proposal = actions.propose_extension(by=cast.officer, mentee=mentee, date=D(2018, 12, 1), reason="补课")
    refused("为什么不同意", actions.decide_proposal, by=cast.lead, proposal=proposal, agreed=False)
    actions.decide_proposal(by=cast.lead, proposal=proposal, agreed=False, answer="补课已经补完")
    assert proposal.state == ProposalState.REFUSED
    assert not RosterChange.objects.exists()


def test_neither_proposes_nor_decides_who_is_the_pairs_mentor(lead, cast, mentee):
    secretary = mentee.pairings.get().mentor.secretary
    secretary.user = cast.officer
    secretary.save()
    facts = {"mentee": mentee, "date": D(2018, 12, 1), "reason": "补课"}
    refused("您本人", actions.propose_extension, by=cast.officer, **facts)
    secretary.user = None
    secretary.save()
    proposal = actions.propose_extension(by=cast.officer, **facts)
    secretary.user = cast.lead
    secretary.save()
    refused("您本人", actions.decide_proposal, by=cast.lead, proposal=proposal, agreed=True)


def test_borrowed_hands_are_still_the_same_hands(lead, cast, mentee):
    proposal = actions.propose_extension(by=cast.officer, mentee=mentee, date=D(2018, 12, 1), reason="补课")
    cast.lead.acting_user = cast.officer
    refused("两个人", actions.decide_proposal, by=cast.lead, proposal=proposal, agreed=True)


def test_the_database_wants_another_person(lead, cast, mentee):
    proposal = actions.propose_extension(by=cast.officer, mentee=mentee, date=D(2018, 12, 1), reason="补课")
    with pytest.raises(IntegrityError), transaction.atomic():
        RosterProposal.objects.filter(pk=proposal.pk).update(decided_by=cast.officer)


def test_a_limit_is_set_by_two_who_talk(lead, mentee):
    facts = TALK | {"talkers": "许晓岚"}
    refused("两个人一起谈", actions.record_talk, by=lead, mentee=mentee, date=D(2018, 11, 1),
            limit_date=D(2018, 12, 1), **facts)  # fmt: skip
    actions.record_talk(by=lead, mentee=mentee, date=D(2018, 11, 1), **facts)


def test_the_only_one_who_decides_is_told_to_let_another_propose(lead, cast, mentee):
    refused("没有另一位", actions.propose_extension, by=cast.lead, mentee=mentee, date=D(2018, 12, 1), reason="补课")


def test_the_proposer_sees_that_another_decides(lead, cast, year, as_):
    person_with(cast.studio, Role.PROJECT_LEAD, "副负责人")
    proposal = actions.propose_extension(by=cast.lead, mentee=year.mentees[0], date=D(2018, 12, 1), reason="补课")
    page = as_("lead").get(reverse("cohorts:proposal", args=[proposal.pk])).content.decode()
    assert "另一位来决定" in page
    assert 'name="agreed"' not in page
    answer = as_("officer").post(reverse("cohorts:proposal", args=[proposal.pk]), {"agreed": "yes"})
    assert answer.status_code == 403
