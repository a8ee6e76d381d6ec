"""Loading the demo: into an empty database only, on the day asked for, never in production."""

import datetime
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse

from cohorts.clinic.choices import CaseState, HitKind
from cohorts.clinic.models import Case, SearchText
from cohorts.meetings.models import Meeting
from cohorts.meetings.queries import agenda_of
from evaluations.demo.reader import demo_data
from evaluations.logs.models import Reflection, TeachingLog
from evaluations.visits.models import Finding
from mentorship.accounts.models import User
from mentorship.places.models import Community, Studio, Subdistrict

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


def test_on_an_earlier_day_with_nameless_places_a_finding_is_visibly_overdue(db, client):
    real = {row["key"] for row in demo_data()["communities"]} | {row["zh"] for row in demo_data()["subdistricts"]}
    call_command("load_demo", "--anonymise-places", today=datetime.date(2019, 3, 8), stdout=StringIO())
    shown = {str(place) for model in (Community, Subdistrict) for place in model.objects.all()}
    assert len(shown) == 285 + 10
    assert not shown & real
    assert "甲街道" in shown
    late = Finding.objects.overdue(Studio.objects.get().today()).get()
    assert (late.due, str(late.visit.mentee)) == (datetime.date(2019, 1, 31), "唐振宇")
    client.force_login(User.objects.get(username="organizer"))
    page = client.get(reverse("visits:findings") + "?when=overdue").content.decode()
    assert late.text in page
    assert "逾期36天" in page
    meeting = Meeting.objects.filter(kind="work", state="planned").first()
    assert reverse("visits:finding", args=[late.pk]) in [point.url for point in agenda_of(meeting)]


def test_the_open_passwords_never_reach_production(db, settings):
    settings.PRODUCTION = True
    with pytest.raises(CommandError):
        call_command("load_demo")
    assert not Studio.objects.exists()


def test_on_a_later_day_all_ten_entries_are_told_word_for_word(db):
    call_command("load_demo", today=datetime.date(2019, 7, 10), stdout=StringIO())
    texts = {*TeachingLog.objects.values_list("text", flat=True), *Reflection.objects.values_list("text", flat=True)}
    told = demo_data()["logs"]
    assert len(told) == 10
    assert {row["text"].strip() for row in told} <= texts
    assert Reflection.objects.get(title="今天我当小老师").comment == told[9]["mentor_comment"]
    assert Studio.objects.get().today() == datetime.date(2019, 7, 10)
    the_six_cases_are_told_in_full(demo_data()["clinic_cases"])


def the_six_cases_are_told_in_full(rows):
    assert len(rows) == 6
    for row in rows:
        case = Case.objects.get(title=row["title"])
        assert (case.background, case.effect, case.lesson) == (row["background"], row["outcome"], row["lesson"])
        assert case.community.name == row["community"]
        assert str(case.date) == row["date"]
        assert [opinion.text.rstrip("。") for opinion in case.opinions.all()] == [
            each["text"] for each in row["opinions"]
        ]
        steps = [(step.text, str(step.due)) for step in case.steps.order_by("due")]
        assert steps == sorted(((each["step"], each["due"]) for each in row["plan"]), key=lambda step: step[1])
        assert case.is_closed == (row["status"] == "closed")
        assert str(case.closed_on) == str(row["closed"])
    following = Case.objects.get(state=CaseState.FOLLOWING)
    assert (following.title, following.awaits_close) == ("飞线充电清了又来", True)
    assert set(Case.objects.closed().values_list("pk", flat=True)) <= set(
        SearchText.objects.filter(kind=HitKind.CASE, open_to_all=True).values_list("object_id", flat=True)
    )


def test_the_story_cannot_end_before_it_is_told(db):
    with pytest.raises(CommandError, match="不能更早"):
        call_command("load_demo", today=datetime.date(2019, 1, 1), stdout=StringIO())
