"""研讨、会诊材料: what the apprentice brought to the clinic comes into the file; never a sensitive case, never an opinion
that is not open."""

import datetime

import pytest
from django.urls import reverse

from cohorts.clinic.choices import CaseState
from tests.factories.clinic import make_case, make_consult, make_opinion

from .archive_kit import on_the_day, text_of
from .test_archive_later_parts import parts_of

DAY = datetime.date(2018, 8, 20)


@pytest.fixture
def c(cast):
    return on_the_day(cast)


def present(c, number, state=CaseState.CLOSED, mentee=None, **more):
    mentee = mentee or c.mentee_row
    more |= {"closed_by": c.officer} if state == CaseState.CLOSED else {}
    facts = {"state": state, "number": number, "date": DAY} | more
    return make_case(c.cohort, mentee.secretary, mentee.secretary.user, **facts)


def clinic_of(c, reader=None, mentee=None):
    return parts_of(mentee or c.mentee_row, reader)["clinic"]


def test_a_case_stands_with_its_state_effect_lesson_and_open_opinions(c):
    case = present(c, 1, measure="月均投诉（件）", figure_before=14, figure_after=3)
    make_opinion(make_consult(case, c.mentor_row, c.officer), "先清生命通道")
    for reader in (None, c.lead, c.mentee):
        line = clinic_of(c, reader)
        item = line.items[0]
        assert (item.title, item.date, item.by) == ("会诊第1号：车夜里停到哪里去", DAY, "何嘉怡")
        words = str(item)
        for part in ("已销号", "解决了", case.effect, case.lesson, "先清生命通道", "沈桂芳", "14 → 3"):
            assert part in words, (reader, part)


def test_an_open_case_is_on_file_and_its_opinions_only_when_they_are_open(c):
    case = present(c, 1, CaseState.CONSULTING)
    make_opinion(make_consult(case, c.mentor_row, c.officer), "只给自己看的话")
    for reader in (None, c.lead, c.mentor):
        words = str(clinic_of(c, reader).items)
        assert "会诊中" in words
        assert "只给自己看的话" not in words


def test_sensitive_cases_drafts_and_those_of_others_stay_out(c):
    present(c, 1, sensitive=True, title="孩子放学没人接")
    present(c, 2, mentee=c.other_mentee_row)
    present(c, None, CaseState.DRAFT, date=None)
    for reader in (None, c.lead, c.mentee):
        assert clinic_of(c, reader).count == 0
    assert clinic_of(c, c.other_mentee, c.other_mentee_row).count == 1


@pytest.mark.parametrize(("who", "told"), [("officer", True), ("leader", False), ("mentee", False)])
def test_that_a_sensitive_case_is_left_out_is_told_to_those_who_may_read_it(c, as_, who, told):
    present(c, 1, sensitive=True)
    page = as_(who).get(reverse("archive:file", args=[c.mentee_row.pk])).content.decode()
    assert ("另有1件涉及隐私的会诊" in page) == told


def test_the_digest_tells_when_a_lesson_was_changed(c):
    case = present(c, 1)
    before = clinic_of(c).digest
    type(case).objects.filter(pk=case.pk).update(stirred_at=case.created_at)
    assert clinic_of(c).digest == before
    type(case).objects.filter(pk=case.pk).update(lesson="另一条经验")
    assert clinic_of(c).digest != before


def test_it_is_in_the_list_and_on_paper(c, as_):
    case = present(c, 1)
    page = as_("lead").get(reverse("archive:file", args=[c.mentee_row.pk])).content.decode()
    assert "研讨、会诊材料" in page
    answer = as_("lead").get(reverse("archive:file_pdf", args=[c.mentee_row.pk]))
    paper = text_of(b"".join(answer.streaming_content) if answer.streaming else answer.content)
    assert case.title in paper.replace("\n", "")


def test_three_cases_cost_what_one_costs(c, as_, count_queries):
    address, officer = reverse("archive:file", args=[c.mentee_row.pk]), as_("officer")
    counted = []
    for number in (1, 2, 3):
        make_opinion(make_consult(present(c, number), c.mentor_row, c.officer))
        officer.get(address)
        counted.append(count_queries(lambda: officer.get(address)))
    assert len(set(counted)) == 1
