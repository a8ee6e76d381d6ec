from django.utils import translation

from cohorts.choices import MenteeStatus, MentorStatus
from cohorts.matching import actions
from cohorts.matching.queries import facts_of, workbench_of
from cohorts.matching.solver import Price, Shortage
from cohorts.matching.words import price_words, shortage_words
from cohorts.words import part_rows

from .conftest import add_mentee, add_mentor


def test_a_cohort_becomes_a_problem(year):
    facts = facts_of(year.cohort)
    assert [str(one) for one in facts.mentors] == ["沈老师", "郑老师"]
    assert [str(one) for one in facts.mentees] == ["学员甲", "学员乙", "学员丙", "学员丁"]
    problem = facts.problem()
    assert problem.capacities == (2, 2)
    assert problem.scores[0][0] > problem.scores[0][1]
    assert problem.scores[2][1] > problem.scores[2][0]
    assert facts.pair(0, 0).points == problem.scores[0][0] == sum(part["points"] for part in facts.parts(0, 0))


def test_only_appointed_mentors_and_mentees_in_training_are_paired(year):
    year.talker.status = MentorStatus.DECLINED
    year.talker.save()
    year.cc1.status = MenteeStatus.RESERVE
    year.cc1.save()
    facts = facts_of(year.cohort)
    assert [str(one) for one in facts.mentors] == ["郑老师"]
    assert [str(one) for one in facts.mentees] == ["学员乙", "学员丙", "学员丁"]


def test_recorded_bars_and_one_community_are_barred(year):
    actions.bar(by=year.officer, mentor=year.talker, mentee=year.cc1, kind="line")
    year.pb1.secretary.community = year.reader.secretary.community
    year.pb1.secretary.save()
    scores = facts_of(year.cohort).scores
    assert scores[0][0] is None
    assert scores[2][1] is None
    assert None not in (scores[0][1], scores[2][0], *scores[1], *scores[3])


def test_wishes_of_both_sides_reach_the_score(year):
    before = facts_of(year.cohort).scores[0][1]
    actions.set_wishes(by=year.officer, member=year.cc1, chosen=[year.reader])
    actions.set_wishes(by=year.officer, member=year.reader, chosen=[year.cc1])
    after = facts_of(year.cohort).scores
    assert after[0][1] == before + 10
    assert after[1][1] < facts_of(year.cohort).scores[0][1]


def test_neighbouring_subdistricts_are_known(year):
    distances = [facts_of(year.cohort).parts(0, column)[3]["facts"]["distance_class"] for column in (0, 1)]
    assert distances == ["same", "neighbour"]


def test_a_draft_keeps_the_weights_it_was_made_with(year, draft):
    year.cohort.rules.weight_gap, year.cohort.rules.weight_kind = 0, 100
    year.cohort.rules.save()
    assert workbench_of(draft).facts.weights.gap == 40
    assert facts_of(year.cohort).weights.gap == 0


def test_reading_costs_the_same_for_any_size(year, count_queries):
    few = count_queries(lambda: facts_of(year.cohort).scores)
    add_mentor(year.cohort, "陆老师", {"ER": 5}, year.cast.subdistricts[0])
    for name in ("学员戊", "学员己", "学员庚"):
        add_mentee(year.cohort, name, {"ER": 1}, year.cast.subdistricts[1])
    assert count_queries(lambda: facts_of(year.cohort).scores) == few


def reasons(facts, row, column):
    return [line.text for line in part_rows(facts.parts(row, column), facts.subjects)]


def test_reasons_in_words(year):
    facts = facts_of(year.cohort)
    assert reasons(facts, 0, 0) == [
        "徒弟最缺沟通协调技巧（1级），师傅正好能教（5级）",
        "双方都没有填意愿",
        "都是售后公房（工人新村）",
        "在同一街镇，路近",
    ]
    assert reasons(facts, 3, 0)[2:] == ["徒弟那里是商品房，师傅熟悉售后公房（工人新村）", "在相邻街镇"]


def test_reasons_name_the_subjects_in_the_readers_language(year):
    facts = facts_of(year.cohort)
    with translation.override("en"):
        text = reasons(facts, 0, 0)[0]
    assert "Communication and coordination" in text
    assert "沟通协调技巧" not in text


def test_every_case_has_its_own_words():
    wish = {"mentee_rank": None, "mentor_rank": None, "mentee_wished": True, "mentor_wished": False}
    said = [
        text.text
        for text in part_rows(
            [
                {"code": "wish", "points": 1, "out_of": 20, "facts": wish},
                {"code": "wish", "points": 1, "out_of": 20, "facts": wish | {"mentee_rank": 2}},
                {"code": "wish", "points": 1, "out_of": 20, "facts": wish | {"mentee_rank": 1, "mentor_rank": 1}},
                {"code": "gap", "points": 20, "out_of": 40, "facts": {"rated": False}},
                {"code": "distance", "points": 0, "out_of": 20, "facts": {"distance_class": "far"}},
            ]
        )
    ]
    assert len(set(said)) == 5
    assert all(said)


def test_a_shortage_can_be_checked_by_counting(year):
    facts = facts_of(year.cohort)
    text = shortage_words(facts, Shortage("only_these_mentors", (0, 1, 2), (0,), 2, (2,)))
    assert text == "因为回避，有3名学员只能跟沈老师，那里除去锁定的只有2个名额，所以学员丙没有安排。"
    assert "同每位师傅都要回避" in shortage_words(facts, Shortage("barred_from_all", (0,), (), 0, (0,)))
    assert "缺1个" in shortage_words(facts, Shortage("too_few_places", (0, 1, 2), (0,), 2, (2,)))


def test_a_price_says_the_sum_and_the_floor_when_it_changes():
    assert price_words(Price(300, 297, 60, 60, True)) == "合计−3"
    assert price_words(Price(300, 307, 60, 64, True)) == "合计+7，最低60→64"
