"""What has been solved before, for a title that is being typed: closed cases, cards and methods that answer it."""

from cohorts.clinic.choices import HitKind
from mentorship.accounts.models import User
from mentorship.places.models import Studio

from .asking import question_of
from .boolean import either
from .finding import Hit, candidates_for, seen_by
from .text import HAN_RUNS, plain
from .tokens import KIND, OPEN, STUDIO, facet

KINDS = (HitKind.CASE, HitKind.CARD, HitKind.METHOD)
CANDIDATES = 60
FEWEST_CHARACTERS = 2
LEAST_EVIDENCE = 0.3  # below, only the category is the same, or one everyday word stands somewhere in the text
OF_THE_CATEGORY = 0.15  # what the chosen category adds, to the evidence and to the order


def similar(reader: User, studio: Studio, title: str, *, category: str = "", most: int = 3) -> list[Hit]:
    """Best first; those of the category that was chosen before others that answer as well. Nothing for a title that says
    too little."""
    if sum(map(len, HAN_RUNS.findall(plain(title)))) < FEWEST_CHARACTERS:
        return []
    question = question_of(title)
    facets = [facet(STUDIO, studio.pk), OPEN, either([facet(KIND, kind) for kind in KINDS])]
    hits = seen_by(reader, studio, question, *candidates_for(question, facets, CANDIDATES))

    def chosen(hit: Hit) -> float:
        return OF_THE_CATEGORY * bool(category and hit.category == category)

    near = [hit for hit in hits if hit.evidence + chosen(hit) >= LEAST_EVIDENCE]
    return sorted(near, key=lambda hit: -hit.score - chosen(hit))[:most]
