"""Each duty both ways: green when it is seen to, red with its mend when it is not."""

import datetime
import json

import pytest
import time_machine
from django.core.files.base import ContentFile
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection
from django.utils import timezone

from mentorship.accounts.actions import count_upload
from mentorship.accounts.models import UploadTally
from mentorship.places.models import Holiday
from mentorship.upkeep import actions, duties
from mentorship.upkeep.backups.taking import STAMP
from mentorship.upkeep.duties import State, all_findings, data, settled, work
from mentorship.upkeep.jobs import jobs
from mentorship.upkeep.models import JobRun

pytestmark = pytest.mark.django_db
ZONE = datetime.timezone(datetime.timedelta(hours=8))


def is_green(finding):
    assert finding.state in (State.GREEN, State.RED)
    assert bool(finding.mend) == (finding.state == State.RED)
    return finding.state == State.GREEN


@pytest.fixture
def production(settings):
    settings.PRODUCTION = True
    settings.SECURE_SSL_REDIRECT = settings.SESSION_COOKIE_SECURE = settings.CSRF_COOKIE_SECURE = True
    settings.SECURE_HSTS_SECONDS = 365 * 24 * 3600
    settings.ALLOWED_HOSTS, settings.SITE_URL = ["studio.example"], "https://studio.example"
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    return settings


# --- settings


@pytest.mark.parametrize(
    ("name", "value", "good"),
    [
        ("SECRET_KEY", "".join(map(chr, range(40, 100))), True),
        ("SECRET_KEY", "short", False),
        ("SECRET_KEY", "a" * 60, False),
        ("DEBUG", False, True),
        ("DEBUG", True, False),
        ("ALLOWED_HOSTS", ["studio.example"], True),
        ("ALLOWED_HOSTS", ["*"], False),
        ("ALLOWED_HOSTS", [], False),
    ],
)
def test_settings_of_every_machine(settings, name, value, good):
    setattr(settings, name, value)
    duty = {"SECRET_KEY": settled.secret_key, "DEBUG": settled.debug, "ALLOWED_HOSTS": settled.hosts}[name]
    assert is_green(duty()) == good


@pytest.mark.parametrize(
    ("duty", "name", "value"),
    [
        (settled.https, "SECURE_SSL_REDIRECT", False),
        (settled.https, "SESSION_COOKIE_SECURE", False),
        (settled.https, "CSRF_COOKIE_SECURE", False),
        (settled.https, "SECURE_HSTS_SECONDS", 3600),
        (settled.address, "SITE_URL", "http://studio.example"),
        (settled.address, "SITE_URL", "https://127.0.0.1:8000"),
        (settled.mail, "EMAIL_BACKEND", "django.core.mail.backends.filebased.EmailBackend"),
        (settled.mail, "EMAIL_BACKEND", "django.core.mail.backends.console.EmailBackend"),
    ],
)
def test_settings_of_a_production(production, duty, name, value):
    assert is_green(duty())
    setattr(production, name, value)
    found = duty()
    assert not is_green(found)
    assert name in found.found + found.mend or value in found.found


@pytest.mark.parametrize("duty", [settled.https, settled.address, settled.mail])
def test_what_only_a_production_needs_is_not_asked_of_one_machine(settings, duty):
    settings.PRODUCTION = False
    assert duty().state == State.IDLE


# --- data


def test_the_database_answers_and_is_migrated(monkeypatch):
    assert is_green(data.database())
    monkeypatch.setattr(data.MigrationExecutor, "migration_plan", lambda self, targets: [("people.0002", False)])
    waiting = data.database()
    assert not is_green(waiting)
    assert "migrate" in waiting.mend


def test_a_database_that_is_away_is_red_and_so_is_what_needs_it(monkeypatch):
    def gone(*arguments, **named):
        raise DatabaseError("no such host\nand more")

    monkeypatch.setattr(connection, "ensure_connection", gone)
    monkeypatch.setattr(connection, "cursor", gone)
    found = {finding.duty: finding for finding in all_findings()}
    assert found["database"].found == "does not answer: no such host"
    assert found["audit heads"].state == State.RED
    assert found["disk"].state == State.GREEN


@pytest.mark.parametrize("pragma", ["synchronous=NORMAL", "foreign_keys=OFF"])
@pytest.mark.django_db(transaction=True)
def test_sqlite_is_set_up_for_keeping(pragma):
    if connection.vendor != "sqlite":
        assert data.sqlite().state == State.IDLE
        return
    assert is_green(data.sqlite())
    with connection.cursor() as cursor:
        cursor.execute(f"PRAGMA {pragma}")
    found = data.sqlite()
    connection.close()
    assert not is_green(found)
    assert pragma.partition("=")[0] in found.found


def test_sqlite_begins_its_transactions_by_taking_the_lock(monkeypatch):
    monkeypatch.setattr(connection, "vendor", "sqlite")
    monkeypatch.setattr(data, "SQLITE_WANTS", {})
    for mode, good in (("IMMEDIATE", True), ("DEFERRED", False)):
        monkeypatch.setitem(connection.settings_dict, "OPTIONS", {"transaction_mode": mode})
        assert is_green(data.sqlite()) == good


def test_private_files_are_closed_to_others(places):
    assert is_green(data.private_files())
    for folder in (places.private, *list(places.private.parents)[:-2]):
        folder.chmod(0o755)
    found = data.private_files()
    assert not is_green(found)
    assert found.mend == f"chmod o= {places.private}"
    places.private.parent.chmod(0o700)  # a closed folder on the way is as good
    assert is_green(data.private_files())


def test_private_files_never_lie_among_the_static_ones(places, settings):
    for name, value in (("STATIC_ROOT", places.root), ("STATICFILES_DIRS", [places.root])):
        before = getattr(settings, name)
        setattr(settings, name, value)
        assert not is_green(data.private_files())
        setattr(settings, name, before)


def test_the_database_file_is_closed_to_others(tmp_path, monkeypatch):
    if connection.vendor != "sqlite":
        assert data.database_file().state == State.IDLE
        return
    path = tmp_path / "studio.sqlite3"
    path.touch(0o600)
    monkeypatch.setitem(connection.settings_dict, "NAME", path)
    assert is_green(data.database_file())
    path.chmod(0o644)
    for folder in list(path.parents)[:-2]:
        folder.chmod(0o755)
    assert not is_green(data.database_file())


def test_the_disk_has_room(monkeypatch):
    for free, good in ((15, True), (14.9, False)):
        monkeypatch.setattr(data, "percent_free", lambda folder, free=free: free)
        assert is_green(data.disk()) == good


def test_who_has_nearly_used_up_a_year_is_named(settings, world):
    settings.UPLOADS_A_YEAR = 1000
    count_upload(by=world.mentor, files=[ContentFile(b"x" * 800)], field="files")
    UploadTally.objects.create(user=world.lead, year=timezone.localdate().year - 1, size=1000)
    assert is_green(data.uploads())
    count_upload(by=world.mentor, files=[ContentFile(b"x")], field="files")
    assert not is_green(data.uploads())
    assert world.mentor.username in data.uploads().found
    assert world.lead.username not in data.uploads().found


# --- work


@pytest.mark.parametrize(("hours", "good"), [(0, True), (25.9, True), (26.1, False), (-1, False)])
def test_the_last_backup_is_young(places, hours, good):
    at = timezone.now() - datetime.timedelta(hours=hours)
    (places.var / STAMP).write_text(json.dumps({"at": at.isoformat()}))
    assert is_green(work.backup()) == good


def test_a_backup_that_was_never_made_is_red(places):
    assert not is_green(work.backup())


def test_each_job_ran_lately(settings):
    settings.SCHEDULE = {"purge_drafts": "daily 00:00"}
    (job,) = jobs()
    (never,) = work.schedule()
    assert not is_green(never)
    long_ago = timezone.now() - datetime.timedelta(hours=37)
    actions.finish(run=actions.claim(job=job, now=long_ago), said="", now=long_ago)
    assert not is_green(work.scheduled(job))
    actions.finish(run=actions.claim(job=job, now=timezone.now()), said="", now=timezone.now())
    assert is_green(work.scheduled(job))


def test_a_parked_job_is_red_with_what_it_said(settings):
    settings.SCHEDULE = {"purge_drafts": "daily 00:00"}
    (job,) = jobs()
    run = actions.claim(job=job, now=timezone.now())
    assert is_green(work.scheduled(job))
    JobRun.objects.filter(pk=run.pk).update(tries=5)
    run.refresh_from_db()
    actions.fail(run=run, said="the disk is full", now=timezone.now())
    found = work.scheduled(job)
    assert not is_green(found)
    assert "the disk is full" in found.found


@pytest.mark.usefixtures("unguarded")
def test_chains_end_as_their_heads_say(studio_at_work):
    assert is_green(work.audit_heads())
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM audit_entry WHERE sequence = 3")
    found = work.audit_heads()
    assert not is_green(found)
    assert str(studio_at_work.cast.studio.pk) in found.found


def test_the_clock_lies_after_what_was_written(studio_at_work):
    assert is_green(work.clock())
    with time_machine.travel(timezone.now() - datetime.timedelta(hours=1)):
        assert not is_green(work.clock())


@pytest.mark.postgres
def test_the_clock_agrees_with_the_database(db):
    assert is_green(work.clock())
    with time_machine.travel(timezone.now() + datetime.timedelta(minutes=2)):
        assert "apart" in work.clock().found


@pytest.mark.parametrize(
    ("day", "good"), [((2026, 6, 1), True), ((2026, 11, 30), True), ((2098, 6, 1), False), ((2097, 12, 1), False)]
)
def test_holidays_of_this_year_and_from_december_of_the_next_are_known(studio, day, good):
    with time_machine.travel(datetime.datetime(*day, 12, tzinfo=ZONE)):
        assert is_green(work.holidays()) == good


def test_a_year_that_every_studio_entered_by_hand_is_known(studio, other_studio):
    with time_machine.travel(datetime.datetime(2098, 6, 1, 12, tzinfo=ZONE)):
        Holiday.objects.create(studio=studio, date="2098-01-01")
        assert not is_green(work.holidays())
        Holiday.objects.create(studio=other_studio, date="2098-01-01")
        assert is_green(work.holidays())


# --- the command


def test_one_red_duty_is_a_failure_in_production_only(places, settings, manage):
    assert "red" in manage("doctor")  # never backed up
    settings.PRODUCTION = True
    with pytest.raises(CommandError, match="duties are red"):
        call_command("doctor")


def test_all_green_is_a_success_in_production(production, manage, monkeypatch):
    monkeypatch.setattr(duties, "SETTINGS", [settled.hosts, settled.https, settled.address, settled.mail])
    monkeypatch.setattr(duties, "DATA", [data.database])
    monkeypatch.setattr(duties, "WORK", [])
    said = manage("doctor")
    assert "red" not in said.split()
    assert len(said.splitlines()) == 5


def test_machines_get_the_same(manage, places):
    found = {row["duty"]: row for row in json.loads(manage("doctor", "--json"))}
    assert found["backup"]["state"] == "red"
    assert found["backup"]["mend"]
    assert found["database"]["state"] == "green"
    assert found["HTTPS"]["state"] == "-"
