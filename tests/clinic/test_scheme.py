"""Places on tiles: the same for the same places, nobody on another's tile, and neighbours side by side where it goes."""

import itertools
import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cohorts.clinic.charts import STEPS, Tile, bars, in_lines, ranges, scheme_map, step_of
from cohorts.clinic.scheme import MOST, around, laid_out, plain, touching
from evaluations.demo.places import NEIGHBOURS


@st.composite
def districts(draw, most=14):
    codes = [f"{number:02}" for number in range(draw(st.integers(0, most)))]
    pairs = st.tuples(st.sampled_from(codes), st.sampled_from(codes)) if codes else st.nothing()
    chosen = draw(st.lists(pairs, max_size=30)) if codes else []
    neighbours = {code: set() for code in codes}
    for one, other in chosen:
        neighbours[one].add(other)
    return neighbours


@settings(max_examples=60)
@given(districts(), st.randoms(use_true_random=False))
def test_all_are_laid_each_on_a_tile_of_its_own_whatever_their_order(neighbours, chance):
    laid = laid_out(neighbours)
    assert set(laid) == set(neighbours)
    assert len(set(laid.values())) == len(laid)
    assert all(column >= 0 and row >= 0 for column, row in laid.values())
    shuffled = list(neighbours.items())
    chance.shuffle(shuffled)
    turned = {code: sorted(others, reverse=True) for code, others in shuffled}
    assert laid_out(turned) == laid


@settings(max_examples=40)
@given(districts())
def test_no_exchange_of_two_would_make_more_neighbours_touch(neighbours):
    laid = laid_out(neighbours)
    touch = len(touching(laid, neighbours)[0])
    for one in laid:
        for other in laid:
            swapped = laid | {one: laid[other], other: laid[one]}
            assert len(touching(swapped, neighbours)[0]) <= touch


@given(districts())
def test_every_pair_of_neighbours_is_drawn_once(neighbours):
    near, far = touching(laid_out(neighbours), neighbours)
    pairs = {
        frozenset(pair) for code, others in neighbours.items() for pair in ((code, o) for o in others if o != code)
    }
    assert {frozenset(pair) for pair in near + far} == pairs
    assert len(near + far) == len(pairs)


def test_without_neighbours_they_stand_in_the_order_of_their_codes():
    assert laid_out(dict.fromkeys("edcba", ())) == {
        "a": (0, 0), "b": (1, 0), "c": (2, 0), "d": (0, 1), "e": (1, 1)
    }  # fmt: skip
    assert laid_out({}) == {}
    assert laid_out({"a": ["a", "nowhere"]}) == {"a": (0, 0)}


def test_one_of_two_may_name_the_other():
    laid = laid_out({"a": [], "b": [], "c": ["a"]})
    assert laid["c"] in around(laid["a"])


def test_a_street_and_a_ring_touch_everywhere():
    street = {str(n): [str(n + 1)] for n in range(8)} | {"8": []}
    assert len(touching(laid_out(street), street)[0]) == 8
    ring = {str(n): [str((n + 1) % 8)] for n in range(8)}
    assert len(touching(laid_out(ring), ring)[0]) == 8


def test_the_ten_of_putuo_stand_well():
    """Ten tiles can't have more than 13 common sides."""
    near, far = touching(laid_out(NEIGHBOURS), NEIGHBOURS)
    assert (len(near), len(far)) == (13, 7)


def test_forty_are_searched_and_more_stand_in_a_plain_grid():
    chance = random.Random(7)
    points = {f"{n:03}": (chance.random(), chance.random()) for n in range(MOST + 1)}

    def close(codes):
        return {
            one: [o for o in codes if o != one and sum((a - b) ** 2 for a, b in zip(points[one], points[o], strict=True)) < 0.04]
            for one in codes
        }  # fmt: skip

    forty = close(sorted(points)[:MOST])
    better = len(touching(laid_out(forty), forty)[0])
    assert better > 2 * len(touching(plain(sorted(forty)), forty)[0])
    more = close(sorted(points))
    assert laid_out(more) == plain(sorted(more))


# As drawn


@pytest.mark.parametrize(
    ("name", "lines"),
    [
        ("长寿路", ["长寿路"]),
        ("曹杨新村", ["曹杨新村"]),
        ("陆家嘴金融城", ["陆家嘴", "金融城"]),
        ("Wanli", ["Wanli"]),
        ("Caoyang Xincun", ["Caoyang", "Xincun"]),
        ("Zhongshan North Road", ["Zhongshan", "North Road"]),
    ],
)
def test_names_stand_on_two_lines_at_most(name, lines):
    assert in_lines(name) == lines


@given(st.integers(0, 10_000))
def test_the_steps_of_shade_cover_all_counts(most):
    steps = ranges(most)
    assert len(steps) <= STEPS
    if most:
        assert steps[0][1] == 1
        assert steps[-1][1] <= most <= steps[-1][2]
    for (_step, _low, high), (_next, low, _high) in itertools.pairwise(steps):
        assert low == high + 1
    for step, low, high in steps:
        assert step_of(low, most) == step_of(high, most) == step
    assert step_of(0, most) == 0


def test_a_map_names_and_counts_every_place_and_escapes_what_it_is_given():
    neighbours = {"a": ["b"], "b": [], "c": []}
    tiles = {"a": Tile(["长<寿>"], 3, 2), "b": Tile(["万里"], 0, 0), "c": Tile(["x"], 12, 4)}
    svg = scheme_map(laid_out(neighbours), neighbours, tiles, '三"个')
    assert svg.count('<g class="cf-tile') == 3
    assert 'class="cf-tile cf-2"' in svg
    assert ">12</text>" in svg
    assert "长&lt;寿&gt;" in svg
    assert 'aria-label="三&quot;个"' in svg
    assert svg.count("cf-near") == 1
    assert "style" not in svg
    assert scheme_map({}, {}, {}, "") == ""


def test_bars_of_all_strips_share_one_scale():
    assert bars([0, 2, 4], 4).count("cf-bar") - bars([0, 0, 0], 4).count("cf-bar") == 2
    assert 'height="40"' in bars([4], 4)
    assert 'height="20"' in bars([2], 4)
    assert "<rect" not in bars([], 0)
