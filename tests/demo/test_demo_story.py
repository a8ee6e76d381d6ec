"""The first cohort as demo.yaml tells it, loaded through the same actions that the pages use."""

import datetime
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from cohorts.choices import MenteeStatus, Stage
from cohorts.matching.models import Proposal
from cohorts.models import Cohort, Mentee, Mentor, Pairing, RosterChange
from evaluations.dashboards.board import board_of
from evaluations.demo.cast import PASSWORD
from evaluations.demo.reader import demo_data
from evaluations.logs.models import Homework, Reflection
from mentorship.accounts.models import User
from mentorship.people.models import Secretary
from mentorship.places.models import Community

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


def groups_on(day):
    return {
        str(bay.mentor_name): {post.name for post in bay.posts if post.url}
        for bay in board_of(Cohort.objects.get(), day).bays
    }


def test_the_cohort_is_as_the_data_tell_it(demo):
    data = demo_data()
    names = {row["id"]: row["name"] for row in [*data["mentors"], *data["mentees"]]}
    told = {names[row["mentor"]]: {names[mentee] for mentee in row["mentees"]} for row in data["groups"]}
    cohort = Cohort.objects.get()
    assert cohort.stage == Stage.RUNNING
    assert groups_on(datetime.date(2018, 9, 1)) == told
    assert Mentor.objects.appointed().count() == 6
    assert Pairing.objects.current().count() == 30
    assert Proposal.objects.filter(status="published").count() == 1
    assert all(pairing.parts for pairing in Pairing.objects.exclude(score=None))


def test_the_roster_has_changed_by_the_demos_date(demo):
    assert demo.today() == datetime.date(2019, 4, 18)
    after = groups_on(demo.today())["方志远"]
    assert "黄俊" in after
    assert "姚志平" not in after
    assert Mentee.objects.get(secretary__name="姚志平").status == MenteeStatus.WITHDRAWN
    assert [change.kind for change in RosterChange.objects.order_by("date")] == ["withdraw", "substitute"]


def test_the_register_is_wider_than_the_cohort(demo):
    people = Secretary.objects.filter(studio=demo)
    assert people.filter(working_state="in_service").count() == 273
    assert people.young(demo).count() == 106
    assert [str(person) for person in people.search("hjy")] == ["何嘉怡"]
    assert Community.objects.count() == 285


def test_five_can_sign_in_and_nobody_else(demo, settings):
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher", *settings.PASSWORD_HASHERS]
    names = {"organizer", "officer", "mentor", "mentee", "liaison", "leader"}
    assert {user.username for user in User.objects.all() if user.has_usable_password()} == names
    assert all(user.check_password(PASSWORD) for user in User.objects.filter(username__in=names))


def test_the_trail_of_the_demo_is_whole(demo):
    out = StringIO()
    call_command("verify_audit", stdout=out)
    assert "putuo" in out.getvalue() or str(demo) in out.getvalue()


def test_a_second_load_is_refused_or_does_nothing(demo):
    with pytest.raises(CommandError):
        call_command("load_demo")
    before = Secretary.objects.count()
    call_command("load_demo", "--if-empty")
    assert Secretary.objects.count() == before


def test_the_year_of_reflections_and_homework_looks_lived_in(demo):
    homework = Homework.objects.all()
    assert set(homework.values_list("state", flat=True)) == {"open", "handed_in", "answered"}
    assert set(Reflection.objects.values_list("state", flat=True)) == {"draft", "handed_in", "answered"}
    assert not homework.filter(handed_in_on__gt=demo.today()).exists()
    assert not Reflection.objects.filter(date__gt=demo.today()).exists()
    texts = list(Reflection.objects.values_list("one_event", flat=True))
    assert len(set(texts)) == len(texts) >= 30
    first = Mentee.objects.get(secretary__name="何嘉怡")
    assert first.homework.filter(state="open").exists()
    assert first.reflections.filter(state="handed_in").exists()
    assert not Reflection.objects.filter(title="师傅坐在最后一排").exists(), "June lies ahead of the demo's date"
