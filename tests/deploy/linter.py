"""Which migrations would break the release that still runs, or wait for a whole table (D26).

Expand, migrate, contract: a release adds what it needs; the one after it takes away what nobody reads any more. A migration
that takes away says so by a line of its own, `contracts = "1.4"`: the release whose code was the last to use it.
"""

from collections.abc import Iterator

from django.db import connection, models
from django.db.migrations import Migration, operations
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.state import ProjectState

# What was there when this rule came, and is run by nobody yet. Set it anew at the first release.
BASELINE = {
    "accounts": "0002", "archive": "0001", "assessments": "0001", "audit": "0001", "calendar": "0001", "clinic": "0002",
    "cohorts": "0001", "framework": "0001", "growth": "0001", "letters": "0001", "logs": "0001", "matching": "0001",
    "meetings": "0001", "notifications": "0001", "people": "0001", "places": "0001", "privacy": "0001", "promotions": "0001",
    "training": "0001", "upkeep": "0001", "visits": "0001",
}  # fmt: skip
TAKES_AWAY = (operations.RemoveField, operations.DeleteModel)
RENAMES = (operations.RenameField, operations.RenameModel, operations.AlterModelTable)


def faults() -> list[str]:
    loader = MigrationLoader(None)
    found = []
    for (app, name), migration in sorted(loader.disk_migrations.items()):
        if app in BASELINE and name[:4] > BASELINE[app]:
            before = loader.project_state((app, name), at_end=False)
            found += [f"{app}/{name}: {words}" for words in dangers(migration, before)]
    return found


def dangers(migration: Migration, state: ProjectState) -> Iterator[str]:
    """What is wrong with one migration; `state` is what the models were before it, and is changed."""
    marked = bool(getattr(migration, "contracts", ""))
    for operation in migration.operations:
        words = danger_of(operation, migration.app_label, state)
        if words and not marked:
            yield f"{operation.describe()}: {words}"
        operation.state_forwards(migration.app_label, state)


def danger_of(operation, app: str, state: ProjectState) -> str:
    if isinstance(operation, TAKES_AWAY):
        return "the release that still runs reads it: take it away one release later, with contracts = ..."
    if isinstance(operation, RENAMES):
        return "the release that still runs knows the old name: add the new one, copy, take the old one away later"
    if isinstance(operation, operations.AddField) and not can_be_left_out(operation.field):
        return "the release that still runs leaves it out: give it null=True or db_default"
    if isinstance(operation, operations.AlterField):
        return change_of(state.models[app, operation.model_name_lower].fields[operation.name], operation.field)
    return ""


def can_be_left_out(field) -> bool:
    return field.many_to_many or field.null or field.db_default is not models.NOT_PROVIDED


def change_of(old, new) -> str:
    if old.null and not new.null and new.db_default is models.NOT_PROVIDED:
        return "the release that still runs writes nothing there: fill it first, forbid it one release later"
    if kind_of(old) == kind_of(new) or is_longer_text(old, new):
        return ""
    return (
        "another type rewrites the table and may cut what is there: add a new field, copy, take the old one away later"
    )


def kind_of(field) -> str | None:
    return field.db_parameters(connection)["type"]


def is_longer_text(old, new) -> bool:
    if type(old) is not type(new) or not isinstance(new, models.CharField) or old.max_length is None:
        return False
    return new.max_length is None or new.max_length > old.max_length
