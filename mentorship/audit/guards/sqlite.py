"""Guards of SQLite. One trigger for each act, since a trigger has one act; and one against REPLACE, which deletes without
asking the trigger for deleting unless the connection has recursive_triggers on."""

from collections.abc import Iterable

from django.db.models import UniqueConstraint

from .base import Guard, Trigger
from .bonds import Bond

DIFFERS = "IS NOT"
SHAPE = """CREATE TRIGGER "{name}" BEFORE {act} ON "{table}" FOR EACH ROW WHEN {when}
BEGIN SELECT RAISE(ABORT, '{words}'); END"""
STANDING = (
    "SELECT name, tbl_name, sql FROM sqlite_master WHERE type = 'trigger' AND name LIKE 'guard\\_\\_%' ESCAPE '\\'"
)
SAME_KEY = 'EXISTS (SELECT 1 FROM "{table}" WHERE {keys})'
DROP = 'DROP TRIGGER "{name}"'


def wanted(guards: Iterable[Guard]) -> dict[str, Trigger]:
    found = {}
    for guard in guards:
        final = guard.about(guard.final, "OLD")
        whens = {
            "UPDATE": f"({final} AND {guard.changed(DIFFERS)}) OR {guard.about(guard.step, '')} IS NOT TRUE",
            "DELETE": final,
        }
        if guard.new != "TRUE":
            whens["INSERT"] = f"{guard.about(guard.new, 'NEW')} IS NOT TRUE"
        for act, when in whens.items():
            found[f"{guard.key}__{act.lower()}"] = (guard, act, when)
        found[f"guard__{guard.table}__replace"] = (guard, "INSERT", same_key(guard))
    return {
        name: Trigger(guard.table, (SHAPE.format(name=name, act=act, table=guard.table, when=when, words=guard.words),))
        for name, (guard, act, when) in found.items()
    }


def wanted_bonds(bonds: Iterable[Bond]) -> dict[str, Trigger]:
    found = {}
    for bond in bonds:
        moved = "NEW.studio_id IS NOT OLD.studio_id" if bond.own else ""
        acts = {
            "insert": ("INSERT", bond.strays()),
            "update": (f"UPDATE OF {', '.join(bond.columns)}", " OR ".join(filter(None, [moved, bond.strays()]))),
        }
        for act, (words, when) in acts.items():
            if when:
                text = SHAPE.format(name=f"{bond.key}__{act}", act=words, table=bond.table, when=when, words=bond.words)
                found[f"{bond.key}__{act}"] = Trigger(bond.table, (text,))
    return found


def same_key(guard: Guard) -> str:
    """Whether a row stands already where the new one would: it could only take that one's place."""
    meta = guard.model._meta
    keys = [[field.column] for field in meta.concrete_fields if field.unique]
    keys += [
        [meta.get_field(name).column for name in constraint.fields]
        for constraint in meta.constraints
        if isinstance(constraint, UniqueConstraint) and constraint.condition is None
    ]
    together = [" AND ".join(f'"{column}" = NEW."{column}"' for column in key) for key in keys]
    return SAME_KEY.format(table=guard.table, keys=" OR ".join(f"({key})" for key in together))


def standing(cursor) -> dict[str, Trigger]:
    cursor.execute(STANDING)
    return {name: Trigger(table, (sql,)) for name, table, sql in cursor.fetchall()}


def drops(there: dict[str, Trigger]) -> list[str]:
    return [DROP.format(name=name) for name in there]


def statements(triggers: dict[str, Trigger]) -> list[str]:
    return [trigger.what[0] for trigger in triggers.values()]


SETTLE: list[str] = []
