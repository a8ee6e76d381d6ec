"""A backup is made whole while people work, and put back whole or not at all. On both databases."""

import datetime
import json
import threading
import time

import pytest
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.management import CommandError, call_command
from django.db import connection, connections
from django.utils import timezone

from mentorship.audit.actions import record
from mentorship.audit.models import Entry
from mentorship.audit.verify import verify_all
from mentorship.people.models import Secretary
from mentorship.upkeep.backups import taking
from mentorship.upkeep.backups.databases import engine
from mentorship.upkeep.backups.programs import Trouble
from mentorship.upkeep.backups.sealing import Key
from mentorship.upkeep.backups.taking import last_stamp, take
from mentorship.upkeep.backups.vault import Busy, Vault
from tests.common.bucket import Bucket
from tests.factories import SecretaryFactory

from .conftest import give_portrait, stored

pytestmark = pytest.mark.django_db(transaction=True)


def state():
    return {
        "files": stored(),
        "people": list(Secretary.objects.order_by("pk").values_list("pk", "name", "portrait")),
        "entries": list(Entry.objects.order_by("studio_id", "sequence").values_list("digest", flat=True)),
    }


def files_of(vault):
    return {path: path.read_bytes() for path in vault.rglob("*") if path.is_file() and path.name != ".lock"}


# --- there and back


@pytest.mark.parametrize("sealed", [True, False], ids=["sealed", "open"])
def test_everything_comes_back(studio_at_work, manage, key_file, sealed):
    vault, cast = studio_at_work.places.vault, studio_at_work.cast
    before = state()
    seal = ["--encrypt-with", key_file] if sealed else []
    said = manage("backup", vault, *seal)
    assert "3 private files, 2 of them new" in said
    assert ("NOT sealed" in said) != sealed

    give_portrait(SecretaryFactory(studio=cast.studio), b"later")
    studio_at_work.people[0].portrait.delete()
    record(by=cast.lead, verb="secretary.changed", on=studio_at_work.people[0], studio=cast.studio)
    SessionStore().save()
    assert state() != before

    key = ["--decrypt-with", key_file] if sealed else []
    said = manage("restore", vault, "--force-empty", *key)
    assert "0 differences" in said
    assert "is restored" in said
    assert "WRONG" not in said
    assert state() == before
    assert not Session.objects.exists()
    assert not [verdict for verdict in verify_all() if verdict.fault]
    assert not list(studio_at_work.places.private.rglob(".restoring"))
    record(by=cast.lead, verb="secretary.changed", on=studio_at_work.people[0], studio=cast.studio)  # and work goes on


def test_nothing_of_a_sealed_backup_is_readable(studio_at_work, manage, key_file):
    vault = studio_at_work.places.vault
    manage("backup", vault, "--encrypt-with", key_file)
    whole = b"".join([*files_of(vault).values(), *(str(path).encode() for path in vault.rglob("*"))])
    for canary in (
        b"canary",
        "沈桂芳".encode(),
        studio_at_work.names[0].encode(),
        b"SQLite format",
        b"django_migrations",
    ):
        assert canary not in whole
    manage("backup", studio_at_work.places.root / "open")
    assert b"canary" in b"".join(files_of(studio_at_work.places.root / "open").values())


def test_it_is_private_to_its_owner(studio_at_work, manage):
    manage("backup", studio_at_work.places.vault)
    assert not [
        path for path in studio_at_work.places.vault.rglob("*") if path.name != ".lock" and path.stat().st_mode & 0o077
    ]


# --- refused, and nothing written


def refused(match, *arguments):
    before = state()
    with pytest.raises(CommandError, match=match):
        call_command(*map(str, arguments))
    assert state() == before


def test_only_into_an_empty_place(studio_at_work, manage):
    vault = studio_at_work.places.vault
    manage("backup", vault)
    refused("The database holds .* tables", "restore", vault)


def test_another_key_or_none_is_refused(studio_at_work, manage, key_file):
    vault, other = studio_at_work.places.vault, studio_at_work.places.root / "other"
    manage("backup", vault, "--encrypt-with", key_file)
    manage("backup", "--new-key", other)
    refused("does not belong", "restore", vault, "--force-empty", "--decrypt-with", other)
    refused("name its key file", "restore", vault, "--force-empty")
    refused("There is no backup", "restore", studio_at_work.places.root / "nowhere")
    refused("There is no backup 2018", "restore", vault, "--at", "2018", "--decrypt-with", key_file)


@pytest.mark.parametrize("sealed", [True, False], ids=["sealed", "open"])
def test_damage_anywhere_is_found_before_anything_is_written(studio_at_work, manage, key_file, sealed):
    vault = studio_at_work.places.vault
    key = ["--decrypt-with", key_file] if sealed else []
    manage("backup", vault, *(["--encrypt-with", key_file] if sealed else []))
    assert "is sound" in manage("restore", vault, "--check", *key)
    whole = files_of(vault)
    assert len(whole) == 4
    for path, content in whole.items():
        for broken in (damaged(content, 0.9), damaged(content, 0.5), content[:-1], b""):
            path.write_bytes(broken)
            with pytest.raises(CommandError, match="damaged"):
                call_command("restore", str(vault), "--check", *map(str, key))
        path.write_bytes(damaged(content, 0.7))
        refused("damaged, nothing was written", "restore", vault, "--force-empty", *key)
        path.unlink()
        refused("no backup in|damaged", "restore", vault, "--force-empty", *key)
        path.write_bytes(content)
    assert "is sound" in manage("restore", vault, "--check", *key)


def damaged(content, where):
    changed = bytearray(content)
    changed[int(len(content) * where)] ^= 0xFF
    return bytes(changed)


@pytest.mark.parametrize(
    ("change", "match"),
    [
        ({"engine": "oracle"}, "is of oracle"),
        ({"format": 99}, "format 99"),
        ({"migrations": ["people.9999_later"]}, "newer release"),
        ({"media": {"../../escaped": ["0" * 64, 1]}}, "points out of"),
        ({"media": {"/escaped": ["0" * 64, 1]}}, "points out of"),
        ({"media": {"gone": ["0" * 64, 1]}}, "is missing"),
    ],
    ids=str,
)
def test_a_backup_that_does_not_fit_is_refused(studio_at_work, manage, change, match):
    vault = studio_at_work.places.vault
    manage("backup", vault)
    name = Vault(vault).snapshots()[0]
    Vault(vault).write_manifest(name, Vault(vault).read_manifest(name) | change)
    refused(match, "restore", vault, "--force-empty")
    assert not (studio_at_work.places.root / "escaped").exists()


def test_a_database_that_can_not_be_put_back_leaves_no_files_behind(studio_at_work, manage, monkeypatch):
    vault = studio_at_work.places.vault
    manage("backup", vault)

    def broken(self, dump):
        raise Trouble("no room")

    monkeypatch.setattr(type(engine()), "put", broken)
    refused("no room", "restore", vault, "--force-empty")
    assert not list(studio_at_work.places.private.rglob(".restoring"))


# --- again and again


def test_files_that_did_not_change_are_not_copied_again(studio_at_work, key):
    vault = studio_at_work.places.vault
    first, second = take(root=vault, key=key), take(root=vault, key=key)
    assert (first.files, first.copied) == (3, 2)  # two of the three are alike
    assert (second.files, second.copied) == (3, 0)
    give_portrait(studio_at_work.people[0], b"a new picture")
    assert take(root=vault, key=key).copied == 1
    assert take(root=vault, key=Key(bytes(32))).copied == 3  # under another key nothing is shared


def test_what_no_backup_names_any_more_goes_with_the_last_that_did(studio_at_work):
    vault, media = studio_at_work.places.vault, studio_at_work.places.vault / "media"
    take(root=vault)
    old = studio_at_work.people[0].portrait
    old.storage.delete(old.name)
    give_portrait(studio_at_work.people[0], b"a new picture")
    take(root=vault)
    assert len(list(media.glob("*/*"))) == 3
    taken = take(root=vault, keep={"d": 1})
    assert (len(taken.dropped), taken.media_dropped) == (1, 0)  # the first of the day stays, and what it names
    Vault(vault).drop({min(Vault(vault).snapshots())})
    assert take(root=vault, keep={"d": 1}).media_dropped == 1
    assert len(list(media.glob("*/*"))) == 2
    call_command("restore", str(vault), "--check")


def test_media_stay_while_a_backup_of_another_key_lies_there(studio_at_work, key):
    vault = studio_at_work.places.vault
    take(root=vault, key=key)
    (vault / "media" / "ab").mkdir(exist_ok=True)  # named by the beginning of a random key
    (vault / "media" / "ab" / "unknown").write_bytes(b"x")
    assert take(root=vault, keep={"d": 9}).media_dropped is None
    assert (vault / "media" / "ab" / "unknown").exists()


def test_the_command_keeps_what_it_is_told_and_lists_it(studio_at_work, manage, key_file):
    vault = studio_at_work.places.vault
    manage("backup", vault, "--encrypt-with", key_file)
    manage("backup", vault)
    listed = manage("backup", vault, "--list").splitlines()
    assert [line.split()[1] for line in listed] == ["open", "sealed"]
    assert "1 old backups dropped" in manage("backup", vault, "--keep", "1d")
    with pytest.raises(CommandError, match="not understood"):
        manage("backup", vault, "--keep", "for ever")


def test_settings_say_where_to_and_what_to_keep(studio_at_work, manage, key_file, settings):
    with pytest.raises(CommandError, match="STUDIO_BACKUP_TO"):
        manage("backup", "")
    settings.BACKUP_TO, settings.BACKUP_KEY_FILE = str(studio_at_work.places.vault), str(key_file)
    settings.BACKUP_KEEP = "1d"
    for _time in range(3):
        said = manage("backup")
    assert "sealed" in said
    assert "NOT" not in said
    assert len(Vault(studio_at_work.places.vault).snapshots()) == 2


# --- cut off, in the way, incomplete


def test_a_backup_that_fails_leaves_nothing_that_looks_like_one(studio_at_work, monkeypatch):
    vault = studio_at_work.places.vault

    def full(self, name, manifest):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Vault, "write_manifest", full)
    with pytest.raises(CommandError, match="No space left"):
        call_command("backup", str(vault))
    assert Vault(vault).snapshots() == []
    assert list((vault / "snapshots").iterdir()) == []
    assert last_stamp() is None


def test_what_a_killed_backup_left_is_not_offered_and_is_cleared(studio_at_work):
    vault = studio_at_work.places.vault
    take(root=vault)
    cut_off = vault / "snapshots" / "20990101T000000.000Z"
    cut_off.mkdir()
    (cut_off / "database.sqlite3.gz").write_bytes(b"half")
    draft = next(vault.glob("media/*")) / ".draft-x"
    draft.write_bytes(b"half")
    scratch = studio_at_work.places.var / "backup-x"
    scratch.mkdir()
    assert len(Vault(vault).snapshots()) == 1
    take(root=vault)
    assert not cut_off.exists()
    assert not draft.exists()
    assert scratch.exists()  # it may be another's, at work
    taking.clear_scratch(timezone.now() + datetime.timedelta(days=2))
    assert not scratch.exists()


def test_two_at_once_do_not_mix(studio_at_work):
    vault = Vault(studio_at_work.places.vault)
    with vault.locked(), pytest.raises(Busy):
        take(root=studio_at_work.places.vault)
    take(root=studio_at_work.places.vault)


def test_it_never_lies_among_what_it_copies_or_what_is_served(studio_at_work, settings):
    settings.STATIC_ROOT = studio_at_work.places.root / "static"
    for folder in (studio_at_work.places.private / "backups", settings.STATIC_ROOT / "backups"):
        with pytest.raises(Trouble, match="choose a folder elsewhere"):
            take(root=folder)
        assert not folder.exists()


def test_a_file_that_a_row_names_in_vain_is_told(studio_at_work, manage, capsys):
    default_storage.delete(studio_at_work.names[0])
    call_command("backup", str(studio_at_work.places.vault))
    assert f"missing: {studio_at_work.names[0]}" in capsys.readouterr().err
    assert "1 files that rows named were gone" in manage("restore", studio_at_work.places.vault, "--force-empty")


def test_the_stamp_says_when(studio_at_work):
    assert last_stamp() is None
    take(root=studio_at_work.places.vault)
    assert timezone.now() - last_stamp() < datetime.timedelta(minutes=5)
    (studio_at_work.places.var / taking.STAMP).write_text(json.dumps({"at": "nonsense"}))
    assert last_stamp() is None


@pytest.fixture
def bucket(settings, monkeypatch):
    """Called, it is the store from then on."""
    monkeypatch.setattr(Bucket, "kept", {})

    def begin():
        settings.STORAGES = settings.STORAGES | {"default": {"BACKEND": "tests.common.bucket.Bucket"}}
        return Bucket.kept

    return begin


def test_with_another_store_rows_come_back_and_the_files_there_are_compared(places, cast, bucket, manage):
    kept, vault = bucket(), places.vault
    name = give_portrait(cast.mentee_row.secretary, b"canary")
    before = state()
    assert "on another store and are NOT in it" in manage("backup", vault)
    Secretary.objects.update(portrait="")
    assert "on another store" in manage("restore", vault, "--check")
    assert "WRONG" not in manage("restore", vault, "--force-empty")
    assert state() == before
    assert kept[name][0] == b"canary"
    kept.clear()
    with pytest.raises(CommandError, match="not everything"):
        call_command("restore", str(vault), "--force-empty")


def test_a_backup_that_holds_files_does_not_go_into_another_store(studio_at_work, bucket):
    take(root=studio_at_work.places.vault)
    before = state()["people"]
    kept = bucket()
    with pytest.raises(CommandError, match="without MEDIA_S3_BUCKET"):
        call_command("restore", str(studio_at_work.places.vault), "--force-empty")
    assert (state()["people"], kept) == (before, {})


# --- while people work


def test_rows_and_files_of_one_moment_while_people_write(studio_at_work, manage):
    vault, cast = studio_at_work.places.vault, studio_at_work.cast
    stop, written = threading.Event(), []

    def writer():
        try:
            while not stop.is_set():
                person = SecretaryFactory(studio=cast.studio)
                name = default_storage.save("portraits/p.jpg", ContentFile(person.pk.bytes * 999))
                Secretary.objects.filter(pk=person.pk).update(portrait=name)
                record(by=cast.lead, verb="secretary.changed", on=person, studio=cast.studio)
                written.append(name)
        finally:
            connections.close_all()

    thread = threading.Thread(target=writer)
    thread.start()
    while len(written) < 5:
        time.sleep(0.05)
    before = len(written)
    take(root=vault)
    stop.set()
    thread.join()
    manifest = Vault(vault).read_manifest(Vault(vault).snapshots()[0])
    assert manifest["missing"] == []
    assert before + 3 <= manifest["heads"][cast.studio.pk.hex][0] <= len(written) + 3
    assert "WRONG" not in manage("restore", vault, "--force-empty")
    named = set(Secretary.objects.exclude(portrait="").values_list("portrait", flat=True))
    assert {*written[:before], *studio_at_work.names} <= named <= stored().keys()


# --- PostgreSQL's own


@pytest.mark.postgres
def test_programs_that_are_not_there_are_named(studio_at_work, monkeypatch):
    monkeypatch.setattr("mentorship.upkeep.backups.programs.shutil.which", lambda *arguments, **named: None)
    with pytest.raises(CommandError, match="pg_dump was not found"):
        call_command("backup", str(studio_at_work.places.vault))


@pytest.mark.postgres
def test_a_refusing_program_is_quoted_and_leaves_no_backup(studio_at_work, monkeypatch):
    monkeypatch.setitem(connection.settings_dict, "NAME", "no_such_database")
    monkeypatch.setattr("mentorship.upkeep.backups.programs.database_name", lambda: "no_such_database")
    with pytest.raises(CommandError, match="no_such_database"):
        call_command("backup", str(studio_at_work.places.vault))
    assert Vault(studio_at_work.places.vault).snapshots() == []
