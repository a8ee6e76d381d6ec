"""T67, T68: what the database refuses, what is found when somebody gets past it, and that the guards outlive migrations."""

import shutil
import sys
from io import StringIO
from pathlib import Path

import pytest
from django.core.checks import run_checks
from django.core.management import CommandError, call_command
from django.db import IntegrityError, connection, models, transaction

from mentorship.audit import guards
from mentorship.audit.actions import record
from mentorship.audit.chain import COVERED, digest_of
from mentorship.audit.migrations import __path__ as audit_migrations
from mentorship.audit.models import ChainHead, Entry
from mentorship.audit.verify import verify
from tests.factories.meetings import make_meeting, make_minutes

from .test_chain import raw, sql

ON_POSTGRESQL = connection.vendor == "postgresql"


@pytest.fixture
def chain(cast):
    for n in range(5):
        record(by=cast.lead, verb="mentor.appointed", on=cast.mentor_row, studio=cast.studio, after={"n": n})
    for _n in range(7):
        record(by=None, verb="cohort.created", on=cast.other_cohort, studio=cast.other_studio)
    return cast.studio.pk


def refused(text, *values):
    with pytest.raises(IntegrityError, match="guarded"), transaction.atomic():
        sql(text, *values)


def entry_like(last: dict, **changed) -> Entry:
    row = {name: last[name] for name in COVERED} | changed
    return Entry(**row, digest=digest_of(row))


def last_row(studio_id) -> dict:
    return Entry.objects.filter(studio_id=studio_id).values(*COVERED, "digest").first()


# --- the twelve ways, refused


def test_edit_delete_and_reorder_are_refused(chain):
    refused("UPDATE audit_entry SET verb = 'x' WHERE sequence = 3")
    refused("DELETE FROM audit_entry WHERE sequence = 3")
    refused("UPDATE audit_entry SET sequence = 90 WHERE sequence = 3")
    assert verify(chain) == (chain, 5, Entry.objects.get(studio_id=chain, sequence=5).digest, "", 0)


def test_setting_the_clock_of_an_entry_is_refused(chain):
    refused("UPDATE audit_entry SET at = %s WHERE sequence = 3", "2018-01-01 00:00:00+00:00")


def test_another_district_for_an_entry_is_refused(chain, cast):
    refused("UPDATE audit_entry SET studio_id = %s WHERE studio_id = %s", raw(cast.other_studio.pk), raw(chain))


@pytest.mark.parametrize("changed", [{"sequence": 3}, {"sequence": 9}, {"sequence": 6, "previous_digest": "0" * 64}])
def test_an_entry_that_does_not_stand_behind_the_last_is_refused(chain, changed):
    last = last_row(chain)
    with pytest.raises(IntegrityError, match="guarded"), transaction.atomic():
        entry_like(last, **({"previous_digest": last["digest"]} | changed)).save()


def test_cutting_the_tail_is_refused(chain):
    refused("DELETE FROM audit_entry WHERE studio_id = %s AND sequence > 3", raw(chain))


def test_emptying_the_table_is_refused(chain):
    refused("TRUNCATE audit_entry" if ON_POSTGRESQL else "DELETE FROM audit_entry")
    refused("TRUNCATE audit_chainhead" if ON_POSTGRESQL else "DELETE FROM audit_chainhead")


REPLACE = """
    INSERT {} INTO audit_entry (id, studio_id, sequence, at, actor_id, actor_name, principal_id, principal_name, verb,
    object_type, object_id, object_name, before, after, previous_digest, digest)
    SELECT {}, studio_id, sequence, at, actor_id, '别人', principal_id, principal_name, verb, object_type, object_id,
    object_name, before, after, previous_digest, digest FROM audit_entry WHERE sequence = 3 AND studio_id = %s
"""


@pytest.mark.parametrize("recursive", ["ON", "OFF"])
@pytest.mark.parametrize("own_id", ["id", "id + 1000000"])
def test_replacing_is_refused_however_the_connection_is_set_up(chain, recursive, own_id):
    if ON_POSTGRESQL:
        upsert = REPLACE.format("", own_id) + " ON CONFLICT (studio_id, sequence) DO UPDATE SET actor_name = '别人'"
        refused(upsert, raw(chain))
    else:
        sql(f"PRAGMA recursive_triggers={recursive}")
        try:
            refused(REPLACE.format("OR REPLACE", own_id), raw(chain))
        finally:
            sql("PRAGMA recursive_triggers=ON")
    assert verify(chain).fault == ""


@pytest.mark.parametrize(
    "change",
    ["sequence = 3", "sequence = 9", "sequence = 6", "digest = ''", "sequence = sequence + 1, digest = digest"],
)
def test_the_head_moves_only_onward_and_only_to_an_entry(chain, change):
    refused(f"UPDATE audit_chainhead SET {change} WHERE studio_id = %s", raw(chain))
    refused("DELETE FROM audit_chainhead WHERE studio_id = %s", raw(chain))


def test_a_chain_begins_at_its_beginning(cast):
    with pytest.raises(IntegrityError, match="guarded"), transaction.atomic():
        ChainHead.objects.create(studio_id=cast.cohort.pk, sequence=5, digest="0" * 64)


def test_a_deleted_user_stays_in_the_trail(chain, cast):
    with transaction.atomic():
        record(by=cast.nobody, verb="mentor.appointed", on=cast.mentor_row, studio=cast.studio)
    cast.nobody.delete()
    entry = Entry.objects.filter(studio_id=chain).first()
    assert (entry.actor_name, verify(chain).fault) == ("无角色", "")


@pytest.mark.postgres
def test_no_setting_of_a_session_puts_the_guards_to_sleep(chain):
    sql("SET LOCAL session_replication_role = replica")
    refused("UPDATE audit_entry SET verb = 'x' WHERE sequence = 3")


# --- and found, when they got past


def drop_one():
    name = next(name for name in guards.keeping.standing() if name.startswith("guard__audit_entry__only_added"))
    sql(f'DROP TRIGGER "{name}"' + (" ON audit_entry" if ON_POSTGRESQL else ""))
    return name


def test_a_dropped_trigger_is_named_everywhere(chain, client):
    assert guards.faults() == []
    name = drop_one()
    assert guards.faults() == [name]
    assert client.get("/healthz").status_code == 503
    (message,) = run_checks(tags=["guards"], include_deployment_checks=True, databases=["default"])
    assert name in message.msg
    assert "./studio manage migrate" in message.hint
    with pytest.raises(SystemExit):
        call_command("migrate", check_unapplied=True, verbosity=0)
    guards.install()
    assert guards.faults() == []
    assert client.get("/healthz").status_code == 200
    assert run_checks(tags=["guards"], include_deployment_checks=True, databases=["default"]) == []


def test_a_guard_that_was_softened_or_put_to_sleep_is_found(chain):
    name = drop_one()
    if ON_POSTGRESQL:
        guards.install()
        sql("ALTER TABLE audit_entry DISABLE TRIGGER guard__audit_entry__only_added")
    else:
        sql(f'CREATE TRIGGER "{name}" BEFORE UPDATE ON audit_entry BEGIN SELECT 1; END')
    assert guards.faults() == [name]


def kept_anchor(tmp_path, settings) -> Path:
    settings.ANCHOR_TO, settings.VAR_DIR = str(tmp_path / "elsewhere"), tmp_path
    call_command("anchor_audit", stdout=StringIO())
    (path,) = (tmp_path / "elsewhere").glob("audit-*.txt")
    return path


@pytest.mark.usefixtures("unguarded")
def test_a_tail_cut_cleanly_is_sound_in_itself_and_found_by_the_anchor(chain, tmp_path, settings):
    """Also what an older file in place of the database looks like."""
    path = kept_anchor(tmp_path, settings)
    call_command("verify_audit", against=path, stdout=StringIO())
    third = Entry.objects.get(studio_id=chain, sequence=3)
    sql("DELETE FROM audit_entry WHERE studio_id = %s AND sequence > 3", raw(chain))
    ChainHead.objects.filter(studio_id=chain).update(sequence=3, digest=third.digest)
    assert verify(chain).fault == ""
    err = StringIO()
    with pytest.raises(CommandError, match="1 studio"):
        call_command("verify_audit", against=path, stdout=StringIO(), stderr=err)
    assert "jia: entry 5 was there when this was anchored, and is gone" in err.getvalue()
    with pytest.raises(CommandError, match="the end was cut off"):
        call_command("anchor_audit")


@pytest.mark.usefixtures("unguarded")
def test_a_chain_written_anew_is_found_by_the_anchor(chain, tmp_path, settings):
    path = kept_anchor(tmp_path, settings)
    previous = ""
    for entry in Entry.objects.filter(studio_id=chain).order_by("sequence"):
        row = {name: getattr(entry, name) for name in COVERED} | {"object_name": "别人", "previous_digest": previous}
        previous = digest_of(row)
        sql("UPDATE audit_entry SET object_name = '别人', previous_digest = %s, digest = %s WHERE id = %s",
            row["previous_digest"], previous, entry.pk)  # fmt: skip
    ChainHead.objects.filter(studio_id=chain).update(digest=previous)
    assert verify(chain).fault == ""
    err = StringIO()
    with pytest.raises(CommandError):
        call_command("verify_audit", against=path, studio="jia", stdout=StringIO(), stderr=err)
    assert "entry 5 is another than the one that was anchored" in err.getvalue()


def test_a_file_without_ends_is_no_anchor(chain, tmp_path):
    (tmp_path / "x").write_text("nothing")
    for name in ("x", "y"):
        with pytest.raises(CommandError) as error:
            call_command("verify_audit", against=tmp_path / name, stdout=StringIO())
        assert error.value.returncode == 2


def test_a_clock_turned_back_is_told_and_is_no_fault(chain, cast, time_machine):
    time_machine.move_to("2018-01-01T00:00:00Z")
    record(by=cast.lead, verb="mentor.appointed", on=cast.mentor_row, studio=cast.studio)
    assert (verify(chain).fault, verify(chain).back_at) == ("", 6)
    err = StringIO()
    call_command("verify_audit", stdout=StringIO(), stderr=err)
    assert "jia: entry 6: written before the one before it" in err.getvalue()


# --- they outlive what changes tables


@pytest.mark.django_db(transaction=True)
def test_the_test_database_was_made_with_all_of_them(cast):
    assert guards.faults() == []


MADE_UP = """
from django.db import migrations, models
class Migration(migrations.Migration):
    dependencies = [("audit", "0002_sent_form")]
    operations = [
        migrations.AlterField("entry", "verb", models.CharField(max_length=61, editable=False)),
        migrations.AlterField("chainhead", "digest", models.CharField(max_length=65, blank=True)),
    ]
"""


@pytest.mark.django_db(transaction=True)
def test_a_migration_that_alters_guarded_tables_leaves_every_guard_standing(cast, tmp_path, settings, monkeypatch):
    record(by=cast.lead, verb="mentor.appointed", on=cast.mentor_row, studio=cast.studio)
    shutil.copytree(audit_migrations[0], tmp_path / "made_up_migrations")
    (tmp_path / "made_up_migrations" / "0003_wider.py").write_text(MADE_UP)
    monkeypatch.syspath_prepend(tmp_path)
    settings.MIGRATION_MODULES = {"audit": "made_up_migrations"}
    try:
        call_command("migrate", verbosity=0, interactive=False)
        assert guards.faults() == []
        refused("UPDATE audit_entry SET verb = 'x'")
    finally:
        call_command("migrate", "audit", "0002", verbosity=0, interactive=False)
        for name in [name for name in sys.modules if name.startswith("made_up_migrations")]:
            del sys.modules[name]
    assert guards.faults() == []


@pytest.mark.django_db(transaction=True)
def test_a_field_altered_past_our_command_turns_health_red_until_migrate_has_run(cast, client):
    """SQLite makes the table anew, and its triggers are gone."""
    make_minutes(make_meeting(cast.cohort), cast.lead, cast.officer)
    model = guards.manifest()[[guard.table for guard in guards.manifest()].index("meetings_minutes")].model
    old, wider = model._meta.get_field("reason"), models.CharField(max_length=121, blank=True)
    wider.set_attributes_from_name("reason")
    wider.model = model
    if ON_POSTGRESQL:
        sql("DROP TRIGGER guard__meetings_minutes__issued ON meetings_minutes")
    with connection.schema_editor() as editor:
        editor.alter_field(model, old, wider)
    missing = guards.faults()
    assert missing
    assert all(name.startswith("guard__meetings_minutes__") for name in missing)
    assert client.get("/healthz").status_code == 503
    with connection.schema_editor() as editor:
        editor.alter_field(model, wider, old)
    call_command("migrate", verbosity=0, interactive=False)
    assert guards.faults() == []
    assert client.get("/healthz").status_code == 200


@pytest.mark.django_db(transaction=True)
def test_the_owners_switch_opens_one_table_and_closes_it_again(cast):
    record(by=cast.lead, verb="mentor.appointed", on=cast.mentor_row, studio=cast.studio)
    minutes = make_minutes(make_meeting(cast.cohort), cast.lead, cast.officer)
    with guards.lifted(type(minutes)):
        type(minutes).objects.filter(pk=minutes.pk).update(reason="")
        assert guards.faults()
        refused("DELETE FROM audit_entry")
    assert guards.faults() == []
    refused("UPDATE meetings_minutes SET body = body, reason = 'x'")
    with pytest.raises(ZeroDivisionError), guards.lifted():
        raise ZeroDivisionError
    assert guards.faults() == []


def test_a_studio_is_not_emptied_by_flush(cast, settings):
    settings.ENV = "embedded"
    with pytest.raises(CommandError, match="not emptied"):
        call_command("flush", interactive=False)
    assert guards.faults() == []


def test_a_guard_names_fields_that_exist():
    with pytest.raises(LookupError, match="no_such"):
        guards.Guard(Entry, "x", free=("no_such",)).changed("IS NOT")
    assert all(len(guard.key) <= 63 - len("__update") for guard in guards.manifest())
