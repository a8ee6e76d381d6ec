"""The figures from the database: what counts, what stays out, what they cost; and their page."""

import datetime
import re
import uuid

import pytest
from django.urls import reverse

from cohorts.clinic.choices import CaseState, Category, Check, Level, NoteKind, Outcome, UseKind
from cohorts.clinic.measuring import Share
from cohorts.clinic.models import CardUse, Case, CaseHelp
from cohorts.clinic.namings import short_of
from cohorts.clinic.queries.figures import figures_of
from mentorship.places.models import Holiday
from tests.factories import CohortFactory, SecretaryFactory
from tests.factories.clinic import make_card, make_case, make_consult, make_note, make_opinion

DAY = datetime.date(2018, 11, 1)  # a Thursday, worked
TODAY = datetime.date(2019, 4, 18)
PAGE = "clinic:figures"


@pytest.fixture(autouse=True)
def demo_day(studio):
    studio.demo_today = TODAY
    studio.save()


def filed(cast, number, **more):
    return make_case(cast.cohort, more.pop("presenter", cast.mentee_row.secretary), cast.mentee, number=number, **more)


def counted(cast, **filters):
    return figures_of(cast.studio, Case.objects.filter(**filters), whole=not filters)


def answered(case, cast, mentor, on):
    make_opinion(make_consult(case, mentor, cast.officer), date=on)


def test_the_clinic_in_figures(cast):
    closed = filed(
        cast, 1, state=CaseState.CLOSED, closed_by=cast.officer, closed_on=datetime.date(2018, 11, 21), level=Level.BLOCK,
        first_opinion_on=datetime.date(2018, 11, 5), measure="月均投诉（件）", figure_before=14, figure_after=3, reopened=1,
    )  # fmt: skip
    answered(closed, cast, cast.mentor_row, datetime.date(2018, 11, 5))
    answered(closed, cast, cast.other_mentor_row, datetime.date(2018, 11, 16))  # promised for the 15th
    make_note(closed, cast.mentee, NoteKind.AFTER_30, check_result=Check.HOLDS)
    passed = filed(cast, 2, state=CaseState.ACTING, category=Category.PETS, date=datetime.date(2019, 4, 10))
    make_note(passed, cast.officer, NoteKind.ESCALATED)
    make_note(passed, cast.officer, NoteKind.ESCALATED)
    filed(cast, 3, presenter=cast.other_mentee_row.secretary, urgency="urgent", date=datetime.date(2019, 3, 20))
    filed(cast, None, state=CaseState.DRAFT)
    found = counted(cast)
    m = found.measured
    assert (m.total, m.closed, m.escalated, m.reopened) == (3, 1, 1, 1)
    assert (m.first_opinion.middle, m.first_opinion.slowest, m.first_opinion.count) == (1, 2, 2)
    assert m.close.slowest == 14
    assert m.in_time == Share(1, 2)
    assert m.still_open == {30: Share(0, 1), 90: Share(0, 1)}
    assert m.by_level == {Level.BLOCK: 1}
    assert m.by_outcome == {Outcome.SOLVED: 1}
    assert m.by_urgency == {"normal": 2, "urgent": 1}
    assert m.checks == {NoteKind.AFTER_30: {Check.HOLDS: 1}}
    assert [(strip.category, strip.total) for strip in m.strips] == [("parking", 2), ("pets", 1)]
    assert [(case.number, case.figure_before, case.figure_after) for case in found.befores] == [(1, 14, 3)]
    assert [(place.subdistrict, place.count) for place in found.places if place.count] == [
        (cast.subdistricts[0], 2), (cast.subdistricts[1], 1)
    ]  # fmt: skip


def test_days_are_counted_by_the_studios_own_table(cast):
    filed(cast, 1, state=CaseState.CONSULTING, first_opinion_on=datetime.date(2018, 11, 5))
    assert counted(cast).measured.first_opinion.slowest == 2
    Holiday.objects.create(studio=cast.studio, date=datetime.date(2018, 11, 2))
    assert counted(cast).measured.first_opinion.slowest == 1


def test_what_is_sensitive_counts_but_stands_in_no_subdistrict_and_gives_no_title(cast, as_):
    facts = {
        "measure": "户",
        "figure_before": 3,
        "figure_after": 1,
        "state": CaseState.CLOSED,
        "closed_by": cast.officer,
    }
    filed(cast, 1, sensitive=True, title="小雨的事", category=Category.YOUTH, **facts)
    found = counted(cast)
    assert (found.measured.total, found.measured.sensitive) == (1, 1)
    assert {place.count for place in found.places} == {0}
    assert found.befores == []
    for who in ("lead", "leader"):
        page = as_(who).get(reverse(PAGE))
        assert "小雨" not in page.text
        assert "另有1件涉及隐私，不分街镇" in page.text


def test_an_opinion_before_release_is_a_day_and_no_word(cast, as_):
    case = filed(cast, 1, state=CaseState.CONSULTING, reply_due=TODAY, first_opinion_on=DAY)
    make_opinion(make_consult(case, cast.mentor_row, cast.officer), text="先数后谈的密方")
    declined = make_consult(case, cast.other_mentor_row, cast.officer)
    type(declined).objects.filter(pk=declined.pk).update(
        declined_at=datetime.datetime(2018, 11, 2, tzinfo=datetime.UTC)
    )
    assert counted(cast).measured.in_time == Share(1, 1)
    assert "密方" not in as_("lead").get(reverse(PAGE)).text


def test_cases_and_cards_that_were_enough_are_counted_of_the_cases_asked_for(cast):
    closed = filed(cast, 1, state=CaseState.CLOSED, closed_by=cast.officer)
    CaseHelp.objects.create(studio=cast.studio, case=closed, by=cast.other_mentee, instead=True)
    CaseHelp.objects.create(studio=cast.studio, case=closed, by=cast.mentor)
    of_case, alone = (
        make_card(cast.studio, cast.officer, reviewer=cast.lead, title=title, case=case)
        for title, case in (("甲", closed), ("乙", None))
    )
    for card in (of_case, alone):
        CardUse.objects.create(studio=cast.studio, card=card, kind=UseKind.ANSWERED, by=cast.other_mentee)
    CardUse.objects.create(studio=cast.studio, card=alone, kind=UseKind.HELPED, by=cast.other_mentee)
    assert counted(cast).answered == 3
    assert counted(cast, cohort=cast.cohort).answered == 2
    assert counted(cast, category=Category.PETS).answered == 0


def test_another_studio_counts_for_nothing(cast):
    make_case(cast.other_cohort, cast.foreign_mentee_row.secretary, cast.stranger, number=9)
    assert counted(cast).measured.total == 0


def test_it_costs_the_same_for_one_case_and_for_three(cast, count_queries, as_):
    def more(number):
        case = filed(
            cast, number, state=CaseState.CLOSED, closed_by=cast.officer, category=list(Category)[number],
            measure="户", figure_before=3, figure_after=number, presenter=SecretaryFactory(studio=cast.studio),
        )  # fmt: skip
        answered(case, cast, cast.mentor_row, DAY)
        make_note(case, cast.mentee, NoteKind.AFTER_30, check_result=Check.SLIPS)

    more(1)
    browser = as_("lead")
    browser.get(reverse(PAGE))
    one, page = count_queries(lambda: counted(cast)), count_queries(lambda: browser.get(reverse(PAGE)))
    more(2)
    more(3)
    assert count_queries(lambda: counted(cast)) == one
    assert count_queries(lambda: browser.get(reverse(PAGE))) == page
    assert one <= 9


@pytest.mark.parametrize(
    ("name", "short"),
    [
        ("长寿路街道", "长寿路"), ("真如镇街道", "真如镇"), ("长征镇", "长征"), ("镇", "镇"), ("东镇", "东镇"),
        ("Changshou Lu Subdistrict", "Changshou Lu"), ("Taopu Town", "Taopu"),
    ],
)  # fmt: skip
def test_short_names_leave_one_ending_away(name, short):
    assert short_of(name) == short


# The page


def test_every_number_leads_to_the_cases_that_it_counts(cast, as_):
    filed(cast, 1, urgency="urgent")
    page = as_("leader").get(reverse(PAGE), {"cohort": cast.cohort.pk}).text
    code = cast.subdistricts[0].pk
    for name, value in (("category", "parking"), ("state", "waiting"), ("urgency", "urgent"), ("street", code)):
        link = f"{reverse('clinic:cases')}?cohort={cast.cohort.pk}&amp;{name}={value}"
        assert re.search(rf'<a href="{re.escape(link)}">1</a>', page), name


def test_every_such_link_opens_as_many_cases(cast, as_):
    filed(cast, 1, urgency="urgent")
    filed(cast, 2, category=Category.PETS, presenter=cast.other_mentee_row.secretary, state=CaseState.ACTING)
    filed(cast, 3, date=datetime.date(2019, 1, 7))
    browser = as_("leader")
    page = browser.get(reverse(PAGE), {"since": "2018-10-01", "until": "2018-12-31"}).text
    links = re.findall(rf'<a href="({re.escape(reverse("clinic:cases"))}[?][^"]+)">(\d+)</a>', page)
    assert len(links) >= 9
    for link, number in links:
        assert browser.get(link.replace("&amp;", "&")).context["page"].paginator.count == int(number), link


def test_a_kind_that_the_reader_sees_no_case_of_is_a_number_without_a_link(cast, as_):
    filed(cast, 1, sensitive=True, category=Category.YOUTH)
    link = f"{reverse('clinic:cases')}?category=youth_family"
    assert link in as_("lead").get(reverse(PAGE)).text
    assert link not in as_("leader").get(reverse(PAGE)).text


def test_a_period_and_a_cohort_choose_by_the_day_of_sending(cast, as_):
    later = CohortFactory(studio=cast.studio, name="第二批")
    filed(cast, 1)
    filed(cast, 2, date=datetime.date(2019, 1, 7))
    make_case(later, cast.other_mentee_row.secretary, cast.officer, number=3, date=datetime.date(2019, 2, 1))

    def total(**asked):
        return as_("lead").get(reverse(PAGE), asked).context["found"].total

    assert total() == 3
    assert total(cohort=later.pk) == 1
    assert total(since="2019-01-07") == 2
    assert total(until="2019-01-07") == 2
    assert total(since="2018-11-02", until="2019-01-31", cohort=cast.cohort.pk) == 1


@pytest.mark.parametrize("asked", [{"since": "neulich"}, {"cohort": "7"}, {"cohort": str(uuid.uuid4())}])
def test_a_condition_that_can_not_be_read_shows_no_figures(cast, as_, asked):
    filed(cast, 1)
    page = as_("lead").get(reverse(PAGE), asked)
    assert "found" not in page.context
    assert "条件没有看懂" in page.text


def test_without_cases_it_says_what_comes_here(cast, as_):
    assert "还没有会诊" in as_("lead").get(reverse(PAGE)).text
    filed(cast, 1)
    assert "换一段再看" in as_("lead").get(reverse(PAGE), {"since": "2019-04-01"}).text


def test_days_that_nobody_knows_are_said_to_be_unknown(cast, as_):
    far = datetime.date(2098, 3, 3)
    filed(cast, 1, state=CaseState.CONSULTING, date=far, first_opinion_on=far + datetime.timedelta(days=5))
    assert "不知道" in as_("lead").get(reverse(PAGE)).text
