"""The script that takes guards away does so; it is not run here."""

import ast
from pathlib import Path

import pytest
from django.http import HttpResponse
from django.views.decorators.http import require_POST

from .__main__ import not_noticed
from .doors import ANY_METHOD, PASSED, holder_of, note_methods
from .guards import mutants_of
from .holes import HOLES
from .live import outermost, put_mark
from .trying import KILLED, LATE, ROOT, SURVIVED, every_mutant, told

CASES = {
    "rows = Case.objects.visible_to(user).for_lists()": "rows = Case.objects.all().for_lists()",
    "rows.filter(studio=a, done=True)": "rows.filter( done=True)",
    "rows.filter(done=True, studio=a)": "rows.filter(done=True, )",
    "require(user, Permission.X, row.studio)": "pass",
    "if a:\n    raise PermissionDenied": "if False:\n    raise PermissionDenied",
    'if not may(user, a):\n    raise Http404("x")': 'if False:\n    raise Http404("x")',
    "@require_POST\ndef v(request):\n    pass": "def v(request):\n    pass",
    "class Q:\n    def visible_to(self, user):\n        return self.none()": "class Q:\n    def visible_to(self, user):\n"
    "        return self.all()\n        return self.none()",
    "名 = Case.objects.visible_to(user)": "名 = Case.objects.all()",
}
LEFT = [
    "rows.filter(studio=a)",
    "if a:\n    raise ValueError",
    "if not a.is_ready:\n    raise Http404",
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
def test_the_source_has_guards_of_every_kind():
    mutants = every_mutant()
    kinds = {mutant.kind.partition("(")[0].partition(":")[0] for mutant in mutants}
    assert kinds == {"visible_to", "page", "require", "refusal", "require_POST", "filter by studio"}
    assert len(mutants) > 1000


METHOD = """class Q:
    @keeps
    def visible_to(self, user):
        if user:
            return self.filter(
                studio=user.studio, done=True
            )
        return self.none()
"""


def test_the_function_that_holds_a_guard_is_found():
    everything, dropped = mutants_of("cohorts/x.py", METHOD.encode())
    assert outermost("cohorts/x.py", METHOD.encode(), everything) == ("cohorts/x.py", "Q.visible_to", 2)
    assert outermost("cohorts/x.py", METHOD.encode(), dropped) == ("cohorts/x.py", "Q.visible_to", 2)
    assert (
        outermost("x", b"A = B.objects.visible_to(C)", mutants_of("cohorts/x.py", b"A = B.objects.visible_to(C)")[0])
        is None
    )


def test_a_mark_stands_right_before_the_guard():
    tree = ast.parse(METHOD)
    for number, mutant in enumerate(mutants_of("cohorts/x.py", METHOD.encode())):
        put_mark(tree, mutant, number)
    assert ast.unparse(tree).splitlines()[4:8] == [
        "        _passed_.add(0)",
        "        if user:",
        "            _passed_.add(1)",
        "            return self.filter(studio=user.studio, done=True)",
    ]


def test_an_earlier_output_tells_what_was_not_noticed(capsys):
    told(KILLED, 1.2, "cohorts/a.py:7 require: not asked", "tests/test_a.py::test_a")
    told(SURVIVED, 12.0, "cohorts/a.py:9 page(READERS): SIGNED_IN", "3 tests come by it")
    told(LATE, 900.1, "cohorts/b.py:2 visible_to: not asked", "3 tests come by it")
    assert not_noticed(capsys.readouterr().out) == {
        ("cohorts/a.py", "page(READERS): SIGNED_IN"), ("cohorts/b.py", "visible_to: not asked")
    }  # fmt: skip


def test_there_are_twenty_holes():
    assert len({hole.words for hole in HOLES}) == 20


@pytest.mark.parametrize("hole", HOLES, ids=lambda hole: hole.words)
def test_every_hole_still_fits(hole):
    source = (ROOT / hole.path).read_text(encoding="utf-8")
    assert source.count(hole.old) == 1
    ast.parse(source.replace(hole.old, hole.new))
    assert all(Path(ROOT / one).exists() for one in hole.tests if one.startswith("tests/"))


def test_one_door_is_opened_and_the_others_stay_shut(rf):
    def one(request):
        return HttpResponse("one")

    def other(request):
        return HttpResponse("other")

    first, second = require_POST(one), require_POST(other)
    note_methods(second, {7})
    holder_of(first, "request_method_list").__code__ = ANY_METHOD
    PASSED.clear()
    assert first(rf.get("/")).content == b"one"
    assert not PASSED
    assert second(rf.get("/")).status_code == 405
    assert second(rf.post("/")).content == b"other"
    assert {7} == PASSED
    PASSED.clear()
