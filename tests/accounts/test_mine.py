from django.conf import settings
from django.test import Client

from mentorship.accounts.middleware import TEXT_COOKIE
from tests.factories import RoleGrantFactory


def test_preferences_of_a_stranger_live_in_cookies(db):
    client = Client(headers={"accept-language": "zh-CN"})
    response = client.post("/accounts/preferences/", {"language": "en", "text_size": "large", "next": "/help/"})
    assert response["Location"] == "/help/"
    assert client.cookies[settings.LANGUAGE_COOKIE_NAME].value == "en"
    assert client.cookies[TEXT_COOKIE].value == "large"
    page = client.get("/accounts/login/").content.decode()
    assert '<html lang="en" data-text="large">' in page


def test_preferences_of_a_person_go_with_them(cast, as_):
    as_("mentor").post("/accounts/preferences/", {"language": "en", "text_size": "large"})
    cast.mentor.refresh_from_db()
    assert (cast.mentor.language, cast.mentor.text_size) == ("en", "large")
    assert 'data-text="large"' in as_("mentor").get("/accounts/me/").content.decode()


def test_unknown_preferences_change_nothing(cast, as_):
    assert as_("mentor").get("/accounts/preferences/").status_code == 405
    response = as_("mentor").post("/accounts/preferences/", {"language": "xx", "text_size": "huge"})
    assert response.status_code == 302
    cast.mentor.refresh_from_db()
    assert (cast.mentor.language, cast.mentor.text_size) == ("", "standard")


def test_me_tells_who_i_am_and_for_whom_i_may_type(cast, as_):
    page = as_("officer").get("/accounts/me/").content.decode()
    assert "录入、催办、打印，可以替师傅代填。" in page
    assert "替沈桂芳填" in page
    assert "乙区密" not in page
    assert "替沈桂芳填" not in as_("mentee").get("/accounts/me/").content.decode()


def test_works_only_in_studios_where_one_holds_a_role(cast, as_):
    client = as_("officer")
    assert client.post("/accounts/studio/", {"studio": cast.other_studio.pk}).status_code == 404
    RoleGrantFactory(user=cast.officer, studio=cast.other_studio, role="leader")
    assert client.post("/accounts/studio/", {"studio": cast.other_studio.pk}).status_code == 302
    assert client.get("/accounts/me/").wsgi_request.studio == cast.other_studio
