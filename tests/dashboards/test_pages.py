import datetime

import pytest
from django.db import DatabaseError
from django.urls import reverse
from django.utils import timezone

from cohorts.models import Pairing
from mentorship.accounts.models import RoleGrant
from mentorship.places.models import Studio
from tests.factories import MenteeFactory, PairingFactory
from tests.factories.practice import make_homework, make_log, make_reflection

HOMES = {
    "lead": "dashboards:overview",
    "officer": "dashboards:overview",
    "leader": "dashboards:overview",
    "mentor": "dashboards:mentor_home",
    "mentee": "dashboards:mentee_home",
    "liaison": "dashboards:liaison_home",
    "reviewer": "dashboards:reviewer_home",
}


@pytest.mark.parametrize(("who", "home"), HOMES.items())
def test_the_front_door_leads_each_role_home(as_, who, home):
    response = as_(who).get("/", follow=True)
    assert response.redirect_chain == [(reverse(home), 302)]
    assert response.status_code == 200


def test_someone_without_a_role_is_told_whom_to_phone(as_):
    response = as_("nobody").get("/")
    assert response.status_code == 200
    assert "还没有角色" in response.text


def test_the_overview_of_a_day_shows_that_days_board(as_, cast):
    day = datetime.date(2019, 1, 29)
    Pairing.objects.filter(pk=cast.pairing.pk).update(ends=day)
    before = as_("lead").get(reverse("dashboards:overview"), {"on": "2019-01-28"})
    after = as_("lead").get(reverse("dashboards:overview"), {"on": "2019-01-29"})
    assert [p.name for p in before.context["board"].bays[0].posts if p.url] == ["何嘉怡"]
    assert [p.name for p in after.context["board"].bays[0].posts if p.url] == []
    assert before.context["figures"]["count"] == 2
    assert after.context["figures"]["count"] == 1


@pytest.mark.parametrize("nonsense", ["", "2019-02-31", "yesterday", "9999-99-99"])
def test_a_day_that_is_none_shows_today(as_, nonsense):
    response = as_("lead").get(reverse("dashboards:overview"), {"on": nonsense})
    assert response.context["is_today"]


def test_anothers_cohort_is_not_there(as_, cast):
    assert as_("lead").get(reverse("dashboards:overview"), {"cohort": cast.other_cohort.pk}).status_code == 404
    assert as_("lead").get(reverse("dashboards:overview"), {"cohort": cast.cohort.pk}).status_code == 200


def test_a_mentee_in_training_without_a_mentor_needs_attention(as_, cast):
    alone = MenteeFactory(cohort=cast.cohort)
    rows = as_("lead").get(reverse("dashboards:overview")).context["attention"]
    without_mentor = {row.title for row in rows if row.mark_text == "还没有师傅"}
    assert without_mentor == {str(alone)}


def test_a_mentor_reads_their_own_five_only(as_, cast):
    text = as_("mentor").get(reverse("dashboards:mentor_home")).text
    assert "何嘉怡" in text
    assert "钱立峰" not in text


def test_a_mentee_reads_who_the_mentor_is(as_, cast):
    text = as_("mentee").get(reverse("dashboards:mentee_home")).text
    assert "师从沈桂芳" in text
    assert "郑国平" not in text


def test_a_liaison_sees_the_own_subdistrict_only(as_, cast):
    text = as_("liaison").get(reverse("dashboards:liaison_home")).text
    assert "何嘉怡" in text
    assert "钱立峰" not in text


def test_a_role_taken_away_closes_the_home_at_once(as_, cast):
    browser = as_("mentor")
    assert browser.get(reverse("dashboards:mentor_home")).status_code == 200
    RoleGrant.objects.filter(user=cast.mentor).update(revoked_at="2019-01-01T00:00Z")
    assert browser.get(reverse("dashboards:mentor_home")).status_code == 403


@pytest.mark.parametrize(
    ("who", "name"),
    [("lead", "dashboards:overview"), ("mentor", "dashboards:mentor_home"), ("liaison", "dashboards:liaison_home")],
)
def test_a_home_costs_the_same_for_one_row_and_for_three(as_, cast, who, name, count_queries):
    browser = as_(who)
    first = count_queries(lambda: browser.get(reverse(name)))
    for seat in (2, 3):
        row = MenteeFactory(cohort=cast.cohort)
        PairingFactory(mentor=cast.mentor_row, mentee=row, seat=seat)
    assert count_queries(lambda: browser.get(reverse(name))) == first
    assert first <= 37  # every app that has dates is asked for the next ones


def test_health_is_good_when_the_database_answers(client, db):
    response = client.get("/healthz")
    assert (response.status_code, response.content) == (200, b"ok")


def test_health_is_bad_without_detail_when_it_does_not(client, db, monkeypatch):
    def broken(*args, **kwargs):
        raise DatabaseError("secret detail")

    monkeypatch.setattr("evaluations.dashboards.public.MigrationExecutor", broken)
    response = client.get("/healthz")
    assert response.status_code == 503
    assert b"secret" not in response.content


@pytest.mark.parametrize(("free", "words"), [(15, b"ok"), (14, b"disk low")])
def test_health_says_when_the_disk_fills_up_and_turns_nobody_away(client, db, monkeypatch, free, words):
    monkeypatch.setattr("evaluations.dashboards.public.percent_free", lambda folder: free)
    response = client.get("/healthz")
    assert (response.status_code, response.content) == (200, words)


def test_health_is_bad_while_a_migration_waits(client, db, monkeypatch):
    monkeypatch.setattr(
        "evaluations.dashboards.public.MigrationExecutor.migration_plan", lambda self, targets: [("people.0002", False)]
    )
    assert client.get("/healthz").status_code == 503


def test_the_overview_names_those_without_a_log_for_thirty_days(as_, cast):
    def quiet():
        rows = as_("lead").get(reverse("dashboards:overview")).context["attention"]
        return {row.title: row.mark_text for row in rows if row.mark == "due" and "没有记录" in row.mark_text}

    Studio.objects.filter(pk=cast.studio.pk).update(demo_today="2018-10-15")
    make_log(cast.pairing, date=datetime.date(2018, 10, 1))
    assert quiet() == {"钱立峰": "61天没有记录"}


def test_the_mentors_home_leads_to_the_form_and_says_what_was_logged_last(as_, cast):
    home = reverse("dashboards:mentor_home")
    assert "还没有记录。" in as_("mentor").get(home).text
    log = make_log(cast.pairing)
    page = as_("mentor").get(home)
    assert reverse("logs:write") in page.text
    assert page.context["latest"] == log


def test_the_mentors_home_asks_to_confirm_what_another_typed(as_, cast):
    make_log(cast.pairing, confirmed_at=None, title="代记的一次")

    def due(who):
        return [row.title for row in as_(who).get(reverse("dashboards:mentor_home")).context["due"]]

    assert due("mentor")[0] == "代记的一次"
    assert "代记的一次" not in due("other_mentor")


def test_a_mentee_sees_sessions_but_not_what_is_for_the_studio_only(as_, cast):
    make_log(cast.pairing, title="一楼的门")
    make_log(cast.pairing, title="只给工作室", privacy="studio")
    page = as_("mentee").get(reverse("dashboards:mentee_home"))
    assert "一楼的门" in page.text
    assert "只给工作室" not in page.text
    assert page.context["post"].value_text == "2/24"


def a_year_of(cast):
    Studio.objects.filter(pk=cast.studio.pk).update(demo_today="2018-10-15")


def test_the_mentors_home_leads_to_what_waits_for_the_red_pen(as_, cast):
    a_year_of(cast)
    reflection = make_reflection(cast.mentee_row, title="一扇门")
    homework = make_homework(cast.mentee_row, state="handed_in", handed_in_on="2018-10-01")
    make_reflection(cast.other_mentee_row, title="别人的徒弟")
    make_log(cast.pairing, date=datetime.date(2018, 10, 10), next_date=datetime.date(2018, 10, 20))
    page = as_("mentor").get(reverse("dashboards:mentor_home"))
    urls = [row.url for row in page.context["due"]]
    assert urls == [
        reverse("logs:reflection_answer", args=[reflection.pk]),
        reverse("logs:homework_answer", args=[homework.pk]),
        reverse("logs:where", args=[cast.mentee_row.pk]),
    ]
    assert page.text.count(reverse("logs:where", args=[cast.mentee_row.pk])) == 2
    assert "别人的徒弟" not in page.text


def test_the_mentees_home_says_what_to_hand_in_and_what_was_answered(as_, cast):
    a_year_of(cast)
    work = make_homework(cast.mentee_row, due="2018-10-20")
    make_reflection(cast.mentee_row, state="draft", mark="rewrite", comment="数呢", commented_at=timezone.now())
    make_reflection(
        cast.mentee_row, state="answered", mark="good", comment="写得老实", commented_at=timezone.now(),
        commented_by=cast.mentor,
    )  # fmt: skip
    make_log(cast.pairing, next_date=datetime.date(2018, 10, 22))
    page = as_("mentee").get(reverse("dashboards:mentee_home"))
    assert [row.mark_text for row in page.context["due"]] == ["10月20日前交", "师傅请再写一写"]
    for words in ("写得老实", "10月22日", "还没有定过级", reverse("logs:homework_hand_in", args=[work.pk])):
        assert words in page.text
    assert "写得老实" not in as_("other_mentee").get(reverse("dashboards:mentee_home")).text


def test_the_next_date_of_a_private_log_stays_private(as_, cast):
    a_year_of(cast)
    make_log(cast.pairing, next_date=datetime.date(2018, 10, 22), privacy="studio")
    assert as_("mentee").get(reverse("dashboards:mentee_home")).context["next_date"] is None


def test_work_long_unanswered_asks_for_attention(as_, cast):
    a_year_of(cast)
    make_reflection(cast.mentee_row, date=datetime.date(2018, 9, 30))
    make_reflection(cast.other_mentee_row, date=datetime.date(2018, 10, 1))
    make_homework(cast.mentee_row, state="handed_in", handed_in_on="2018-09-29")
    make_homework(cast.other_mentee_row, state="answered", handed_in_on="2018-09-01", commented_at=timezone.now())
    rows = as_("lead").get(reverse("dashboards:overview")).context["attention"]
    assert [(row.title, row.mark_text) for row in rows if row.mark_text.startswith("交来")] == [
        ("何嘉怡的作业", "交来16天"), ("何嘉怡的心得", "交来15天"),
    ]  # fmt: skip


def test_the_overview_counts_up_to_its_day(as_, cast):
    a_year_of(cast)
    make_log(cast.pairing)
    make_reflection(cast.mentee_row)
    make_homework(cast.mentee_row, state="handed_in", handed_in_on="2018-10-01")
    page = as_("lead").get(reverse("dashboards:overview"))
    assert page.context["practice"] == {
        "logs": 1,
        "reflections": 1,
        "set": 1,
        "came": 1,
        "found": 0,
        "mended": 0,
    }
    assert "截至2018年10月15日" in page.text
    earlier = as_("lead").get(reverse("dashboards:overview"), {"on": "2018-09-20"}).context["practice"]
    assert earlier == {"logs": 1, "reflections": 1, "set": 1, "came": 0, "found": 0, "mended": 0}


@pytest.mark.parametrize(("who", "name"), [("mentor", "mentor_home"), ("mentee", "mentee_home"), ("lead", "overview")])
def test_a_home_costs_the_same_for_one_piece_of_work_and_for_three(as_, cast, who, name, count_queries):
    a_year_of(cast)
    browser, page = as_(who), reverse(f"dashboards:{name}")

    def work():
        make_reflection(cast.mentee_row)
        make_reflection(cast.mentee_row, state="draft")
        make_reflection(
            cast.mentee_row, state="answered", mark="good", commented_at=timezone.now(), commented_by=cast.mentor
        )
        make_homework(cast.mentee_row)
        make_homework(cast.mentee_row, state="handed_in", handed_in_on="2018-09-29")
        make_log(cast.pairing, next_date=datetime.date(2018, 10, 20))

    work()
    browser.get(page)
    one = count_queries(lambda: browser.get(page))
    work()
    work()
    assert count_queries(lambda: browser.get(page)) == one
    assert one <= 49
