"""Draws by lot, texts that are alike, entries in a heap, minutes of paper: the arithmetic."""

import datetime

from hypothesis import given
from hypothesis import strategies as st

from evaluations.growth.burden import CEILINGS, MINUTES, Load
from evaluations.growth.drawing_lots import digest_of_pool, draw
from evaluations.growth.likeness import bursts, entered_late, likeness, near_copies, shingles

LONG = "今天陪着走访了八号楼，一楼的老先生怕采光，坐了四十分钟，最后答应来听证会，出来以后又去看了车棚。"
OTHER = "台风夜里积水到了门槛，先敲独居老人的门，再看电，再报情况，志愿者分成三队，天亮前全部回了话。"
AT = datetime.datetime(2019, 1, 3, 20, tzinfo=datetime.UTC)
pools = st.sets(st.uuids().map(str), max_size=30)


@given(st.text(max_size=20), pools, st.integers(0, 40))
def test_the_same_seed_gives_the_same_list_in_any_order(seed, pool, size):
    first = draw(seed, sorted(pool), size)
    assert first == draw(seed, sorted(pool, reverse=True), size)
    assert len(first) == min(size, len(pool))
    assert set(first) <= pool


@given(pools)
def test_a_larger_draw_begins_with_the_smaller(pool):
    assert draw("梁", pool, 9)[:4] == draw("梁", pool, 4)


def test_another_seed_gives_another_list():
    pool = [str(n) for n in range(200)]
    assert draw("one", pool, 5) != draw("two", pool, 5)


def test_a_pool_is_told_from_another():
    assert digest_of_pool(["b", "a"]) == digest_of_pool(["a", "b"])
    assert digest_of_pool(["a"]) != digest_of_pool(["a", "b"])


def test_a_copy_with_another_number_is_alike_and_another_story_is_not():
    found = near_copies({"a": LONG, "b": LONG.replace("八", "九") + "2019年。", "c": OTHER})
    assert [(pair.first, pair.second) for pair in found] == [("a", "b")]
    assert found[0].share > 0.8


def test_short_entries_are_never_called_alike():
    assert near_copies({1: "走访两户。", 2: "走访两户。"}) == []


@given(st.text(max_size=200), st.text(max_size=200))
def test_likeness_is_a_share_and_works_both_ways(one, two):
    first, second = shingles(one), shingles(two)
    assert 0 <= likeness(first, second) == likeness(second, first) <= 1
    assert likeness(first, first) == (1 if first else 0)


def minutes(*offsets):
    return [(AT + datetime.timedelta(minutes=n), n) for n in offsets]


def test_four_in_a_quarter_of_an_hour_are_a_heap_and_three_are_not():
    assert bursts(minutes(0, 3, 9, 15, 90)) == [[0, 3, 9, 15]]
    assert bursts(minutes(0, 3, 9, 16)) == []


def test_two_weeks_are_in_time():
    held = datetime.date(2019, 1, 1)
    assert entered_late(held, datetime.date(2019, 1, 15)) == 0
    assert entered_late(held, datetime.date(2019, 1, 18)) == 3


def test_over_the_ceiling_by_so_many_minutes():
    load = Load("mentor", {"log": 13})
    assert load.minutes == 13 * MINUTES["log"]
    assert load.over == load.minutes - CEILINGS["mentor"] == 10
    assert Load("mentor", {}).over == 0
