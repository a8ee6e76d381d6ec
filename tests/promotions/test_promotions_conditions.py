"""What the ladder asks for is asked of every candidate; the project lead may go on without it, with a reason kept."""

import datetime

import pytest
from django.urls import reverse

from cohorts.choices import Tier
from evaluations.promotions import actions
from evaluations.promotions.models import Review, TierStep
from evaluations.promotions.queries import lacking
from mentorship.audit.models import Entry
from mentorship.common.errors import Refused
from tests.factories import MenteeFactory, SecretaryFactory

from .conftest import REVIEW_DAY, fresh
from .test_promotions_file import RELEASED, make_round, make_sheet

D = datetime.date


@pytest.fixture
def ready(panel):
    return MenteeFactory(cohort=panel.cohort, tier=Tier.KEY, secretary=SecretaryFactory(studio=panel.studio))


def annual(panel, mentee, grade):
    round_ = make_round(
        panel.cohort, panel.cast.lead, kind="annual", computed_by=panel.cast.officer, released_by=panel.cast.lead,
        **RELEASED,
    )  # fmt: skip
    make_sheet(round_, mentee, total="91" if grade == "excellent" else "84", grade=grade, rank=1)


def opened(panel, mentee, **more):
    facts = {"to_tier": Tier.TOP, "date": REVIEW_DAY, "place": "部会议室", "mentees": [mentee]}
    return actions.open_review(by=panel.cast.lead, cohort=panel.cohort, **facts | more)


def test_without_an_annual_grade_a_reason_is_asked_and_kept(panel, ready):
    with pytest.raises(Refused, match="年度等次还没有数据") as told:
        opened(panel, ready)
    assert told.value.field == "exception"
    review = opened(panel, ready, exception="补考核的表月底才到")
    kept = Entry.objects.filter(verb="review.opened").latest("at").after
    assert kept["exception"] == "补考核的表月底才到"
    assert "年度等次还没有数据" in kept["missing"][0]
    assert review.candidates.get().mentee == ready


def test_an_excellent_year_asks_for_nothing_more(panel, ready):
    annual(panel, ready, "excellent")
    assert lacking(panel.cohort, Tier.TOP, [ready]) == {}
    assert opened(panel, ready).candidates.count() == 1


def test_a_pass_is_not_enough(panel, ready):
    annual(panel, ready, "pass")
    with pytest.raises(Refused, match="合格"):
        opened(panel, ready)


def test_a_good_year_waits_for_the_mentors_words(panel, ready):
    annual(panel, ready, "good")
    candidate = opened(panel, ready).candidates.get()
    with pytest.raises(Refused, match="推荐意见"):
        actions.open_vote(by=panel.cast.officer, candidate=candidate)
    row = fresh(candidate)
    actions.edit_candidate(by=panel.cast.lead, candidate=row, version=row.version, recommendation="肯蹲下来")
    with pytest.raises(actions.NoQuorum):
        actions.open_vote(by=panel.cast.officer, candidate=fresh(candidate))


@pytest.mark.parametrize(("since", "word"), [(D(2018, 8, 6), "满一年"), (D(2018, 8, 7), "不满一年")])
def test_an_assistant_has_been_on_the_rung_a_year_and_unknowns_are_named(panel, ready, since, word):
    type(ready).objects.filter(pk=ready.pk).update(tier=Tier.TOP)
    TierStep.objects.create(
        studio=panel.studio, mentee=ready, from_tier=Tier.KEY, to_tier=Tier.TOP, date=since, basis="评审",
        decided_by=panel.cast.lead,
    )  # fmt: skip
    short = lacking(panel.cohort, Tier.ASSISTANT, [ready])[ready.pk]
    assert ("任尖子学员不满一年" in short) == (word == "不满一年")
    assert {"协助带教次数没有数据，要满6次", "讲案例没有数据，要满一次"} <= set(short)


def test_only_who_decides_may_write_the_reason(panel, ready, as_):
    url = reverse("promotions:open", args=[panel.cohort.pk])
    sent = {"to_tier": "top", "mentees": [ready.pk], "date": "2019-08-06", "place": "一", "method": "oral"}
    before = Review.objects.count()
    page = as_("officer").post(url, sent | {"exception": "先上会"})
    assert "由项目负责人写明理由" in page.content.decode()
    assert Review.objects.count() == before
    assert as_("lead").post(url, sent | {"exception": "先上会"}).status_code == 302
    assert Review.objects.count() == before + 1
