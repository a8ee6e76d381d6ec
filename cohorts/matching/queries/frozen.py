"""A proposal that is no longer a draft: as it was saved, whatever has changed in the cohort since."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from cohorts.models import CohortRules
from cohorts.words import PartRow, part_rows
from mentorship.framework.models import Subject

from ..models import Placement, Proposal
from .workbench import Beam, Tablet


@dataclass(frozen=True)
class FrozenPick:
    name: str
    meta: str
    mentor_name: str
    tablet: Tablet | None
    parts: list[PartRow]


@dataclass(frozen=True)
class Frozen:
    proposal: Proposal
    placements: list[Placement]
    low_line: int
    digest: str
    subjects: Mapping[str, Subject]

    def tablet(self, placement: Placement) -> Tablet:
        low = placement.score is not None and placement.score < self.low_line
        return Tablet(placement.mentee_id, str(placement.mentee), placement.score, low, placement.pinned, barred=False)

    @property
    def beams(self) -> list[Beam]:
        held: dict[Any, list[Placement]] = {}
        for placement in self.placements:
            if placement.mentor_id:
                held.setdefault(placement.mentor_id, []).append(placement)
        beams = []
        for placements in held.values():
            mentor = placements[0].mentor
            tablets = [self.tablet(placement) for placement in placements]
            beams.append(Beam(mentor.pk, str(mentor), mentor.focus or mentor.specialities, mentor.capacity, tablets))
        return beams

    @property
    def unplaced(self) -> list[Tablet]:
        return [self.tablet(placement) for placement in self.placements if placement.mentor_id is None]

    @property
    def scores(self) -> list[int]:
        return [placement.score for placement in self.placements if placement.score is not None]

    @property
    def floor(self) -> int | None:
        return min(self.scores, default=None)

    @property
    def mean(self) -> float | None:
        return sum(self.scores) / len(self.scores) if self.scores else None

    @property
    def low_count(self) -> int:
        return sum(score < self.low_line for score in self.scores)

    def picked(self, mentee_id: Any) -> FrozenPick | None:
        for placement in self.placements:
            if str(placement.mentee_id) == str(mentee_id):
                return FrozenPick(
                    name=str(placement.mentee),
                    meta=str(placement.mentee.secretary.community),
                    mentor_name=str(placement.mentor or ""),
                    tablet=self.tablet(placement),
                    parts=part_rows(placement.parts, self.subjects),
                )
        return None


def placements_digest(placements: Iterable[Placement]) -> str:
    """SHA-256 over who is with whom, with what score and why: the same as long as nothing was touched."""
    rows = sorted(
        [str(placement.mentee_id), str(placement.mentor_id or ""), placement.score, placement.parts]
        for placement in placements
    )
    text = json.dumps(rows, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def frozen_of(proposal: Proposal) -> Frozen:
    placements = list(
        Placement.objects.filter(proposal=proposal)
        .select_related("mentor__secretary", "mentee__secretary__community")
        .order_by("mentor__order", "mentor", "mentee__created_at", "mentee__secretary__sort_key")
    )
    rules = CohortRules.objects.get(cohort=proposal.cohort_id)
    subjects = {subject.code: subject for subject in Subject.objects.filter(framework=proposal.cohort.framework_id)}
    return Frozen(proposal, placements, rules.low_score, placements_digest(placements), subjects)
