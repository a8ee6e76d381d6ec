"""T30: an account has room for so many bytes of pictures and papers a year; what is refused counts for nothing."""

import datetime

import pytest
from django.core.files.base import ContentFile
from django.utils import timezone, translation

from mentorship.accounts.actions import count_upload
from mentorship.accounts.models import UploadTally
from mentorship.common.errors import Refused

pytestmark = pytest.mark.django_db
DAY = datetime.datetime(2026, 9, 1, 12, tzinfo=datetime.UTC)


@pytest.fixture
def at_most(settings):
    settings.UPLOADS_A_YEAR = 1000


def send(by, size):
    count_upload(by=by, files=[ContentFile(b"x" * size)], field="files")


def sizes():
    return sorted(UploadTally.objects.values_list("user__username", "year", "size"))


def test_a_year_is_full_at_its_last_byte(at_most, world, monkeypatch):
    monkeypatch.setattr(timezone, "now", lambda: DAY)
    send(world.mentor, 600)
    send(world.mentor, 400)
    with pytest.raises(Refused) as refused:
        send(world.mentor, 1)
    assert refused.value.field == "files"
    assert sizes() == [(world.mentor.username, 2026, 1000)]


def test_each_account_and_each_year_has_its_own(at_most, world, monkeypatch):
    monkeypatch.setattr(timezone, "now", lambda: DAY)
    send(world.mentor, 1000)
    send(world.lead, 10)
    # New Year's Eve in Greenwich is New Year's Day here.
    monkeypatch.setattr(timezone, "now", lambda: datetime.datetime(2026, 12, 31, 17, tzinfo=datetime.UTC))
    send(world.mentor, 900)
    assert sizes() == sorted(
        [(world.lead.username, 2026, 10), (world.mentor.username, 2026, 1000), (world.mentor.username, 2027, 900)]
    )


def test_no_file_costs_no_query(world, django_assert_num_queries):
    with django_assert_num_queries(0):
        count_upload(by=world.mentor, files=[], field="files")


def test_who_types_for_another_spends_their_own(at_most, world):
    world.mentor.acting_user = world.lead
    send(world.mentor, 10)
    assert [name for name, _year, _size in sizes()] == [world.lead.username]


@pytest.mark.parametrize(("language", "words"), [("zh-hans", "一个账号一年最多传"), ("en", "In one year an account")])
def test_it_is_said_in_either_language(at_most, world, language, words):
    with translation.override(language), pytest.raises(Refused, match=words):
        send(world.mentor, 1001)
