"""A level rests on a case that the apprentice presented; a row of a plan points to a card of the library."""

import datetime

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.urls import reverse

from cohorts.clinic.choices import CardState, CaseState
from cohorts.clinic.models import CardUse
from evaluations.growth import actions
from evaluations.growth.models import GapPlan, Rating
from evaluations.growth.queries.cards import offer_for
from evaluations.growth.queries.standing import proposals_for, standing_ratings, with_evidence
from mentorship.common.errors import Refused
from mentorship.framework.models import Indicator
from tests.factories.clinic import make_card, make_case, make_consult
from tests.factories.practice import make_rating

from .test_growth_pages import CODES, plan_data, text_of, url


def closed(team, number=1, **more):
    presenter = more.pop("presenter", team.mentee_row.secretary)
    facts = {"state": CaseState.CLOSED, "closed_by": team.officer, "date": datetime.date(2018, 8, 20)}
    return make_case(team.cohort, presenter, presenter.user, number=number, **facts | more)


def post(team, client, **more):
    data = {"date": team.today.isoformat(), "note": "", "level_CG1": "3", "seen_CG1": ""}
    return client.post(url("rate", team.mentee_row), data | more)


def test_a_closed_case_of_the_apprentice_is_evidence_enough(team, as_):
    case = closed(team)
    assert post(team, as_("mentor"), case=str(case.pk)).status_code == 302
    rating = standing_ratings(team.mentee_row, team.today)[team.indicator("CG1").pk]
    assert (rating.case, rating.source, rating.note) == (case, "case", "")
    for name in ("growth", "history"):
        page = text_of(as_("mentee").get(url(name, team.mentee_row)))
        assert reverse("clinic:case", args=[case.pk]) in page
        assert case.title in page
    proposed = with_evidence(proposals_for(team.mentee_row, team.today), team.mentor)
    assert [each.case for each in proposed if each.indicator.code == "CG1"] == [case]


def test_only_closed_ones_that_they_presented_are_taken(team, as_):
    acting = make_case(team.cohort, team.mentee_row.secretary, team.mentee, state=CaseState.ACTING, number=1)
    others = closed(team, 2, presenter=team.other_mentee_row.secretary)
    for wrong in (acting, others):
        assert post(team, as_("mentor"), case=str(wrong.pk)).status_code == 200
        with pytest.raises(Refused) as refused:
            team.rate_several(case=wrong)
        assert refused.value.field == "case"
    assert not Rating.objects.exists()
    assert 'name="case"' not in text_of(as_("mentor").get(url("rate", team.mentee_row)))


def test_a_sensitive_case_is_chosen_and_named_only_by_who_sees_it(team, as_):
    case = closed(team, sensitive=True, title="孩子放学没人接")
    paper = SimpleUploadedFile("记录.pdf", b"%PDF-1.4 \n%%EOF")
    assert case.title not in text_of(as_("mentor").get(url("rate", team.mentee_row)))
    with pytest.raises(Refused):
        team.rate_several(case=case)
    team.rate_several(
        by=team.officer, case=case, note="同孩子家谈了三次", document=paper, levels={team.indicator("ER1"): 3}
    )
    rating = Rating.objects.get()
    for who, sees in (("mentee", True), ("officer", True), ("mentor", False), ("leader", False)):
        for name in ("growth", "history"):
            page = text_of(as_(who).get(url(name, team.mentee_row)))
            assert (case.title in page, "谈了三次" in page, "这里不显示" in page) == (sees, sees, not sees), who
        answer = as_(who).get(url("document", rating))
        assert answer.status_code == (200 if sees else 404)
        if sees:
            assert b"".join(answer.streaming_content).startswith(b"%PDF")
    make_consult(case, team.mentor_row, team.officer)
    assert case.title in text_of(as_("mentor").get(url("growth", team.mentee_row)))


def test_a_plan_shows_the_case_that_showed_the_gap(team, as_):
    case = closed(team)
    team.rate_several(case=case, levels={team.indicator("CG1"): 2})
    page = text_of(as_("mentee").get(url("plan", team.plan(team.row("CG1")))))
    assert reverse("clinic:case", args=[case.pk]) in page


def test_the_database_takes_a_case_for_evidence_and_not_nothing(team):
    assert make_rating(team.mentee_row, team.mentor, note="", source="case", case=closed(team)).pk
    with pytest.raises(IntegrityError), transaction.atomic():
        make_rating(team.mentee_row, team.mentor, note="", source="case")


def test_pages_of_growth_cost_the_same_for_one_case_and_for_three(team, as_, count_queries):
    def rated(number):
        team.rate_several(case=closed(team, number), levels={team.indicator(CODES[number]): 2})

    reader = as_("mentor")
    rated(1)
    counted = [count_queries(lambda n=name: reader.get(url(n, team.mentee_row))) for name in ("growth", "history")]
    rated(2)
    rated(3)
    assert counted == [
        count_queries(lambda n=name: reader.get(url(n, team.mentee_row))) for name in ("growth", "history")
    ]


# Cards in a plan


def card_about(team, code, **more):
    card = make_card(team.studio, team.officer, reviewer=team.lead, **more)
    indicator = team.indicator(code)
    card.indicators.add(indicator)
    card.subjects.add(indicator.subject)
    return card


def test_cards_of_the_indicator_stand_first_then_those_of_its_subject(team):
    far = card_about(team, "ER1", title="汛期排班")
    near = make_card(team.studio, team.officer, reviewer=team.lead, title="认门认人")
    near.subjects.add(team.indicator("CG1").subject)
    exact = card_about(team, "CG1", title="夜里先数车")
    make_card(team.studio, team.officer, state=CardState.DRAFT, title="还在写")
    indicators = Indicator.objects.filter(subject__framework=team.cohort.framework_id).select_related("subject")
    offer = offer_for(team.mentor, team.studio.pk, indicators)
    assert offer.parted(str(team.indicator("CG1").pk)) == ([exact, near], [far])
    assert offer.parted("") == ([], offer.cards)


def test_a_card_is_chosen_for_a_row_shown_and_counted_once_both_agreed(team, as_):
    team.rate("CG1", 1)
    card = card_about(team, "CG1")
    page = text_of(as_("mentor").get(url("plan_make", team.mentee_row)))
    assert (card.title in page, "和这一项有关的" in page) == (True, True)
    row = {
        "indicator": team.indicator("CG1").pk,
        "target": "3",
        "method": "follow",
        "action": "先看卡",
        "card": card.pk,
    }
    assert as_("mentor").post(url("plan_make", team.mentee_row), plan_data(team, row)).status_code == 302
    plan = GapPlan.objects.get()
    assert (plan.rows.get().card, CardUse.objects.count()) == (card, 0)
    assert reverse("clinic:card", args=[card.pk]) in text_of(as_("mentee").get(url("plan", plan)))
    for who in (team.mentee, team.mentor):
        actions.agree_plan(by=who, plan=plan, version=1)
    use = CardUse.objects.get()
    assert (use.kind, use.card, use.row) == ("plan", card, plan.rows.get().pk)


def test_a_plan_that_is_changed_and_agreed_again_counts_its_card_once(team):
    card = card_about(team, "CG1")
    plan = team.agreed(team.row("CG1", card=card))
    facts = {"starts": plan.starts, "ends": plan.ends, "rows": [team.row("PB1"), team.row("CG1", card=card)]}
    plan = actions.change_plan(by=team.mentor, plan=plan, version=1, **facts)
    for who in (team.mentee, team.mentor):
        actions.agree_plan(by=who, plan=plan, version=plan.version)
    assert CardUse.objects.get().row == plan.rows.get(card=card).pk


def test_a_card_out_of_the_library_is_refused_passed_over_and_no_longer_linked(team, as_):
    card = card_about(team, "CG1")
    plan = team.plan(team.row("CG1", card=card))
    card.state = CardState.WITHDRAWN
    card.save()
    with pytest.raises(actions.RowRefused) as refused:
        team.plan(team.row("CG1", card=card), mentee=team.other_mentee_row)
    assert refused.value.field == "card"
    for who in (team.mentee, team.mentor):
        actions.agree_plan(by=who, plan=plan, version=1)
    assert not CardUse.objects.exists()
    assert card.title not in text_of(as_("mentee").get(url("plan", plan)))
