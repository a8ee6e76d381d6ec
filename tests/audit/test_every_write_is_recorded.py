"""D18: `update()`, `bulk_*` and `delete()` go past the models, and nothing but our own discipline has them recorded.

Read from the syntax trees. A function that writes so must record, itself or through another of its app; or every function of
its app that calls it does. What leaves no entry on purpose stands in a list, with the reason.
"""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PAST_THE_MODELS = {"update", "bulk_create", "bulk_update", "update_or_create", "delete"}

# "file.function" or a whole file. The demo is left out below: it tells a story through the same acts.
WITHOUT_AN_ENTRY = {
    "evaluations/promotions/throttle": "counts letters of the public page",
    "evaluations/logs/actions/drafts": "nobody's record yet: a draft is its writer's own",
    "evaluations/calendar/actions/feeds.note_fetch": "when a calendar was last asked for",
    "cohorts/clinic/actions/guests.note_opened": "when a link was first opened",
    "cohorts/clinic/actions/reminding.remind_once": "the day of the last reminder",
    "cohorts/meetings/actions/items.remind_items": "the day of the last reminder",
    "evaluations/visits/actions/reminding.remind": "the day of the last reminder",
    "cohorts/training/actions/bookings": "held for a session or a visit, whose own act is recorded",
    "cohorts/matching/actions/common.follow_roster": "a draft follows the roster, whose changes are recorded",
    "mentorship/accounts/actions/factors.show_passkey": "how often a device was used; that one signed in is no act",
    "mentorship/accounts/actions/sessions.end_sessions": "what ends them is recorded: a password, a role, an account",
    "mentorship/accounts/personal.forget_account": "part of an erasure, which is recorded",
    "mentorship/accounts/actions/uploads": "a sum; each file is recorded where it is stored",
    "mentorship/accounts/throttle": "wrong passwords, kept for minutes",
    "mentorship/notifications": "that a notice was sent and read; what it tells of is recorded where it happens",
    "mentorship/audit/once": "that a form was sent, for two days; what it did is recorded",
    "mentorship/common/packing.begin": "that a pack is being made; that it was asked for is recorded",
    "mentorship/upkeep/retaking": "tasks of killed workers; what a task does is recorded there",
    "mentorship/upkeep/actions": "the runs of the schedule have a history of their own",
    "mentorship/upkeep/backups/giving_back.compare": "ends all sign-ins of a place just restored",
    "mentorship/places/loading": "official names, from a file of the ministry",
}


class Function:
    def __init__(self, tree: ast.FunctionDef, reachable: set[str]):
        calls = [node for node in ast.walk(tree) if isinstance(node, ast.Call)]
        self.called = {getattr(call.func, "attr", getattr(call.func, "id", "")) for call in calls}
        self.named = {call.func.attr for call in calls if isinstance(call.func, ast.Attribute)}
        self.named |= {node.id for node in ast.walk(tree) if isinstance(node, ast.Name)} & reachable
        self.writes = [call.lineno for call in calls if goes_past(call)]


def goes_past(call: ast.Call) -> bool:
    """dict.update and set.update take something; a queryset's takes names. A delete() with an argument is a file's."""
    name = call.func.attr if isinstance(call.func, ast.Attribute) else ""
    if name == "update":
        return not call.args and bool(call.keywords)
    return name in PAST_THE_MODELS and not (name == "delete" and call.args)


def functions_of(text: str) -> dict[str, Function]:
    tree = ast.parse(text)
    bodies = [tree.body, *(node.body for node in tree.body if isinstance(node, ast.ClassDef))]
    found = [node for body in bodies for node in body if isinstance(node, ast.FunctionDef)]
    imports = [node for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)]
    reachable = {node.name for node in found} | {alias.name for node in imports for alias in node.names}
    return {node.name: Function(node, reachable) for node in found}


def app_of(path: str) -> str:
    for folder in ("/actions", "/views", "/models", "/queries", "/forms", "/admin", "/searching", "/backups"):
        path = path.split(f"{folder}/")[0].split(f"{folder}.py")[0]
    return path.removesuffix(".py").rpartition("/")[0] if path.endswith(".py") else path


def unrecorded(sources: dict[str, str]) -> dict[str, list[int]]:
    """Functions whose writes leave no entry, with the lines."""
    apps: dict[str, dict[tuple[str, str], Function]] = {}
    for path, text in sources.items():
        apps.setdefault(app_of(path), {}).update({(path, name): f for name, f in functions_of(text).items()})
    return {
        f"{path.removesuffix('.py')}.{name}": found.writes
        for functions in apps.values()
        for (path, name), found in functions.items()
        if found.writes and (path, name) not in recorded_in(functions)
    }


def recorded_in(functions: dict[tuple[str, str], Function]) -> set[tuple[str, str]]:
    """Those of one app that record, call one that does, or are called only by such."""
    done = {place for place, found in functions.items() if "record" in found.called}
    callers = {name: {place for place, found in functions.items() if name in found.named} for _path, name in functions}
    size = -1
    while size != len(done):
        size, helpers = len(done), {name for _path, name in done}
        for place, found in functions.items():
            others = {
                (path, name)
                for path, name in callers[place[1]]
                if path == place[0] or (path, place[1]) not in functions
            }
            others -= {place}
            if found.called & helpers - {place[1]} or (others and others <= done):
                done.add(place)
    return done


def ours() -> dict[str, str]:
    found = [path for top in ("mentorship", "cohorts", "evaluations") for path in (ROOT / top).rglob("*.py")]
    names = {path.relative_to(ROOT).as_posix(): path for path in found}
    return {
        name: path.read_text(encoding="utf-8")
        for name, path in names.items()
        if "/migrations/" not in name and not name.startswith("evaluations/demo/")
    }


def excuse_of(place: str) -> str | None:
    return next(
        (known for known in WITHOUT_AN_ENTRY if place == known or place.startswith((f"{known}.", f"{known}/"))), None
    )


def test_what_goes_past_the_models_is_recorded():
    found = unrecorded(ours())
    faults = {place: lines for place, lines in found.items() if excuse_of(place) is None}
    assert faults == {}
    assert {excuse_of(place) for place in found} == set(WITHOUT_AN_ENTRY), "an excuse that nothing needs any more"


WRITES = "def end(*, by, rows):\n    rows.update(ended=True)\n"


@pytest.mark.parametrize(
    ("text", "good"),
    [
        (WRITES, False),
        (WRITES + "    record(by=by)\n", True),
        (WRITES + "    told(by)\ndef told(by):\n    record(by=by)\n", True),
        (WRITES + "def close(by):\n    end(by=by, rows=1)\n    record(by=by)\n", True),
        (WRITES + "def close(by):\n    end(by=by, rows=1)\n", False),
        ("def f(rows):\n    Row.objects.bulk_create(rows)\n", False),
        ("class A:\n    def f(self):\n        self.rows.filter(x=1).delete()\n", False),
        ("def f(a, b):\n    a.update(b)\n    storage.delete(a)\n", True),
    ],
)
def test_a_silent_write_is_seen(text, good):
    assert (unrecorded({"cohorts/actions.py": text}) == {}) is good


def test_a_recorder_of_another_app_is_no_excuse():
    elsewhere = "def close(by):\n    end(by=by, rows=1)\n    record(by=by)\n"
    assert unrecorded({"cohorts/actions/a.py": WRITES, "cohorts/matching/actions.py": elsewhere})
