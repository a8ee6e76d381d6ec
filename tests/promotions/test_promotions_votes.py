"""A vote from opening to its seal, and what may not happen on the way."""

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.urls import reverse

from evaluations.promotions import actions
from evaluations.promotions.actions.reviews import facts_of
from evaluations.promotions.actions.votes import result_facts
from evaluations.promotions.models import Candidate, OpenVote
from evaluations.promotions.queries import to_vote, voters_of
from evaluations.promotions.seal import sealed
from mentorship.accounts.models import Assistant
from mentorship.audit import guards
from mentorship.audit.models import Entry
from mentorship.common.errors import Refused
from tests.recorded import Recorded

from .conftest import arrive, decide, fresh, user_of, vote_all, with_panel


def test_below_quorum_no_vote_is_opened(panel, come):
    come(5)
    with pytest.raises(actions.NoQuorum, match="到6位才能表决"):
        actions.open_vote(by=panel.cast.officer, candidate=panel.candidates[0])
    assert fresh(panel.candidates[0]).state == "waiting"
    come(6)
    assert actions.open_vote(by=panel.cast.officer, candidate=fresh(panel.candidates[0])).state == "voting"


def test_without_the_convener_no_vote_is_opened(panel, come):
    come(9)
    actions.mark_present(by=panel.cast.officer, member=fresh(panel.members[0]), present=False)
    with pytest.raises(Refused, match="召集人"):
        actions.open_vote(by=panel.cast.officer, candidate=panel.candidates[0])


def test_one_candidate_at_a_time(panel, come):
    come(8)
    actions.open_vote(by=panel.cast.officer, candidate=panel.candidates[0])
    with pytest.raises(Refused, match="一次只议一位"):
        actions.open_vote(by=panel.cast.officer, candidate=fresh(panel.candidates[1]))
    with pytest.raises(IntegrityError), transaction.atomic():
        Candidate.objects.filter(pk=panel.candidates[1].pk).update(state="voting")


def test_nobody_comes_or_goes_during_a_vote(panel, come):
    come(8)
    actions.open_vote(by=panel.cast.officer, candidate=panel.candidates[0])
    with pytest.raises(Refused, match="正在表决"):
        actions.mark_present(by=panel.cast.officer, member=fresh(panel.members[3]), present=False)


def test_the_mentor_steps_aside_and_still_counts_as_due(panel, come):
    come(8)
    actions.open_vote(by=panel.cast.officer, candidate=panel.candidates[0])
    mentor_seat = panel.members[2]
    assert mentor_seat not in voters_of(fresh(panel.candidates[0]))
    with pytest.raises(Refused, match="回避"):
        actions.cast(by=panel.cast.mentor, candidate=fresh(panel.candidates[0]), choice="agree")
    vote_all(panel, panel.candidates[0], ["agree"] * 5 + ["disagree"] * 2, skip=[mentor_seat])
    done = actions.close_vote(by=panel.cast.officer, candidate=fresh(panel.candidates[0]))
    assert (done.due, done.present, done.recused, done.agree, done.needed) == (9, 8, 1, 5, 5)
    assert done.result == "passed"


def test_a_mentor_may_vote_on_another_s_mentee(panel, come):
    come(8)
    done = decide(panel, panel.candidates[1], 4, 1, 3)
    assert (done.result, done.recused) == ("deferred", 0)
    assert decide(panel, panel.candidates[2], 5, 2, 1).result == "passed"


def test_the_convener_votes_last(panel, come):
    come(8)
    actions.open_vote(by=panel.cast.officer, candidate=panel.candidates[1])
    with pytest.raises(Refused, match="召集人最后表态"):
        actions.cast(by=panel.cast.leader, candidate=fresh(panel.candidates[1]), choice="agree")
    vote_all(panel, panel.candidates[1], ["agree"] * 8)
    assert fresh(panel.candidates[1]).votes.count() == 8


def test_one_member_has_one_voice(panel, come):
    come(8)
    actions.open_vote(by=panel.cast.officer, candidate=panel.candidates[1])
    actions.cast(by=panel.cast.reviewer, candidate=fresh(panel.candidates[1]), choice="agree")
    with pytest.raises(actions.AlreadyVoted):
        actions.cast(by=panel.cast.reviewer, candidate=fresh(panel.candidates[1]), choice="disagree", reason="改主意")
    assert [vote.choice for vote in OpenVote.objects.all()] == ["agree"]


def test_a_helper_never_votes_for_a_member(panel, come):
    come(8)
    actions.open_vote(by=panel.cast.officer, candidate=panel.candidates[1])
    member = user_of(panel.members[1])
    member.acting_user = panel.cast.officer
    with pytest.raises(PermissionDenied):
        actions.cast(by=member, candidate=fresh(panel.candidates[1]), choice="agree")
    with pytest.raises(Refused, match="没有账号"):
        actions.enter_vote(
            by=panel.cast.officer, candidate=fresh(panel.candidates[1]), member=panel.members[1], choice="agree"
        )


def test_disagreeing_needs_a_reason(panel, come):
    come(8)
    actions.open_vote(by=panel.cast.officer, candidate=panel.candidates[1])
    with pytest.raises(Refused) as refused:
        actions.cast(by=panel.cast.reviewer, candidate=fresh(panel.candidates[1]), choice="disagree")
    assert refused.value.field == "reason"


def test_a_vote_closes_only_when_everyone_has_spoken(panel, come):
    come(8)
    actions.open_vote(by=panel.cast.officer, candidate=panel.candidates[1])
    vote_all(panel, panel.candidates[1], ["agree"] * 7, skip=[panel.members[0]])
    with pytest.raises(Refused, match="还有1位"):
        actions.close_vote(by=panel.cast.officer, candidate=fresh(panel.candidates[1]))


def with_hands():
    cast = with_panel()
    panel = cast.panel
    panel.review.method = "hands"
    panel.review.save()
    arrive(panel, 8)
    actions.open_vote(by=cast.officer, candidate=fresh(panel.candidates[1]))
    return cast


BEGINS = {"by_hands": Recorded(with_hands)}


def test_who_types_for_a_member_has_no_seat(panel, come, as_):
    come(8)
    actions.open_vote(by=panel.cast.officer, candidate=fresh(panel.candidates[1]))
    page = reverse("promotions:review", args=[panel.review.pk])
    assert as_("mentor").get(page).context["seat"]
    Assistant.objects.create(studio=panel.studio, principal=panel.cast.mentor, helper=panel.cast.nobody)
    browser = as_("nobody")
    browser.post(reverse("accounts:act", args=[panel.cast.mentor.pk]))
    response = browser.get(page)
    assert response.wsgi_request.user == panel.cast.mentor
    assert not response.context["seat"]
    assert not response.context["my_vote"]


@pytest.fixture
def by_hands(panel):
    return panel


def test_hands_are_counted_by_two(by_hands):
    panel, row = by_hands, by_hands.candidates[1]
    officer, lead = panel.cast.officer, panel.cast.lead
    with pytest.raises(Refused, match="应当是8"):
        actions.enter_count(by=officer, candidate=fresh(row), agree=5, disagree=2, defer=0)
    actions.enter_count(by=officer, candidate=fresh(row), agree=5, disagree=2, defer=1)
    with pytest.raises(Refused, match="复点"):
        actions.close_vote(by=officer, candidate=fresh(row))
    with pytest.raises(Refused, match="另一个人"):
        actions.confirm_count(by=officer, candidate=fresh(row), agree=5, disagree=2, defer=1)
    with pytest.raises(Refused, match="不一样"):
        actions.confirm_count(by=lead, candidate=fresh(row), agree=6, disagree=1, defer=1)
    actions.confirm_count(by=lead, candidate=fresh(row), agree=5, disagree=2, defer=1)
    assert actions.close_vote(by=officer, candidate=fresh(row)).result == "passed"


def test_nobody_casts_a_paper_where_hands_are_counted(by_hands):
    with pytest.raises(Refused, match="举手"):
        actions.cast(by=by_hands.cast.reviewer, candidate=fresh(by_hands.candidates[1]), choice="agree")


def test_a_result_is_sealed_and_a_changed_figure_shows(panel, come):
    come(8)
    done = decide(panel, panel.candidates[1], 5, 2, 1)
    assert done.digest == sealed(result_facts(fresh(done)))
    guards.lift(Candidate)
    Candidate.objects.filter(pk=done.pk).update(agree=6)
    assert done.digest != sealed(result_facts(fresh(done)))


def test_the_review_is_sealed_as_a_whole(panel, come):
    come(8)
    actions.put_off(by=panel.cast.officer, candidate=fresh(panel.candidates[0]), reason="班子建设再看半年")
    for row in panel.candidates[1:]:
        decide(panel, row, 8)
    review = actions.conclude(by=panel.cast.lead, review=fresh(panel.review))
    assert review.digest == sealed(facts_of(fresh(review)))
    with pytest.raises(Refused):
        actions.conclude(by=panel.cast.lead, review=fresh(panel.review))
    with pytest.raises(Refused):
        actions.reopen(by=panel.cast.lead, candidate=fresh(panel.candidates[1]), in_favour=8)
    with pytest.raises(Refused):
        actions.add_member(by=panel.cast.officer, review=fresh(panel.review), name="后来的")


def test_a_meeting_is_not_concluded_while_someone_waits(panel, come):
    come(8)
    decide(panel, panel.candidates[1], 8)
    with pytest.raises(Refused, match="还有2位"):
        actions.conclude(by=panel.cast.lead, review=fresh(panel.review))


def test_taking_up_again_needs_more_than_half_of_all(panel, come):
    come(8)
    first = decide(panel, panel.candidates[1], 4, 4)
    assert first.result == "not_passed"
    with pytest.raises(Refused, match="半数"):
        actions.reopen(by=panel.cast.officer, candidate=fresh(first), in_favour=4)
    with pytest.raises(Refused, match="到会"):
        actions.reopen(by=panel.cast.officer, candidate=fresh(first), in_favour=9)
    again = actions.reopen(by=panel.cast.officer, candidate=fresh(first), in_favour=5)
    assert (again.state, again.result, again.round) == ("waiting", "", 2)
    assert again.earlier[0]["result"] == "not_passed"
    assert again.earlier[0]["digest"] == first.digest
    assert decide(panel, again, 8).result == "passed"


def test_a_stopped_vote_counts_for_nothing(panel, come):
    come(8)
    actions.open_vote(by=panel.cast.officer, candidate=panel.candidates[1])
    actions.cast(by=panel.cast.reviewer, candidate=fresh(panel.candidates[1]), choice="disagree", reason="早了")
    actions.stop_vote(by=panel.cast.officer, candidate=fresh(panel.candidates[1]), reason="有人要走")
    assert decide(panel, panel.candidates[1], 8).disagree == 0


def test_a_member_who_left_the_studio_has_no_voice(panel, come):
    come(8)
    actions.open_vote(by=panel.cast.officer, candidate=panel.candidates[1])
    assert [row.pk for row in to_vote(user_of(panel.members[1]))] == [panel.candidates[1].pk]
    panel.cast.reviewer.role_grants.update(revoked_at="2019-08-01T00:00Z")
    assert to_vote(user_of(panel.members[1])) == []


def test_the_trail_of_an_open_vote_names_the_voice(panel, come):
    come(8)
    decide(panel, panel.candidates[1], 8)
    assert Entry.objects.filter(verb="vote.cast").count() == 8
    closed = Entry.objects.get(verb="vote.closed")
    assert closed.after["digest"] == fresh(panel.candidates[1]).digest


def test_two_who_write_at_once_are_told(panel):
    row = panel.candidates[0]
    actions.edit_candidate(by=panel.cast.officer, candidate=fresh(row), version=1, recommendation="肯蹲下来")
    with pytest.raises(actions.Stale):
        actions.edit_candidate(by=panel.cast.lead, candidate=fresh(row), version=1, recommendation="另写一句")
    assert fresh(row).recommendation == "肯蹲下来"


def test_a_candidate_stands_one_rung_below(panel):
    with pytest.raises(Refused, match="层级"):
        actions.open_review(
            by=panel.cast.lead, cohort=panel.cohort, to_tier="assistant_mentor", date=panel.review.date, place="一",
            mentees=[panel.cast.mentee_row],
        )  # fmt: skip
    with pytest.raises(Refused, match="另一次评审"):
        actions.open_review(
            by=panel.cast.lead, cohort=panel.cohort, to_tier="top", date=panel.review.date, place="一",
            mentees=[panel.cast.mentee_row],
        )  # fmt: skip
