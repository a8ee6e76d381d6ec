"""The script that takes guards away does so; it is not run here."""

import ast
from pathlib import Path

import pytest

from .__main__ import every_mutant
from .guards import mutants_of
from .holes import HOLES
from .trying import ROOT, app_of, runs_for

CASES = {
    "rows = Case.objects.visible_to(user).for_lists()": "rows = Case.objects.all().for_lists()",
    "rows.filter(studio=a, done=True)": "rows.filter( done=True)",
    "rows.filter(done=True, studio=a)": "rows.filter(done=True, )",
    "require(user, Permission.X, row.studio)": "pass",
    "if a:\n    raise PermissionDenied": "if False:\n    raise PermissionDenied",
    'if a:\n    raise Http404("x")': 'if False:\n    raise Http404("x")',
    "@require_POST\ndef v(request):\n    pass": "def v(request):\n    pass",
    "class Q:\n    def visible_to(self, user):\n        return self.none()": "class Q:\n    def visible_to(self, user):\n"
    "        return self.all()\n        return self.none()",
    "名 = Case.objects.visible_to(user)": "名 = Case.objects.all()",
}
LEFT = [
    "rows.filter(studio=a)",
    "if a:\n    raise ValueError",
    "@page(PUBLIC)\ndef v(request):\n    pass",
    "acquire(a)",
]


@pytest.mark.parametrize("source", CASES)
def test_a_guard_is_taken_away(source):
    (mutant,) = mutants_of("cohorts/x.py", source.encode())
    assert mutant.applied(source.encode()).decode() == CASES[source]


@pytest.mark.parametrize("source", LEFT)
def test_what_is_no_guard_is_left(source):
    assert mutants_of("cohorts/x.py", source.encode()) == []


@pytest.mark.parametrize(("policy", "opened"), [("READERS", "SIGNED_IN"), ("SIGNED_IN", "PUBLIC")])
def test_a_policy_is_opened(policy, opened):
    source = f"@page({policy}, step_up=A)\ndef v(request):\n    pass".encode()
    (mutant,) = mutants_of("cohorts/x.py", source)
    changed = mutant.applied(source).decode()
    assert changed.endswith(f".{opened}, step_up=A)\ndef v(request):\n    pass")
    ast.parse(changed)


@pytest.mark.slow
def test_the_source_has_guards_of_every_kind_and_all_have_tests():
    mutants = every_mutant()
    kinds = {mutant.kind.partition("(")[0].partition(":")[0] for mutant in mutants}
    assert kinds == {"visible_to", "page", "require", "refusal", "require_POST", "filter by studio"}
    assert len(mutants) > 1000
    for path, mutant in {mutant.path: mutant for mutant in mutants}.items():
        for argument in runs_for(mutant)[-2]:
            assert (ROOT / argument).exists(), f"{path}: there is no {argument}"


@pytest.mark.parametrize(
    ("path", "app"),
    [
        ("mentorship/people/views/register.py", "people"),
        ("cohorts/views/people.py", "cohorts"),
        ("cohorts/letters/access.py", "letters"),
        ("evaluations/promotions/access.py", "promotions"),
    ],
)
def test_the_app_of_a_file(path, app):
    assert app_of(path) == app


def test_there_are_twenty_holes():
    assert len({hole.words for hole in HOLES}) == 20


@pytest.mark.parametrize("hole", HOLES, ids=lambda hole: hole.words)
def test_every_hole_still_fits(hole):
    source = (ROOT / hole.path).read_text(encoding="utf-8")
    assert source.count(hole.old) == 1
    ast.parse(source.replace(hole.old, hole.new))
    assert all(Path(ROOT / one).exists() for one in hole.tests if one.startswith("tests/"))
