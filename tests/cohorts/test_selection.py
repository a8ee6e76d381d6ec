"""Selection of both sides, and the pool with its reasons."""

from cohorts import actions
from cohorts.choices import MentorStatus
from cohorts.queries import pool, quota_of
from tests.factories import SecretaryFactory, UserFactory

from .conftest import LEVELS, RATINGS, D, make_mentee, make_mentor, refused, verbs


def test_a_mentor_is_nominated_rated_appointed(lead, selecting):
    mentor = make_mentor(lead, selecting, appoint=False)
    refused("还没有考察完", actions.appoint_mentor, by=lead, mentor=mentor)
    lacking = RATINGS | {"teaching": ("good", " ")}
    refused("写一句依据", actions.assess_mentor, by=lead, mentor=mentor, ratings=lacking)
    refused("三条都要评", actions.assess_mentor, by=lead, mentor=mentor, ratings={"political": ("good", "依据")})
    actions.assess_mentor(by=lead, mentor=mentor, ratings=RATINGS)
    actions.set_strengths(by=lead, mentor=mentor, levels={"PB": 5, "CG": 4})
    actions.appoint_mentor(by=lead, mentor=mentor)
    assert mentor.status == MentorStatus.APPOINTED
    assert mentor.appointed_on == D(2018, 12, 1)
    assert verbs(mentor) == ["mentor.nominated", "mentor.assessed", "mentor.strengths_set", "mentor.appointed"]


def test_no_more_mentors_than_planned(lead, selecting):
    make_mentor(lead, selecting)
    make_mentor(lead, selecting)
    refused("计划2位带教书记，已经聘满", make_mentor, by=lead, cohort=selecting)


def test_the_same_person_is_not_nominated_twice_nor_on_both_sides(lead, selecting):
    mentor, mentee = make_mentor(lead, selecting), make_mentee(lead, selecting)
    refused("已经在这一批", actions.nominate_mentor, by=lead, cohort=selecting, secretary=mentor.secretary)
    refused("不能同时当师傅", actions.nominate_mentor, by=lead, cohort=selecting, secretary=mentee.secretary)
    refused("还不能推荐", actions.recommend_mentee, by=lead, cohort=selecting, secretary=mentor.secretary)
    refused("已在这一批的名单里", actions.recommend_mentee, by=lead, cohort=selecting, secretary=mentee.secretary)


def test_nobody_decides_on_themselves(lead, selecting):
    mentor = make_mentor(lead, selecting, appoint=False)
    mentor.secretary.user = lead
    mentor.secretary.save()
    refused("与您本人有关", actions.assess_mentor, by=lead, mentor=mentor, ratings=RATINGS)
    helper = UserFactory()
    helper.acting_user = lead
    refused("与您本人有关", actions.decline_mentor, by=helper, mentor=mentor)


def test_levels_are_one_to_five_of_known_subjects(lead, selecting):
    mentee = make_mentee(lead, selecting)
    refused("1到5", actions.set_baseline, by=lead, mentee=mentee, levels={"PB": 6})
    refused("没有XX", actions.set_baseline, by=lead, mentee=mentee, levels={"XX": 3})
    actions.set_baseline(by=lead, mentee=mentee, levels=LEVELS | {"PB": 4})
    assert dict(mentee.baseline.values_list("subject__code", "level")) == LEVELS | {"PB": 4}


def test_no_more_mentees_than_planned_and_all_or_none(lead, selecting):
    rows = [make_mentee(lead, selecting, choose=False) for _ in range(5)]
    refused("计划4名学员，已经选满", actions.choose_mentees, by=lead, mentees=rows)
    assert selecting.mentees.in_training().count() == 0
    assert actions.choose_mentees(by=lead, mentees=rows[:4]) == 4


def test_the_reserve_list_keeps_its_order(lead, selecting):
    rows = [make_mentee(lead, selecting, choose=False) for _ in range(3)]
    actions.reserve_mentees(by=lead, mentees=rows)
    actions.move_reserve(by=lead, mentee=rows[2], up=True)
    actions.move_reserve(by=lead, mentee=rows[2], up=True)
    actions.move_reserve(by=lead, mentee=rows[2], up=True)  # already first
    ranked = selecting.mentees.exclude(reserve_rank=None).order_by("reserve_rank")
    assert list(ranked) == [rows[2], rows[0], rows[1]]


def chips_of(cohort, secretary):
    row = next(row for row in pool(cohort) if row.secretary == secretary)
    return row, {chip.code: chip for chip in row.chips}


def test_the_pool_says_who_qualifies_and_why_not(lead, selecting, cast):
    fit = SecretaryFactory(studio=cast.studio)
    old = SecretaryFactory(studio=cast.studio, birth=D(1970, 1, 1))
    gone = SecretaryFactory(studio=cast.studio, working_state="retired")
    row, chips = chips_of(selecting, fit)
    assert row.qualifies
    assert (chips["age"].text, chips["service"].text) == ("33岁，不超过45岁", "在职")
    assert chips["tenure"].met
    assert not chips_of(selecting, old)[0].qualifies
    assert chips_of(selecting, old)[1]["age"].text == "48岁，超过45岁"
    assert chips_of(selecting, gone)[1]["service"].text == "已退休"
    assert chips_of(selecting, cast.mentee_row.secretary)[1]["elsewhere"].text == "第一批学员"
    assert not chips_of(selecting, cast.mentor_row.secretary)[0].qualifies
    refused("48岁，超过45岁", actions.recommend_mentee, by=lead, cohort=selecting, secretary=old)


def test_age_counts_on_the_day_the_cohort_begins(lead, selecting, cast):
    on_the_line = SecretaryFactory(studio=cast.studio, birth=D(1972, 8, 16))
    over = SecretaryFactory(studio=cast.studio, birth=D(1972, 8, 15))
    assert chips_of(selecting, on_the_line)[0].qualifies
    assert not chips_of(selecting, over)[0].qualifies


def test_the_quota_is_spread_over_the_subdistricts(lead, selecting, cast):
    quota = quota_of(selecting)
    assert quota == 1  # four over the subdistricts there are
    assert quota_of(cast.cohort, 10) == 3
    made = make_mentee(lead, selecting, choose=False)
    mate = SecretaryFactory(studio=cast.studio, community=made.secretary.community)
    row, chips = chips_of(selecting, mate)
    assert chips["quota"].text == f"本街镇名额{quota_of(selecting)}，已推荐1"
    assert row.qualifies  # the quota informs, it does not bar
