"""T20: codes, passkeys, recovery codes: set up, shown once each, given up."""

import io
import time

import pyotp
import pytest
import time_machine
from django.core.management import call_command

from mentorship.accounts import actions, codes
from mentorship.accounts.models import Authenticator, Passkey, RecoveryCode, User
from mentorship.audit.models import Entry
from mentorship.common.errors import Refused
from mentorship.notifications.models import Receipt

from .keys import SoftKey, code_now, looked_long_ago, password_given, wholly_in, with_authenticator

PAGE, APP, NEW_KEY = "/accounts/second-factor/", "/accounts/second-factor/app/", "/accounts/second-factor/passkey/"
CODE = "/accounts/code/"


def secret_in(response) -> str:
    return response.context["secret"].replace(" ", "")


def is_in(client) -> bool:
    return client.get("/accounts/me/").status_code == 200


def test_who_must_sets_up_a_code_before_anything_else_and_gets_ten_recovery_codes(required, officer):
    client = password_given(officer)
    assert not is_in(client)
    shown = client.get(APP)
    assert "otpauth" not in shown.content.decode()  # the address is in the picture alone
    assert "<svg" in shown.content.decode()
    done = client.post(APP, {"code": pyotp.TOTP(secret_in(shown)).now()})
    told = done.context["codes"]
    assert len(set(told)) == 10
    assert is_in(client)
    kept = " ".join(RecoveryCode.objects.values_list("digest", flat=True))
    assert not any(code in kept for code in told)
    assert secret_in(shown) not in Authenticator.objects.get().secret
    assert Entry.objects.filter(verb="second_factor.authenticator_set").exists()


def test_a_wrong_code_sets_nothing_up_and_the_secret_stays_the_same(required, officer):
    client = password_given(officer)
    first = client.get(APP)
    again = client.post(APP, {"code": "000000"})
    assert again.context["form"].errors["code"]
    assert secret_in(first) == secret_in(again)
    assert not Authenticator.objects.exists()
    assert not is_in(client)


def test_a_code_opens_within_half_a_minute_and_only_once(officer):
    user = with_authenticator(officer)
    secret = codes.unseal(user.authenticator.secret)
    now = 1_900_000_000
    hotp = pyotp.HOTP(secret)
    with time_machine.travel(now, tick=False):
        step = now // 30
        for far in (step - 2, step + 2):
            assert not actions.show_code(user=user, code=hotp.at(far))
        for near in (step - 1, step, step + 1):
            assert actions.show_code(user=user, code=hotp.at(near))
            assert not actions.show_code(user=user, code=hotp.at(near)), "used already"
        assert not actions.show_code(user=user, code=hotp.at(step)), "older than one that was used"


def test_the_codes_are_those_of_the_standard():
    """RFC 6238, appendix B, SHA-1, last six digits."""
    secret = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"
    for at, code in [(59, "287082"), (1111111109, "081804"), (1234567890, "005924"), (20000000000, "353130")]:
        assert codes.step_of(secret, code, at=at) == at // 30


def test_after_the_password_comes_the_code_and_then_the_page_that_was_asked_for(officer):
    with_authenticator(officer)
    client = password_given(officer)
    before = client.session.session_key
    asked = client.get("/accounts/login/?next=/accounts/me/")
    assert asked["Location"] == "/accounts/code/?next=%2Faccounts%2Fme%2F"
    assert client.post(CODE, {"code": "123456", "next": "/accounts/me/"}).status_code == 200
    assert not is_in(client)
    done = client.post(CODE, {"code": code_now(officer), "next": "/accounts/me/"})
    assert done["Location"] == "/accounts/me/"
    assert is_in(client)
    assert client.session.session_key != before


def test_a_code_that_someone_has_seen_opens_no_second_session(officer):
    with_authenticator(officer)
    code = code_now(officer)
    here, there = password_given(officer), password_given(officer)
    here.post(CODE, {"code": code})
    there.post(CODE, {"code": code})
    assert is_in(here)
    assert not is_in(there)


def test_a_recovery_code_opens_once_however_it_is_written(officer):
    with_authenticator(officer)
    first, second, *_rest = actions.renew_recovery_codes(by=officer)
    client = password_given(officer)
    client.post(CODE, {"code": f" {first.upper().replace('-', ' ')} "})
    assert is_in(client)
    again = password_given(officer)
    again.post(CODE, {"code": first})
    assert not is_in(again)
    assert Entry.objects.get(verb="second_factor.recovery_used").after == {"codes_left": 9}
    fresh = actions.renew_recovery_codes(by=officer)
    again.post(CODE, {"code": second})
    assert not is_in(again), "new codes make the old ones void"
    again.post(CODE, {"code": fresh[0]})
    assert is_in(again)


def test_another_persons_codes_open_nothing(officer, mentor):
    with_authenticator(officer)
    with_authenticator(mentor)
    foreign = actions.renew_recovery_codes(by=mentor)[0]
    client = password_given(officer)
    for code in (foreign, code_now(mentor)):
        client.post(CODE, {"code": code})
    assert not is_in(client)


def test_who_has_one_is_asked_for_it_even_where_it_is_only_offered(mentor):
    assert is_in(password_given(mentor))
    with_authenticator(mentor)
    assert not is_in(password_given(mentor))


def test_a_session_from_before_is_asked_too(mentor):
    elsewhere = password_given(mentor)
    assert is_in(elsewhere)
    with_authenticator(mentor)
    assert not is_in(elsewhere)


def test_after_another_secret_key_no_code_opens_and_nothing_breaks(officer, settings):
    with_authenticator(officer)
    code, old = code_now(officer), settings.SECRET_KEY
    settings.SECRET_KEY = "another-key" * 6
    assert not actions.show_code(user=officer, code=code)
    settings.SECRET_KEY_FALLBACKS = [old]
    assert actions.show_code(user=officer, code=code)


def test_one_who_must_have_it_gives_up_the_last_one_only_for_another(required, officer):
    with_authenticator(officer)
    client = wholly_in(officer)
    client.post(f"{APP}remove/")
    assert Authenticator.objects.exists()
    Passkey.objects.create(user=officer, name="手机", credential="x", public_key=b"x")
    client.post(f"{APP}remove/")
    assert not Authenticator.objects.exists()
    officer.refresh_from_db()
    assert officer.has_second_factor


def test_one_who_need_not_have_it_gives_it_up_with_all_its_codes(mentor):
    with_authenticator(mentor)
    actions.renew_recovery_codes(by=mentor)
    client = wholly_in(mentor)
    looked_long_ago(client)
    client.post(f"{APP}remove/")
    assert Authenticator.objects.exists(), "not without a second look"
    client = wholly_in(mentor)
    client.post(f"{APP}remove/")
    assert not Authenticator.objects.exists()
    assert not RecoveryCode.objects.exists()
    assert is_in(password_given(User.objects.get(pk=mentor.pk)))


def test_another_takes_it_off_it_is_on_record_and_the_person_is_told(cast, as_):
    with_authenticator(cast.officer)
    theirs = wholly_in(cast.officer)
    assert is_in(theirs)
    address = f"/accounts/{cast.officer.pk}/second-factor/remove/"
    for who, status in [("mentor", 403), ("leader", 403), ("stranger", 404)]:
        assert as_(who).post(address).status_code == status
    assert Authenticator.objects.exists()
    assert as_("lead").post(address).status_code == 302
    assert not Authenticator.objects.exists()
    assert not is_in(theirs)
    entry = Entry.objects.get(verb="second_factor.cleared")
    assert (entry.actor_name, entry.object_id) == ("许晓岚", str(cast.officer.pk))
    told = Receipt.objects.get(recipient=cast.officer, notice__kind="second_factor_cleared")
    page = password_given(User.objects.get(pk=cast.officer.pk)).get(f"/notices/{told.pk}/", follow=True)
    assert "您的第二道验证去掉了" in page.content.decode()


def test_taking_it_off_wants_a_second_look_of_the_one_who_does_it(required, cast):
    with_authenticator(cast.mentor)
    with_authenticator(cast.lead)
    client = wholly_in(cast.lead)
    looked_long_ago(client)
    address = f"/accounts/{cast.mentor.pk}/second-factor/remove/"
    client.post(address)
    assert Authenticator.objects.filter(user=cast.mentor).exists()
    client.post("/accounts/again/", {"code": code_now(cast.lead)})
    client.post(address)
    assert not Authenticator.objects.filter(user=cast.mentor).exists()


def test_an_operator_who_lost_everything_is_helped_at_the_machine(db, django_user_model):
    operator = with_authenticator(django_user_model.objects.create_superuser("root", "x", name="运维"))
    call_command("clear_second_factor", "root", verbosity=0, stdout=io.StringIO())
    operator.refresh_from_db()
    assert not operator.has_second_factor


def made_with(client, key, name="我的手机"):
    question = client.get(NEW_KEY).context["question"]
    return client.post(NEW_KEY, {"name": name, "passkey": key.make(question)})


def test_a_passkey_is_made_shown_renamed_and_given_up(officer):
    key, client = SoftKey(), password_given(officer)
    assert made_with(client, key).context["codes"]
    later = password_given(officer)
    assert not is_in(later)
    question = later.get(CODE).context["question"]
    later.post(CODE, {"passkey": key.show(question)})
    assert is_in(later)
    row = Passkey.objects.get()
    later.post(f"/accounts/second-factor/passkeys/{row.pk}/", {"name": "新手机"})
    assert Passkey.objects.get().name == "新手机"
    later.post(f"/accounts/second-factor/passkeys/{row.pk}/remove/")
    assert not Passkey.objects.exists()
    verbs = Entry.objects.order_by("sequence").values_list("verb", flat=True)
    parts = ["passkey_added", "codes_renewed", "passkey_renamed", "passkey_removed"]
    assert list(verbs) == [f"second_factor.{part}" for part in parts]


@pytest.mark.parametrize(
    "spoil",
    [
        lambda key, asked: SoftKey().show(asked),
        lambda key, asked: key.show({"challenge": "AAAA"}),
        lambda key, asked: (setattr(key, "origin", "http://evil.example"), key.show(asked))[1],
        lambda key, asked: (setattr(key, "host", "evil.example"), key.show(asked))[1],
        lambda key, asked: (setattr(key, "count", -1), key.show(asked))[1],
        lambda key, asked: "{}",
        lambda key, asked: "no json",
        lambda key, asked: '{"id": 1, "rawId": [], "response": null}',
    ],
    ids=["another's key", "another question", "another site", "another host", "a copy", "empty", "noise", "odd types"],
)
def test_a_passkey_that_answers_wrongly_opens_nothing(officer, spoil):
    key = SoftKey()
    key.count = 5
    made_with(password_given(officer), key)
    client = password_given(officer)
    asked = client.get(CODE).context["question"]
    assert client.post(CODE, {"passkey": spoil(key, asked)}).status_code == 200
    assert not is_in(client)


def test_an_answer_is_good_for_one_question_only(officer):
    key = SoftKey()
    made_with(password_given(officer), key)
    client = password_given(officer)
    answer = key.show(client.get(CODE).context["question"])
    client.get(CODE)
    client.post(CODE, {"passkey": answer})
    assert not is_in(client), "a later question has taken its place"
    answer = key.show(client.get(CODE).context["question"])
    client.post(CODE, {"passkey": answer})
    assert is_in(client)
    thief = password_given(officer)
    thief.post(CODE, {"passkey": answer})
    assert not is_in(thief)


def test_the_same_key_is_registered_once(officer, mentor):
    key = SoftKey()
    made_with(password_given(officer), key)
    again = made_with(password_given(mentor), key)
    assert again.context["form"].non_field_errors()
    assert Passkey.objects.count() == 1


def test_where_the_site_is_a_bare_number_no_passkey_is_offered(officer):
    client = password_given(officer)
    page = client.get(NEW_KEY, headers={"host": "127.0.0.1:8000"})
    assert not page.context["takes_passkeys"]


def test_nobody_touches_anothers_passkey(officer, mentor):
    row = Passkey.objects.create(user=mentor, name="手机", credential="x", public_key=b"x")
    client = password_given(officer)
    for address in (
        f"/accounts/second-factor/passkeys/{row.pk}/",
        f"/accounts/second-factor/passkeys/{row.pk}/remove/",
    ):
        assert client.post(address, {"name": "偷"}).status_code == 404
    row.refresh_from_db()
    assert row.name == "手机"


def test_while_typing_for_a_mentor_nobodys_keys_are_touched(cast, as_):
    client = as_("officer")
    client.post(f"/accounts/{cast.mentor.pk}/act/")
    for address in (PAGE, APP, NEW_KEY):
        assert client.get(address).status_code == 403


def test_recovery_codes_need_something_to_recover(mentor):
    with pytest.raises(Refused):
        actions.renew_recovery_codes(by=mentor)


def test_a_new_phone_takes_the_place_of_the_old_one(officer):
    with_authenticator(officer)
    old = codes.unseal(officer.authenticator.secret)
    secret = codes.new_secret()
    actions.set_authenticator(by=officer, secret=secret, code=pyotp.TOTP(secret).now())
    assert Authenticator.objects.count() == 1
    assert not actions.show_code(user=officer, code=pyotp.TOTP(old).now())
    assert time.time() - Authenticator.objects.get().last_used_at.timestamp() < 60
