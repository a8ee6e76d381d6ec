"""The list of a cohort's files and the page of one."""

import datetime

import pytest
from django.urls import reverse

from evaluations.archive.models import BoundFile
from tests.factories import MenteeFactory, PairingFactory
from tests.factories.archive import make_bound
from tests.factories.practice import make_homework, make_log, make_reflection

from .archive_kit import SECRETS, STUDIO_ONLY, TODAY, full_file, on_the_day

EVERYONE = ["lead", "officer", "leader", "mentor", "other_mentor", "mentee", "other_mentee", "liaison", "reviewer",
            "nobody", "stranger", "stranger_mentee", "anonymous"]  # fmt: skip


@pytest.fixture
def c(cast):
    return full_file(cast)


def text(response) -> str:
    return response.content.decode()


def files(c, **asked):
    return reverse("archive:files", args=[c.cohort.pk], query=asked)


@pytest.mark.parametrize("who", EVERYONE)
def test_who_reads_which_words_of_a_file(c, as_, who):
    response = as_(who).get(reverse("archive:file", args=[c.mentee_row.pk]))
    page = text(response)
    if who in {"lead", "officer", "leader"}:
        assert STUDIO_ONLY in page
    elif who == "mentee":
        assert "第一次走访" in page
        assert STUDIO_ONLY not in page
        assert "工作室保管" in page
    else:
        assert response.status_code in {302, 403, 404}
        assert "第一次走访" not in page
    for secret in SECRETS.values():
        assert secret not in page


def test_the_list_names_what_is_missing(c, as_):
    page = text(as_("leader").get(files(c)))
    assert "何嘉怡" in page
    assert "没有缺件" in page
    assert "拜师帖及回帖" in page, "the other one's letter is missing"
    assert "开始打包" not in page, "the leader only reads"
    assert "开始打包" in text(as_("officer").get(files(c)))


def names_on(response) -> set[str]:
    return {str(row.mentee) for row in response.context["page"]}


def test_the_filters_narrow_the_list(c, as_):
    officer = as_("officer")
    assert names_on(officer.get(files(c, q="hjy"))) == {"何嘉怡"}
    assert names_on(officer.get(files(c, mentor=str(c.other_mentor_row.pk)))) == {"钱立峰"}
    assert names_on(officer.get(files(c, state="complete"))) == {"何嘉怡"}
    assert names_on(officer.get(files(c, state="missing"))) == {"钱立峰"}
    assert names_on(officer.get(files(c, state="unbound"))) == {"何嘉怡", "钱立峰"}
    assert names_on(officer.get(files(c, state="expired"))) == set()
    make_bound(c.mentee_row, c.officer, retain_until=TODAY)
    make_bound(c.other_mentee_row, c.officer, serial=2, retain_until=TODAY + datetime.timedelta(days=1))
    expired = officer.get(files(c, state="expired"))
    assert names_on(expired) == {"何嘉怡"}
    assert "保管到期" in text(expired)
    assert names_on(officer.get(files(c, state="unchecked"))) == {"何嘉怡", "钱立峰"}
    BoundFile.objects.update(checked_by=c.lead, checked_on=TODAY)
    assert names_on(officer.get(files(c, state="unchecked"))) == set()
    assert names_on(officer.get(files(c, state="made-up"))) == set(), "what can't be read finds nobody"


def test_no_search_finds_anything_by_what_the_papers_say(c, as_):
    assert names_on(as_("lead").get(files(c, q=SECRETS["sensitive"]))) == set()


def add_person(cast, seat):
    pairing = PairingFactory(mentor=cast.mentor_row, mentee=MenteeFactory(cohort=cast.cohort), seat=seat)
    make_homework(pairing.mentee, log=make_log(pairing))
    make_reflection(pairing.mentee)
    make_bound(pairing.mentee, cast.officer, serial=seat + 10)


def test_the_list_costs_the_same_for_one_and_for_three(cast, as_, count_queries):
    on_the_day(cast)
    cast.other_pairing.delete()
    cast.other_mentee_row.delete()
    make_bound(cast.mentee_row, cast.officer)
    officer = as_("officer")
    officer.get(files(cast))
    one = count_queries(lambda: officer.get(files(cast)))
    for seat in (2, 3):
        add_person(cast, seat)
    assert count_queries(lambda: officer.get(files(cast))) == one


def test_a_file_costs_the_same_for_one_log_and_for_three(cast, as_, count_queries):
    on_the_day(cast)
    url = reverse("archive:file", args=[cast.mentee_row.pk])
    officer = as_("officer")
    make_homework(cast.mentee_row, log=make_log(cast.pairing))
    make_reflection(cast.mentee_row)
    officer.get(url)
    one = count_queries(lambda: officer.get(url))
    for _n in range(2):
        make_homework(cast.mentee_row, log=make_log(cast.pairing))
        make_reflection(cast.mentee_row)
    assert count_queries(lambda: officer.get(url)) == one


@pytest.mark.parametrize(("who", "told"), [("officer", True), ("lead", True), ("leader", False), ("mentee", False)])
def test_that_a_sensitive_log_is_left_out_is_told_only_to_those_who_may_read_it(c, as_, who, told):
    page = text(as_(who).get(reverse("archive:file", args=[c.mentee_row.pk])))
    assert ("另有1篇涉及隐私的日志" in page) == told


def test_start_leads_everyone_to_their_own(c, as_):
    assert as_("officer").get(reverse("archive:start")).url == reverse("archive:files", args=[c.cohort.pk])
    assert as_("mentee").get(reverse("archive:start")).url == reverse("archive:file", args=[c.mentee_row.pk])
    assert "我的档案" in text(as_("mentee").get(reverse("dashboards:mentee_home")))
    assert reverse("archive:start") in text(as_("leader").get(reverse("dashboards:overview")))


def test_an_empty_cohort_says_what_to_do(cast, as_):
    cast.mentee_row.__class__.objects.filter(cohort=cast.cohort).update(status="recommended")
    page = text(as_("officer").get(files(cast)))
    assert "还没有档案" in page
    assert reverse("cohorts:mentees", args=[cast.cohort.pk]) in page


def test_the_apprentice_sees_that_it_was_bound_and_not_the_comparison(c, as_):
    row = make_bound(c.mentee_row, c.officer)
    page = text(as_("mentee").get(reverse("archive:file", args=[c.mentee_row.pk])))
    assert "第1次立卷" in page
    assert reverse("archive:bound", args=[row.pk]) not in page
    assert as_("mentee").get(reverse("archive:bound", args=[row.pk])).status_code == 403
