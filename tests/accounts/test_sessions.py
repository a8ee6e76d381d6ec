"""T19, T23: when sessions begin and end."""

import pytest
import time_machine
from django.conf import settings as live
from django.test import Client
from django.utils.crypto import salted_hmac

from mentorship.accounts import actions
from mentorship.accounts.models import User
from mentorship.accounts.sessions import BEGAN, SEEN
from tests.factories import UserFactory

from .keys import HTML, LOGIN, code_now, password_given, set_in_session, wholly_in, with_authenticator

ME, STAY = "/accounts/me/", "/accounts/stay/"
NOW = 1_900_000_000
MINUTE, HOUR = 60, 3600


def is_in(client) -> bool:
    return client.get(ME).status_code == 200


@pytest.fixture
def clock(required):
    with time_machine.travel(NOW, tick=False) as traveller:
        yield traveller


def stepping(client, clock, *, minutes: int, every: int) -> bool:
    """Whether a session that takes a step every few minutes is still open after so long."""
    for _ in range(minutes // every):
        clock.shift(every * MINUTE)
        if not is_in(client):
            return False
    return True


def test_staff_are_out_after_half_an_hour_without_a_step(clock, officer):
    client = wholly_in(with_authenticator(officer))
    clock.shift(29 * MINUTE)
    assert is_in(client)
    clock.shift(31 * MINUTE)
    assert not is_in(client)
    assert "已经自动退出" in client.get(LOGIN).content.decode()
    assert "已经自动退出" not in client.get(LOGIN).content.decode(), "said once"


def test_mentors_have_an_hour(clock, mentor):
    client = password_given(mentor)
    clock.shift(59 * MINUTE)
    assert is_in(client)
    clock.shift(61 * MINUTE)
    assert not is_in(client)


def test_a_working_day_is_the_most(clock, officer, mentor):
    staff = wholly_in(with_authenticator(officer))
    assert stepping(staff, clock, minutes=12 * 60 - 20, every=20)
    clock.shift(21 * MINUTE)
    assert not is_in(staff)


def test_a_mentors_day_is_the_most(clock, mentor):
    client = password_given(mentor)
    assert stepping(client, clock, minutes=23 * 60 + 50, every=50) or is_in(client)
    assert not stepping(client, clock, minutes=100, every=50)


def test_half_way_in_the_clock_runs_too(clock, officer):
    with_authenticator(officer)
    client = password_given(officer)
    clock.shift(31 * MINUTE)
    assert client.get("/accounts/code/")["Location"].startswith(LOGIN)


def test_ones_own_phone_stays_open(clock, mentor):
    client = password_given(mentor, remember="on")
    client.post(LOGIN, {"username": mentor.username, "password": "daliang-2018", "remember": "on"})
    clock.shift(10 * 24 * HOUR)
    assert is_in(client)
    assert client.get(ME).wsgi_request.session.get("trusted")


def test_but_not_that_of_someone_who_must_show_a_second_factor(clock, officer):
    with_authenticator(officer)
    client = Client()
    client.post(LOGIN, {"username": officer.username, "password": "daliang-2018", "remember": "on"})
    assert client.cookies[live.SESSION_COOKIE_NAME]["max-age"] == ""
    assert "trusted" not in client.session


def test_nothing_ends_by_itself_where_it_is_only_offered(officer):
    with time_machine.travel(NOW, tick=False) as clock:
        client = password_given(officer)
        clock.shift(11 * HOUR)
        assert is_in(client)
        assert "data-session" not in client.get(ME).content.decode()


def test_asking_how_long_is_no_step_and_one_tap_is(clock, mentor):
    client = password_given(mentor)
    assert is_in(client)
    clock.shift(58 * MINUTE)
    for _ in range(3):
        assert client.get(STAY).json() == {"left": 2 * MINUTE}
    assert client.post(STAY).json() == {"left": HOUR}
    clock.shift(59 * MINUTE)
    assert is_in(client)


def test_a_tap_does_not_stretch_the_day(clock, mentor):
    client = password_given(mentor)
    assert is_in(client)
    set_in_session(client, **{BEGAN: NOW - 24 * HOUR + 90, SEEN: NOW})
    assert client.post(STAY).json() == {"left": 90}


def test_the_page_says_how_long_and_says_it_politely(clock, mentor):
    client = password_given(mentor)
    html = client.get(ME).content.decode()
    assert f'data-left="{HOUR}"' in html
    assert 'role="status" data-session-said' in html
    assert 'aria-live="assertive"' not in html


def test_steps_are_written_down_once_a_minute(clock, mentor, count_queries):
    client = password_given(mentor)
    client.get(ME)
    clock.shift(30)
    quiet = count_queries(lambda: client.get(ME))
    clock.shift(40)
    assert count_queries(lambda: client.get(ME)) > quiet


def test_what_was_typed_before_the_end_is_kept_for_its_owner_alone(clock, mentor):
    client = password_given(mentor)
    is_in(client)
    clock.shift(61 * MINUTE)
    asked = client.post("/accounts/studio/", {"studio": "a", "note": "写了很久"}, **HTML)
    assert "您刚才填的还在" in asked.content.decode()
    kept = asked.context["kept"]
    other = UserFactory(username="other")
    stranger = client.post(LOGIN, {"username": other.username, "password": "daliang-2018", "kept": kept})
    assert stranger.status_code == 302, "someone else on the same machine gets nothing of it"
    owner = Client().post(LOGIN, {"username": mentor.username, "password": "daliang-2018", "kept": kept})
    assert ["note", "写了很久"] in owner.context["resend"].fields


def test_what_was_typed_for_a_mentor_goes_on_under_both_names(clock, cast):
    officer = with_authenticator(cast.officer)
    client = wholly_in(officer)
    client.post(f"/accounts/{cast.mentor.pk}/act/")
    clock.shift(31 * MINUTE)
    asked = client.post("/accounts/studio/", {"studio": "a"}, **HTML)
    given = {"username": officer.username, "password": "daliang-2018", "kept": asked.context["kept"]}
    half = client.post(LOGIN, given, **HTML)
    done = client.post("/accounts/code/", {"code": code_now(officer), "kept": half.context["kept"]})
    assert done.context["resend"].fields == [["studio", "a"]]
    assert client.get(ME).wsgi_request.user.pk == cast.mentor.pk


def end_by_password(mentor):
    actions.change_password(by=User.objects.get(pk=mentor.pk), password="something-else-7")


def end_by_role(mentor):
    actions.revoke_role(by=UserFactory(), grant=mentor.role_grants.first())


def end_by_new_role(mentor):
    actions.grant_role(by=UserFactory(), user=mentor, studio=mentor.role_grants.first().studio, role="leader")


def end_by_closing(mentor):
    studio = mentor.role_grants.first().studio
    actions.deactivate(by=UserFactory(), user=mentor, studio=studio)
    actions.reactivate(by=UserFactory(), user=mentor, studio=studio)


@pytest.mark.parametrize("end", [end_by_password, end_by_role, end_by_new_role, end_by_closing])
def test_an_old_session_is_of_no_use_after(mentor, end):
    client = password_given(mentor)
    cookie = client.cookies[live.SESSION_COOKIE_NAME].value
    assert is_in(client)
    end(mentor)
    replay = Client()
    replay.cookies[live.SESSION_COOKIE_NAME] = cookie
    assert not is_in(replay)


def test_who_changes_their_own_password_stays(mentor):
    here, there = password_given(mentor), password_given(mentor)
    new = "a-much-better-one-8"
    here.post("/accounts/password/", {"old": "daliang-2018", "new": new, "again": new})
    assert is_in(here)
    assert not is_in(there)


def test_sessions_from_before_this_rule_go_on(mentor):
    """The stamp is empty at first, so that an upgrade signs nobody out: the hash is the one that Django alone makes."""
    salt = "django.contrib.auth.models.AbstractBaseUser.get_session_auth_hash"
    user = User.objects.get(pk=mentor.pk)
    assert user.get_session_auth_hash() == salted_hmac(salt, user.password, algorithm="sha256").hexdigest()
