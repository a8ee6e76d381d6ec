"""The pages: what each shows, to whom, and at the same price for one row and for three."""

import datetime

import pytest
from django.core.cache import cache
from django.urls import reverse

from evaluations.promotions import actions
from evaluations.promotions.models import Ballot, Objection, OpenVote, Review
from mentorship.accounts.roles import Role
from tests.factories import CohortFactory, MenteeFactory, RoleGrantFactory, SecretaryFactory
from tests.factories.promotions import make_certificate, make_decided, make_notice, make_review

from .conftest import NOTICE_DAY, REVIEW_DAY, decide, fresh, set_today


def text(response) -> str:
    return response.content.decode()


def url(name, *args):
    return reverse(f"promotions:{name}", args=args)


@pytest.fixture(autouse=True)
def nobody_has_sent_yet():
    cache.clear()


def test_the_button_waits_for_the_quorum(panel, come, as_):
    come(5)
    page = text(as_("officer").get(url("review", panel.review.pk)))
    assert "还差1位到会，才能表决" in page
    assert "disabled" in page
    come(6)
    page = text(as_("officer").get(url("review", panel.review.pk)))
    assert "应到9位，实到6位，可以表决" in page
    assert "disabled" not in page


def test_opening_without_quorum_is_told_by_the_act_too(panel, come, as_):
    come(5)
    response = as_("officer").post(url("open_vote", panel.candidates[0].pk), follow=True)
    assert "到6位才能表决" in text(response)


def test_a_reader_sees_and_has_no_buttons(panel, come, as_):
    come(8)
    page = text(as_("leader").get(url("review", panel.review.pk)))
    assert "到会" in page
    assert 'method="post" action="/promotions/' not in page


def test_the_mentor_of_the_candidate_is_told_to_step_aside(panel, come, as_):
    come(8)
    actions.open_vote(by=panel.cast.officer, candidate=fresh(panel.candidates[0]))
    page = as_("mentor").get(url("vote", panel.candidates[0].pk))
    assert "这一位您回避" in text(page)
    response = as_("mentor").post(url("vote", panel.candidates[0].pk), {"choice": "agree"})
    assert "您这一票回避" in text(response)
    assert not OpenVote.objects.exists()
    assert panel.candidates[0].mentee.secretary.name not in text(as_("mentor").get("/promotions/")).split("等您表决")[0]


def test_a_member_votes_on_a_phone_and_cannot_twice(panel, come, as_):
    come(8)
    actions.open_vote(by=panel.cast.officer, candidate=fresh(panel.candidates[1]))
    browser, page = as_("mentor"), url("vote", panel.candidates[1].pk)
    assert "等您表决" in text(browser.get("/promotions/"))
    refused = browser.post(page, {"choice": "disagree", "reason": ""})
    assert "不同意的，写一句理由" in text(refused)
    assert browser.post(page, {"choice": "disagree", "reason": "再看三个月"}).status_code == 302
    assert "您已经投过票了" in text(browser.get(page))
    assert "您已经投过票了，一人一票" in text(browser.post(page, {"choice": "agree"}))
    assert OpenVote.objects.get().reason == "再看三个月"


def test_nothing_typed_is_lost_when_two_write(panel, as_):
    row = panel.candidates[0]
    page = url("candidate_edit", row.pk)
    as_("officer").post(page, {"version": 1, "recommendation": "肯蹲下来"})
    response = text(as_("lead").post(page, {"version": 1, "recommendation": "另写一句"}))
    assert "肯蹲下来" in response
    assert "另写一句" in response
    assert as_("lead").post(page, {"version": 2, "recommendation": "另写一句"}).status_code == 302
    assert fresh(row).recommendation == "另写一句"


def test_the_file_says_what_is_missing(panel, as_):
    page = text(as_("reviewer").get(url("candidate", panel.candidates[0].pk)))
    assert "还没有的" in page
    assert "两次评估" in page


def test_an_officer_who_moved_away_sees_nothing(panel, as_):
    officer = panel.cast.officer
    officer.role_grants.update(revoked_at="2019-08-01T00:00Z")
    RoleGrantFactory(user=officer, studio=panel.cast.other_studio, role=Role.OFFICER)
    for page in (
        url("review", panel.review.pk),
        url("candidate", panel.candidates[0].pk),
        url("members", panel.review.pk),
    ):
        assert as_("officer").get(page).status_code == 404
    assert "晋尖子学员</a>" not in text(as_("officer").get("/promotions/"))


def test_a_candidate_sees_the_own_result_only_when_it_stands(panel, come, as_):
    come(8)
    page = url("result", panel.candidates[0].pk)
    assert as_("mentee").get(page).status_code == 404
    for row in panel.candidates:
        decide(
            panel,
            row,
            8 if row != panel.candidates[0] else 7,
            skip=[] if row != panel.candidates[0] else [panel.members[2]],
        )
    actions.conclude(by=panel.cast.lead, review=fresh(panel.review))
    assert "同意晋级" in text(as_("mentee").get(page))
    assert as_("other_mentee").get(page).status_code == 404
    assert as_("mentee").get(url("review", panel.review.pk)).status_code == 404


@pytest.fixture
def hanging(panel):
    """A notice that hangs, made straight in the database."""
    set_today(panel.studio, NOTICE_DAY)
    review = make_review(panel.cohort, state="noticed")
    decided = make_decided(review, panel.cast.mentee_row)
    notice = make_notice(review, panel.cast.lead, starts=NOTICE_DAY, ends=datetime.date(2019, 8, 13))
    return panel, notice, decided


def test_the_board_shows_five_facts_and_no_more(hanging, as_):
    panel, _notice, decided = hanging
    person = decided.mentee.secretary
    page = text(as_("anonymous").get(url("board", panel.studio.code)))
    for shown in (person.name, person.get_sex_display(), person.get_post_display(), "尖子学员"):
        assert shown in page
    for kept in (person.phone or "无号", "沈桂芳", "同意8票", str(decided.pk), str(person.pk)):
        assert kept not in page


def test_the_board_empties_by_itself(hanging, as_):
    panel, notice, decided = hanging
    set_today(panel.studio, datetime.date(2019, 8, 14))
    page = text(as_("anonymous").get(url("board", panel.studio.code)))
    assert "现在没有公示" in page
    assert decided.mentee.secretary.name not in page
    assert as_("anonymous").get(url("object", panel.studio.code, notice.pk)).status_code == 404


def test_a_notice_kept_inside_is_not_on_the_board(hanging, as_):
    panel, notice, decided = hanging
    notice.public = False
    notice.save()
    assert decided.mentee.secretary.name not in text(as_("anonymous").get(url("board", panel.studio.code)))
    assert as_("anonymous").get(url("object", panel.studio.code, notice.pk)).status_code == 404


def test_anyone_may_object_and_a_name_needs_a_way_to_answer(hanging, as_):
    panel, notice, decided = hanging
    page, browser = url("object", panel.studio.code, notice.pk), as_("anonymous")
    facts = {"candidate": decided.pk, "content": "两篇日志内容相近"}
    assert "好答复您" in text(browser.post(page, facts | {"name": "一居民"}))
    assert browser.post(page, facts).status_code == 302
    row = Objection.objects.get()
    assert (row.signed, row.channel) == (False, "page")


def test_from_one_address_only_a_few_an_hour(hanging, as_):
    panel, notice, decided = hanging
    page, browser = url("object", panel.studio.code, notice.pk), as_("anonymous")
    facts = {"candidate": decided.pk, "content": "两篇日志内容相近"}
    answers = [browser.post(page, facts).status_code for _ in range(6)]
    assert answers == [302] * 5 + [429]
    assert Objection.objects.count() == 5


def test_one_board_tells_nothing_of_another_studio_s_notice(hanging, as_):
    panel, notice, _decided = hanging
    assert as_("anonymous").get(url("object", panel.cast.other_studio.code, notice.pk)).status_code == 404


def test_minutes_have_a_line_for_everyone(panel, come, as_):
    come(8)
    decide(panel, panel.candidates[1], 5, 2, 1)
    page = text(as_("leader").get(url("minutes", panel.review.pk)))
    for member in panel.members:
        assert member.name in page
    assert "监票人" in page


def test_the_ladder_says_what_it_is_not(as_):
    assert "不改变职务、待遇和编制" in text(as_("mentee").get("/promotions/ladder/"))


@pytest.mark.parametrize("name", ["promotions", "graduates", "objections", "open", "holidays"])
def test_lists_cost_the_same_for_one_row_and_for_three(name, panel, as_, count_queries):
    cast = panel.cast
    browser = as_("lead")
    args = [panel.cohort.pk] if name == "open" else []
    mentor = cast.mentor_row

    def add(number):
        mentee = MenteeFactory(cohort=panel.cohort, secretary=SecretaryFactory(studio=panel.studio), tier="key")
        make_certificate(mentee, mentor, number=number)
        review = make_review(panel.cohort, state="noticed", to_tier="assistant_mentor")
        decided = make_decided(review, mentee)
        notice = make_notice(review, cast.lead, starts=REVIEW_DAY, ends=REVIEW_DAY)
        Objection.objects.create(
            studio=panel.studio, notice=notice, candidate=decided, received=REVIEW_DAY, channel="page", content="事"
        )
        actions.set_holiday(by=cast.lead, studio=panel.studio, date=datetime.date(2019, 9, number), is_working=False)

    add(1)
    browser.get(url(name, *args))
    one = count_queries(lambda: browser.get(url(name, *args)))
    add(2)
    add(3)
    assert count_queries(lambda: browser.get(url(name, *args))) == one
    assert Review.objects.count() == 4


def test_a_panel_costs_the_same_for_one_candidate_and_for_three(panel, come, as_, count_queries):
    come(8)
    decide(panel, panel.candidates[0], 7, skip=[panel.members[2]])
    browser, page = as_("leader"), url("review", panel.review.pk)
    browser.get(page)
    one = count_queries(lambda: browser.get(page))
    decide(panel, panel.candidates[1], 8)
    decide(panel, panel.candidates[2], 8)
    assert count_queries(lambda: browser.get(page)) == one


def test_the_box_of_an_open_vote_is_not_in_the_admin(panel, as_):
    """Ballots are read only (tests/admin), and shown only when their vote is closed."""
    open_box = Ballot.objects.create(studio=panel.studio, candidate=panel.candidates[0], agree=1)
    closed = make_decided(make_review(panel.cohort, state="concluded"), panel.cast.mentee_row)
    closed_box = Ballot.objects.create(studio=panel.studio, candidate=closed, agree=1)
    browser = as_("lead")
    assert browser.get(f"/admin/promotions/ballot/{closed_box.pk}/change/").status_code == 200
    assert browser.get(f"/admin/promotions/ballot/{open_box.pk}/change/").status_code in {302, 404}
    assert browser.get("/admin/promotions/ballot/add/").status_code in {403, 404}


def test_a_graduate_s_certificate_waits_for_a_later_cohort(cast, as_):
    certificate = make_certificate(cast.mentee_row, cast.mentor_row)
    page = url("certificate_nominate", certificate.pk)
    assert "还没有更晚的批次" in text(as_("lead").get(page))
    CohortFactory(studio=cast.studio, name="第二批", starts="2030-08-20", ends="2031-08-20")
    assert "第二批" in text(as_("lead").get(page))
