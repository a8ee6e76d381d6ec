"""Rating: with evidence, never overwritten, of two at once one is told."""

import datetime
import threading
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from cohorts.models import Baseline
from evaluations.growth import actions
from evaluations.growth.models import Rating
from evaluations.growth.queries import levels_of, levels_of_all, starting_levels
from mentorship.audit.models import Entry
from mentorship.common.errors import Refused
from tests.factories.practice import make_log, make_rating


def test_a_level_is_kept_with_its_evidence_and_in_the_trail(team):
    rating = team.rate("CG1", 3)
    assert (rating.level, rating.note, rating.rated_by) == (3, "走访时看到", team.mentor)
    entry = Entry.objects.order_by("sequence").last()
    assert entry.verb == "rating.given"
    assert "走访" not in str(entry.after) + entry.object_name


def test_without_evidence_it_is_refused(team):
    with pytest.raises(Refused) as refused:
        team.rate(note="  ")
    assert refused.value.field == "note"
    assert not Rating.objects.exists()


def test_a_log_is_evidence_enough_but_only_one_that_the_apprentice_attended(team):
    log = make_log(team.pairing)
    assert team.rate(log=log, note="").log == log
    with pytest.raises(Refused):
        team.rate(log=make_log(team.other_pairing), note="")
    log.voided_at = timezone.now()
    log.save()
    with pytest.raises(Refused):
        team.rate(log=log, note="")


def test_the_database_keeps_evidence_and_range(team):
    for wrong in ({"note": ""}, {"level": 6}, {"level": 0}, {"source": "hearsay"}):
        with pytest.raises(IntegrityError), transaction.atomic():
            make_rating(team.mentee_row, team.mentor, **wrong)


@pytest.mark.parametrize("days", [1, -500])
def test_not_tomorrow_and_not_long_ago(team, days):
    with pytest.raises(Refused) as refused:
        team.rate(date=team.today + datetime.timedelta(days=days))
    assert refused.value.field == "date"


def test_nobody_rates_themselves_but_by_a_self_rating(team):
    with pytest.raises(PermissionDenied):
        team.rate(by=team.mentee)
    assert team.rate(by=team.mentee, source="self").source == "self"
    with pytest.raises(PermissionDenied):
        team.rate(by=team.mentor, source="self")


def test_a_self_rating_moves_no_level(team):
    team.rate("CG1", 2)
    team.rate("CG1", 5, by=team.mentee, source="self")
    assert levels_of(team.mentee_row, team.today) == {"CG": Decimal(2)}


def test_a_correction_is_a_further_rating(team):
    first, second = team.rate("CG1", 2), team.rate("CG1", 3)
    first.refresh_from_db()
    assert first.level == 2
    assert Rating.objects.count() == 2
    assert levels_of(team.mentee_row, team.today) == {"CG": Decimal(second.level)}


def test_levels_are_those_of_the_day(team):
    early, late = datetime.date(2018, 10, 1), datetime.date(2018, 11, 1)
    team.rate("CG1", 4, date=late)
    team.rate("CG1", 2, date=early)
    assert levels_of(team.mentee_row, datetime.date(2018, 10, 15)) == {"CG": Decimal(2)}
    assert levels_of(team.mentee_row, team.today) == {"CG": Decimal(4)}
    assert levels_of(team.mentee_row, datetime.date(2018, 9, 1)) == {}


def test_a_subject_without_ratings_has_its_baseline(team):
    subject = team.indicator("PB1").subject
    Baseline.objects.create(studio=team.studio, mentee=team.mentee_row, subject=subject, level=3)
    team.rate("CG1", 2)
    assert levels_of(team.mentee_row, team.today) == {"PB": Decimal(3), "CG": Decimal(2)}


def test_one_s_own_is_taken_back_the_same_day_and_stays_in_the_history(team):
    kept, wrong = team.rate("CG1", 2), team.rate("CG1", 5)
    actions.undo_rating(by=team.mentor, rating=wrong)
    assert levels_of(team.mentee_row, team.today) == {"CG": Decimal(kept.level)}
    assert Rating.objects.count() == 2
    assert Entry.objects.order_by("sequence").last().verb == "rating.undone"


@pytest.mark.usefixtures("unguarded")
def test_another_s_or_an_older_one_is_not_taken_back(team):
    rating = team.rate("CG1", 2)
    with pytest.raises(PermissionDenied):
        actions.undo_rating(by=team.officer, rating=rating)
    Rating.objects.update(created_at=timezone.now() - datetime.timedelta(days=2))
    with pytest.raises(Refused):
        actions.undo_rating(by=team.mentor, rating=rating)


def test_who_looked_at_an_older_level_is_told(team):
    seen = team.rate("CG1", 2)
    team.rate("CG1", 3, by=team.officer)
    with pytest.raises(actions.Stale) as stale:
        team.rate("CG1", 4, seen=seen.pk)
    assert "3级" in str(stale.value)
    assert team.rate("CG1", 4, seen=Rating.objects.get(level=3).pk).level == 4


def test_several_on_one_evidence_are_kept_all_or_none(team):
    levels = {team.indicator("CG1"): 3, team.indicator("PB1"): 9}
    facts = {"by": team.mentor, "mentee": team.mentee_row, "date": team.today, "source": "log", "note": "看到"}
    with pytest.raises(Refused):
        actions.rate_several(levels=levels, **facts)
    assert not Rating.objects.exists()
    levels[team.indicator("PB1")] = 2
    assert len(actions.rate_several(levels={k: v for k, v in levels.items() if v < 6}, **facts)) == 2


def test_levels_of_many_cost_the_same_for_one_and_three(team, count_queries):
    people = [team.mentee_row, team.other_mentee_row, team.foreign_mentee_row]
    for mentee in people[:2]:
        make_rating(mentee, team.lead)
    one = count_queries(lambda: levels_of_all([people[0].pk], team.today))
    three = count_queries(lambda: levels_of_all([each.pk for each in people], team.today))
    assert one == three == 4
    assert starting_levels([each.pk for each in people]) == {}


def test_rows_are_seen_by_the_pair_and_the_studio(team):
    rating = team.rate()
    sees = [who for who in ("mentee", "mentor", "officer", "leader", "lead") if
            Rating.objects.visible_to(getattr(team, who)).filter(pk=rating.pk).exists()]  # fmt: skip
    assert sees == ["mentee", "mentor", "officer", "leader", "lead"]
    for who in ("other_mentee", "other_mentor", "liaison", "reviewer", "stranger", "nobody"):
        assert not Rating.objects.visible_to(getattr(team, who)).exists(), who


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has one writer at a time by itself")
def test_of_two_who_correct_one_level_at_once_one_is_told(team):
    seen = team.rate("CG1", 2)
    gate, results = threading.Barrier(2), []

    def run(who, level):
        try:
            gate.wait()
            team.rate("CG1", level, by=who, seen=seen.pk)
            results.append("done")
        except actions.Stale:
            results.append("told")
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=each) for each in ((team.mentor, 3), (team.officer, 4))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=30)
    assert sorted(results) == ["done", "told"]
    assert Rating.objects.count() == 2
