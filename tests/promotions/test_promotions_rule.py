"""The panel's rule comes from its cohort, as an exact fraction, and stays with the review that was opened under it."""

import datetime
from fractions import Fraction

import pytest
from django.core.cache import cache
from django.db import IntegrityError, transaction
from django.urls import reverse

from cohorts.actions import change_rules
from cohorts.choices import Share
from cohorts.models import CohortRules
from evaluations.promotions import actions, throttle
from evaluations.promotions.actions.reviews import rule_of
from evaluations.promotions.models import LetterSent
from evaluations.promotions.voting import VoteRule
from mentorship.audit.models import Entry

from .conftest import decide, fresh


def test_defaults_are_two_thirds_due_and_more_than_half_of_those_due(panel):
    assert panel.review.rule == VoteRule(Fraction(2, 3), "due", Fraction(1, 2))
    assert panel.review.rule.quorum_of(9) == 6
    assert [Fraction(*share.parts) for share in Share] == [Fraction(n, n + 1) for n in (1, 2, 3, 4)]


def test_a_review_keeps_the_rule_it_was_opened_under(panel, come):
    values = {"quorum": "4/5", "majority": "2/3", "majority_base": "present"}
    change_rules(by=panel.cast.lead, cohort=panel.cohort, values=values)
    assert fresh(panel.review).rule == VoteRule(Fraction(2, 3), "due", Fraction(1, 2))
    kept = rule_of(panel.cohort)
    assert kept == {
        "quorum_of": 4, "quorum_in": 5, "majority_of": 2, "majority_in": 3, "majority_base": "present",
    }  # fmt: skip
    entry = Entry.objects.filter(verb="cohort.rules_changed").latest("at")
    assert entry.before["quorum"] == "2/3"
    assert entry.after["quorum"] == "4/5"
    type(panel.review).objects.filter(pk=panel.review.pk).update(**kept)
    come(7)
    with pytest.raises(actions.NoQuorum, match="到8位才能表决"):
        actions.open_vote(by=panel.cast.officer, candidate=panel.candidates[2])
    come(8)
    done = decide(panel, panel.candidates[2], agree=5, disagree=3)
    assert (done.needed, done.result == "passed") == (6, False)


def test_the_page_offers_fractions_with_words_beside_them(panel, as_):
    url = reverse("cohorts:rules", args=[panel.cohort.pk])
    page = as_("lead").get(url)
    html = page.content.decode()
    assert "三分之二" in html
    assert "默认“三分之二”" in html
    assert "已经开的照当时的规则" in html
    form = page.context["form"]
    sent = {name: form[name].value() for name in form.fields if form[name].value() is not None}
    assert as_("lead").post(url, sent | {"quorum": "67"}).status_code == 200
    assert CohortRules.objects.get(pk=panel.cohort.pk).quorum == "2/3"
    assert as_("lead").post(url, sent | {"quorum": "3/4"}).status_code == 302
    assert CohortRules.objects.get(pk=panel.cohort.pk).quorum == "3/4"


@pytest.mark.parametrize("wrong", [{"quorum": "67/100"}, {"majority": "1/3"}, {"majority_base": "all"}])
def test_the_database_knows_no_other_rule(panel, wrong):
    with pytest.raises(IntegrityError), transaction.atomic():
        CohortRules.objects.filter(pk=panel.cohort.pk).update(**wrong)


def test_letters_are_counted_where_every_worker_sees_them(db, rf):
    one, other = rf.post("/", REMOTE_ADDR="10.0.0.1"), rf.post("/", REMOTE_ADDR="10.0.0.2")
    for _time in range(throttle.MOST):
        assert throttle.may_send(one)
        cache.clear()  # another worker remembers nothing
    assert not throttle.may_send(one)
    assert throttle.may_send(other)
    assert LetterSent.objects.count() == throttle.MOST + 1
    assert not LetterSent.objects.filter(place__contains="10.0.0").exists()
    first = LetterSent.objects.earliest("at")
    LetterSent.objects.update(at=first.at - datetime.timedelta(hours=1))
    assert throttle.may_send(one)
    assert LetterSent.objects.count() == 1
