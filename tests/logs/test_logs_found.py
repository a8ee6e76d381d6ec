"""Shared logs are found by the search of the clinic, by those who may read them; no other log ever is."""

import pytest
from django.urls import reverse
from django.utils import timezone

from cohorts.clinic.choices import HitKind
from cohorts.clinic.models import SearchText
from cohorts.clinic.searching.finding import find
from evaluations.logs import actions
from evaluations.logs.searching import hits_of, reindex
from tests.factories.practice import make_log

from .log_kit import on_the_day, photos, written

WORDS = "撤桶之前先开会"


@pytest.fixture
def c(cast):
    return on_the_day(cast)


def shared(c, **more):
    return written(c, **{"title": WORDS, "privacy": "shared", "advice": "先听，再说。"} | more)


def found_by(c, who, words="撤桶") -> list:
    return [hit.object_id for hit in find(getattr(c, who), c.studio, words)]


def test_a_shared_log_is_found_by_the_cohort_and_the_studio_and_leads_to_its_page(c):
    log = shared(c)
    for who in ("mentor", "other_mentor", "mentee", "other_mentee", "officer", "leader"):
        assert found_by(c, who) == [log.pk], who
    (hit,) = find(c.other_mentee, c.studio, "先听")
    assert (hit.kind, hit.url, hit.title) == (HitKind.LOG, reverse("logs:log", args=[log.pk]), WORDS)
    assert "沈桂芳" in hit.meta
    for who in ("nobody", "reviewer", "stranger", "stranger_mentee"):
        assert found_by(c, who) == [], who


@pytest.mark.parametrize("facts", [{"privacy": "pair"}, {"privacy": "studio"}, {"sensitive": True}])
def test_what_is_not_shared_or_is_sensitive_is_not_even_known(c, facts):
    shared(c, **facts)
    assert not SearchText.objects.exists()
    assert found_by(c, "officer") == []


def test_it_is_found_by_its_newest_words(c):
    log = shared(c)
    log = actions.correct_log(by=c.mentor, log=log, version=log.version, title="加梯之前先算账", text="算清每一户。")
    assert (found_by(c, "mentee"), found_by(c, "mentee", "算账")) == ([], [log.pk])


@pytest.mark.parametrize("change", [{"privacy": "pair"}, {"sensitive": True}])
def test_it_is_found_no_more_once_it_is_not_for_all(c, change):
    log = shared(c)
    actions.correct_log(by=c.mentor, log=log, version=log.version, **change)
    assert not SearchText.objects.exists()
    log.refresh_from_db()
    actions.correct_log(by=c.mentor, log=log, version=log.version, privacy="shared", sensitive=False)
    assert found_by(c, "mentee") == [log.pk]


def test_a_voided_log_is_found_no_more(c):
    actions.void_log(by=c.mentor, log=shared(c), reason="写错了")
    assert found_by(c, "officer") == []


def test_what_was_typed_from_the_notebook_is_found(c):
    log = shared(c, text="", photos=photos(1, "notebook"))
    actions.transcribe(by=c.officer, log=log, text="楼组长说电瓶车最急")
    assert found_by(c, "mentee", "电瓶车") == [log.pk]


def test_visibility_is_asked_again_when_it_is_found(c):
    log = shared(c)
    type(log).objects.filter(pk=log.pk).update(sensitive=True)  # past every action
    assert found_by(c, "officer") == []
    assert hits_of(c.mentor, HitKind.CASE, [log.pk]) == {}


def test_all_are_kept_anew_and_what_may_not_be_found_is_dropped(c):
    gone = shared(c)
    logs = [make_log(c.pairing, title=f"撤桶{n}", privacy="shared") for n in range(3)]
    make_log(c.pairing, title="撤桶私下", privacy="pair")
    type(gone).objects.filter(pk=gone.pk).update(voided_at=timezone.now(), void_reason="写错了")
    told = []
    assert reindex(lambda kind, n: told.append((str(kind), n))) == 3
    assert told == [("教学日志", 3)]
    assert set(found_by(c, "officer")) == {log.pk for log in logs}


def test_finding_three_costs_what_finding_one_costs(c, count_queries):
    shared(c)
    find(c.mentee, c.studio, "撤桶")
    one = count_queries(lambda: find(c.mentee, c.studio, "撤桶"))
    shared(c)
    shared(c)
    assert count_queries(lambda: find(c.mentee, c.studio, "撤桶")) == one
