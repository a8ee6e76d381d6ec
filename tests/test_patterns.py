"""T40, T39: no pattern of ours takes long, whatever text it meets; and nothing of ours fetches from other machines."""

import ast
import json
import subprocess
import sys
from pathlib import Path

import pytest
from django.urls import URLResolver, get_resolver

ROOT = Path(__file__).resolve().parent.parent
SOURCES = [path for top in ("mentorship", "cohorts", "evaluations") for path in sorted((ROOT / top).rglob("*.py"))]
ASKS = """
import json, re, sys, time
for pattern in json.load(sys.stdin):
    one = re.compile(pattern)
    for letter in "张a·1 -.\\n":
        for end in "!", "":
            text, start = letter * 10_000 + end, time.process_time()
            one.match(text), one.fullmatch(text), one.search(text)
            if time.process_time() - start > 0.3:
                sys.exit(f"{pattern!r} on {letter!r}")
"""
# Only ever asked of a whole text (fullmatch), and none that a reader types.
OF_THE_WHOLE = {r"[\w-]+\.(jpg|png|svg)", r"\d+[hdwm](,\d+[hdwm])*"}
FETCHERS = {"requests", "httpx", "aiohttp", "urllib3", "urllib.request", "http.client", "ftplib", "telnetlib"}


def literal_patterns(path: Path):
    """What is given to re.compile and its like, and to validators, as a text."""
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Call) and node.args and isinstance(node.args[0], ast.Constant):
            name = ast.unparse(node.func)
            if (name.startswith("re.") or name.endswith("RegexValidator")) and isinstance(node.args[0].value, str):
                yield node.args[0].value


def address_patterns(resolver=None):
    for entry in (resolver or get_resolver()).url_patterns:
        yield entry.pattern.regex.pattern
        if isinstance(entry, URLResolver):
            yield from address_patterns(entry)


def slow(patterns) -> str:
    return asked(patterns, 60).stderr


def asked(patterns, seconds: int):
    command, given = [sys.executable, "-c", ASKS], json.dumps(patterns)
    return subprocess.run(command, input=given, capture_output=True, text=True, timeout=seconds, check=False)


def test_no_pattern_takes_long():
    ours = {pattern for path in SOURCES for pattern in literal_patterns(path)}
    assert len(ours) > 20
    assert ours >= OF_THE_WHOLE
    whole = {rf"\A(?:{pattern})\Z" for pattern in OF_THE_WHOLE}
    assert slow(sorted(ours - OF_THE_WHOLE | whole)) == ""


def test_no_address_takes_long():
    assert slow(sorted({*address_patterns()})) == ""


def test_a_slow_pattern_is_seen():
    with pytest.raises(subprocess.TimeoutExpired):
        asked(["^([一-龥张]+·?)+$"], 3)


def test_nothing_fetches_from_others():
    found = []
    for path in SOURCES:
        for node in ast.walk(ast.parse(path.read_text())):
            names = [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            names += [name.name for name in node.names] if isinstance(node, ast.Import) else []
            found += [f"{path.name}: {name}" for name in names if name in FETCHERS]
    assert found == []
