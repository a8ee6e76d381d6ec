"""The database's index answers what the tokens say, on whichever database this runs."""

import random
import uuid

import pytest
from django.db import connection, migrations
from django.db.migrations.loader import MigrationLoader

from cohorts.clinic.searching import index
from cohorts.clinic.searching.boolean import at_least, either, every, holds

pytestmark = pytest.mark.django_db
ALPHABET = ["a停车", "a车位", "t停车", "wwifi", "pting0che", "u" + uuid.uuid4().hex, "z1", "iab", "hab"]


@pytest.fixture
def rows():
    dice = random.Random(5)
    made = {number: {token for token in ALPHABET if dice.random() < 0.5} | {"zall"} for number in range(1, 81)}
    index.put(made.items())
    return made


def asked_at_random(dice, depth=2):
    if depth == 0 or dice.random() < 0.3:
        return dice.choice(ALPHABET)
    parts = [asked_at_random(dice, depth - 1) for _ in range(dice.randint(1, 4))]
    return dice.choice([every, either, lambda parts: at_least(dice.randint(1, len(parts)), parts)])(parts)


def test_the_newest_that_hold_it(rows):
    dice = random.Random(7)
    asked = [asked_at_random(dice) for _ in range(60)]
    for each, found in zip(asked, index.newest(asked, 10), strict=True):
        assert found == sorted((id_ for id_ in rows if holds(each, rows[id_])), reverse=True)[:10]


def test_putting_again_replaces_and_removing_removes(rows):
    index.put([(3, {"wonly"}), (4, {"wonly"})])
    assert index.newest(["wonly"], 9) == [[4, 3]]
    assert 3 not in index.newest(["zall"], 99)[0]
    index.remove([4, 4000])
    assert index.newest(["wonly"], 9) == [[3]]
    index.clear()
    assert index.newest(["zall", "wonly"], 99) == [[], []]


def test_old_rows_are_found_behind_thousands_of_new_ones():
    """PostgreSQL looks through blocks of ids, the newest first."""
    index.put([(1, {"aold", "aall"}), (5_000, {"aall"}), (40_000, {"aall"}), (90_000, {"anew", "aall"})])
    assert index.newest(["aold", "anew", "aall"], 9) == [[1], [90_000], [90_000, 40_000, 5_000, 1]]
    assert index.newest([either(["aold", "anew"])], 2) == [[90_000, 1]]
    index.put((90_001 + number, {"aall"}) for number in range(3))
    assert index.newest(["aall"], 3) == [[90_003, 90_002, 90_001]]


def test_the_migration_can_be_taken_back():
    migration = MigrationLoader(connection).get_migration("clinic", "0002_search_index")
    assert [type(each) for each in migration.operations] == [migrations.RunPython]
    assert migration.operations[0].reversible
    with connection.cursor() as cursor:
        index.unmake(cursor)
        index.make(cursor)
    assert index.newest(["aall"], 9) == [[]]
