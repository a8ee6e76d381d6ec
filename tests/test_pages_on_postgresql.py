"""On PostgreSQL, too, each page opens for each who may open it, and each of its filters answers.

What pages say, and to whom, hangs on no database and is asked on SQLite. Their questions to the database do: here all of
them are put to the other one.
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
            assert as_(actor).get(f"{place}?{question}").status_code == 200, f"{actor} {place}?{question}"


def filters_of(response) -> set[str]:
    """A question for each field of the filters on a page, as the browser would send it."""
    filters = [value.form for value in values_of(response) if isinstance(value, FilterSet)]
    fields = [(form.add_prefix(name), field) for form in filters for name, field in form.fields.items()]
    return {urlencode({name: answer_to(field)}) for name, field in fields}


def answer_to(field: forms.Field) -> str:
    for value, label in getattr(field, "choices", ()):
        for inner, _ in label if isinstance(label, list | tuple) else [(value, label)]:
            if inner not in ("", None):
                return str(inner)
    return {forms.DateField: "2018-09-01", forms.IntegerField: "3", forms.BooleanField: "on"}.get(type(field), "居民")


def test_filters_are_met(as_, world):
    assert len(filters_of(as_("lead").get(address("people:register", [])))) > 3
