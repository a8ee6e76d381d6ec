"""A cohort that is being made ready does not push the running one off the pages."""

import datetime

import pytest
from django.urls import reverse

from cohorts.choices import Stage
from cohorts.models import Cohort, Pairing
from evaluations.logs.queries import mentor_row_of
from mentorship.places.models import Studio
from tests.factories import CohortFactory, MenteeFactory, MentorFactory, PairingFactory, SecretaryFactory

D = datetime.date


@pytest.fixture
def next_year(cast):
    """A published cohort that begins in the autumn, where the mentor teaches another young secretary."""
    Studio.objects.filter(pk=cast.studio.pk).update(demo_today=D(2019, 4, 18))
    cast.studio.refresh_from_db()
    Cohort.objects.filter(pk=cast.cohort.pk).update(starts=D(2018, 8, 15), stage=Stage.RUNNING)
    cohort = CohortFactory(
        studio=cast.studio, name="第二批", starts=D(2019, 9, 2), ends=D(2020, 8, 31), stage=Stage.RUNNING
    )
    mentor = MentorFactory(cohort=cohort, secretary=cast.mentor_row.secretary)
    mentee = MenteeFactory(cohort=cohort, secretary=SecretaryFactory(studio=cast.studio, name="陆新苗"))
    PairingFactory(mentor=mentor, mentee=mentee, seat=1)
    return cohort


def test_a_cohort_to_come_waits_its_turn(cast, next_year):
    rows = Cohort.objects.filter(studio=cast.studio).begun_first(cast.studio)
    assert [row.name for row in rows] == ["第一批", "第二批"]
    assert mentor_row_of(cast.mentor, cast.studio).cohort == cast.cohort
    Studio.objects.filter(pk=cast.studio.pk).update(demo_today=D(2019, 9, 2))
    cast.studio.refresh_from_db()
    assert mentor_row_of(cast.mentor, cast.studio).cohort == next_year


def test_the_overview_and_the_lists_stay_with_the_running_cohort(cast, next_year, as_):
    page = as_("lead").get(reverse("dashboards:overview")).text
    assert page.index("第一批") < page.index("第二批")
    assert as_("officer").get(reverse("archive:start")).url == reverse("archive:files", args=[cast.cohort.pk])
    page = as_("officer").get(reverse("promotions:promotions")).text
    assert page.index("第一批") < page.index("第二批")


def test_a_log_begun_from_an_apprentice_is_of_that_apprentices_cohort(cast, next_year, as_):
    write = reverse("logs:write")
    young = Pairing.objects.get(mentor__cohort=next_year).mentee
    for mentee, name in [(cast.mentee_row, "何嘉怡"), (young, "陆新苗")]:
        page = as_("mentor").get(f"{write}?mentee={mentee.pk}")
        assert page.context["mentor"].cohort == mentee.cohort
        assert name in page.text
    assert as_("mentor").get(f"{write}?mentee=nobody").context["mentor"].cohort == cast.cohort
