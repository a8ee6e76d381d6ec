"""Words for what is kept as data: the parts of a match score. The pairing page and the mentee's page share them."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mentorship.places.choices import NeighbourhoodType

# Names of the codes where nobody hands over the cohort's own framework.
STANDARD_SUBJECTS = {
    "PB": gettext_lazy("党建"), "CG": gettext_lazy("治理"), "TM": gettext_lazy("队伍"), "CC": gettext_lazy("沟通"),
    "ER": gettext_lazy("应急"),
}  # fmt: skip


@dataclass(frozen=True)
class PartRow:
    label: str
    points: int
    out_of: int
    text: str

    @property
    def percent(self) -> int:
        return round(100 * self.points / self.out_of) if self.out_of else 0


def part_label(code: str) -> str:
    labels = {"gap": _("补短板"), "wish": _("双方意愿"), "kind": _("小区类型"), "distance": _("路程")}
    return labels.get(code, code)


def part_words(part: dict, subjects: Mapping[str, object] | None = None) -> str:
    """One sentence for one part of a score: {code, points, out_of, facts}; `subjects` names the subject codes."""
    facts = part.get("facts") or {}
    if part.get("code") == "gap":
        return gap_words(facts, STANDARD_SUBJECTS | dict(subjects or {}))
    say = {"wish": wish_words, "kind": kind_words, "distance": distance_words}.get(part.get("code"))
    return say(facts) if say else ""


def gap_words(facts: dict, subjects: Mapping[str, object]) -> str:
    if not facts.get("rated"):
        return _("徒弟还没有摸底，先按一半算")
    code, level, strength = facts.get("subject"), facts.get("level"), facts.get("strength")
    if not code:
        return _("徒弟五项都已到顶，不缺哪一块")
    names = {"subject": subjects.get(code, code), "level": level, "strength": strength}
    if not strength:
        return _("徒弟最缺%(subject)s（%(level)s级），师傅这一块没有记擅长") % names
    if strength <= level:
        return _("徒弟最缺%(subject)s（%(level)s级），师傅这一块不强（%(strength)s级）") % names
    return _("徒弟最缺%(subject)s（%(level)s级），师傅正好能教（%(strength)s级）") % names


def wish_words(facts: dict) -> str:
    theirs, ours = facts.get("mentee_rank"), facts.get("mentor_rank")
    ranks = {"mentee": theirs, "mentor": ours}
    if theirs and ours:
        return _("徒弟第%(mentee)s志愿，师傅第%(mentor)s志愿") % ranks
    if theirs:
        return _("徒弟第%(mentee)s志愿") % ranks
    if ours:
        return _("师傅第%(mentor)s志愿") % ranks
    if facts.get("mentee_wished") or facts.get("mentor_wished"):
        return _("填了意愿，没有写到对方")
    return _("双方都没有填意愿")


def kind_words(facts: dict) -> str:
    kinds = dict(NeighbourhoodType.choices)
    names = {"mentee": kinds.get(facts.get("mentee_kind"), ""), "mentor": kinds.get(facts.get("mentor_kind"), "")}
    match = facts.get("match")
    if match == "same":
        return _("都是%(mentee)s") % names
    if match == "known":
        return _("徒弟那里是%(mentee)s，师傅以前带过这类小区") % names
    if match == "other" and names["mentor"]:
        return _("徒弟那里是%(mentee)s，师傅熟悉%(mentor)s") % names
    if match == "other":
        return _("徒弟那里是%(mentee)s，师傅没有带过") % names
    return _("小区类型还没有登记")


def distance_words(facts: dict) -> str:
    words = {"same": _("在同一街镇，路近"), "neighbour": _("在相邻街镇"), "far": _("不在相邻街镇，路远一些")}
    return words.get(facts.get("distance_class"), _("路程还不清楚"))


def part_rows(parts: list[dict], subjects: Mapping[str, object] | None = None) -> list[PartRow]:
    """The parts of a pair as they were fixed when it was published; parts without weight are left out."""
    return [
        PartRow(part_label(part["code"]), part["points"], part["out_of"], part_words(part, subjects))
        for part in parts
        if part.get("out_of")
    ]
