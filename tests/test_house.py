"""The house rules that a machine can read: short files and functions, named migrations, nothing inline, no foreign hosts."""

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
TOPS = ("mentorship", "cohorts", "evaluations")
LONGEST_FILE, LONGEST_FUNCTION = 400, 50
NAMESPACES = ("http://www.w3.org/2000/svg", "http://www.w3.org/1999/xlink", "http://www.w3.org/1999/xhtml")
FUNCTION = ast.FunctionDef | ast.AsyncFunctionDef

INLINE = {
    "a style attribute": re.compile(r"<[^>]*\sstyle\s*=", re.IGNORECASE),
    "a style element": re.compile(r"<style\b", re.IGNORECASE),
    "a script of its own": re.compile(r"<script\b(?![^>]*\bsrc\s*=)(?![^>]*type=\"application/json\")", re.IGNORECASE),
    "an on... handler": re.compile(r"<[^>]*\son[a-z]+\s*=", re.IGNORECASE),
    "a javascript: address": re.compile(r"javascript:", re.IGNORECASE),
}
FOREIGN = re.compile(
    r"https?://[^\s\"'()<>]+|(?:src|href|action)\s*=\s*[\"']//[^\"']+|url\(\s*[\"']?//[^)]+", re.IGNORECASE
)
UNNAMED = re.compile(r"_auto_\d|_and_more$")
TAG = re.compile(r"\{%.*?%\}|\{\{.*?\}\}", re.DOTALL)
COMMENT = re.compile(r"\{#.*?#\}|\{% comment\b.*?endcomment %\}", re.DOTALL)


def blank(found: re.Match) -> str:
    """Keeps the lines where they are."""
    return re.sub(r"[^\n]", " ", found.group(0))


def line_of(text: str, position: int) -> int:
    return text.count("\n", 0, position) + 1


def too_long(name: str, text: str) -> list[str]:
    lines = text.count("\n")
    return [f"{name}: {lines} lines, at most {LONGEST_FILE}"] if lines > LONGEST_FILE else []


def function_faults(name: str, text: str) -> list[str]:
    faults = []
    for node in ast.walk(ast.parse(text)):
        if not isinstance(node, FUNCTION):
            continue
        length = node.end_lineno - node.lineno + 1
        if length > LONGEST_FUNCTION:
            faults.append(f"{name}:{node.lineno}: {node.name} has {length} lines, at most {LONGEST_FUNCTION}")
        faults += [
            f"{name}:{inner.lineno}: {node.name} imports {module} inside itself"
            for inner in ast.walk(node)
            for module in modules_of(inner)
            if module.split(".")[0] in TOPS or module.startswith(".")
        ]
    return faults


def modules_of(node: ast.AST) -> list[str]:
    if isinstance(node, ast.Import):
        return [alias.name for alias in node.names]
    if isinstance(node, ast.ImportFrom):
        return ["." * node.level + (node.module or "")]
    return []


def signal_faults(name: str, text: str) -> list[str]:
    return [
        f"{name}:{node.lineno}: a signal ({module}); call an action instead"
        for node in ast.walk(ast.parse(text))
        for module in modules_of(node)
        if module.endswith(".signals") or module == "django.dispatch"
    ]


def inline_faults(name: str, text: str) -> list[str]:
    markup = TAG.sub(blank, COMMENT.sub(blank, text))
    return [
        f"{name}:{line_of(markup, found.start())}: {what}"
        for what, pattern in INLINE.items()
        for found in pattern.finditer(markup)
    ]


def foreign_faults(name: str, text: str) -> list[str]:
    return [
        f"{name}:{line_of(text, found.start())}: a foreign host, {found.group(0)}"
        for found in FOREIGN.finditer(text)
        if not found.group(0).startswith(NAMESPACES)
    ]


def migration_faults(stems: list[str]) -> list[str]:
    faults = [f"{stem}: name it after what it does" for stem in stems if UNNAMED.search(stem)]
    numbers = [stem[:4] for stem in stems]
    return faults + [f"{stem}: its number is taken" for stem in stems if numbers.count(stem[:4]) > 1]


def files(*folders: str, suffixes: set[str]) -> dict[str, str]:
    found = [path for folder in folders for path in (ROOT / folder).rglob("*") if path.suffix in suffixes]
    return {
        path.relative_to(ROOT).as_posix(): path.read_text(encoding="utf-8")
        for path in sorted(found)
        if not {"vendor", "__pycache__"} & set(path.parts)
    }


PYTHON = {
    name: text for name, text in files(*TOPS, "tests", "deploy", suffixes={".py"}).items() if "/migrations/" not in name
}
OURS = {name: text for name, text in PYTHON.items() if name.split("/")[0] in TOPS}
PAGES = files("templates", *TOPS, suffixes={".html", ".svg"})
LOOKS = files("static", suffixes={".css", ".js"})


def collect(rule, sources: dict[str, str]) -> list[str]:
    assert sources, "nothing was read: the test looks in the wrong place"
    return [fault for name, text in sources.items() for fault in rule(name, text)]


def test_files_are_short():
    assert collect(too_long, PYTHON | PAGES | LOOKS) == []


def test_functions_are_short_and_import_nothing_of_ours():
    assert collect(function_faults, OURS) == []


def test_no_signals():
    assert collect(signal_faults, OURS) == []


def test_nothing_inline_in_pages():
    pages = {name: text for name, text in PAGES.items() if not name.startswith("templates/emails/")}
    assert collect(inline_faults, pages) == []


def test_no_foreign_hosts():
    assert collect(foreign_faults, PAGES | LOOKS) == []


def test_vendored_files_fetch_nothing():
    vendored = [path for path in (ROOT / "static/vendor").rglob("*") if path.suffix in {".css", ".js"}]
    assert vendored
    for path in vendored:
        text = path.read_text(encoding="utf-8")
        assert not re.search(r"url\(\s*[\"']?(?:https?:)?//|@import|sourceMappingURL", text), path.name


def test_migrations_have_names():
    folders = {path.parent for top in TOPS for path in (ROOT / top).rglob("migrations/0*.py")}
    assert folders
    for folder in sorted(folders):
        stems = sorted(path.stem for path in folder.glob("0*.py"))
        assert migration_faults(stems) == [], folder.relative_to(ROOT)


# What the rules are worth: each of these breaks one.
@pytest.mark.parametrize(
    ("rule", "text"),
    [
        (too_long, "x = 1\n" * 401),
        (function_faults, "def f():\n" + "    x = 1\n" * 50),
        (function_faults, "def f():\n    from cohorts.models import Cohort\n"),
        (function_faults, "class A:\n    async def f(self):\n        import evaluations\n"),
        (function_faults, "def f():\n    from . import actions\n"),
        (signal_faults, "from django.db.models.signals import post_save\n"),
        (inline_faults, '<p class="a"\n style="color:red">'),
        (inline_faults, "<style>p{}</style>"),
        (inline_faults, "<script>alert(1)</script>"),
        (inline_faults, '<button onclick="f()">'),
        (inline_faults, '<a href="{% url "x" %}" onmouseover="f()">'),
        (inline_faults, '<a href="javascript:f()">'),
        (foreign_faults, '<img src="https://cdn.example/x.png">'),
        (foreign_faults, '<script src="//cdn.example/x.js"></script>'),
        (foreign_faults, "a { background: url(//cdn.example/x.png) }"),
        (lambda _name, stem: migration_faults([stem]), "0002_auto_20260101_0000"),
        (lambda _name, stem: migration_faults([stem]), "0003_mentor_phone_and_more"),
        (lambda _name, stem: migration_faults([stem, "0003_beam"]), "0003_board"),
    ],
)
def test_a_broken_rule_is_seen(rule, text):
    assert rule("file", text)


@pytest.mark.parametrize(
    ("rule", "text"),
    [
        (too_long, "x = 1\n" * 400),
        (function_faults, "def f():\n" + "    x = 1\n" * 49),
        (function_faults, "def f():\n    import json\n"),
        (inline_faults, '<script src="{% static "js/x.js" %}" defer></script>{# style="x" #}'),
        (inline_faults, '<p {% if a < b %}class="online"{% endif %} data-once="1">'),
        (foreign_faults, '<svg xmlns="http://www.w3.org/2000/svg">'),
    ],
)
def test_what_is_allowed_passes(rule, text):
    assert rule("file", text) == []
