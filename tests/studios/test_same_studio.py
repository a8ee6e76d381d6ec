"""T05, the wall in the database: no row hangs on another studio's, and none moves there, whatever writes it."""

import uuid

import pytest
from django.db import IntegrityError, connection, transaction

from cohorts.models import ReminderTalk
from mentorship.audit import guards
from mentorship.audit.guards.bonds import bonds

from .pairs import every_pair, mismatched, of_a_studio, strays

PAIRS = {str(pair): pair for pair in every_pair()}
REFUSED = r"guarded \(studio\)"


@pytest.fixture
def both(world):
    """The world, with what no address names."""
    for mentee in world.mentee_row, world.foreign_mentee_row:
        facts = {"talkers": "组织员", "facts": "迟到", "agreed_actions": "按时", "date": mentee.cohort.starts}
        ReminderTalk.objects.create(studio_id=mentee.studio_id, mentee=mentee, **facts)
    return world


@pytest.fixture
def only_bonds(unguarded):
    """No other guard answers first."""
    engine = guards.keeping.engine()
    guards.keeping.execute(engine.SETTLE + engine.statements(engine.wanted_bonds(bonds())))


def raw(value):
    return value.hex if isinstance(value, uuid.UUID) and connection.vendor == "sqlite" else value


def bare(pair, parent, world):
    """Only what the guard looks at; it is asked before the columns that may not be empty are."""
    sent = {"studio_id": raw(world.studio.pk)} if of_a_studio(pair.child) else {}
    if not sent:
        sent[pair.other_end.column] = raw(one_of(pair.other_end.related_model, world.studio).pk)
    sent[pair.field.column] = raw(parent.pk)
    columns = ", ".join(f'"{column}"' for column in sent)
    places = ", ".join(["%s"] * len(sent))
    return f'INSERT INTO "{pair.child._meta.db_table}" ({columns}) VALUES ({places})', [*sent.values()]


def one_of(model, studio):
    return model._base_manager.filter(studio=studio).first()


def run(text, values):
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(text, values)


def words_of_refusal(text, values) -> str:
    try:
        run(text, values)
    except IntegrityError as error:
        return str(error)
    return ""


def test_the_world_has_both_studios_and_no_pair_is_mismatched(both):
    assert len(PAIRS) > 150
    assert mismatched() == []
    parents = {pair.parent for pair in PAIRS.values()}
    missing = [model for model in parents if not (one_of(model, both.studio) and one_of(model, both.other_studio))]
    assert missing == []


@pytest.mark.slow
def test_the_database_refuses_each_pair_across_and_none_within(both, only_bonds):
    """A row across is refused for the studio; one within at most because its other columns are empty."""
    across, within = {}, {}
    for name, pair in PAIRS.items():
        for kept, studio in (across, both.other_studio), (within, both.studio):
            kept[name] = words_of_refusal(*bare(pair, one_of(pair.parent, studio), both))
    assert [name for name, words in across.items() if "guarded (studio)" not in words] == []
    assert [name for name, words in within.items() if "guarded (studio)" in words] == []


def test_a_row_is_not_turned_to_another_studios(world):
    with pytest.raises(IntegrityError, match=REFUSED), transaction.atomic():
        type(world.log).objects.filter(pk=world.log.pk).update(mentor=world.foreign_mentor_row)
    with pytest.raises(IntegrityError, match=REFUSED), transaction.atomic():
        type(world.notice).objects.filter(pk=world.notice.pk).update(studio=world.other_studio)
    with pytest.raises(IntegrityError, match=REFUSED), transaction.atomic():
        world.session.indicators.add(one_of(PAIRS["growth.GapRow.indicator"].parent, world.other_studio))
    type(world.log).objects.filter(pk=world.log.pk).update(mentor=world.other_mentor_row)
    assert mismatched() == []


def test_what_is_counted_is_seen_when_the_wall_is_down(world, unguarded):
    """The count itself can fail, between two and through a table between."""
    type(world.log).objects.filter(pk=world.log.pk).update(mentor=world.foreign_mentor_row)
    world.session.indicators.add(one_of(PAIRS["growth.GapRow.indicator"].parent, world.other_studio))
    found = {name for name, pair in PAIRS.items() if strays(pair)}
    assert found == {
        "logs.TeachingLog.mentor", "training.Session_indicators.session", "training.Session_indicators.indicator",
    }  # fmt: skip


def test_a_bond_that_is_gone_is_named(db):
    bond = next(bond for bond in bonds() if bond.table == "logs_teachinglog")
    name = next(name for name in guards.keeping.standing() if name.startswith(bond.key))
    run(f'DROP TRIGGER "{name}"' + (" ON logs_teachinglog" if connection.vendor == "postgresql" else ""), [])
    assert guards.faults() == [name]
    assert all(len(bond.key) <= 63 for bond in bonds())
