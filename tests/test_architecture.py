"""Imports run one way: between the apps, and between the layers inside an app. Read from the syntax trees."""

import ast
import re
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
TOPS = ("mentorship", "cohorts", "evaluations")
# An app imports only from those before it.
APPS = [
    *(
        f"mentorship.{name}"
        for name in [
            "common",
            "places",
            "audit",
            "accounts",
            "people",
            "notifications",
            "upkeep",
            "privacy",
            "framework",
        ]
    ),
    "cohorts",
    *(f"cohorts.{name}" for name in ["matching", "letters", "training", "meetings", "clinic"]),
    "evaluations",
    *(
        f"evaluations.{name}"
        for name in [
            "logs",
            "visits",
            "growth",
            "assessments",
            "promotions",
            "archive",
            "calendar",
            "dashboards",
            "demo",
        ]
    ),
]
# A layer imports only from those before it.
LAYERS = ["choices", "models", "access", "queries", "actions", "forms", "filters", "views", "urls"]
# These stand beside the views: they may use all below, and none of them is imported from below.
BESIDE = {"admin", "templatetags", "management"}
PROJECT = "mentorship"  # settings.py, urls.py and wsgi.py: they name apps as strings
RELATIONS = {"ForeignKey", "OneToOneField", "ManyToManyField", "get_model"}


@dataclass(frozen=True)
class Edge:
    source: str
    target: str
    path: str
    line: int

    def __str__(self):
        return f"{self.path}:{self.line}: {self.source} imports {self.target}"


def module_of(path: str) -> str:
    return path.removesuffix(".py").removesuffix("/__init__").replace("/", ".")


def app_of(module: str) -> str | None:
    """The app a module belongs to, PROJECT for settings and the like, None for an app that has no place."""
    owner = max((app for app in APPS if module == app or module.startswith(f"{app}.")), key=len, default=None)
    if owner is None:
        return PROJECT if module.count(".") <= 1 else None
    return owner


def rank_of(module: str) -> int | None:
    """The place of a module among the layers of its app; None for one that no layer name covers."""
    layer = module.removeprefix(app_of(module) or "").lstrip(".").split(".")[0]
    if layer in BESIDE:
        return LAYERS.index("views")
    return LAYERS.index(layer) if layer in LAYERS else None


def imported_names(node: ast.AST, module: str, is_package: bool) -> list[str]:
    if isinstance(node, ast.Import):
        return [alias.name for alias in node.names]
    if isinstance(node, ast.ImportFrom):
        stem = node.module or ""
        if node.level:
            package = module.split(".")[: None if is_package and node.level == 1 else -(node.level - is_package)]
            stem = ".".join([*package, *([node.module] if node.module else [])])
        return [f"{stem}.{alias.name}" for alias in node.names]
    if isinstance(node, ast.Call):
        name = getattr(node.func, "attr", getattr(node.func, "id", ""))
        first = node.args[0].value if node.args and isinstance(node.args[0], ast.Constant) else None
        if name == "import_module" and isinstance(first, str):
            return [first]
        if name in RELATIONS and isinstance(first, str) and "." in first:
            label, model = first.split(".", 1)
            return [f"{app}.models.{model}" for app in APPS if app.split(".")[-1] == label]
    return []


def edges_of(sources: dict[str, str]) -> list[Edge]:
    """Every import of ours from ours, down to the module; `sources` is path to text."""
    modules = {module_of(path) for path in sources}

    def known(name: str) -> str:
        while name not in modules and "." in name:
            name = name.rpartition(".")[0]
        return name

    found = []
    for path, text in sources.items():
        module = module_of(path)
        for node in ast.walk(ast.parse(text)):
            for name in imported_names(node, module, path.endswith("__init__.py")):
                if name.split(".")[0] in TOPS and known(name) != module:
                    found.append(Edge(module, known(name), path, node.lineno))
    return found


def app_faults(edges: list[Edge]) -> list[str]:
    faults = []
    for edge in edges:
        source, target = app_of(edge.source), app_of(edge.target)
        if source is None or target is None:
            faults.append(f"{edge}: this app has no place in the order; give it one in tests/test_architecture.py")
        elif source == PROJECT and target != PROJECT:
            faults.append(f"{edge}: settings.py and urls.py name apps as strings")
        elif target == PROJECT and source != PROJECT:
            faults.append(f"{edge}: an app asks django.conf.settings, never the project's own modules")
        elif source != target and APPS.index(target) > APPS.index(source):
            faults.append(f"{edge}: {source} stands below {target}")
    return faults


def layer_faults(edges: list[Edge]) -> list[str]:
    """A layer must not reach a later layer of its app, not even through a module without a layer."""
    inside: dict[str, list[Edge]] = {}
    for edge in edges:
        if app_of(edge.source) == app_of(edge.target) and "migrations" not in edge.source.split("."):
            inside.setdefault(edge.source, []).append(edge)
    faults = []
    for start in sorted(inside):
        rank = rank_of(start)
        if rank is None:
            continue
        seen, waiting = {start}, list(inside[start])
        while waiting:
            edge = waiting.pop()
            reached = rank_of(edge.target)
            if reached is not None and reached > rank:
                faults.append(f"{edge}: {start} may not reach this; order: {' < '.join(LAYERS)}")
            elif edge.target not in seen and reached is None:
                waiting.extend(inside.get(edge.target, ()))
            seen.add(edge.target)
    return faults


def cycle_faults(edges: list[Edge]) -> list[str]:
    """Modules that need each other, whatever their names. A package and its own parts count as one."""
    graph: dict[str, list[Edge]] = {}
    for edge in edges:
        if not (edge.source.startswith(f"{edge.target}.") or edge.target.startswith(f"{edge.source}.")):
            graph.setdefault(edge.source, []).append(edge)
    state, faults = {}, []

    def walk(module: str):
        state[module] = "open"
        for edge in graph.get(module, ()):
            if state.get(edge.target) == "open":
                faults.append(f"{edge}: this closes a circle of imports")
            elif edge.target not in state:
                walk(edge.target)
        state[module] = "done"

    for module in sorted(graph):
        if module not in state:
            walk(module)
    return faults


def all_faults(sources: dict[str, str]) -> list[str]:
    edges = edges_of(sources)
    return sorted({*app_faults(edges), *layer_faults(edges), *cycle_faults(edges)})


def ours() -> dict[str, str]:
    files = [path for top in TOPS for path in (ROOT / top).rglob("*.py")]
    return {path.relative_to(ROOT).as_posix(): path.read_text(encoding="utf-8") for path in files}


def test_imports_run_one_way():
    faults = all_faults(ours())
    assert not faults, "\n" + "\n".join(faults)


def test_every_app_has_a_place_in_the_order():
    apps = {module_of(path).removesuffix(".apps") for path in ours() if path.endswith("/apps.py")}
    assert apps <= set(APPS)
    assert apps, "no app was found: the test looks in the wrong place"


def test_urls_name_apps_as_strings():
    text = (ROOT / "mentorship/urls.py").read_text(encoding="utf-8")
    for name in re.findall(r"include\(([^)]*)\)", text):
        assert name.startswith(('"', "'")), f"mentorship/urls.py: include({name}) must name its urls as a string"


# What the rules are worth: each of these small trees breaks exactly one of them.
BROKEN = {
    "an app imports a later one": (
        {"mentorship/people/models.py": "from cohorts.models import Cohort"},
        "stands below",
    ),
    "upwards by a bare import": ({"mentorship/common/base.py": "import mentorship.places.models"}, "stands below"),
    "upwards inside a function": (
        {"cohorts/actions.py": "def f():\n    from cohorts.matching import actions"},
        "stands below",
    ),
    "upwards by a dotted name": (
        {"mentorship/audit/actions.py": "import_module('evaluations.demo.cast')"},
        "stands below",
    ),
    "upwards by a foreign key": (
        {"mentorship/people/models.py": "x = models.ForeignKey('cohorts.Cohort', 1)"},
        "stands below",
    ),
    "upwards from a package": (
        {"mentorship/places/__init__.py": "from ..accounts.models import User"},
        "stands below",
    ),
    "settings import an app": ({"mentorship/settings.py": "from mentorship.accounts import roles"}, "as strings"),
    "an app imports settings": ({"cohorts/views.py": "from mentorship import settings"}, "django.conf.settings"),
    "an app without a place": ({"cohorts/views.py": "from mentorship.core.models import X"}, "no place"),
    "models import actions": ({"cohorts/models.py": "from .actions import pair"}, "may not reach"),
    "a part of a package imports up": (
        {"cohorts/models/pairing.py": "from ..views import page", "cohorts/models/__init__.py": ""},
        "may not reach",
    ),
    "actions import the admin": ({"cohorts/actions.py": "from cohorts.admin import X"}, "may not reach"),
    "round about, by a module without a layer": (
        {"cohorts/queries.py": "from .helper import x", "cohorts/helper.py": "from .forms import y"},
        "may not reach",
    ),
    "two that need each other": (
        {"cohorts/emails.py": "from .helper import x", "cohorts/helper.py": "from .emails import y"},
        "circle",
    ),
}


@pytest.mark.parametrize(("sources", "message"), BROKEN.values(), ids=BROKEN)
def test_a_broken_rule_is_seen(sources, message):
    names = ["settings.py", "accounts/roles.py", "accounts/models.py", "places/models.py", "core/models.py"]
    stubs = {f"mentorship/{name}": "" for name in names}
    stubs |= {f"cohorts/{name}.py": "" for name in ["models", "views", "forms", "admin", "actions", "matching/actions"]}
    faults = all_faults(stubs | {"evaluations/demo/cast.py": ""} | sources)
    assert len(faults) == 1
    assert message in faults[0]
    assert re.match(r"\w+/[\w/]+\.py:\d+: ", faults[0])


def test_what_is_allowed_passes():
    assert not all_faults(
        {
            "cohorts/models/__init__.py": "from .cohort import Cohort",
            "cohorts/models/cohort.py": "from cohorts.choices import Stage\nfrom mentorship.people.models import S",
            "cohorts/choices.py": "",
            "cohorts/views.py": "from . import actions\nfrom .forms import F",
            "cohorts/forms.py": "from .models import Cohort",
            "cohorts/actions.py": "from .models import Cohort\nfrom .tasks import send",
            "cohorts/tasks.py": "from .models import Cohort",
            "mentorship/places/models.py": "",
            "mentorship/people/models.py": "x = models.ForeignKey('places.Studio', 1)",
        }
    )
