import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.http import Http404
from django.urls import reverse

from mentorship.common.private_files import private_response
from tests.factories.practice import make_log, make_photo

INTERNAL = "/_private/"
HEADERS = ["Content-Type", "Content-Disposition", "Cache-Control", "X-Content-Type-Options"]


@pytest.fixture
def photo(cast):
    return make_photo(make_log(cast.pairing))


def address(photo):
    return reverse("logs:photo", args=[photo.pk])


def test_without_a_proxy_the_file_itself_is_sent(as_, photo):
    response = as_("mentor").get(address(photo))
    assert b"".join(response.streaming_content).startswith(b"\xff\xd8")
    assert "X-Accel-Redirect" not in response.headers


def test_behind_a_proxy_the_view_allows_and_the_proxy_sends(as_, photo, settings):
    streamed = as_("mentor").get(address(photo))
    settings.PRIVATE_BY_PROXY = INTERNAL
    response = as_("mentor").get(address(photo))
    assert response.content == b""
    assert response.headers["X-Accel-Redirect"] == INTERNAL + photo.image.name
    assert [response.headers[name] for name in HEADERS] == [streamed.headers[name] for name in HEADERS]
    streamed.close()


def test_who_may_not_see_it_is_told_no_internal_address(as_, photo, settings):
    settings.PRIVATE_BY_PROXY = INTERNAL
    for who, status in [("stranger", 404), ("other_mentor", 404), ("anonymous", 302)]:
        response = as_(who).get(address(photo))
        assert response.status_code == status, who
        assert "X-Accel-Redirect" not in response.headers


def test_a_name_stays_one_name(cast, photo, settings):
    settings.PRIVATE_BY_PROXY = INTERNAL
    photo.image.name = default_storage.save("logs/何 嘉怡?#%2e.jpg", ContentFile(b"x"))
    response = private_response(photo.image, content_type="image/jpeg", filename="何\r\n嘉怡.jpg")
    assert response["X-Accel-Redirect"].isascii()
    assert not set(response["X-Accel-Redirect"]) & set(" ?#")
    assert "\n" not in response["Content-Disposition"]


def test_what_is_made_on_the_spot_is_sent_by_us(settings):
    settings.PRIVATE_BY_PROXY = INTERNAL
    response = private_response(ContentFile(b"%PDF"), content_type="application/pdf", filename="a.pdf", inline=False)
    assert b"".join(response.streaming_content) == b"%PDF"
    assert response["Content-Disposition"] == 'attachment; filename="a.pdf"'


@pytest.mark.parametrize("internal", ["", INTERNAL])
@pytest.mark.parametrize("name", ["logs/gone.jpg", ""])
def test_what_is_gone_is_not_there(photo, settings, internal, name):
    settings.PRIVATE_BY_PROXY = internal
    photo.image.name = name
    with pytest.raises(Http404):
        private_response(photo.image, content_type="image/jpeg", filename="a.jpg")
