"""Every page of a cohort, read and written by each of the cast."""

import pytest
from django.urls import reverse

from cohorts.choices import MenteeStatus, MentorStatus, Stage
from cohorts.models import CohortRules, Mentee, Mentor, Pairing, ReminderTalk, RosterChange
from mentorship.audit.models import Entry
from tests.factories import BaselineFactory, MenteeFactory, MentorFactory, SecretaryFactory

OF_COHORT = ["cohort", "rules", "advance", "mentors", "nominate", "pool", "mentees", "roster"]
OF_MENTOR = ["mentor", "mentor_edit", "mentor_assess", "mentor_appoint", "mentor_decline"]
OF_MENTEE = [
    "mentee", "mentee_baseline", "mentee_decline", "talk", "repair", "pause", "resume", "extend", "withdraw", "substitute",
]  # fmt: skip


def address(name, cast):
    if name in OF_COHORT:
        return reverse(f"cohorts:{name}", args=[cast.cohort.pk])
    if name in OF_MENTOR:
        return reverse(f"cohorts:{name}", args=[cast.mentor_row.pk])
    if name in OF_MENTEE:
        return reverse(f"cohorts:{name}", args=[cast.mentee_row.pk])
    return reverse(f"cohorts:{name}")


@pytest.mark.parametrize("name", [*OF_COHORT[1:5], "roster"])
@pytest.mark.parametrize("who", ["mentor", "mentee", "reviewer", "liaison"])
def test_insiders_without_the_right_are_told_so(name, who, cast, as_):
    assert as_(who).get(address(name, cast)).status_code == 403


WRITES = {
    "rules": {"defaults": "1"}, "advance": {}, "mentor_appoint": {}, "mentor_decline": {},
    "mentee_baseline": dict.fromkeys(("PB", "CG", "TM", "CC", "ER"), 3), "mentee_decline": {},
    "pause": {"date": "2018-11-01", "reason": "生病"}, "extend": {"date": "2018-11-01", "reason": "补课", "months": 3},
    "withdraw": {"date": "2018-11-01", "reason": "调动", "withdraw_reason": "transfer"},
    "talk": {"date": "2018-11-01", "talkers": "许", "facts": "缺席", "agreed_actions": "补课"},
}  # fmt: skip


def state_of_things():
    tables = (Mentor, Mentee, Pairing, CohortRules, RosterChange, ReminderTalk, Entry)
    return [list(table.objects.order_by("pk").values_list()) for table in tables]


@pytest.mark.parametrize("who", ["leader", "liaison", "mentor", "mentee", "stranger", "nobody", "anonymous"])
@pytest.mark.parametrize("name", list(WRITES))
def test_writing_is_refused_and_changes_nothing(name, who, cast, as_):
    before = state_of_things()
    answer = as_(who).post(address(name, cast), WRITES[name])
    assert answer.status_code in {302, 403, 404}
    assert answer.status_code != 302 or "login" in answer.url
    assert state_of_things() == before


@pytest.mark.parametrize("who", ["leader", "liaison", "mentor", "stranger", "officer"])
@pytest.mark.parametrize("name", ["mentee_choose", "mentee_reserve"])
def test_choosing_is_for_deciders(name, who, cast, as_):
    picked = MenteeFactory(cohort=cast.cohort, status=MenteeStatus.RECOMMENDED)
    address = reverse(f"cohorts:{name}", args=[cast.cohort.pk])
    assert as_(who).post(address, {"mentees": [picked.pk]}).status_code in {403, 404}
    picked.refresh_from_db()
    assert picked.status == MenteeStatus.RECOMMENDED


def test_a_mentee_of_another_cohort_cannot_be_ticked_in(cast, as_):
    cast.cohort.stage = Stage.SELECTING
    cast.cohort.save()
    address = reverse("cohorts:mentee_choose", args=[cast.cohort.pk])
    foreign = MenteeFactory(cohort=cast.other_cohort, status=MenteeStatus.RECOMMENDED)
    as_("lead").post(address, {"mentees": [foreign.pk]})
    foreign.refresh_from_db()
    assert foreign.status == MenteeStatus.RECOMMENDED


def test_the_liaison_sees_and_recommends_only_the_own_subdistrict(cast, as_):
    cast.studio.demo_today = "2018-12-01"
    cast.studio.save()
    mine = SecretaryFactory(studio=cast.studio, name="本街人", community=cast.mentee_row.secretary.community)
    theirs = SecretaryFactory(studio=cast.studio, name="外街人", community=cast.other_mentee_row.secretary.community)
    shown = as_("liaison").get(reverse("cohorts:pool", args=[cast.cohort.pk])).content.decode()
    assert "本街人" in shown
    assert "外街人" not in shown
    form = {"reason": "踏实", "agreed": "on"}
    made = as_("liaison").post(reverse("cohorts:recommend", args=[cast.cohort.pk, mine.pk]), form)
    refused = as_("liaison").post(reverse("cohorts:recommend", args=[cast.cohort.pk, theirs.pk]), form)
    assert made.status_code == 302
    assert refused.status_code == 404
    assert list(Mentee.objects.filter(secretary__in=[mine, theirs]).values_list("secretary", flat=True)) == [mine.pk]


def test_criteria_and_talks_stay_with_the_organizers(cast, as_):
    Mentor.objects.filter(pk=cast.mentor_row.pk).update(
        political="fair", political_evidence="依据秘字", practice="good", practice_evidence="x", teaching="good"
    )
    ReminderTalk.objects.create(
        studio=cast.studio,
        mentee=cast.mentee_row,
        date="2018-11-01",
        talkers="许",
        facts="缺席秘字",
        agreed_actions="补课",
    )
    mentor_page, mentee_page = address("mentor", cast), address("mentee", cast)
    assert "依据秘字" in as_("officer").get(mentor_page).content.decode()
    assert "缺席秘字" in as_("leader").get(mentee_page).content.decode()
    for who, page in [("mentor", mentor_page), ("mentee", mentor_page), ("mentor", mentee_page), ("mentee", mentee_page),
                      ("liaison", mentee_page)]:  # fmt: skip
        assert "秘字" not in as_(who).get(page).content.decode(), who


def test_a_mentee_sees_no_other_mentee_on_the_page_of_the_mentor(cast, as_):
    MenteeFactory(cohort=cast.cohort)
    second = MenteeFactory(cohort=cast.cohort, secretary=SecretaryFactory(studio=cast.studio, name="同门人"))
    Pairing.objects.create(
        studio=cast.studio,
        cohort=cast.cohort,
        mentor=cast.mentor_row,
        mentee=second,
        starts="2018-08-15",
        seat=2,
        seats=5,
    )
    page = address("mentor", cast)
    assert "同门人" in as_("mentor").get(page).content.decode()
    assert "同门人" not in as_("mentee").get(page).content.decode()


def test_the_portrait_is_for_those_who_see_the_member(cast, as_, settings, tmp_path):
    page = reverse("cohorts:portrait", args=[cast.mentee_row.pk])
    for who in ("lead", "mentor", "other_mentor", "stranger"):
        assert as_(who).get(page).status_code == 404  # there is no picture yet


LISTS = ["cohorts", "cohort", "mentors", "mentees", "pool", "roster", "mentor", "mentee"]


MOST = {"cohort": 12, "roster": 12, "mentee": 14}  # pages of one row, with all that belongs to it


@pytest.mark.parametrize("name", LISTS)
def test_lists_ask_as_much_for_three_rows_as_for_one(name, cast, as_, django_assert_max_num_queries):
    browser, page = as_("lead"), address(name, cast)
    browser.get(page)
    with django_assert_max_num_queries(MOST.get(name, 10)) as few:
        browser.get(page)
    for seat in (2, 3):
        mentor = MentorFactory(cohort=cast.cohort)
        for other, place in ((cast.mentor_row, seat), (mentor, 1)):
            mentee = MenteeFactory(cohort=cast.cohort)
            BaselineFactory(mentee=mentee)
            Pairing.objects.create(
                studio=cast.studio,
                cohort=cast.cohort,
                mentor=other,
                mentee=mentee,
                starts="2018-08-15",
                seat=place,
                seats=5,
            )
        MenteeFactory(cohort=cast.cohort, status=MenteeStatus.RECOMMENDED)
        MenteeFactory(cohort=cast.cohort, status=MenteeStatus.RESERVE, reserve_rank=seat)
        MentorFactory(cohort=cast.cohort, status=MentorStatus.NOMINATED, appointed_on=None)
    with django_assert_max_num_queries(40) as many:
        browser.get(page)
    assert len(many) == len(few)
