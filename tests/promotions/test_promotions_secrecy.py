"""A secret vote leaves totals and marks, and no way from one to the other."""

import threading

import pytest
from django.apps import apps
from django.db import IntegrityError, connection, models, transaction

from evaluations.promotions import actions
from evaluations.promotions.choices import Choice
from evaluations.promotions.models import Ballot, Candidate, HandCount, OpenVote, SecretMark
from mentorship.accounts.models import User
from mentorship.audit.models import Entry
from mentorship.common.errors import Refused
from tests.recorded import Recorded

from .conftest import fresh, user_of, with_panel


def in_secret():
    """Seven with accounts are due and there; the vote on the second candidate is open."""
    cast = with_panel()
    panel = cast.panel
    for member in panel.members[7:]:
        actions.remove_member(by=panel.cast.officer, member=fresh(member))
    panel.members = panel.members[:7]
    panel.review.method = "secret"
    panel.review.save()
    for member in panel.members:
        actions.mark_present(by=panel.cast.officer, member=fresh(member), present=True)
    actions.open_vote(by=panel.cast.officer, candidate=fresh(panel.candidates[1]))
    panel.row = panel.candidates[1]
    return cast


BEGINS = {"secretly": Recorded(in_secret)}


@pytest.fixture
def secretly(panel):
    return panel


def cast(panel, order, choice):
    actions.cast(by=user_of(panel.members[order]), candidate=fresh(panel.row), choice=choice)


def test_totals_and_marks_are_all_that_is_kept(secretly):
    for order, choice in enumerate(["agree", "disagree", "agree", "defer", "agree", "agree"], 1):
        cast(secretly, order, choice)
    cast(secretly, 0, "agree")
    done = actions.close_vote(by=secretly.cast.officer, candidate=fresh(secretly.row))
    assert (done.agree, done.disagree, done.defer, done.result) == (5, 1, 1, "passed")
    assert SecretMark.objects.filter(candidate=done, voted=True).count() == 7
    assert not OpenVote.objects.exists()
    assert not HandCount.objects.exists()


def test_no_table_lets_a_choice_be_traced(secretly):
    """Two elections that differ only in who chose what leave the very same rows, but for keys and clocks."""
    before = everything()
    with transaction.atomic():
        cast(secretly, 1, "agree")
        cast(secretly, 2, "disagree")
        one = changed(before, everything())
        transaction.set_rollback(True)
    with transaction.atomic():
        cast(secretly, 1, "disagree")
        cast(secretly, 2, "agree")
        other = changed(before, everything())
        transaction.set_rollback(True)
    assert one == other
    assert one, "the two votes left no row: the test looks in the wrong place"


def everything() -> dict:
    """Every row of every table, column by column, without times."""
    rows = {}
    for model in apps.get_models():
        names = [f.attname for f in model._meta.concrete_fields if not isinstance(f, models.DateTimeField)]
        for values in model._base_manager.values(*names):
            rows[(model._meta.label, str(values[model._meta.pk.attname]))] = values
    return rows


def changed(before: dict, after: dict) -> list:
    return sorted((key, str(row)) for key, row in after.items() if before.get(key) != row)


def test_marks_carry_no_time_and_no_number():
    for model in (SecretMark, Ballot):
        kinds = {type(field) for field in model._meta.concrete_fields}
        assert not kinds & {
            models.DateTimeField,
            models.DateField,
            models.TimeField,
            models.BigAutoField,
            models.AutoField,
        }
    assert not {"choice", "agree", "disagree", "defer"} & {field.name for field in SecretMark._meta.get_fields()}
    assert not {field.name for field in Ballot._meta.get_fields() if field.is_relation} & {"member", "user", "voter"}


def test_marks_stand_before_the_first_paper(secretly):
    """Rows made in the order of voting would tell it."""
    assert SecretMark.objects.filter(candidate=secretly.row, voted=False).count() == 7
    keys = set(SecretMark.objects.values_list("pk", flat=True))
    cast(secretly, 3, "agree")
    assert set(SecretMark.objects.values_list("pk", flat=True)) == keys


def test_the_trail_knows_nothing_of_a_secret_paper(secretly):
    count = Entry.objects.count()
    cast(secretly, 1, "disagree")
    assert Entry.objects.count() == count


def test_one_paper_each_also_in_the_second_round(secretly):
    cast(secretly, 1, "agree")
    with pytest.raises(actions.AlreadyVoted):
        cast(secretly, 1, "disagree")
    box = Ballot.objects.get()
    assert (box.agree, box.disagree) == (1, 0)
    mark = SecretMark.objects.get(member=secretly.members[1])
    with pytest.raises(IntegrityError), transaction.atomic():
        SecretMark.objects.create(studio=mark.studio, candidate=mark.candidate, round=mark.round, member=mark.member)
    actions.stop_vote(by=secretly.cast.officer, candidate=fresh(secretly.row), reason="有人要走")
    actions.open_vote(by=secretly.cast.officer, candidate=fresh(secretly.row))
    cast(secretly, 1, "disagree")
    assert Ballot.objects.get(round=2).disagree == 1


def test_pages_never_show_totals_of_an_open_vote(secretly, as_):
    for order in range(1, 7):
        cast(secretly, order, "disagree")
    for who in ("lead", "officer", "leader", "reviewer"):
        text = as_(who).get(f"/promotions/{secretly.review.pk}/").content.decode()
        assert "已投6位" in text
        assert "不同意6票" not in text
    assert "不同意" not in as_("reviewer").get(f"/promotions/candidates/{secretly.row.pk}/vote/").content.decode()


def test_a_guest_makes_a_secret_vote_impossible(panel, come):
    panel.review.method = "secret"
    panel.review.save()
    come(9)
    with pytest.raises(Refused, match="没有账号"):
        actions.open_vote(by=panel.cast.officer, candidate=fresh(panel.candidates[1]))
    assert not Ballot.objects.exists()


def race(*acts) -> list[str]:
    """All at once, each on a connection of its own; what became of each, sorted."""
    gate, results = threading.Barrier(len(acts)), []

    def run(act):
        try:
            gate.wait()
            act()
            results.append("done")
        except Refused:
            results.append("told")
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=[act]) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=30)
    return sorted(results)


postgres = pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has one writer at a time by itself")


@postgres
@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_a_ballot_cast_twice_at_once_counts_once(secretly):
    voter, row = secretly.members[1].user_id, secretly.row.pk

    def paper(choice):
        return lambda: actions.cast(
            by=User.objects.get(pk=voter), candidate=Candidate.objects.get(pk=row), choice=choice
        )

    assert race(paper(Choice.AGREE), paper(Choice.DISAGREE)) == ["done", "told"]
    box = Ballot.objects.get()
    assert box.agree + box.disagree == 1
    assert SecretMark.objects.filter(voted=True).count() == 1


@postgres
@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_papers_of_two_members_at_once_are_both_counted(secretly):
    def paper(order):
        voter, row = secretly.members[order].user_id, secretly.row.pk
        return lambda: actions.cast(
            by=User.objects.get(pk=voter), candidate=Candidate.objects.get(pk=row), choice="agree"
        )

    assert race(*[paper(order) for order in range(1, 7)]) == ["done"] * 6
    assert Ballot.objects.get().agree == 6


@postgres
@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_of_two_clerks_who_close_one_vote_one_wins(secretly):
    for order in [*range(1, 7), 0]:
        cast(secretly, order, "agree")
    clerks = [secretly.cast.officer.pk, secretly.cast.lead.pk]

    def close(clerk):
        return lambda: actions.close_vote(
            by=User.objects.get(pk=clerk), candidate=Candidate.objects.get(pk=secretly.row.pk)
        )

    assert race(*[close(clerk) for clerk in clerks]) == ["done", "told"]
    assert Entry.objects.filter(verb="vote.closed").count() == 1
