"""docs/rows.md: who sees how many rows of which table. What changes what somebody sees changes the page that is read.

ROWS=write ./studio test tests/test_rows_page.py    # writes it anew
"""

import os
from collections import defaultdict
from itertools import groupby
from pathlib import Path

import pytest

from .clinic.unopened import one_more_shut
from .conftest import ACTORS, user_of
from .factories.rest import add_the_rest
from .spread import models_of_ours, studio_of

PAGE = Path(__file__).resolve().parents[1] / "docs" / "rows.md"
PEOPLE = [*ACTORS, "operator"]
HEAD = """# Who sees which rows

What `visible_to` gives, in the {count} tables that have it, to each of the cast of the tests ([access.md](access.md) says who
they are) and to an operator. *here*: rows of the studio in which lead, mentor, mentee and the others work; *elsewhere*: rows of
the strangers' studio, or of none. How many rows there are means nothing: who sees all of them, some or none does. Written by
`ROWS=write ./studio test tests/test_rows_page.py`; a test fails when it is not up to date, so that whoever changes what somebody
sees changes this page too.
"""


def prepare(world):
    """See `standing`."""
    one_more_shut(world)
    add_the_rest(world)


def tables() -> list[type]:
    found = [model for model in models_of_ours() if hasattr(model._default_manager, "visible_to")]
    return sorted(found, key=lambda model: model._meta.label)


def keys_here(model, world) -> set:
    column = studio_of(model)
    rows = model._base_manager.filter(**{column.name: world.studio.pk}) if column else model._base_manager.none()
    return set(rows.values_list("pk", flat=True))


def seen_by(model, world, person: str) -> set:
    return set(model._default_manager.visible_to(user_of(world, person)).values_list("pk", flat=True))


def line(model, world) -> str:
    everything, here = set(model._base_manager.values_list("pk", flat=True)), keys_here(model, world)
    seen = {person: seen_by(model, world, person) for person in PEOPLE}
    columns = [
        told({person: len(keys & part) for person, keys in seen.items()}, len(part))
        for part in (here, everything - here)
    ]
    return f"| {model._meta.object_name} | {columns[0]} | {columns[1]} |"


def told(numbers: dict[str, int], most: int) -> str:
    """Of 5: all: lead, officer; 2: mentor."""
    people = defaultdict(list)
    for person, number in numbers.items():
        people[number].append(person.replace("_", " "))
    parts = [
        f"{'all' if number == most else number}: {', '.join(people[number])}"
        for number in sorted(people, reverse=True)
        if number
    ]
    return f"of {most}: {'; '.join(parts) or 'nobody'}" if most else ""


def page(world) -> str:
    text = [HEAD.format(count=len(tables()))]
    for app, models in groupby(tables(), key=lambda model: model._meta.app_label):
        text += [f"\n## {app}\n", "| table | here | elsewhere |", "| --- | --- | --- |"]
        text += [line(model, world) for model in models]
    return "\n".join(text) + "\n"


@pytest.mark.django_db
def test_nobody_sees_a_row_of_the_other_studio_and_without_a_role_none(standing):
    for model in tables():
        if studio_of(model):
            here = keys_here(model, standing)
            assert here, f"{model._meta.label}: no row here to be seen"
            for person in ACTORS:
                seen = seen_by(model, standing, person)
                wrong = seen & here if person.startswith("stranger") else seen - here
                assert not wrong, f"{person} sees a {model._meta.label} of the other studio"
                assert not (seen and person in {"anonymous", "nobody"}), f"{person} sees a {model._meta.label}"


@pytest.mark.django_db
def test_the_page_of_who_sees_which_rows_is_up_to_date(standing):
    written = page(standing)
    if os.environ.get("ROWS") == "write":
        PAGE.write_text(written, encoding="utf-8")
    assert PAGE.read_text(encoding="utf-8") == written, (
        "look at what changed, then: ROWS=write ./studio test tests/test_rows_page.py"
    )
