"""On PostgreSQL, too, each page opens for each who may open it, and each of its filters answers.

Who may open what is asked of every address on SQLite (test_every_page.py) and hangs on no database. What pages ask the
database does: here all of it is put to the other one.
"""

from urllib.parse import urlencode

import pytest
from django import forms
from django_filters import FilterSet

from .access_table import TABLE
from .clinic.unopened import said_to
from .editing import values_of
from .test_every_page import OPEN, address
from .untouched import Untouched

pytestmark = [pytest.mark.postgres, pytest.mark.slow, pytest.mark.django_db]
SHOWING = sorted(name for name, row in TABLE.items() if not row.post)


@pytest.fixture
def cast(standing, db):
    return Untouched(standing)


@pytest.mark.parametrize("name", SHOWING)
def test_it_opens_and_its_filters_answer(name, as_, world):
    row = TABLE[name]
    place = address(name, row.of(world) if row.of else [])
    asked = set()
    for actor in sorted(row.allow):
        response = as_(actor).get(place)
        assert response.status_code in OPEN, f"{actor} {place}"
        said_to(response)
        for question in filters_of(response) - asked:
            asked.add(question)
            answer = as_(actor).get(f"{place}?{question}")
            assert answer.status_code == 200, f"{actor} {place}?{question}"
            assert all(chosen.is_valid() for chosen in filters_on(answer)), (
                f"{place}?{question} asked the database nothing"
            )


def filters_on(response) -> list[FilterSet]:
    return [value for value in values_of(response) if isinstance(value, FilterSet)]


def filters_of(response) -> set[str]:
    """A question for each field of the filters on a page, as the browser would send it."""
    fields = [
        (one.form.add_prefix(name), field) for one in filters_on(response) for name, field in one.form.fields.items()
    ]
    return {urlencode({name: answer}) for name, field in fields if (answer := answer_to(field))}


def answer_to(field: forms.Field) -> str:
    """The first that can be chosen, or that it takes; nothing where there is nothing to choose."""
    if hasattr(field, "choices"):
        groups = [label if isinstance(label, list | tuple) else [(value, label)] for value, label in field.choices]
        return next((str(value) for group in groups for value, _ in group if value not in ("", None)), "")
    return next(answer for answer in ("居民", "3", "30", "2018-09-01", "2018-09") if takes(field, answer))


def takes(field: forms.Field, answer: str) -> bool:
    try:
        field.clean(answer)
    except forms.ValidationError:
        return False
    return True


def test_filters_are_met(as_, world):
    assert len(filters_of(as_("lead").get(address("people:register", [])))) > 3
