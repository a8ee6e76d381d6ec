"""A scheme as the scoring module reads it, and the words for its parts."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

from cohorts.models import Cohort
from evaluations import scoring
from evaluations.assessments.choices import PARTS, MissingRule, RaterType
from evaluations.assessments.models import Scheme
from evaluations.assessments.models.schemes import DEFAULT_WEIGHTS
from evaluations.scoring import Part

TIES = ("competency", "performance", "process")  # what decides between equal totals, domain.md §5.2
RATERS = {
    "competency": [RaterType.MENTOR, RaterType.STUDIO, RaterType.SELF],
    "performance.project": [RaterType.SUBDISTRICT, RaterType.STUDIO],
    "appraisal": [RaterType.MENTOR, RaterType.SUBDISTRICT, RaterType.RESIDENTS, RaterType.PEERS],
}


@dataclass(frozen=True)
class Item:
    """One thing that a rater is asked: `path` without the rater."""

    path: str
    level: bool


def subjects_of(cohort: Cohort) -> dict[str, str]:
    """Code -> name of the cohort's subjects, in their order."""
    return {subject.code: str(subject) for subject in cohort.framework.subjects.all()}


def weights_for(codes: Iterable[str]) -> dict[str, str]:
    """The default weights; a framework of other subjects than the usual five weighs them alike."""
    codes = list(codes)
    if all(f"competency.{code}" in DEFAULT_WEIGHTS for code in codes) and len(codes) == 5:
        return dict(DEFAULT_WEIGHTS)
    rest = {k: v for k, v in DEFAULT_WEIGHTS.items() if k.count(".") != 1 or not k.startswith("competency.")}
    each, over = divmod(100, len(codes))
    return rest | {f"competency.{code}": str(each + (n < over)) for n, code in enumerate(codes)}


def scoring_scheme(scheme: Scheme, codes: Iterable[str]) -> scoring.Scheme:
    """`codes` are the subjects of the cohort. Raises scoring.BadScheme when the weights don't add up."""
    rules = scoring.Rules(
        excellent=Decimal(scheme.cut_excellent),
        good=Decimal(scheme.cut_good),
        passing=Decimal(scheme.cut_pass),
        quota=Decimal(scheme.quota),
        quota_small=Decimal(scheme.quota_small),
        attendance_floor=Decimal(scheme.attendance_floor),
        level_scores=tuple(scheme.level_scores),
        ties=tuple(path for path in TIES if weight(scheme.weights, path) > 0),
    )
    root = root_of(scheme.weights, codes)
    root = scoring.strict(root) if scheme.missing == MissingRule.STRICT else root
    made = scoring.Scheme(root, rules)
    scoring.check(made)
    return made


def weight(weights: Mapping[str, str], path: str) -> Decimal:
    return Decimal(str(weights.get(path, "0")))


def root_of(weights: Mapping[str, str], codes: Iterable[str]) -> Part:
    def group(path: str, below: list[Part], **more) -> Part:
        own = weight(weights, path)
        return Part(path.rpartition(".")[2], weight=own, children=tuple(below) if own > 0 else (), **more)

    def raters(path: str, at: str, *, level: bool = False) -> list[Part]:
        return [Part(str(rater), weight=weight(weights, f"{at}.{rater}"), level=level) for rater in RATERS[path]]

    def counted(path: str, names: Iterable[str]) -> list[Part]:
        return [Part(name, weight=weight(weights, f"{path}.{name}")) for name in names]

    competency = [
        group(f"competency.{code}", raters("competency", "competency.*", level=True), level=True) for code in codes
    ]
    project = group("performance.project", raters("performance.project", "performance.project"))
    return Part(
        "total",
        spread=False,
        children=(
            group("process", counted("process", ["attendance", "logs", "reflections", "homework"])),
            group("competency", competency),
            group("performance", [project, *counted("performance", ["clinic", "findings"])]),
            group("appraisal", raters("appraisal", "appraisal"), whole=weight(weights, "appraisal")),
        ),
    )


def asked(made: scoring.Scheme, rater_type: str) -> list[Item]:
    """What a rater of this type is asked: whatever counts, and nothing that has no weight."""
    found = []

    def walk(part: Part, path: str) -> None:
        for child in part.children:
            if child.weight <= 0:
                continue
            if child.code == rater_type and not child.children:
                found.append(Item(path, child.level))
            walk(child, f"{path}.{child.code}" if path else child.code)

    walk(made.root, "")
    return found


def label_of(path: str, subjects: Mapping[str, str]) -> str:
    code = path.rpartition(".")[2]
    return subjects.get(code) or str(PARTS.get(code, code)) if path else _("总分")


def label_in_full(path: str, subjects: Mapping[str, str]) -> str:
    """With its group: 过程表现：出勤."""
    steps = path.split(".")
    return _("：").join(label_of(".".join(steps[: n + 1]), subjects) for n in range(len(steps)))
