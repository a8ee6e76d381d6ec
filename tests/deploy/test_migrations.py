"""No new migration breaks the release that still runs (tests/deploy/linter.py)."""

import pytest
from django.apps import apps
from django.db import models
from django.db.migrations import Migration, operations
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.state import ModelState, ProjectState

from .linter import BASELINE, dangers, faults


def text(**more):
    return models.CharField(max_length=20, **more)


def state():
    fields = [("id", models.BigAutoField(primary_key=True)), ("name", text()), ("note", text(null=True))]
    found = ProjectState()
    found.add_model(ModelState("people", "Person", fields, options={"indexes": []}))
    return found


def found_in(*steps, **marks):
    migration = Migration("0009_step", "people")
    migration.operations = list(steps)
    for name, value in marks.items():
        setattr(migration, name, value)
    return list(dangers(migration, state()))


def add(field):
    return operations.AddField("Person", "more", field)


def alter(name, field):
    return operations.AlterField("Person", name, field)


DANGEROUS = {
    "drops a column": operations.RemoveField("Person", "name"),
    "drops a table": operations.DeleteModel("Person"),
    "renames a column": operations.RenameField("Person", "name", "title"),
    "renames a table": operations.RenameModel("Person", "Somebody"),
    "moves a table": operations.AlterModelTable("Person", "persons"),
    "a column that old code leaves out": add(text(default="")),
    "another type": alter("name", models.IntegerField()),
    "another type of text": alter("name", models.TextField()),
    "shorter text": alter("name", models.CharField(max_length=19)),
    "forbids what old code leaves out": alter("note", text()),
}
HARMLESS = {
    "a column that may be empty": add(text(null=True)),
    "a column that the database fills": add(text(db_default="")),
    "longer text": alter("name", models.CharField(max_length=21)),
    "other words for the same column": alter("name", text(verbose_name="姓名")),
    "allows what was forbidden": alter("name", text(null=True)),
    "a new table": operations.CreateModel("Other", [("id", models.BigAutoField(primary_key=True))]),
    "a new index": operations.AddIndex("Person", models.Index(fields=["name"], name="person_name")),
    "our own SQL": operations.RunSQL("SELECT 1"),
}


@pytest.mark.parametrize("step", DANGEROUS.values(), ids=DANGEROUS)
def test_a_dangerous_step_is_found_unless_it_says_which_release_used_it_last(step):
    assert len(found_in(step)) == 1
    assert found_in(step, contracts="") != []
    assert found_in(step, contracts="1.4") == []


@pytest.mark.parametrize("step", HARMLESS.values(), ids=HARMLESS)
def test_a_harmless_step_passes(step):
    assert found_in(step) == []


def test_each_step_is_judged_by_what_the_ones_before_it_left():
    assert found_in(add(text(null=True)), alter("more", models.IntegerField(null=True)))[0].startswith(
        "Alter field more"
    )


def test_no_migration_of_ours_breaks_the_release_that_runs():
    assert faults() == []


def test_every_app_with_tables_stands_in_the_baseline():
    """A new app's first migration makes tables only, so that it may stand there from its first day."""
    ours = {
        config.label
        for config in apps.get_app_configs()
        if config.name.startswith(("mentorship", "cohorts", "evaluations"))
    }
    with_tables = {app for app, _ in MigrationLoader(None).disk_migrations} & ours
    assert with_tables == set(BASELINE)


def test_a_migration_after_the_baseline_is_looked_at(monkeypatch):
    monkeypatch.setitem(BASELINE, "accounts", "0001")
    monkeypatch.setattr("tests.deploy.linter.danger_of", lambda *arguments: "wrong")
    assert {line.split(":")[0] for line in faults()} == {
        "accounts/0002_second_factor",
        "accounts/0003_uploads",
        "audit/0002_sent_form",
        "logs/0002_log_list_index",
    }
