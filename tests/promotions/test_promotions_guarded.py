"""T48, the database's half: after closing nothing of a vote changes, whichever way it is tried; T68: no votes unguarded."""

import pytest
from django.db import IntegrityError, connection, transaction

from evaluations.promotions import actions
from evaluations.promotions.models import (
    Ballot,
    Candidate,
    CertificateNumbers,
    HandCount,
    OpenVote,
    PanelMember,
    Recusal,
    Review,
    SecretMark,
    TierStep,
)
from mentorship.audit import guards
from tests.recorded import Recorded

from .conftest import arrive, decide, fresh, user_of, with_panel


def refused(act, *args, **kwargs):
    with pytest.raises(IntegrityError, match="guarded"), transaction.atomic():
        act(*args, **kwargs)


def sql(text):
    with connection.cursor() as cursor:
        cursor.execute(text)


def with_result():
    cast = with_panel()
    panel = cast.panel
    arrive(panel, 8)
    decide(panel, panel.candidates[2], 6, 2)
    for candidate in panel.candidates[:2]:
        actions.put_off(by=panel.cast.lead, candidate=fresh(candidate), reason="再看看")
    actions.conclude(by=panel.cast.lead, review=fresh(panel.review))
    return cast


BEGINS = {"concluded": Recorded(with_result)}


@pytest.fixture
def concluded(panel):
    return panel


CHANGES = [
    (Candidate, {"agree": 9}), (Candidate, {"result": "passed", "digest": "0" * 64}), (Candidate, {"state": "waiting", "result": ""}),
    (Candidate, {"round": 2}), (Candidate, {"reason": "x"}), (Candidate, {"dossier": {}}), (Candidate, {"earlier": [1]}),
    (Review, {"majority_of": 1, "majority_in": 9}), (Review, {"quorum_of": 1, "quorum_in": 9}), (Review, {"state": "sitting"}),
    (Review, {"digest": "0" * 64}), (Review, {"method": "secret"}), (Review, {"concluded_at": None}),
    (PanelMember, {"present": False}), (PanelMember, {"name": "x"}), (OpenVote, {"choice": "defer"}), (OpenVote, {"reason": "x"}),
]  # fmt: skip


def test_update_save_and_bulk_are_refused(concluded):
    for model, values in CHANGES:
        rows = model.objects.filter(**{"candidate": concluded.candidates[2]} if model is OpenVote else {})
        refused(rows.update, **values)
        row = rows.filter(pk=concluded.candidates[2].pk).first() or rows.first()
        for name, value in values.items():
            setattr(row, name, value)
        refused(row.save)
        refused(model.objects.bulk_update, [row], list(values))


def test_nothing_is_taken_out_replaced_or_emptied(concluded):
    for table in ("openvote", "panelmember", "candidate", "review"):
        refused(sql, f"DELETE FROM promotions_{table}")
        if connection.vendor == "sqlite":
            refused(sql, f"INSERT OR REPLACE INTO promotions_{table} SELECT * FROM promotions_{table}")
    if connection.vendor == "postgresql":
        sql("SET CONSTRAINTS ALL IMMEDIATE")
        for table in ("openvote", "panelmember", "candidate", "review", "ballot", "secretmark"):
            refused(sql, f"TRUNCATE promotions_{table} CASCADE")


def test_no_voice_is_added_after_closing(concluded):
    vote = OpenVote.objects.first()
    guest = PanelMember.objects.exclude(
        pk__in=OpenVote.objects.filter(candidate=vote.candidate).values("member")
    ).first()
    own = {"studio": vote.studio, "candidate": vote.candidate}
    refused(OpenVote.objects.create, **own, member=guest, choice="agree", entered_by=vote.entered_by)
    refused(HandCount.objects.create, **own, agree=9, disagree=0, defer=0, entered_by=vote.entered_by)


def test_work_goes_on_after_closing(concluded):
    """What may still come does: the notice, and a candidate who is taken down."""
    review = fresh(concluded.review)
    review.state = "noticed"
    review.save()
    assert Candidate.objects.filter(review=review).update(withdrawn_on=review.date) == 3


def test_a_decided_result_moves_only_by_being_taken_up_again(panel, come):
    come(8)
    decided = decide(panel, panel.candidates[2], 6, 2)
    refused(Candidate.objects.filter(pk=decided.pk).update, agree=7, disagree=1)
    refused(sql, "DELETE FROM promotions_candidate")
    actions.reopen(by=panel.cast.lead, candidate=fresh(decided), in_favour=6)
    assert fresh(decided).state == "waiting"


def test_a_box_takes_one_paper_at_a_time_and_only_while_it_is_open(panel, come):
    come(7)
    Review.objects.filter(pk=panel.review.pk).update(method="secret")
    stays_out = panel.members[6]
    actions.recuse(by=panel.cast.officer, candidate=fresh(panel.candidates[2]), member=stays_out, reason="relative")
    candidate = actions.open_vote(by=panel.cast.officer, candidate=fresh(panel.candidates[2]))
    box, marks = Ballot.objects.filter(candidate=candidate), SecretMark.objects.filter(candidate=candidate)
    refused(box.update, agree=5)
    refused(box.update, round=2)
    refused(box.delete)
    refused(marks.delete)
    refused(Recusal.objects.filter(candidate=candidate).update, reason="other")
    voters = [mark.member for mark in marks.order_by("member__order")]
    for member in [*voters[1:], voters[0]]:
        actions.cast(by=user_of(member), candidate=fresh(candidate), choice="agree")
    refused(marks.update, voted=False)
    refused(box.update, agree=0)
    actions.close_vote(by=panel.cast.officer, candidate=fresh(candidate))
    refused(box.update, agree=box.get().agree + 1)


def test_numbers_never_run_back_and_steps_are_never_rewritten(panel):
    row = CertificateNumbers.objects.create(studio=panel.studio, year=2019, last=4)
    row.last = 3
    refused(row.save)
    step = TierStep.objects.create(
        studio=panel.studio, mentee=panel.cast.mentee_row, from_tier="mentee", to_tier="key", date=panel.cohort.starts,
        basis="前40%", decided_by=panel.cast.lead,
    )  # fmt: skip
    refused(TierStep.objects.filter(pk=step.pk).update, basis="x")
    refused(step.delete)


@pytest.mark.usefixtures("unguarded")
def test_nobody_votes_while_guards_of_votes_are_missing(panel, come):
    come(8)
    with pytest.raises(actions.votes.Unguarded):
        actions.open_vote(by=panel.cast.officer, candidate=fresh(panel.candidates[2]))
    guards.install()
    actions.open_vote(by=panel.cast.officer, candidate=fresh(panel.candidates[2]))
    guards.lift(OpenVote)
    with pytest.raises(actions.votes.Unguarded):
        actions.cast(by=user_of(panel.members[1]), candidate=fresh(panel.candidates[2]), choice="agree")
