"""T52, D12: what is sent twice happens once, and both get the same answer."""

import datetime
import threading
import uuid

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from mentorship.audit.models import Entry, SentForm
from mentorship.audit.once import KEPT, forget
from mentorship.notifications.models import Notice


def key():
    return str(uuid.uuid4())


def message(**more):
    return {"audience": "mentors", "title": "开会", "text": "周五两点", "sent_key": key()} | more


@pytest.fixture
def address():
    return reverse("notifications:send")


def test_every_form_of_ours_and_of_the_admin_carries_its_key(as_, cast, address):
    seen = [as_("lead").get(place).content.decode() for place in (address, address, reverse("admin:places_base_add"))]
    keys = [page.split('name="sent_key" value="')[1][:36] for page in seen]
    assert len({uuid.UUID(one) for one in keys}) == 3
    for page in seen:
        assert page.count('name="sent_key"') == page.count('name="csrfmiddlewaretoken"')


def test_sent_twice_is_done_once_with_the_same_answer(as_, cast, address):
    browser, sent = as_("lead"), message()
    first, second = browser.post(address, sent), browser.post(address, sent)
    assert (first.status_code, second.status_code) == (302, 302)
    assert first.url == second.url
    assert Notice.objects.count() == 1
    assert Entry.objects.filter(verb__startswith="notice").count() == 1


def test_other_words_another_person_or_a_new_page_are_another_form(as_, cast, address):
    sent = message()
    as_("lead").post(address, sent)
    as_("lead").post(address, sent | {"text": "改到周六"})
    as_("officer").post(address, sent)
    as_("lead").post(address, sent | {"sent_key": key()})
    assert Notice.objects.count() == 4


def test_what_was_not_taken_may_be_sent_again(as_, cast, address):
    sent = message(title="")
    assert as_("lead").post(address, sent).status_code == 200
    assert SentForm.objects.count() == 0
    assert as_("lead").post(address, sent | {"title": "开会"}).status_code == 302
    assert Notice.objects.count() == 1


def test_the_admin_too(as_, cast):
    place = reverse("admin:places_holiday_add")
    sent = {"date": "2018-10-01", "note": "国庆", "sent_key": key()}
    first, second = as_("lead").post(place, sent), as_("lead").post(place, sent)
    assert first.status_code == 302, first.context["errors"]
    assert second.url == first.url
    assert Entry.objects.filter(object_type="places.holiday").count() == 1


def test_it_is_forgotten_after_two_days(as_, cast, address, time_machine):
    as_("lead").post(address, message())
    assert forget() == 0
    time_machine.move_to(datetime.datetime.now(datetime.UTC) + KEPT + datetime.timedelta(minutes=1))
    assert forget() == 1


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_four_at_the_same_moment_make_one_row(cast, address):
    sent, answers = message(), []
    barrier = threading.Barrier(4)

    def send():
        browser = Client(headers={"accept-language": "zh-CN"})
        browser.force_login(cast.lead)
        barrier.wait()
        answers.append(browser.post(address, sent))
        connection.close()

    for _ in range(3):
        sent |= {"sent_key": key()}
        answers.clear()
        threads = [threading.Thread(target=send) for _ in range(4)]
        [one.start() for one in threads]
        [one.join() for one in threads]
        assert {answer.status_code for answer in answers} == {302}
        assert len({answer.url for answer in answers}) == 1
    assert Notice.objects.count() == 3
