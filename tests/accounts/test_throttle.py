"""T17: guessing gets slow at every door, and nobody locks an owner out."""

import datetime

import pytest
import time_machine
from django.contrib.auth import authenticate
from django.core.management import call_command
from django.test import Client
from django.utils import timezone

from mentorship.accounts import actions, throttle
from mentorship.accounts.models import GuessStreak, SignInAttempt, User
from tests.factories.ground import PASSWORD

from .keys import LOGIN, code_now, password_given, with_authenticator

CODE = "/accounts/code/"
NOW = datetime.datetime(2030, 5, 1, 9, tzinfo=datetime.UTC)


def tries(username, password=PASSWORD, *, address="10.0.0.1", client=None, **headers):
    client = client or Client()
    client.post(LOGIN, {"username": username, "password": password}, REMOTE_ADDR=address, headers=headers)
    return "_auth_user_id" in client.session


def test_five_wrong_ones_in_a_quarter_mean_a_whole_quarter_of_waiting(mentor):
    """Also when they were spread over the quarter: the wait begins at the last one."""
    with time_machine.travel(NOW, tick=False) as clock:
        for minute in (0, 3, 3, 3, 3):
            clock.shift(minute * 60)
            assert not tries("shen", "wrong")
        clock.shift(14 * 60 + 50)
        assert not tries("shen"), "the first is long ago, the last is not"
        clock.shift(20)
        assert tries("shen")


def test_four_wrong_ones_and_those_spread_wide_mean_no_waiting(mentor):
    with time_machine.travel(NOW, tick=False) as clock:
        for _ in range(4):
            tries("shen", "wrong")
        assert tries("shen")
        for _ in range(5):
            clock.shift(4 * 60)
            tries("shen", "wrong")
        assert tries("shen")


def test_many_at_once_are_counted_like_many_in_a_row(mentor, rf):
    goals = throttle.password_goals("shen", [mentor])
    begun = [throttle.begin(rf.post("/"), goals) for _ in range(8)]
    assert [throttle.must_wait(rows, mentor) for rows in begun] == [False] * 5 + [True] * 3


def test_two_hundred_tries_and_twenty_addresses_leave_the_owner_free(mentor):
    own = Client()
    assert tries("shen", client=own, address="10.8.8.8")
    own.post("/accounts/logout/")
    for n in range(200):
        tries("shen", "wrong", **{"x-forwarded-for": f"10.9.{n}.1"})
    for n in range(20):
        tries("shen", "wrong", address=f"10.0.1.{n}")
    assert not tries("shen", address="10.7.7.7"), "a stranger with the right password waits"
    assert tries("shen", client=own, address="10.8.8.8")


def slow_guesses(count, clock, username="shen"):
    """Never five in a quarter from one place, nor twenty from everywhere."""
    for n in range(count):
        clock.shift(5 * 60)
        tries(username, "wrong", address=f"10.1.{n // 200}.{n % 200}")


def test_a_hundred_wrong_ones_in_a_row_close_the_account_to_strangers_only(mentor):
    with time_machine.travel(NOW, tick=False) as clock:
        own = Client()
        tries("shen", client=own)
        own.post("/accounts/logout/")
        slow_guesses(100, clock)
        clock.shift(3600)
        assert not tries("shen", address="10.3.3.3")
        clock.shift(30 * 24 * 3600)
        assert not tries("shen", address="10.3.3.4"), "waiting alone does not open it"
        assert tries("shen", client=own), "the owner's phone does"
        assert tries("shen", address="10.3.3.5"), "and so for others again"


def test_ninety_nine_do_not(mentor):
    with time_machine.travel(NOW, tick=False) as clock:
        slow_guesses(99, clock)
        clock.shift(3600)
        assert tries("shen", address="10.3.3.3")
        assert not GuessStreak.objects.exists()


def test_a_new_password_opens_it_too(mentor):
    with time_machine.travel(NOW, tick=False) as clock:
        slow_guesses(101, clock)
        clock.shift(3600)
        new = actions.reset_password(by=mentor, user=mentor, studio=mentor.role_grants.get().studio)
        assert tries("shen", new, address="10.3.3.3")


def test_a_known_phone_guesses_no_more_than_a_hundred_either(mentor):
    with time_machine.travel(NOW, tick=False) as clock:
        own = Client()
        tries("shen", client=own)
        own.post("/accounts/logout/")
        for _ in range(100):
            clock.shift(5 * 60)
            tries("shen", "wrong", client=own)
        clock.shift(3600)
        assert not tries("shen", client=own)
        assert tries("shen", address="10.3.3.3"), "that phone alone is shut"


def test_names_that_nobody_has_wait_like_others_and_are_forgotten(mentor):
    with time_machine.travel(NOW, tick=False) as clock:
        slow_guesses(101, clock, "nobody-here")
        clock.shift(3600)
        page = Client().post(LOGIN, {"username": "nobody-here", "password": "wrong"}, REMOTE_ADDR="10.3.3.3")
        assert "15分钟" in page.content.decode()
        clock.shift(31 * 24 * 3600)
        tries("shen")
        assert not GuessStreak.objects.exists()
        assert not SignInAttempt.objects.exists()


@pytest.mark.parametrize(("behind", "place"), [(False, "10.0.0.1"), (True, "203.0.113.9")])
def test_the_callers_address_is_the_last_hop_and_only_behind_our_proxy(rf, settings, behind, place):
    settings.BEHIND_PROXY = behind
    request = rf.post("/", REMOTE_ADDR="10.0.0.1", headers={"x-forwarded-for": "1.2.3.4, 203.0.113.9"})
    assert throttle.address_of(request) == place


def test_the_backend_is_the_only_door(mentor, rf):
    for _ in range(5):
        authenticate(rf.post("/"), username="shen", password="wrong")
    assert not tries("shen", address="127.0.0.1")


def test_the_old_password_is_no_place_to_guess(mentor):
    client = password_given(mentor)
    for _ in range(6):
        page = client.post("/accounts/password/", {"old": "wrong", "new": "x", "again": "x"})
    assert "15分钟" in page.content.decode()


def test_codes_are_counted_and_a_password_known_does_not_help(officer):
    with_authenticator(officer)
    for n in range(5):
        thief = password_given(officer)
        assert thief.post(CODE, {"code": f"00000{n}"}).status_code == 200
    page = thief.post(CODE, {"code": "000009"})
    assert "15分钟" in page.content.decode()
    assert thief.post(CODE, {"code": code_now(officer)}).status_code == 200, "from here even the right one waits"


def test_twenty_wrong_codes_from_everywhere_stop_strangers_but_not_the_owners_phone(officer, time_machine):
    time_machine.move_to(timezone.now(), tick=False)  # within one half minute: its code and the one before are used
    with_authenticator(officer)
    own = password_given(officer)
    own.post(CODE, {"code": code_now(officer, shift=-1)})
    own.post("/accounts/logout/")
    for n in range(20):
        thief = Client()
        thief.post(LOGIN, {"username": officer.username, "password": PASSWORD}, REMOTE_ADDR=f"10.0.0.{n}")
        thief.post(CODE, {"code": "000000"}, REMOTE_ADDR=f"10.0.0.{n}")
    late = Client()
    late.post(LOGIN, {"username": officer.username, "password": PASSWORD}, REMOTE_ADDR="10.5.5.5")
    late.post(CODE, {"code": code_now(officer)}, REMOTE_ADDR="10.5.5.5")
    assert late.get("/accounts/me/").status_code == 302
    own.post(LOGIN, {"username": officer.username, "password": PASSWORD})
    own.post(CODE, {"code": code_now(officer)})
    assert own.get("/accounts/me/").status_code == 200


def test_the_password_alone_makes_no_phone_a_known_one(officer):
    """Else whoever has the password could guess codes from ever new phones."""
    with_authenticator(officer)
    client = password_given(officer)
    assert throttle.KNOWN_PHONE not in client.cookies
    client.post(CODE, {"code": code_now(officer)})
    assert throttle.KNOWN_PHONE in client.cookies


def test_recovery_codes_are_guessed_no_faster(officer):
    with_authenticator(officer)
    good = actions.renew_recovery_codes(by=officer)[0]
    client = password_given(officer)
    for n in range(5):
        client.post(CODE, {"code": f"aaaa-bbbb-ccc{n}"})
    client.post(CODE, {"code": good})
    assert client.get("/accounts/me/").status_code == 302


def test_set_up_anew_codes_start_anew(officer):
    with_authenticator(officer)
    GuessStreak.objects.create(key=throttle.code_goal(officer).streak, failures=100, of_an_account=True)
    client = password_given(officer)
    client.post(CODE, {"code": code_now(officer)})
    assert client.get("/accounts/me/").status_code == 302
    call_command("clear_second_factor", officer.username, verbosity=0)
    fresh = with_authenticator(User.objects.get(pk=officer.pk))
    client = password_given(fresh)
    SignInAttempt.objects.update(at=timezone.now() - datetime.timedelta(hours=1))
    client.post(CODE, {"code": code_now(fresh)})
    assert client.get("/accounts/me/").status_code == 200
