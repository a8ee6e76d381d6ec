"""Guards taken away in running tests: a plugin of pytest's, in two steps.

LEARN=folder   every test runs as always and says which guards it passes.
TRY=file       for each guard named there a child is forked once all is read, gives the guard's function other code, and runs
               the tests that pass it until one of them fails.

A child needs no start of its own, and no test that never comes by; so a guard costs seconds, not minutes.
"""

import ast
import gc
import itertools
import json
import os
import signal
import time
import types
from collections import defaultdict
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connections

from .doors import ANY_METHOD, PASSED, Noted, cell_of, holder_of, inner_of, note_methods
from .guards import Mutant
from .trying import BESIDE, BROKEN, KILLED, LATE, OUT_OF_REACH, ROOT, SURVIVED, every_mutant, told

FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)
PAGES, POLICIES = "tests/test_every_page.py", "tests/test_access_page.py"
SYNTAX = "tests.test_queries_are_bound"
ENOUGH = 120  # seconds of tests for one guard
HOW_IT_ENDS = {0: SURVIVED, 1: KILLED}  # how a child says it; whatever else it says tells nothing of the guard
NOTHING = -1  # in place of a guard's number: nothing is taken away
VIEWS: list = []


# --- functions and their code -------------------------------------------------------------------------------


def living() -> dict[tuple[str, str, int], list[types.FunctionType]]:
    """The product's functions that are read by now, by file, name and first line."""
    found = defaultdict(list)
    for each in gc.get_objects():
        if isinstance(each, types.FunctionType) and (path := each.__code__.co_filename).startswith(str(ROOT)):
            code = each.__code__
            found[str(Path(path).relative_to(ROOT)), code.co_qualname, code.co_firstlineno].append(each)
    return found


def codes_in(code: types.CodeType) -> dict[tuple[str, int], types.CodeType]:
    found = {}
    for each in code.co_consts:
        if isinstance(each, types.CodeType):
            found[each.co_qualname, each.co_firstlineno] = each
            found |= codes_in(each)
    return found


def outermost(path: str, source: bytes, mutant: Mutant) -> tuple[str, str, int] | None:
    """The function, not inside another one, that holds the guard: what can be given other code."""

    def inside(node, before: str):
        for child in ast.iter_child_nodes(node):
            if not (getattr(child, "lineno", 10**9) <= mutant.line <= (getattr(child, "end_lineno", None) or 0)):
                continue
            if isinstance(child, FUNCTIONS):
                first = min([child.lineno, *(each.lineno for each in child.decorator_list)])
                return path, before + child.name, first
            if isinstance(child, ast.ClassDef):
                return inside(child, f"{before}{child.name}.")
            if found := inside(child, before):
                return found
        return None

    return inside(ast.parse(source), "")


class Ground:
    """All guards, and the living functions that hold them."""

    def __init__(self, mutants: list[Mutant]):
        for path in {mutant.path for mutant in mutants}:
            import_module(path.removesuffix(".py").replace("/", ".").removesuffix(".__init__"))
        self.mutants, self.functions = mutants, living()
        self.sources = {path: (ROOT / path).read_bytes() for path in {mutant.path for mutant in mutants}}
        self.keys = [outermost(each.path, self.sources[each.path], each) for each in mutants]

    def is_alive(self, number: int) -> bool:
        return bool(self.functions.get(self.keys[number]))

    def is_seen_in_the_source(self, number: int) -> bool:
        """Whether the test that reads the source would tell."""
        return import_module(SYNTAX).is_asked_by_pages(self.mutants[number].path) and self.unbinds(number)

    def is_beside_another(self, number: int) -> bool:
        """A filter by studio, of a query that something else binds as well."""
        return self.mutants[number].kind.startswith("filter by studio") and not self.unbinds(number)

    def unbinds(self, number: int) -> bool:
        mutant, loose_in = self.mutants[number], import_module(SYNTAX).loose_in
        source = self.sources[mutant.path]
        after, before = (loose_in(mutant.path, text.decode()) for text in (mutant.applied(source), source))
        return bool(after - before)

    def give(self, path: str, text: bytes | ast.AST, keys: set) -> None:
        """The functions of these keys get the code that they have in `text`."""
        codes = codes_in(compile(text, str(ROOT / path), "exec"))
        for key in keys:
            for function in self.functions.get(key, []):
                function.__code__ = codes[key[1:]]

    def take_away(self, number: int) -> None:
        mutant, key = self.mutants[number], self.keys[number]
        if mutant.kind.startswith("page("):
            for view in guarded(self.functions[key]):
                opened = getattr(import_module("mentorship.accounts.access"), mutant.kind.split(": ")[-1])
                cell_of(view, "policy").cell_contents = view.access_policy = opened
        elif mutant.kind.startswith("require_POST"):
            for view in guarded(self.functions[key]):
                holder_of(view, "request_method_list").__code__ = ANY_METHOD
        else:
            self.give(mutant.path, mutant.applied(self.sources[mutant.path]), {key})

    def mark(self) -> None:
        """From now on each function says which guards it comes by, and each page whether it was asked for."""
        for view in VIEWS:
            policy, numbers = cell_of(view, "policy"), self.at_the_door_of(view)
            policy.cell_contents = Noted(policy.cell_contents, numbers)
            if any(self.mutants[number].kind.startswith("require_POST") for number in numbers):
                note_methods(holder_of(view, "request_method_list"), numbers)  # may be asked before the policy is
        for path, numbers in itertools.groupby(sorted(range(len(self.mutants)), key=self.path_of), key=self.path_of):
            here = [number for number in numbers if self.is_alive(number)]
            tree = ast.parse(self.sources[path])
            for number in here:
                if is_at_the_door(self.mutants[number]):
                    continue
                put_mark(tree, self.mutants[number], number)
                for function in self.functions[self.keys[number]]:
                    function.__globals__["_passed_"] = PASSED
            self.give(path, ast.fix_missing_locations(tree), {self.keys[number] for number in here})

    def at_the_door_of(self, view) -> set[int]:
        inner = inner_of(view)
        return {
            number
            for number, key in enumerate(self.keys)
            if is_at_the_door(self.mutants[number]) and inner in self.functions.get(key, [])
        }

    def path_of(self, number: int) -> str:
        return self.mutants[number].path


def is_at_the_door(mutant: Mutant) -> bool:
    return mutant.kind.startswith(("page(", "require_POST"))


def guarded(functions: list) -> list:
    """The views that `@page` made of these."""
    held = {id(function) for function in functions}
    return [view for view in VIEWS if id(inner_of(view)) in held]


def put_mark(tree: ast.Module, mutant: Mutant, number: int) -> None:
    """`_passed_.add(number)` before the statement that holds the guard, or as a function's first."""
    body, index = place_of(tree, mutant.line)
    if isinstance(body[index], FUNCTIONS):
        body, index = body[index].body, 0
    mark = ast.parse(f"_passed_.add({number})").body[0]
    for node in ast.walk(mark):
        node.lineno = node.end_lineno = body[index].lineno
        node.col_offset = node.end_col_offset = 0
    body.insert(index, mark)


def place_of(node: ast.AST, line: int) -> tuple[list, int] | None:
    """The innermost list of statements with the line in it, and which one of it."""
    for name in ("body", "orelse", "finalbody", "handlers"):
        below = getattr(node, name, None)
        for index, child in enumerate(below if isinstance(below, list) else []):
            first = min([child.lineno, *(each.lineno for each in getattr(child, "decorator_list", []))])
            if first <= line <= child.end_lineno:
                return place_of(child, line) or (None if name == "handlers" else (below, index))
    return None


# --- learning -------------------------------------------------------------------------------------------------

GROUND: Ground | None = None
LEARNT: dict[str, tuple[float, list[int]]] = {}


@pytest.hookimpl(tryfirst=True)
def pytest_collection_finish(session):
    """Before the tests' own hook sets what is loaded aside, where it can't be found any more."""
    global GROUND
    entries = import_module("tests.walk").entries()
    VIEWS[:] = [view for _name, _route, view in entries if hasattr(view, "access_policy")]
    GROUND = Ground(every_mutant())
    if "LEARN" in os.environ:
        GROUND.mark()


@pytest.hookimpl(hookwrapper=True)
def pytest_runtest_protocol(item):
    PASSED.clear()
    began = time.monotonic()
    yield
    if "LEARN" in os.environ:
        LEARNT[item.nodeid] = time.monotonic() - began, sorted(PASSED)


def pytest_sessionfinish(session):
    if "LEARN" in os.environ and LEARNT:
        name = os.environ.get("PYTEST_XDIST_WORKER", "one")
        Path(os.environ["LEARN"], f"{name}.json").write_text(json.dumps(LEARNT))


# --- trying ---------------------------------------------------------------------------------------------------


@pytest.hookimpl(tryfirst=True)
def pytest_runtestloop(session):
    if "TRY" not in os.environ:
        return None
    asked = json.loads(Path(os.environ["TRY"]).read_text())
    session.config._tmp_path_factory.getbasetemp()
    connections.close_all()
    items = {item.nodeid: item for item in session.items}
    Trial(session, items, {key: tuple(value) for key, value in asked["learnt"].items()}).run(asked["numbers"])
    return True


class Trial:
    def __init__(self, session, items, learnt):
        self.session, self.items, self.learnt = session, items, learnt
        self.passing = defaultdict(list)
        for name, (_seconds, numbers) in learnt.items():
            for number in numbers:
                if name in items:
                    self.passing[number].append(name)

    def chosen(self, number: int) -> list[str]:
        """Tests that pass the guard, module by module, cheap ones first, and of the pages before all others."""
        modules = defaultdict(list)
        if GROUND.mutants[number].kind.startswith("page("):
            modules[POLICIES] += [name for name in self.items if name.startswith(POLICIES)]
        for name in self.passing[number]:
            modules[name.partition("::")[0]].append(name)
        cost = {module: sum(self.seconds(name) for name in names) for module, names in modules.items()}
        order = sorted(modules, key=lambda module: (module != PAGES or cost[module] > ENOUGH / 2, cost[module]))
        found, spent = [], 0.0
        for module in order:
            for name in modules[module]:
                if spent < ENOUGH:
                    found.append(name)
                    spent += self.seconds(name)
        return found

    def seconds(self, name: str) -> float:
        return self.learnt.get(name, [0.1])[0]

    def run(self, numbers: list[int]) -> None:
        """Says of each guard: its number, how it went, who noticed, seconds, how many tests come by it."""
        beside = {number for number in numbers if GROUND.is_beside_another(number)}
        seen = {number for number in numbers if GROUND.is_seen_in_the_source(number)}
        dead = {number for number in numbers if not GROUND.is_alive(number)} - seen - beside
        for number in sorted(beside):
            self.say([number, BESIDE, "", 0.0, 0])
        for number in sorted(seen):
            self.say([number, KILLED, SYNTAX, 0.0, 1])
        for number in sorted(dead):
            self.say([number, OUT_OF_REACH, "", 0.0, 0])
        noticed = set()
        for answer in self.tried(
            [(number, self.chosen(number)) for number in numbers if number not in seen | dead | beside]
        ):
            self.say(answer)
            if answer[1] == KILLED:
                noticed.add(answer[2])
        for answer in self.tried([(NOTHING, [name]) for name in sorted(noticed)]):
            if answer[1] != SURVIVED:
                self.say(answer)

    def say(self, answer: list) -> None:
        """A line as soon as it is known: a run takes long, and may be stopped."""
        with Path(os.environ["TRY"] + ".said").open("a") as file:
            file.write(json.dumps(answer) + "\n")
        number, how, who, seconds, tests = answer
        name = "nothing taken away" if number == NOTHING else GROUND.mutants[number].name
        told(how, seconds, name, who or f"{tests} tests come by it")

    def tried(self, waiting: list[tuple[int, list[str]]]) -> Iterator[list]:
        running, slots = {}, list(range(int(os.environ.get("JOBS", "2"))))
        while waiting or running:
            while waiting and slots:
                self.begin(*waiting.pop(0), slots.pop(), running)
            time.sleep(0.02)
            for process in list(running):
                if answer := self.ended(process, running[process]):
                    slots.append(running.pop(process)["slot"])
                    yield answer

    def begin(self, number: int, names: list[str], slot: int, running: dict) -> None:
        reading, writing = os.pipe()
        began = time.monotonic()
        if not (process := os.fork()):
            os.close(reading)
            self.child(number, slot, names, writing)
        os.close(writing)
        longest = 60 + 5 * sum(map(self.seconds, names))
        running[process] = {
            "number": number, "slot": slot, "began": began, "until": began + longest, "reading": reading, "tests": len(names)
        }  # fmt: skip

    def ended(self, process: int, one: dict) -> list | None:
        there, status = os.waitpid(process, os.WNOHANG)
        if not there and time.monotonic() < one["until"]:
            return None
        how = LATE
        if there:
            how = HOW_IT_ENDS.get(os.waitstatus_to_exitcode(status), BROKEN)
        else:
            os.kill(process, signal.SIGKILL)
            os.waitpid(process, 0)
        who = os.read(one["reading"], 2000).decode()
        os.close(one["reading"])
        return [one["number"], how, who, round(time.monotonic() - one["began"], 1), one["tests"]]

    def child(self, number: int, slot: int, names: list[str], writing: int) -> None:
        nothing = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nothing, 1)
        os.dup2(nothing, 2)
        settings.DATABASES["default"]["TEST"]["NAME"] = str(Path(os.environ["TRY"]).parent / f"{slot}.sqlite3")
        try:
            if number != NOTHING:
                GROUND.take_away(number)
            items = [self.items[name] for name in names]
            for item, following in itertools.zip_longest(items, items[1:]):
                self.session.config.hook.pytest_runtest_protocol(item=item, nextitem=following)
                if self.session.testsfailed:
                    os.write(writing, item.nodeid.encode()[:1900])
                    os._exit(1)
            os._exit(0)
        except BaseException as trouble:
            os.write(writing, repr(trouble).encode()[:1900])
            os._exit(3)
