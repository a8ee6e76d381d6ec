"""The right case stands among the first three; and both databases give the same answers in the same order."""

import json
import os
from pathlib import Path

import pytest

from cohorts.clinic.searching.finding import find

from .relevance import CASES, QUERIES, make_corpus

ORDERS = Path(__file__).with_name("relevance_orders.json")
SHOWN = 20
REACHED = 0.9


@pytest.fixture
def keys(cast):
    return make_corpus(cast)


@pytest.fixture
def answers(cast, keys):
    """The keys found for every question, in order."""
    return {
        query["q"]: [keys[hit.object_id] for hit in find(cast.officer, cast.studio, query["q"])][:SHOWN]
        for query in QUERIES
    }


def test_the_corpus_is_wide_enough():
    assert len(CASES) >= 45
    assert len(QUERIES) >= 48
    assert len({case["c"] for case in CASES}) == 17
    assert {key for query in QUERIES for key in query["find"]} <= {case["K"] for case in CASES}


def test_the_right_case_is_among_the_first_three(answers):
    missed = {
        query["q"]: answers[query["q"]][:3]
        for query in QUERIES
        if not set(query["find"]) & set(answers[query["q"]][:3])
    }
    assert len(missed) <= len(QUERIES) * (1 - REACHED), missed


def test_the_order_is_the_same_on_every_database(answers):
    """`relevance_orders.json` holds what was found, whichever database it was found with. STUDIO_WRITE_ORDERS=1 writes it
    anew after a change of the ranking."""
    if os.environ.get("STUDIO_WRITE_ORDERS"):
        ORDERS.write_text(json.dumps(answers, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    assert answers == json.loads(ORDERS.read_text(encoding="utf-8"))
