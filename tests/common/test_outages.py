"""T66: what is off is named on pages and by the doctor; nothing else stops for it."""

import os
import smtplib
import time

import pytest
from django.core import mail

from mentorship.common import outages
from mentorship.notifications.actions import notify
from mentorship.notifications.models import Receipt
from mentorship.notifications.tasks import email_receipt
from mentorship.upkeep.duties.base import State
from mentorship.upkeep.duties.work import parts
from tests.factories import UserFactory


@pytest.fixture(autouse=True)
def room(settings, tmp_path):
    settings.VAR_DIR = tmp_path
    return tmp_path


def test_nothing_is_off_at_first_and_a_word_is_believed_for_a_while(room):
    assert outages.words() == []
    outages.note(outages.QUEUE)
    assert [part for part, _words in outages.words()] == ["queue"]
    long_ago = time.time() - outages.LASTS[outages.QUEUE] - 1
    os.utime(outages.place_of(outages.QUEUE), (long_ago, long_ago))
    assert outages.words() == []


def test_mail_is_off_from_its_first_failure_to_the_next_that_arrives():
    with pytest.raises(ConnectionRefusedError), outages.mailing():
        raise ConnectionRefusedError
    assert outages.parts_off() == ["mail"]
    with outages.mailing():
        pass
    assert outages.parts_off() == []


def test_a_refused_address_is_no_outage():
    with pytest.raises(smtplib.SMTPRecipientsRefused), outages.mailing():
        raise smtplib.SMTPRecipientsRefused({})
    assert outages.parts_off() == []


@pytest.mark.parametrize("room_left", [outages.LEAST_ROOM - 1, outages.LEAST_ROOM])
def test_a_full_disk(monkeypatch, room_left):
    monkeypatch.setattr("shutil.disk_usage", lambda place: type("Usage", (), {"free": room_left}))
    assert outages.parts_off() == (["disk"] if room_left < outages.LEAST_ROOM else [])


def test_pages_and_the_doctor_name_it(cast, as_):
    page = as_("mentor").get("/mentor/").text
    assert "data-off=" not in page
    assert parts().state == State.GREEN
    outages.note(outages.MAIL)
    page = as_("mentor").get("/mentor/").text
    assert page.count("data-off=") == 1
    assert "邮件这会儿发不出去" in page
    assert parts().state == State.RED


def test_without_a_worker_nobody_waits_for_a_mail_server_that_was_just_away(cast, monkeypatch):
    person = UserFactory(email="a@example.com")
    notice = notify(kind="message", studio=cast.studio, to=[person], particulars={"title": "t", "text": "x"})
    receipt = Receipt.objects.get(notice=notice)
    outages.note(outages.MAIL)
    email_receipt.enqueue(str(receipt.pk))
    assert mail.outbox == []
    monkeypatch.setattr(outages, "REST", 0)
    email_receipt.enqueue(str(receipt.pk))
    assert [one.to for one in mail.outbox] == [["a@example.com"]]
    assert outages.parts_off() == []
