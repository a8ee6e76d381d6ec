"""Finds the guards of access in the source, and says how each is taken away. Pure: text in, edits out."""

import ast
from dataclasses import dataclass

TOPS = ("mentorship", "cohorts", "evaluations")
OPEN = '__import__("mentorship.accounts.access", fromlist=["page"]).{}'
OWNERS = {"studio", "studio_id", "studio__in", "studio_id__in"}
READS = {"filter", "get", "exclude", "get_object_or_404"}
LEAVE_OUT = ("evaluations/demo/", "/migrations/", "/management/")
WHO = {"user", "by", "reader", "request", "typist", "person"}
# To open a page of these to all who are signed in changes nothing: they are other names of it.
SAME_AS_SIGNED_IN = {"SIGNED_IN", "ONESELF_TOO", "INSIDERS"}


@dataclass(frozen=True)
class Mutant:
    path: str
    line: int
    kind: str
    start: int  # bytes of the file
    end: int
    text: str

    @property
    def name(self) -> str:
        return f"{self.path}:{self.line} {self.kind}"

    def applied(self, source: bytes) -> bytes:
        return source[: self.start] + self.text.encode() + source[self.end :]


def mutants_of(path: str, source: bytes) -> list[Mutant]:
    """Those whose text still is Python, in the order of the file."""
    if path.split("/")[0] not in TOPS or any(part in path for part in LEAVE_OUT):
        return []
    tree, places = ast.parse(source), Places(source)
    found = []
    for node in ast.walk(tree):
        for kind, start, end, text in edits_of(node, places):
            found.append(Mutant(path, node.lineno, kind, start, end, text))
    return sorted({each for each in found if is_python(each.applied(source))}, key=lambda each: (each.start, each.kind))


def is_python(source: bytes) -> bool:
    try:
        ast.parse(source)
    except SyntaxError:
        return False
    return True


class Places:
    """Where lines begin, so that a node's place becomes a place in the file."""

    def __init__(self, source: bytes):
        self.source, self.starts = source, [0]
        for line in source.splitlines(keepends=True):
            self.starts.append(self.starts[-1] + len(line))

    def start(self, node: ast.AST) -> int:
        return self.starts[node.lineno - 1] + node.col_offset

    def end(self, node: ast.AST) -> int:
        return self.starts[node.end_lineno - 1] + node.end_col_offset

    def text(self, node: ast.AST) -> str:
        return self.source[self.start(node) : self.end(node)].decode()


def edits_of(node: ast.AST, places: Places):
    if isinstance(node, ast.FunctionDef):
        yield from edits_of_function(node, places)
    elif isinstance(node, ast.Call):
        yield from edits_of_call(node, places)
    elif (
        isinstance(node, ast.Expr)
        and isinstance(node.value, ast.Call)
        and name_of(node.value.func).startswith("require")
    ):
        yield "require: not asked", places.start(node), places.end(node), "pass"
    elif isinstance(node, ast.If) and len(node.body) == 1 and refuses(node.test, node.body[0]):
        yield "refusal: never", places.start(node.test), places.end(node.test), "False"


def edits_of_function(node: ast.FunctionDef, places: Places):
    if node.name == "visible_to" and [argument.arg for argument in node.args.args] == ["self", "user"]:
        first = node.body[1] if ast.get_docstring(node) and len(node.body) > 1 else node.body[0]
        indent = " " * first.col_offset
        start = places.start(first)
        yield "visible_to: everything", start, start, f"return self.all()\n{indent}"
    for decorator in node.decorator_list:
        if isinstance(decorator, ast.Call) and name_of(decorator.func) == "page" and decorator.args:
            policy = decorator.args[0]
            said = places.text(policy)
            if said != "PUBLIC":
                opened = "PUBLIC" if said in SAME_AS_SIGNED_IN else "SIGNED_IN"
                yield f"page({said}): {opened}", places.start(policy), places.end(policy), OPEN.format(opened)
        elif name_of(decorator) == "require_POST":
            start = places.start(decorator) - 1
            yield "require_POST: any method", start, places.end(decorator) + 1 + decorator.col_offset - 1, ""


def edits_of_call(node: ast.Call, places: Places):
    if not isinstance(node.func, ast.Attribute):
        return
    if node.func.attr == "visible_to":
        start = places.end(node.func.value)
        yield "visible_to: not asked", start, places.end(node), ".all()"
    if node.func.attr in READS and len(node.keywords) + len(node.args) > 1:
        for keyword in node.keywords:
            if keyword.arg in OWNERS:
                start, end = places.start(keyword), places.end(keyword)
                rest = places.source[end:]
                comma = rest.lstrip()[:1] == b","
                end += len(rest) - len(rest.lstrip()) + 1 if comma else 0
                yield "filter by studio: dropped", start, end, ""


def name_of(node: ast.AST) -> str:
    return node.id if isinstance(node, ast.Name) else node.attr if isinstance(node, ast.Attribute) else ""


def refuses(test: ast.expr, then: ast.stmt) -> bool:
    """403, or 404 for who asks. That there is no such thing, or that it is not in the right state, is no guard of access."""
    if not isinstance(then, ast.Raise) or then.exc is None:
        return False
    raised = name_of(then.exc.func if isinstance(then.exc, ast.Call) else then.exc)
    asks_who = bool({name_of(node) for node in ast.walk(test)} & WHO)
    return raised == "PermissionDenied" or (raised == "Http404" and asks_who)
