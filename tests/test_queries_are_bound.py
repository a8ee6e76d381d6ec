"""T06: whoever reads rows for a page binds them to their reader, their studio, or a row that was loaded so.

Read from the syntax trees, for the layers in which requests are answered. A query is bound by `visible_to`, by a manager that
takes its reader, or by naming something that the code holds already: a studio, a cohort, a row. What is neither stands in
LOOSE with its reason, and a new one fails. Managers behind the managers and SQL of one's own are listed for all code.
"""

import ast

import pytest
from django.apps import apps
from django.contrib.admin.utils import NotRelationField, get_fields_from_path
from django.core.exceptions import FieldDoesNotExist

from .test_architecture import app_of, module_of, ours

LAYERS = {"views", "account_views", "forms", "filters", "exports", "admin", "tasks", "templatetags"}
BINDING = {"visible_to", "none", "of", "on_the_board"}  # `of(user, ...)`, `on_the_board(studio, ...)`
AGAIN = "the row was loaded by visible_to a few lines before, and is read again"
NARROWS = "only narrows or adorns rows that are bound themselves"
WORKED = "a job's own row, by the key that was put into the queue"
DEMO = "the demonstration's own names, shown only where DEMO is set"
PUBLIC = "open to everyone who has the paper: by its code"
LOOSE = {
    "cohorts/clinic/exports.py: Consult.filter.select_related": NARROWS,
    "cohorts/clinic/exports.py: Opinion.released.select_related": NARROWS,
    "cohorts/clinic/exports.py: PlanStep.select_related": NARROWS,
    "cohorts/clinic/filters.py: rows.model.filter.values": NARROWS,
    "cohorts/matching/views/members.py: Wish.filter.order_by": "by the member, whose side names the column",
    "cohorts/matching/views/workbench.py: model.select_related": "get_object_or_404 is given the proposal's cohort",
    "cohorts/meetings/filters.py: Outcome.filter": NARROWS,
    "cohorts/training/views/sessions.py: Session.for_lists.get": AGAIN,
    "cohorts/views/people.py: Mentee.": "the loop over both calls visible_to",
    "cohorts/views/people.py: Mentor.": "the loop over both calls visible_to",
    "evaluations/archive/tasks.py: ExportJob.filter.begin": WORKED,
    "evaluations/archive/tasks.py: ExportJob.for_lists.get": WORKED,
    "evaluations/logs/views/sheets.py: get_object_or_404(Mentor)": "the reader's own row, or none",
    "evaluations/promotions/views/notices.py: get_object_or_404(Studio)": "the board is open to everyone, by its name",
    "evaluations/promotions/views/graduation.py: Certificate.filter.select_related.first": PUBLIC,
    "evaluations/visits/exports.py: Finding.select_related": NARROWS,
    "mentorship/accounts/filters.py: SignInCard.usable.values": NARROWS,
    "mentorship/accounts/views/people.py: SignInCard.usable": NARROWS,
    "mentorship/accounts/views/sign_in.py: Studio.exclude.first": DEMO,
    "mentorship/accounts/views/sign_in.py: User.filter": DEMO,
    "mentorship/audit/admin.py: ChainHead.filter.first": "by the studio of the request, whose key is kept as a text",
    "mentorship/framework/views.py: Indicator.order_by.prefetch_related": NARROWS,
    "mentorship/notifications/filters.py: Notice.standing.filter": NARROWS,
    "mentorship/notifications/tasks.py: Receipt.select_related.filter.first": WORKED,
    "mentorship/places/admin.py: District.order_by": "districts are common to all, and only an operator gets here",
    "mentorship/privacy/tasks.py: OwnCopy.filter.begin": WORKED,
    "mentorship/privacy/tasks.py: OwnCopy.select_related.get": WORKED,
}
LOOKUPS = {"in", "exact", "isnull"}
MODELS = {}
for each in apps.get_models():
    MODELS.setdefault(each.__name__, []).append(each)
PAST = {".raw", ".extra", ".cursor", "._base_manager", "._default_manager", "RawSQL"}
KEEPING = "the machine's keeper looks at all studios; no request comes here"
PRIVATE = "a person's own rows, found by the table of personal fields in every studio that holds them"
AROUND = {  # file: which of PAST, and why
    "mentorship/audit/guards/keeping.py": ({".cursor"}, "puts up the guards in the database; reads no rows"),
    "mentorship/common/admin.py": ({"._base_manager"}, AGAIN),
    "mentorship/common/replicas.py": ({".cursor"}, "asks how far a replica is behind; reads no rows"),
    "mentorship/common/versions.py": ({"._base_manager"}, AGAIN),
    "mentorship/privacy/actions/retaining.py": ({"._base_manager"}, KEEPING),
    "mentorship/privacy/copying.py": ({"._default_manager"}, PRIVATE),
    "mentorship/privacy/due.py": ({"._base_manager"}, KEEPING),
    "mentorship/privacy/erasing.py": ({"._base_manager"}, PRIVATE),
    "mentorship/privacy/persons.py": ({"._base_manager"}, PRIVATE),
    "mentorship/upkeep/backups/databases.py": ({".cursor"}, KEEPING),
    "mentorship/upkeep/duties/data.py": ({".cursor"}, KEEPING),
    "mentorship/upkeep/duties/work.py": ({".cursor"}, KEEPING),
    "mentorship/upkeep/integrity.py": ({".cursor", "._base_manager"}, KEEPING),
    "cohorts/clinic/searching/index.py": ({".cursor"}, "the index answers with keys, and the cases are read by visible_to"),
}  # fmt: skip


def held(value: ast.AST) -> bool:
    """Something the code has already: no constant, no key that came with the address, nothing out of what was sent."""
    names = {node.id.rpartition("_")[2] for node in ast.walk(value) if isinstance(node, ast.Name)}
    sent = {node.attr for node in ast.walk(value) if isinstance(node, ast.Attribute)} & {"GET", "POST", "data"}
    return bool(names) and not sent and not names & {"pk", "id", "key", "code", "token"}


def steps_of(node: ast.AST, above: dict) -> list[ast.AST]:
    """From `X.objects` outwards: the calls that follow it."""
    calls = []
    while isinstance(above.get(node), ast.Attribute | ast.Call) and node in (
        getattr(above[node], "func", None), getattr(above[node], "value", None)
    ):  # fmt: skip
        node = above[node]
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            calls.append(node)
    return calls


def names_a_row(model: str, path: str) -> bool:
    """Whether `studio`, `pk__in`, `mentee__secretary__user` leads to a row, and not to a word or a date."""
    parts = [part for part in path.split("__") if part not in LOOKUPS]
    if parts[-1] in {"pk", "id"}:
        return True
    for each in MODELS.get(model, []):
        try:
            if get_fields_from_path(each, "__".join(parts))[-1].is_relation:
                return True
        except (FieldDoesNotExist, NotRelationField):
            continue
    return False


def is_bound(model: str, calls: list[ast.Call]) -> bool:
    if any(call.func.attr in BINDING for call in calls):
        return True
    words = [word for call in calls if call.func.attr in {"filter", "get"} for word in call.keywords if word.arg]
    return any(names_a_row(model, word.arg) and held(word.value) for word in words)


def loose_in(path: str, text: str) -> set[str]:
    tree = ast.parse(text)
    above = {child: node for node in ast.walk(tree) for child in ast.iter_child_nodes(node)}
    found = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and getattr(node.func, "id", "").endswith("_or_404"):
            if getattr(node.args[0], "id", "") in MODELS:
                found.add(f"{path}: {node.func.id}({node.args[0].id})")
        elif isinstance(node, ast.Attribute) and node.attr == "objects":
            calls = steps_of(node, above)
            model = ast.unparse(node.value)
            if not is_bound(model, calls):
                found.add(f"{path}: {model}.{'.'.join(call.func.attr for call in calls)}")
    return found


def is_asked_by_pages(path: str) -> bool:
    module = module_of(path)
    return module.removeprefix(app_of(module) or "").lstrip(".").split(".")[0] in LAYERS


def around_in(text: str) -> set[str]:
    nodes = list(ast.walk(ast.parse(text)))
    words = {f".{node.attr}" for node in nodes if isinstance(node, ast.Attribute)} - {".extra"}
    words |= {".extra" for node in nodes if isinstance(node, ast.Call) and getattr(node.func, "attr", "") == "extra"}
    return (words | {node.id for node in nodes if isinstance(node, ast.Name)}) & PAST


def product() -> dict[str, str]:
    return {path: text for path, text in ours().items() if "/migrations/" not in path and "/demo/" not in path}


def test_every_query_of_a_page_is_bound():
    found = set().union(*(loose_in(path, text) for path, text in product().items() if is_asked_by_pages(path)))
    assert found - set(LOOSE) == set(), "bind it by visible_to, or name it here with the reason"
    assert set(LOOSE) - found == set(), "no longer there"


def test_nobody_goes_around_the_managers():
    found = {path: words for path, text in product().items() if (words := around_in(text))}
    assert found == {path: words for path, (words, _reason) in AROUND.items()}


# What the rule is worth: each of these is a hole, and the one beside it is not.
HOLES = {
    "everything": ("Mentee.objects.all()", "Mentee.objects.visible_to(request.user)"),
    "a key from the address": ("Mentee.objects.get(pk=pk)", "Mentee.objects.visible_to(request.user).get(pk=pk)"),
    "a key in another's name": ("get_object_or_404(Mentee, pk=pk)", "mentee_for(request.user, pk)"),
    "what was sent": ("Mentee.objects.filter(cohort=request.POST['cohort'])", "Mentee.objects.filter(cohort=cohort)"),
    "a word only": ("Mentee.objects.filter(status=status)", "Mentee.objects.filter(status=status, studio=studio)"),
    "all but": ("Mentee.objects.exclude(cohort=cohort)", "Mentee.objects.exclude(pk=row.pk).filter(studio=studio)"),
}


@pytest.mark.parametrize(("hole", "sound"), HOLES.values(), ids=HOLES)
def test_a_hole_is_seen(hole, sound):
    assert loose_in("cohorts/views/x.py", hole)
    assert not loose_in("cohorts/views/x.py", sound)


@pytest.mark.parametrize("words", ["X.objects.raw('')", "x.extra(where=[])", "connection.cursor()", "RawSQL('')"])
def test_a_way_around_is_seen(words):
    assert around_in(words)
