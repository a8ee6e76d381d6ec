import datetime

import pytest
from django.conf import settings
from django.contrib.auth import authenticate
from django.contrib.auth.hashers import Argon2PasswordHasher
from django.test import Client
from django.urls import reverse

from mentorship.accounts import throttle
from mentorship.accounts.models import SignInAttempt, User
from tests.factories import RoleGrantFactory, UserFactory
from tests.factories.ground import PASSWORD

LOGIN = "/accounts/login/"


@pytest.fixture
def person(db):
    user = UserFactory(username="shen", phone="13800001111")
    RoleGrantFactory(user=user)
    return user


def try_with(client, username="shen", password=PASSWORD, **extra):
    return client.post(LOGIN, {"username": username, "password": password, **extra})


def is_in(client) -> bool:
    return "_auth_user_id" in client.session


def test_signs_in_by_account_and_by_phone(person):
    for typed in ["shen", "13800001111", " shen "]:
        client = Client()
        assert try_with(client, typed).status_code == 302
        assert is_in(client)


def test_two_accounts_with_one_phone_are_told_apart_by_the_password(person):
    other = UserFactory(username="shen2", phone="13800001111", password="another-district-9")
    client = Client()
    try_with(client, "13800001111", "another-district-9")
    assert client.session["_auth_user_id"] == str(other.pk)


def test_an_inactive_account_is_told_what_a_wrong_password_is_told(person):
    wrong = try_with(Client(), password="wrong")
    User.objects.update(is_active=False)
    closed, unknown = try_with(Client()), try_with(Client(), "nobody-here")
    assert "账号或密码不对" in closed.content.decode()
    assert errors(wrong) == errors(closed) == errors(unknown)
    assert {r.status_code for r in (wrong, closed, unknown)} == {200}


def errors(response):
    return response.context["form"].errors.get_json_data()


def test_what_was_typed_stays_except_the_password(person):
    html = try_with(Client(), "shen", "a-wrong-password").content.decode()
    assert 'value="shen"' in html
    assert "a-wrong-password" not in html


def test_own_phone_stays_signed_in_thirty_days_and_others_until_the_browser_closes(person):
    client = Client()
    try_with(client, remember="on")
    assert client.cookies[settings.SESSION_COOKIE_NAME]["max-age"] == settings.TRUSTED_PHONE_SECONDS
    other = Client()
    try_with(other)
    assert other.cookies[settings.SESSION_COOKIE_NAME]["max-age"] == ""


def test_a_session_from_before_is_not_kept(person):
    client = Client()
    session = client.session
    session["planted"] = 1
    session.save()
    client.cookies[settings.SESSION_COOKIE_NAME] = session.session_key
    try_with(client)
    assert client.session.session_key != session.session_key


def test_a_session_that_ended_opens_nothing(person):
    client = Client()
    try_with(client)
    old = client.cookies[settings.SESSION_COOKIE_NAME].value
    assert client.get("/accounts/logout/").status_code == 405
    assert is_in(client)
    assert client.post("/accounts/logout/").status_code == 302
    thief = Client()
    thief.cookies[settings.SESSION_COOKIE_NAME] = old
    assert thief.get("/accounts/me/").status_code == 302


@pytest.mark.parametrize("target", [
    "//evil.example", "/\\evil.example", "https:/evil.example", "javascript:alert(1)", "\t//evil.example",
    "http://testserver@evil.example/", "///evil.example", "http:///evil.example", "%09//evil.example",
    "https://evil.example",
])  # fmt: skip
def test_next_never_leaves_the_site(person, target):
    client = Client()
    for response in [try_with(client, next=target), client.post("/accounts/preferences/", {"next": target})]:
        assert response.status_code == 302
        assert response["Location"] == "/"
    assert Client().get(LOGIN, {"next": target}).context["next"] == ""


def test_next_is_followed_within_the_site(person):
    assert try_with(Client(), next="/accounts/me/?a=1")["Location"] == "/accounts/me/?a=1"


def test_five_wrong_passwords_from_one_address_make_the_sixth_wait(person):
    client = Client()
    for _ in range(5):
        assert "账号或密码不对" in try_with(client, password="wrong").content.decode()
    response = try_with(client)
    assert "15分钟" in response.content.decode()
    assert not is_in(client)


def test_a_header_of_ones_own_changes_no_address(person):
    for n in range(5):
        Client(headers={"x-forwarded-for": f"10.0.0.{n}"}).post(LOGIN, {"username": "shen", "password": "wrong"})
    client = Client(headers={"x-forwarded-for": "10.9.9.9"})
    try_with(client)
    assert not is_in(client)


def test_many_addresses_share_twenty_tries(person):
    for n in range(20):
        Client(REMOTE_ADDR=f"10.0.0.{n}").post(LOGIN, {"username": "shen", "password": "wrong"})
    late = Client(REMOTE_ADDR="10.1.1.1")
    try_with(late)
    assert not is_in(late)


def test_name_and_phone_share_their_tries(person):
    for typed in ["shen", "13800001111", "shen", "13800001111", "shen"]:
        try_with(Client(), typed, "wrong")
    client = Client()
    try_with(client, "13800001111")
    assert not is_in(client)


def test_the_owner_gets_in_from_a_phone_that_was_here_before(person):
    own = Client()
    try_with(own)
    own.post("/accounts/logout/")
    for n in range(30):
        Client(REMOTE_ADDR=f"10.0.0.{n}").post(LOGIN, {"username": "shen", "password": "wrong"})
        try_with(Client(), password="wrong")
    try_with(own)
    assert is_in(own)


def test_a_phone_of_someone_else_gives_no_extra_tries(person):
    other = UserFactory(username="other", password="another-pass-22")
    client = Client()
    try_with(client, "other", "another-pass-22")
    client.post("/accounts/logout/")
    for _ in range(5):
        try_with(client, password="wrong")
    try_with(client)
    assert not is_in(client)
    assert other.is_active


def test_waiting_tells_nothing_about_who_exists(person):
    answers = []
    for typed in ["shen", "nobody-here"]:
        for _ in range(6):
            response = try_with(Client(), typed, "wrong")
        answers.append(errors(response))
    assert answers[0] == answers[1]
    assert "15分钟" in str(answers[0])


@pytest.fixture
def hashed(settings, monkeypatch):
    """Each hashing by the hasher of production, made cheap: that is what takes the time of an answer."""
    settings.PASSWORD_HASHERS = [f"{Argon2PasswordHasher.__module__}.{Argon2PasswordHasher.__name__}"]
    monkeypatch.setattr(Argon2PasswordHasher, "memory_cost", 64)
    monkeypatch.setattr(Argon2PasswordHasher, "time_cost", 1)
    done = []
    for name in ("encode", "verify"):
        true = getattr(Argon2PasswordHasher, name)
        counting = lambda self, *typed, true=true, name=name: done.append(name) or true(self, *typed)  # noqa: E731
        monkeypatch.setattr(Argon2PasswordHasher, name, counting)
    return done


def test_every_answer_costs_one_hashing(hashed, person):
    """Unknown, wrong, right, closed and waiting: nobody tells from the time who has an account."""
    person.set_password(PASSWORD)
    person.save()
    closed = UserFactory(username="closed", is_active=False)
    assert closed.password.startswith("argon2")

    def cost(typed, password="wrong"):
        hashed.clear()
        try_with(Client(), typed, password)
        return len(hashed)

    typed = ["nobody-here", "shen", "13800001111", "closed", "x" * 150]
    assert [cost(name) for name in typed] == [1] * 5
    assert cost("shen", PASSWORD) == 1
    assert cost("closed", PASSWORD) == 1
    for _ in range(5):
        cost("shen")
        cost("nobody-here")
    assert [cost("shen"), cost("nobody-here"), cost("shen", PASSWORD)] == [1] * 3, "waiting"


def test_waiting_ends_by_itself(person):
    for _ in range(8):
        try_with(Client(), password="wrong")
    assert SignInAttempt.objects.count() == throttle.FROM_ONE_PLACE
    SignInAttempt.objects.update(at=SignInAttempt.objects.first().at - datetime.timedelta(minutes=16))
    client = Client()
    try_with(client)
    assert is_in(client)


def test_the_admin_has_no_door_of_its_own(cast):
    client = Client()
    response = client.post(reverse("admin:login"), {"username": cast.officer.username, "password": PASSWORD})
    assert response["Location"].startswith(LOGIN)
    assert not is_in(client)


def test_whatever_asks_the_backend_is_counted(person, rf):
    for _ in range(5):
        authenticate(rf.post("/"), username="shen", password="wrong")
    assert authenticate(rf.post("/"), username="shen", password=PASSWORD) is None


def test_demo_accounts_stand_on_the_page_only_in_a_demonstration(person, settings):
    mentor = UserFactory(username="mentor")
    RoleGrantFactory(user=mentor, role="mentor")
    assert "demo_sign_ins" not in Client().get(LOGIN).context
    settings.DEMO = True
    assert Client().get(LOGIN).context["demo_sign_ins"] == [("mentor", "带教书记")]


def test_a_temporary_password_opens_only_the_page_that_changes_it(person):
    User.objects.update(must_change_password=True)
    client = Client()
    try_with(client)
    assert client.get("/accounts/me/")["Location"] == "/accounts/password/"
    assert client.get("/accounts/password/").status_code == 200
    new = "a-much-better-one-8"
    client.post("/accounts/password/", {"old": PASSWORD, "new": new, "again": new})
    assert client.get("/accounts/me/").status_code == 200
    assert not User.objects.get().must_change_password


def test_a_new_password_ends_other_sessions_and_is_checked(person):
    here, there = Client(), Client()
    try_with(here)
    try_with(there)
    assert "old" in errors(here.post("/accounts/password/", {"old": "no", "new": "x", "again": "x"}))
    assert "new" in errors(here.post("/accounts/password/", {"old": PASSWORD, "new": "12345678", "again": "12345678"}))
    new = "a-much-better-one-8"
    assert "again" in errors(here.post("/accounts/password/", {"old": PASSWORD, "new": new, "again": new + "9"}))
    here.post("/accounts/password/", {"old": PASSWORD, "new": new, "again": new})
    assert here.get("/accounts/me/").status_code == 200
    assert there.get("/accounts/me/").status_code == 302
    assert User.objects.get().check_password(new)
