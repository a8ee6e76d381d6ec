"""Guards of PostgreSQL: a function and a trigger for each, and one per table that refuses TRUNCATE. They are ALWAYS on, so
that session_replication_role does not put them to sleep."""

from collections.abc import Iterable

from .base import Guard, Trigger
from .bonds import Bond

DIFFERS = "IS DISTINCT FROM"
BODY = """
BEGIN
  IF TG_OP = 'INSERT' THEN
    IF {new} IS NOT TRUE THEN {refuse} END IF;
    RETURN NEW;
  ELSIF TG_OP = 'UPDATE' THEN
    IF ({final} AND {changed}) OR {step} IS NOT TRUE THEN {refuse} END IF;
    RETURN NEW;
  END IF;
  IF {final} THEN {refuse} END IF;
  RETURN OLD;
END
"""
REFUSE = "RAISE EXCEPTION USING ERRCODE = 'restrict_violation', MESSAGE = '{words}';"
NEVER = """
BEGIN
  RAISE EXCEPTION USING ERRCODE = 'restrict_violation', MESSAGE = TG_TABLE_NAME || ' is guarded: it is not emptied';
END
"""
BONDED = """
BEGIN
  IF TG_OP = 'UPDATE' THEN
    IF ({new}) IS NOT DISTINCT FROM ({old}) THEN RETURN NEW; END IF;
    IF {moved} THEN {refuse} END IF;
  END IF;
  IF {strays} THEN {refuse} END IF;
  RETURN NEW;
END
"""
# pg_trigger.tgtype: each row, before, insert or update (or delete); before truncate
ROWS, COMING, WHOLE = 31, 23, 34
FUNCTION = 'CREATE OR REPLACE FUNCTION "{name}"() RETURNS trigger LANGUAGE plpgsql AS $guard${body}$guard$'
ON_ROWS = (
    'CREATE TRIGGER "{name}" BEFORE INSERT OR UPDATE OR DELETE ON "{table}" FOR EACH ROW EXECUTE FUNCTION "{name}"()'
)
ON_COMING = 'CREATE TRIGGER "{name}" BEFORE INSERT OR UPDATE ON "{table}" FOR EACH ROW EXECUTE FUNCTION "{name}"()'
ON_WHOLE = (
    'CREATE TRIGGER "{name}" BEFORE TRUNCATE ON "{table}" FOR EACH STATEMENT EXECUTE FUNCTION "guard__truncate"()'
)
ALWAYS = 'ALTER TABLE "{table}" ENABLE ALWAYS TRIGGER "{name}"'
DROP = 'DROP TRIGGER "{name}" ON "{table}"'
STANDING = r"""
    SELECT t.tgname, c.relname, t.tgtype, t.tgenabled::text, t.tgqual IS NULL AND t.tgattr = '', p.prosrc
    FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid JOIN pg_namespace n ON n.oid = c.relnamespace
    JOIN pg_proc p ON p.oid = t.tgfoid
    WHERE n.nspname = current_schema() AND NOT t.tgisinternal AND t.tgname LIKE 'guard\_\_%'
"""
# What foreign keys still have to check stands in the way of changing a table's triggers.
SETTLE = ["SET CONSTRAINTS ALL IMMEDIATE", "SET CONSTRAINTS ALL DEFERRED"]


def body_of(guard: Guard) -> str:
    return BODY.format(
        new=guard.about(guard.new, "NEW"),
        final=guard.about(guard.final, "OLD"),
        step=guard.about(guard.step, ""),
        changed=guard.changed(DIFFERS),
        refuse=REFUSE.format(words=guard.words),
    )


def wanted(guards: Iterable[Guard]) -> dict[str, Trigger]:
    found = {}
    for guard in guards:
        found[guard.key] = Trigger(guard.table, (ROWS, "A", True, body_of(guard)))
        found[f"guard__{guard.table}__truncate"] = Trigger(guard.table, (WHOLE, "A", True, NEVER))
    return found


def wanted_bonds(bonds: Iterable[Bond]) -> dict[str, Trigger]:
    return {bond.key: Trigger(bond.table, (COMING, "A", True, body_of_bond(bond))) for bond in bonds}


def body_of_bond(bond: Bond) -> str:
    return BONDED.format(
        new=", ".join(f'NEW."{column}"' for column in bond.columns),
        old=", ".join(f'OLD."{column}"' for column in bond.columns),
        moved="NEW.studio_id <> OLD.studio_id" if bond.own else "FALSE",
        strays=bond.strays() or "FALSE",
        refuse=REFUSE.format(words=bond.words),
    )


def standing(cursor) -> dict[str, Trigger]:
    cursor.execute(STANDING)
    return {name: Trigger(table, tuple(what)) for name, table, *what in cursor.fetchall()}


def drops(there: dict[str, Trigger]) -> list[str]:
    return [DROP.format(name=name, table=trigger.table) for name, trigger in there.items()]


def statements(triggers: dict[str, Trigger]) -> list[str]:
    found = [FUNCTION.format(name="guard__truncate", body=NEVER)]
    shapes = {ROWS: ON_ROWS, COMING: ON_COMING, WHOLE: ON_WHOLE}
    for name, (table, what) in triggers.items():
        if what[0] != WHOLE:
            found.append(FUNCTION.format(name=name, body=what[-1]))
        found.append(shapes[what[0]].format(name=name, table=table))
        found.append(ALWAYS.format(name=name, table=table))
    return found
