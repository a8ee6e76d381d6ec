"""The acts of a cohort through its pages, as the project lead does them."""

import pytest
from django.core.files.base import ContentFile
from django.urls import reverse

from cohorts.choices import MenteeStatus, MentorStatus, Stage
from cohorts.models import Cohort, Mentee, Mentor, RosterChange
from cohorts.words import part_words
from tests.editing import seen_at
from tests.factories import MenteeFactory, SecretaryFactory

from .conftest import D, make_mentee, make_mentor


@pytest.fixture
def post(lead, as_):
    def send(name, row, /, **data):
        return as_("lead").post(reverse(f"cohorts:{name}", args=[row.pk]), data)

    return send


def text(answer):
    return answer.content.decode()


def test_a_cohort_is_made_with_twelve_months(lead, as_, cast):
    form = {
        "name": "第三批", "starts": "2019-08-15", "months": 12, "mentors_planned": 6, "mentees_per_mentor": 5,
        "framework": cast.cohort.framework.pk,
    }  # fmt: skip
    assert as_("lead").post(reverse("cohorts:create"), form).status_code == 302
    made = Cohort.objects.get(name="第三批")
    assert (made.ends, made.mentees_planned, made.rules.mentees_per_mentor) == (D(2020, 8, 15), 30, 5)
    again = as_("lead").post(reverse("cohorts:create"), form)
    assert "已经有叫" in text(again)
    assert 'value="第三批"' in text(again)  # nothing typed is lost


def test_rules_are_changed_and_brought_back(post, selecting, as_):
    page = reverse("cohorts:rules", args=[selecting.pk])
    shown = text(as_("lead").get(page))
    assert "默认56，1到200" in shown
    form = as_("lead").get(page).context["form"]
    data = {name: form[name].value() for name in form.fields} | {"hours_target": 60}
    assert not form.is_bound
    assert post("rules", selecting, **{k: v for k, v in data.items() if v is not None}).status_code == 302
    selecting.rules.refresh_from_db()
    assert selecting.rules.hours_target == 60
    refused = post("rules", selecting, **({k: v for k, v in data.items() if v is not None} | {"months": 40}))
    assert refused.status_code == 200
    assert 'role="alert"' in text(refused)
    post("rules", selecting, defaults="1")
    selecting.rules.refresh_from_db()
    assert selecting.rules.hours_target == 56


def test_a_mentor_is_found_nominated_assessed_appointed(post, selecting, as_, studio):
    person = SecretaryFactory(studio=studio, name="老书记", working_state="retired", birth=D(1955, 1, 1))
    page = reverse("cohorts:nominate", args=[selecting.pk])
    assert "老书记" in text(as_("lead").get(page, {"q": "老书"}))
    assert "没有找到" in text(as_("lead").get(page, {"q": "查无此人"}))
    post("nominate", selecting, secretary=person.pk, capacity=5, recommender="街道")
    mentor = Mentor.objects.get(secretary=person)
    rated = {"political": "good", "practice": "good", "teaching": "fair"}
    evidence = {f"{name}_evidence": "看到的" for name in rated}
    lacking = post("mentor_assess", mentor, **rated)
    assert "还空着" in text(lacking)
    seen = seen_at(as_("lead"), reverse("cohorts:mentor_assess", args=[mentor.pk]))
    post("mentor_assess", mentor, **rated, **evidence, PB=5, CG=4, **seen)
    post("mentor_appoint", mentor)
    mentor.refresh_from_db()
    assert mentor.status == MentorStatus.APPOINTED
    assert dict(mentor.strengths.values_list("subject__code", "level")) == {"PB": 5, "CG": 4}


def test_appointing_too_early_says_why(post, selecting, lead):
    mentor = make_mentor(lead, selecting, appoint=False)
    assert "还没有考察完" in text(post("mentor_appoint", mentor))


def test_mentees_are_ticked_chosen_ranked_declined(post, selecting, lead, as_):
    rows = [make_mentee(lead, selecting, choose=False) for _ in range(5)]
    post("mentee_choose", selecting, mentees=[rows[0].pk, rows[1].pk])
    post("mentee_reserve", selecting, mentees=[rows[2].pk, rows[3].pk])
    last = selecting.mentees.get(reserve_rank=2)
    post("mentee_rank", last, to="up")
    post("mentee_decline", rows[4], reason="")
    last.refresh_from_db()
    assert last.reserve_rank == 1
    assert selecting.mentees.in_training().count() == 2
    assert Mentee.objects.get(pk=rows[4].pk).status == MenteeStatus.DECLINED
    nothing = as_("lead").post(reverse("cohorts:mentee_choose", args=[selecting.pk]), {}, follow=True)
    assert "先勾选学员" in text(nothing)


def test_the_stage_moves_on_only_when_ready(post, selecting, lead):
    refused = post("advance", selecting)
    assert "还没有聘任带教书记" in text(refused)
    make_mentor(lead, selecting)
    make_mentee(lead, selecting)
    assert post("advance", selecting).status_code == 302
    selecting.refresh_from_db()
    assert selecting.stage == Stage.PAIRING


def decide(as_, mentee):
    address = reverse("cohorts:proposal", args=[mentee.roster_proposals.get().pk])
    assert as_("lead").post(address, {"agreed": "yes"}).status_code == 302


def test_the_roster_is_adjusted_page_by_page(post, year, as_):
    first, second, third, _ = year.mentees
    facts = {"date": "2018-11-01", "reason": "说得清的原因"}
    refused = post("withdraw", third, withdraw_reason="discipline", **facts)
    assert "先有提醒谈话" in text(refused)
    assert "说得清的原因" in text(refused)
    post("talk", third, date="2018-10-20", talkers="许", facts="缺席", agreed_actions="补课")
    officer = as_("officer")
    hurting = {"withdraw_reason": "discipline", "reevaluation": "限期里还是没有来", **facts}
    officer.post(reverse("cohorts:withdraw", args=[third.pk]), hurting)
    decide(as_, third)
    post("repair", first, to_mentor=year.mentors[1].pk, **facts)
    post("pause", second, until="2018-12-20", **facts)
    post("resume", second, date="2018-11-20", reason="回来了")
    officer.post(reverse("cohorts:extend", args=[second.pk]), {"months": 3, **facts})
    decide(as_, second)
    post("substitute", third, mentee_in=year.reserve[1].pk, date="2018-11-05", reason="面谈")
    kinds = set(RosterChange.objects.values_list("kind", flat=True))
    assert kinds == {"withdraw", "repair", "pause", "return", "extend"}  # the seat was given to `first` by then
    page = reverse("cohorts:roster", args=[year.cohort.pk])
    assert "违纪" in text(as_("lead").get(page))
    assert "违纪" not in text(as_("lead").get(page, {"on": "2018-10-01"}))
    assert as_("lead").get(page, {"on": "不是日期"}).status_code == 200


def test_a_seat_is_filled_from_the_reserve(post, year, as_):
    gone = year.mentees[2]
    post("withdraw", gone, withdraw_reason="transfer", date="2018-11-01", reason="调往外区")
    page = reverse("cohorts:substitute", args=[gone.pk])
    assert "最晚2018年12月31日可以递补" in text(as_("lead").get(page))
    post("substitute", gone, mentee_in=year.reserve[0].pk, date="2018-11-05", reason="面谈")
    assert year.reserve[0].pairings.get().mentor == year.mentors[1]


def test_the_portrait_of_a_member(cast, as_, settings, tmp_path):
    secretary = cast.mentee_row.secretary
    secretary.portrait.save("p.jpg", ContentFile(b"jpeg"))
    page = reverse("cohorts:portrait", args=[cast.mentee_row.pk])
    for who, status in [("lead", 200), ("mentor", 200), ("mentee", 200), ("other_mentor", 404), ("other_mentee", 404),
                        ("stranger", 404)]:  # fmt: skip
        answer = as_(who).get(page)
        assert answer.status_code == status, who
        if status == 200:
            assert b"".join(answer) == b"jpeg"
    secretary.portrait.delete()


def test_pool_filters(lead, selecting, as_, studio):
    SecretaryFactory(studio=studio, name="合适人")
    SecretaryFactory(studio=studio, name="年长人", birth=D(1965, 1, 1))
    MenteeFactory(cohort=selecting, secretary=SecretaryFactory(studio=studio, name="已推荐"), status="recommended")
    page = reverse("cohorts:pool", args=[selecting.pk])

    def shown(**query):
        return {row.secretary.name for row in as_("lead").get(page, query).context["page"]}

    assert {"合适人", "年长人", "已推荐"} <= shown()
    assert "年长人" not in shown(qualifies="yes")
    assert "合适人" not in shown(qualifies="no")
    assert shown(state="recommended") == {"已推荐"}
    assert shown(q="hsr") | shown(q="合适") == {"合适人"}
    assert "没有合适的人选" in text(as_("lead").get(page, {"q": "查无此人"}))
    for sort in ("age", "since", "place", "x"):
        assert as_("lead").get(page, {"sort": sort}).status_code == 200


@pytest.mark.parametrize(("part", "words"), [
    ({"code": "gap", "facts": {"rated": True, "subject": "CG", "level": 1, "strength": 5}}, "徒弟最缺治理（1级），师傅正好能教（5级）"),
    ({"code": "gap", "facts": {"rated": True, "subject": "CG", "level": 2, "strength": None}}, "徒弟最缺治理（2级），师傅这一块没有记擅长"),
    ({"code": "gap", "facts": {"rated": False}}, "徒弟还没有摸底，先按一半算"),
    ({"code": "wish", "facts": {"mentee_rank": 1, "mentor_rank": 2}}, "徒弟第1志愿，师傅第2志愿"),
    ({"code": "wish", "facts": {}}, "双方都没有填意愿"),
    ({"code": "kind", "facts": {"match": "same", "mentee_kind": "shangpin"}}, "都是商品房"),
    ({"code": "distance", "facts": {"distance_class": "neighbour"}}, "在相邻街镇"),
    ({"code": "unknown"}, ""),
])  # fmt: skip
def test_parts_in_words(part, words):
    assert part_words(part) == words


def test_pages_without_a_way_on_say_so(post, year, as_):
    page = reverse("cohorts:repair", args=[year.mentees[0].pk])
    assert "别的师傅都没有空席位" in text(as_("lead").get(page))
    Mentee.objects.filter(status=MenteeStatus.RESERVE).update(status=MenteeStatus.DECLINED, reserve_rank=None)
    post("withdraw", year.mentees[2], withdraw_reason="transfer", date="2018-11-01", reason="调往外区")
    assert "后备名单是空的" in text(as_("lead").get(reverse("cohorts:substitute", args=[year.mentees[2].pk])))
