"""The ends of the chains leave the machine every day, and the doctor asks whether they did."""

import datetime
import re

import pytest
import time_machine
from django.core.management import CommandError, call_command
from django.db import connection
from django.utils import timezone

from mentorship.audit.anchors import heads, read
from mentorship.audit.models import ChainHead, Entry
from mentorship.upkeep.anchoring import NOWHERE, STAMP
from mentorship.upkeep.duties import State, data, work
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def elsewhere(studio_at_work, settings):
    settings.ANCHOR_TO, settings.ANCHOR_MAIL = str(studio_at_work.places.root / "elsewhere"), []
    return studio_at_work.places.root / "elsewhere"


def test_into_a_folder_beside_the_older_ones(elsewhere, manage):
    assert f"1 ends went to {elsewhere}" in manage("anchor_audit")
    manage("anchor_audit")
    texts = [path.read_text() for path in elsewhere.iterdir()]
    assert len(texts) == 2
    assert [read(text) for text in texts] == [heads(), heads()]
    assert not [path for path in elsewhere.iterdir() if path.stat().st_mode & 0o007]


def test_by_mail_to_the_addresses_of_the_settings(studio_at_work, settings, manage, mailoutbox):
    settings.ANCHOR_MAIL = ["kept@elsewhere.example"]
    manage("anchor_audit")
    (mail,) = mailoutbox
    assert mail.to == ["kept@elsewhere.example"]
    assert read(mail.body) == heads()
    assert not re.search(r"[^\x00-\x7f]", mail.body)  # a saved mail is read again letter by letter


def test_without_addresses_to_the_operators(studio_at_work, manage, mailoutbox):
    UserFactory(is_operator=True, email="op@studio.example")
    UserFactory(is_operator=True, is_active=False, email="gone@studio.example")
    UserFactory(email="mentor@studio.example")
    manage("anchor_audit")
    assert [mail.to for mail in mailoutbox] == [["op@studio.example"]]


def test_nowhere_to_send_them_is_said(studio_at_work, manage):
    with pytest.raises(CommandError, match=re.escape(NOWHERE[:20])):
        manage("anchor_audit")


@pytest.mark.usefixtures("unguarded")
def test_a_loss_is_mailed_and_nothing_new_covers_it_up(elsewhere, settings, manage, mailoutbox):
    settings.ANCHOR_MAIL = ["kept@elsewhere.example"]
    manage("anchor_audit")
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM audit_entry WHERE sequence = 3")
    ChainHead.objects.update(sequence=2, digest=Entry.objects.get(sequence=2).digest)
    with pytest.raises(CommandError, match="the end was cut off"):
        manage("anchor_audit")
    assert "lost entries" in mailoutbox[-1].subject
    assert len(list(elsewhere.iterdir())) == 1


def test_the_doctor_asks_for_it(elsewhere, settings, manage):
    assert work.anchor().state == State.RED
    manage("anchor_audit")
    found = work.anchor()
    assert found.state == State.GREEN
    assert str(elsewhere) in found.found
    with time_machine.travel(timezone.now() + datetime.timedelta(hours=27)):
        assert work.anchor().state == State.RED
    (settings.VAR_DIR / STAMP).write_text("{}")
    assert work.anchor().state == State.RED
    settings.ANCHOR_TO = ""
    assert work.anchor().state == State.IDLE
    settings.PRODUCTION = True
    assert work.anchor().state == State.RED


@pytest.mark.usefixtures("unguarded")
def test_the_doctor_and_the_weekly_check_name_missing_guards(studio_at_work, capsys):
    found = data.guards()
    assert found.state == State.RED
    assert "guard__" in found.found
    assert "./studio manage migrate" in found.mend
    with pytest.raises(CommandError):
        call_command("check_integrity")
    assert "the guard guard__audit_entry__" in capsys.readouterr().out


def test_guards_that_stand_are_green(studio_at_work):
    assert data.guards().state == State.GREEN
