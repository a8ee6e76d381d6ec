"""What check_integrity finds, each by doing the damage, and that it says nothing of a sound studio."""

import json
import os
import time

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.management import CommandError, call_command
from django.db import connection

from mentorship.people.models import Secretary
from mentorship.people.portraits import small_name
from mentorship.upkeep.integrity import report

pytestmark = pytest.mark.django_db


def lay(name, *, hours_ago):
    default_storage.save(name, ContentFile(b"x"))
    moment = time.time() - hours_ago * 3600
    os.utime(default_storage.path(name), (moment, moment))


def test_a_sound_studio_has_nothing_to_tell(studio_at_work, manage):
    found = report()
    assert found.is_sound
    assert found.orphans == []
    assert "orphans: nothing found" in manage("check_integrity")


def test_a_file_without_a_row_is_told_and_is_no_fault(studio_at_work, manage):
    lay("logs/left.jpg", hours_ago=2)
    lay("logs/just-now.jpg", hours_ago=0)
    found = report()
    assert found.orphans == ["logs/left.jpg"]
    assert found.is_sound
    assert "logs/left.jpg" in manage("check_integrity")


def test_the_small_square_of_a_portrait_is_no_orphan(studio_at_work):
    lay(small_name(studio_at_work.names[0]), hours_ago=2)
    assert report().orphans == []
    lay(small_name("portraits/of-nobody.jpg"), hours_ago=2)
    assert report().orphans == ["portraits/of-nobody-small.jpg"]


def test_a_row_without_its_file_is_a_fault(studio_at_work):
    default_storage.delete(studio_at_work.names[0])
    assert report().missing == [f"people.Secretary.portrait: {studio_at_work.names[0]}"]
    with pytest.raises(CommandError, match="do not agree"):
        call_command("check_integrity")


@pytest.mark.usefixtures("unguarded")
def test_a_touched_audit_trail_is_a_fault(studio_at_work):
    with connection.cursor() as cursor:
        cursor.execute("UPDATE audit_entry SET object_name = 'x' WHERE sequence = 2")
    fault, *_guards = report().audit
    assert str(studio_at_work.cast.studio.pk) in fault
    assert "entry 2: changed" in fault


def test_machines_get_the_same(studio_at_work, capsys):
    default_storage.delete(studio_at_work.names[0])
    with pytest.raises(CommandError):
        call_command("check_integrity", "--json")
    said = json.loads(capsys.readouterr().out)
    assert (said["sound"], len(said["missing"]), said["database"]) == (False, 1, [])


@pytest.mark.django_db(transaction=True)
def test_a_row_that_points_at_nothing_is_a_fault(studio_at_work):
    person = studio_at_work.people[0]
    with without_foreign_keys() as cursor:
        cursor.execute("UPDATE people_secretary SET community_id = 'nowhere' WHERE name = %s", [person.name])
    try:
        (fault,) = report().database
        assert "people_secretary" in fault
        assert "places_community" in fault
        with pytest.raises(CommandError):
            call_command("check_integrity")
    finally:
        with without_foreign_keys() as cursor:
            sql = "UPDATE people_secretary SET community_id = %s WHERE name = %s"
            cursor.execute(sql, [person.community_id, person.name])
    assert report().is_sound


class without_foreign_keys:
    """As a fault of the disk or a hand at the database would: past the constraints."""

    def __enter__(self):
        self.cursor = connection.cursor()
        self.switch("OFF", "replica")
        return self.cursor

    def __exit__(self, *error):
        self.switch("ON", "origin")
        self.cursor.close()

    def switch(self, sqlite, postgresql):
        on = connection.vendor == "sqlite"
        self.cursor.execute(f"PRAGMA foreign_keys={sqlite}" if on else f"SET session_replication_role = {postgresql}")


@pytest.mark.django_db(transaction=True)
def test_a_broken_rule_of_the_database_is_a_fault(studio_at_work):
    """SQLite looks at the rows; PostgreSQL knows which of its constraints were never checked."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("PRAGMA ignore_check_constraints=ON")
            cursor.execute("UPDATE people_secretary SET sex = 'x' WHERE portrait = %s", [studio_at_work.names[0]])
            cursor.execute("PRAGMA ignore_check_constraints=OFF")
        else:
            cursor.execute("ALTER TABLE people_secretary ADD CONSTRAINT later CHECK (name <> 'x') NOT VALID")
    try:
        (fault,) = report().database
        assert "people_secretary" in fault
    finally:
        with connection.cursor() as cursor:
            if connection.vendor == "postgresql":
                cursor.execute("ALTER TABLE people_secretary DROP CONSTRAINT later")
        Secretary.objects.filter(portrait=studio_at_work.names[0]).update(sex=Secretary.sex.field.choices[0][0])
    assert report().is_sound
