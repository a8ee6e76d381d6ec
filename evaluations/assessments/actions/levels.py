"""The subjects of a released round as levels of the growth of each mentee (docs/adr/0014)."""

from collections.abc import Iterable
from decimal import Decimal

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import override

from evaluations.assessments.choices import RaterType
from evaluations.assessments.models import Round, Sheet
from evaluations.growth.actions import rate_from_round
from mentorship.accounts.models import User

GROUP = "competency"


def carry_levels(by: User, round_: Round, sheets: Iterable[Sheet]) -> None:
    """Writes or corrects the levels of these sheets. What nobody but the mentee rated gives none."""
    subjects = {subject.code: subject for subject in round_.cohort.framework.subjects.all()}
    day = min(round_.ends, round_.released_on)
    for sheet in sheets:
        found = {}
        for node in subject_nodes(sheet.tree):
            code = node["path"].rpartition(".")[2]
            if code in subjects and seen_by_others(node):
                level = level_of(Decimal(node["value"]), round_.scheme.level_scores)
                found[subjects[code]] = (level, words_of(round_, node["value"]))
        rate_from_round(by=by, mentee=sheet.mentee, round_id=round_.pk, date=day, levels=found)


def subject_nodes(tree: dict) -> list[dict]:
    group = next((child for child in tree.get("children", []) if child["path"] == GROUP), {})
    return [child for child in group.get("children", []) if child["value"] is not None]


def seen_by_others(node: dict) -> bool:
    """Whether the figure was given for the subject as a whole (by a review), or some rater but the mentee gave one."""
    others = [child for child in node.get("children", []) if not child["path"].endswith(f".{RaterType.SELF}")]
    return not node.get("children") or any(child["value"] is not None for child in others)


def level_of(points: Decimal, scores: Iterable[int]) -> int:
    """The highest level that was reached in full: between two levels the lower one; never under the first."""
    return max(1, sum(points >= score for score in scores))


def words_of(round_: Round, value: str) -> str:
    """In the language of the file, whoever presses the button."""
    with override(settings.LANGUAGE_CODE):
        return _("%(round)s，这一项%(points)s分") % {"round": round_.get_kind_display(), "points": value}
