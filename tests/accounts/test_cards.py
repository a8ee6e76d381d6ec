import datetime
import re

import pytest
import segno
from django.conf import settings
from django.test import Client
from django.utils import timezone

from mentorship.accounts.models import SignInCard, User
from mentorship.audit.models import Entry


@pytest.fixture
def mentor(cast):
    cast.mentor.phone = "13800001234"
    cast.mentor.save()
    return cast.mentor


@pytest.fixture
def sheet(mentor, as_, monkeypatch):
    """The address on a card that an officer has just printed."""
    addresses = []
    made = segno.make
    monkeypatch.setattr(segno, "make", lambda text, **kw: addresses.append(text) or made(text, **kw))
    response = as_("officer").post(f"/accounts/{mentor.pk}/card/print/")
    assert response.status_code == 200
    return addresses[0].removeprefix(settings.SITE_URL), response.content.decode()


def test_the_sheet_has_one_page_of_what_it_takes(sheet, mentor):
    path, page = sheet
    assert "沈桂芳" in page
    assert "<svg" in page
    assert "遗失请打电话收回" in page
    assert not re.search(r"\sstyle=", page)
    token = path.rstrip("/").rsplit("/", 1)[-1]
    assert len(token) >= 43
    assert token not in SignInCard.objects.get().digest
    assert token not in str(list(Entry.objects.values()))


def test_a_card_signs_in_for_thirty_days_after_the_last_digits(sheet, mentor):
    client = Client()
    assert "您是沈桂芳吗" in client.get(sheet[0]).content.decode()
    assert "_auth_user_id" not in client.session
    client.post(sheet[0], {"last_digits": "1234"})
    assert client.session["_auth_user_id"] == str(mentor.pk)
    assert client.cookies[settings.SESSION_COOKIE_NAME]["max-age"] == settings.TRUSTED_PHONE_SECONDS
    assert SignInCard.objects.get().last_used_at


def test_without_a_phone_on_file_the_owner_only_says_yes(sheet, mentor):
    User.objects.filter(pk=mentor.pk).update(phone="")
    client = Client()
    client.post(sheet[0])
    assert "_auth_user_id" in client.session


def test_five_wrong_digits_block_the_card(sheet):
    client = Client()
    for n in range(4):
        assert client.post(sheet[0], {"last_digits": f"000{n}"}).status_code == 200
    assert client.post(sheet[0], {"last_digits": "9999"}).status_code == 404
    assert client.post(sheet[0], {"last_digits": "1234"}).status_code == 404
    assert Entry.objects.filter(verb="card.blocked").count() == 1


def test_unknown_revoked_and_expired_look_alike(sheet, mentor):
    unknown = Client().get("/accounts/card/" + "x" * 43 + "/")
    SignInCard.objects.update(expires_at=timezone.now() - datetime.timedelta(seconds=1))
    expired = Client().get(sheet[0])
    SignInCard.objects.update(expires_at=timezone.now() + datetime.timedelta(days=1), revoked_at=timezone.now())
    revoked = Client().get(sheet[0])
    plain = {re.sub(r'value="[^"]*"', "", r.content.decode()) for r in (unknown, expired, revoked)}
    assert len(plain) == 1
    assert {r.status_code for r in (unknown, expired, revoked)} == {404}
    assert "沈桂芳" not in plain.pop()


def test_taking_a_card_back_ends_the_sessions_it_opened_and_no_others(sheet, mentor, as_):
    by_card, by_password = Client(), as_("mentor")
    by_card.post(sheet[0], {"last_digits": "1234"})
    assert by_card.get("/accounts/me/").status_code == 200
    as_("officer").post(f"/accounts/cards/{SignInCard.objects.get().pk}/revoke/")
    assert by_card.get("/accounts/me/").status_code == 302
    assert by_password.get("/accounts/me/").status_code == 200


def test_a_new_card_takes_the_old_one_back(sheet, mentor, as_):
    as_("officer").post(f"/accounts/{mentor.pk}/card/print/")
    assert Client().get(sheet[0]).status_code == 404
    assert SignInCard.objects.filter(revoked_at=None).count() == 1


def test_a_card_opens_although_the_temporary_password_was_never_used(sheet, mentor):
    User.objects.filter(pk=mentor.pk).update(must_change_password=True)
    client = Client()
    client.post(sheet[0], {"last_digits": "1234"})
    assert client.get("/accounts/me/").status_code == 200


def test_nobody_gets_the_keys_of_someone_who_may_do_more(cast, as_):
    officer = as_("officer")
    for path in ["card/print/", "password/", "close/"]:
        assert officer.post(f"/accounts/{cast.lead.pk}/{path}").status_code == 403
        assert officer.post(f"/accounts/{cast.officer.pk}/{path}").status_code == 403
        assert officer.post(f"/accounts/{cast.stranger.pk}/{path}").status_code == 404
        assert as_("leader").post(f"/accounts/{cast.mentor.pk}/{path}").status_code == 403
        assert as_("mentor").post(f"/accounts/{cast.mentor.pk}/{path}").status_code == 403
    assert not SignInCard.objects.exists()
