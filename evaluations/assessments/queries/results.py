"""A round computed from its evidence and scores, frozen as plain values, and read back as a tree to open."""

import hashlib
import json
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from evaluations import scoring
from evaluations.assessments.choices import ReviewState, TaskState
from evaluations.assessments.models import ReviewRequest, Round, Scheme, Score, Sheet, VetoItem
from evaluations.scoring import Candidate, Node, Outcome

from .evidence import answers_in, attendance_in
from .parts import label_of, scoring_scheme, subjects_of


def candidates_of(sheets: Iterable[Sheet]) -> list[Candidate]:
    """One of each sheet, from what was counted and what raters handed in, put right where a review was upheld. Three queries."""
    sheets = list(sheets)
    given = defaultdict(lambda: defaultdict(list))
    rows = Score.objects.filter(task__sheet__in=sheets, task__state=TaskState.SUBMITTED).order_by("pk")
    for sheet, rater_type, path, value in rows.values_list("task__sheet", "task__rater_type", "path", "value"):
        given[sheet][f"{path}.{rater_type}"].append(value)
    right = corrections_of(sheets)
    barred = set(VetoItem.objects.verified().filter(sheet__in=sheets).values_list("sheet", flat=True))
    return [candidate_of(sheet, given[sheet.pk], right.get(sheet.pk, {}), sheet.pk in barred) for sheet in sheets]


def corrections_of(sheets: list[Sheet]) -> dict:
    """sheet id -> the part that an upheld review put right, with its points."""
    rows = ReviewRequest.objects.filter(sheet__in=sheets, state=ReviewState.UPHELD).exclude(path="")
    return {sheet: {path: points} for sheet, path, points in rows.values_list("sheet", "path", "part_after")}


def candidate_of(sheet: Sheet, given: Mapping[str, list], right: Mapping[str, Decimal], veto: bool) -> Candidate:
    answers = {path: values[0] if len(values) == 1 else tuple(sorted(values)) for path, values in given.items()}
    attendance = right.get("process.attendance", attendance_in(sheet.evidence))
    return Candidate(str(sheet.pk), answers_in(sheet.evidence) | answers | dict(right), attendance, veto)


def outcomes_of(round_: Round, sheets: Iterable[Sheet], scheme: Scheme | None = None) -> dict[str, Outcome]:
    """Outcomes by sheet id, by the round's scheme or by another (what it would have given)."""
    made = scoring_scheme(scheme or round_.scheme, subjects_of(round_.cohort))
    return scoring.judge(made, candidates_of(sheets))


def frozen(node: Node) -> dict:
    """The tree as JSON: figures as text, so that they come back exactly."""
    row = {
        "path": node.path,
        "weight": str(node.weight),
        "value": None if node.value is None else str(node.value),
        "share": str(node.share_percent),
        "adds": None if node.contribution is None else str(node.contribution),
        "notes": [str(note) for note in node.notes],
        "missing": list(node.missing),
        "given": None if node.given is None else str(node.given),
    }
    return row | ({"children": [frozen(child) for child in node.children]} if node.children else {})


@dataclass(frozen=True)
class Shown:
    """A frozen figure with its words."""

    path: str
    label: str
    weight: str
    value: str | None
    share: str
    adds: str | None
    notes: list
    missing: list
    given: str | None
    children: list

    @property
    def level(self) -> str | None:
        if "level" not in self.notes or self.given is None:
            return None
        return f"{Decimal(self.given).normalize():f}"

    @property
    def is_missing(self) -> bool:
        return self.value is None


def plain(number: str) -> str:
    """20, not 20.0; 37.5 as it is."""
    return f"{Decimal(number).normalize():f}"


def shown(tree: Mapping, subjects: Mapping[str, str]) -> Shown | None:
    if not tree:
        return None
    children = [shown(child, subjects) for child in tree.get("children", [])]
    return Shown(
        path=tree["path"],
        label=label_of(tree["path"], subjects),
        weight=plain(tree["weight"]),
        value=tree["value"],
        share=plain(tree["share"]),
        adds=tree["adds"],
        notes=tree["notes"],
        missing=[label_of(path, subjects) for path in tree["missing"]],
        given=tree["given"],
        children=children,
    )


def digest_of(round_: Round, sheets: Iterable[Sheet]) -> str:
    """Over everything that was released, so that a later change can be proved."""
    rows = [
        {
            "sheet": str(sheet.pk), "mentee": str(sheet.mentee_id), "total": str(sheet.total), "grade": sheet.grade,
            "rank": sheet.rank, "tree": sheet.tree,
        }
        for sheet in sorted(sheets, key=lambda sheet: str(sheet.pk))
    ]  # fmt: skip
    body = {"round": str(round_.pk), "scheme": str(round_.scheme_id), "sheets": rows}
    text = json.dumps(body, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()
