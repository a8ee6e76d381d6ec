"""The corpus of the relevance test and the questions asked of it; see the two YAML files beside this one."""

import datetime
from pathlib import Path

import yaml

from cohorts.clinic.choices import CaseState
from cohorts.clinic.searching.keeping import cases_to_keep, document_of_case, keep_all
from tests.factories import CommunityFactory, SecretaryFactory
from tests.factories.clinic import make_case, make_consult, make_opinion, make_step

FOLDER = Path(__file__).parent
CASES = yaml.safe_load((FOLDER / "relevance_cases.yaml").read_text(encoding="utf-8"))
QUERIES = yaml.safe_load((FOLDER / "relevance_queries.yaml").read_text(encoding="utf-8"))
FIRST_DAY = datetime.date(2018, 9, 1)


def make_corpus(cast) -> dict:
    """Every case closed and kept for the search; key of a case by its id. Each day is used once."""
    places = {
        kind: SecretaryFactory(
            studio=cast.studio, community=CommunityFactory(subdistrict=cast.subdistricts[0], type=kind)
        )
        for kind in sorted({facts["n"] for facts in CASES})
    }
    keys = {}
    for number, facts in enumerate(CASES, start=1):
        case = make_one(cast, places[facts["n"]], number, facts)
        keys[case.pk] = facts["K"]
    keep_all(document_of_case(case) for case in cases_to_keep().filter(pk__in=keys).order_by("number"))
    return keys


def make_one(cast, presenter, number: int, facts: dict):
    case = make_case(
        cast.cohort, presenter, cast.officer, state=CaseState.CLOSED, number=number, closed_by=cast.lead,
        date=FIRST_DAY + datetime.timedelta(days=number), category=facts["c"], sub_category=facts.get("s", ""),
        title=facts["t"], background=facts["b"], already_tried=facts["d"], stuck_at=facts["x"], effect=facts["e"],
        lesson=facts["l"], outcome=facts["r"],
    )  # fmt: skip
    for mentor, text in zip((cast.mentor_row, cast.other_mentor_row), facts["o"], strict=True):
        make_opinion(make_consult(case, mentor, cast.officer), text)
    for order, text in enumerate(facts["p"], start=1):
        make_step(case, order=order, text=text)
    return case
