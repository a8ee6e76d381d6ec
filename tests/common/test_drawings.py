"""Geometry of the drawings: the numbers a reader takes from them."""

import re
from itertools import pairwise
from xml.etree import ElementTree

import pytest

from mentorship.common import drawings, icons, scenes

STATES = ["way", "stale", "done", "hollow"]


def fill_height(svg: str) -> float:
    return float(re.search(r'<rect class="p-(?:fill|stale)"[^>]* height="([\d.]+)"', svg).group(1))


@pytest.mark.parametrize(("percent", "height"), [(0, 0), (25, 34), (75, 102), (100, 136), (37.5, 51)])
def test_post_hangs_136_units_for_the_whole_way(percent, height):
    assert fill_height(drawings.post(percent)) == pytest.approx(height, abs=0.05)
    assert fill_height(drawings.post(percent, "stale")) == pytest.approx(height, abs=0.05)


@pytest.mark.parametrize(("percent", "held"), [(-20, 0), (140, 100)])
def test_post_never_leaves_its_grid(percent, held):
    assert drawings.post(percent) == drawings.post(held)
    assert drawings.datum(percent) == drawings.datum(held)


def test_done_post_stands_on_its_filled_plinth():
    svg = drawings.post(100, "done")
    assert fill_height(svg) == 158
    assert 'class="p-done"' in svg
    assert 'class="p-line"' not in svg
    assert 'class="p-track"' not in svg


def test_hollow_post_has_no_timber():
    svg = drawings.post(60, "hollow")
    assert "p-fill" not in svg
    assert "p-stale" not in svg
    assert 'd="M36 0V158"' in svg


def test_only_a_stale_post_wears_the_red_ring():
    assert [state for state in STATES if "p-ring" in drawings.post(40, state)] == ["stale"]


def test_ink_line_is_drawn_at_its_share_and_left_out_without_one():
    assert 'd="M14 96.3H58"' in drawings.post(10, due=70.8)
    assert 'd="M0 96.3H100"' in drawings.datum(70.8)
    assert "p-due" not in drawings.post(10, due=None)


def test_hatching_stays_inside_the_post():
    for percent in range(0, 101, 3):
        hatch = re.search(r'class="p-hatch" d="([^"]+)"', drawings.post(percent, "stale"))
        if hatch is None:
            continue
        points = re.findall(r"[ML]([-\d.]+) ([-\d.]+)", hatch.group(1))
        for x, y in points:
            assert 28 <= float(x) <= 44
            assert 0 <= float(y) <= drawings.post_length(percent) + 0.05


@pytest.mark.parametrize("count", range(1, 7))
def test_bay_spreads_its_posts_evenly(count):
    svg = drawings.bay([(50, "way")] * count)
    centres = [float(x) + 36 for x in re.findall(r"translate\(([-\d.]+) ", svg)]
    assert len(centres) == count
    assert centres[0] == pytest.approx(360 - centres[-1], abs=0.2)
    gaps = [right - left for left, right in pairwise(centres)]
    assert all(gap == pytest.approx(360 / count, abs=0.2) for gap in gaps)


@pytest.mark.parametrize("count", [0, 7])
def test_bay_refuses_what_a_beam_cannot_carry(count):
    with pytest.raises(ValueError, match="1 to 6"):
        drawings.bay([(50, "way")] * count)


def test_eave_has_one_rafter_a_week_and_fills_those_that_passed():
    svg = drawings.eave(52, 37, "开班", "今天", "结业")
    assert svg.count('class="e-on"') == 37
    assert svg.count('class="e-off"') == 15


@pytest.mark.parametrize(("week", "filled"), [(-3, 0), (0, 0), (40, 20)])
def test_eave_holds_the_week_inside_the_cohort(week, filled):
    assert drawings.eave(20, week, "", "", "").count("e-on") == filled


def test_eave_rafters_fit_the_width():
    for weeks in (1, 8, 52, 104):
        last = re.findall(r'<rect[^>]* x="([\d.]+)%"[^>]* width="([\d.]+)%"', drawings.eave(weeks, 1, "", "", ""))[-1]
        assert float(last[0]) + float(last[1]) <= 100


def test_radar_points_go_round_from_the_top():
    assert drawings.radar_point(1, 0, 5) == pytest.approx((180, 57))
    assert drawings.radar_point(0, 3, 5) == pytest.approx((180, 165))
    x, y = drawings.radar_point(1, 1, 5)
    assert (round(x, 1), round(y, 1)) == (282.7, 131.6)


def test_radar_draws_now_and_then_and_says_the_change():
    svg = drawings.radar([4, 3, 2, 3, 5], [2, 2.5, 2, 3, 4], ["甲", "乙", "丙", "丁", "戊"], "五项")
    now = re.search(r'class="c-now" points="([^"]+)"', svg).group(1).split()
    assert len(now) == 5
    assert now[0] == "180.0,78.6"
    assert "+2.0" in svg
    assert "+0.5" in svg
    assert 'aria-label="五项"' in svg


def test_radar_without_a_baseline_has_one_series():
    assert "c-then" not in drawings.radar([1, 2, 3], [], ["a", "b", "c"], "t")


def test_radar_refuses_values_without_labels():
    with pytest.raises(ValueError, match="one value for each"):
        drawings.radar([1, 2], [], ["a", "b", "c"], "t")


def test_curve_keeps_the_whole_scale():
    svg = drawings.curve([4, 5], [], ["一月", "二月"], "成长")
    assert re.findall(r'dy=".35em">(\d)</text>', svg) == ["1", "2", "3", "4", "5"]
    assert 'points="6.0,24.5 96.0,4.0"' in svg


def test_labels_are_escaped():
    nasty = '<b onclick="x">&'
    for svg in (
        drawings.eave(8, 2, nasty, nasty, nasty),
        drawings.radar([1, 1, 1], [], [nasty] * 3, nasty),
        drawings.curve([1, 2], [1, 2], [nasty, nasty], nasty),
        scenes.frame({"big": nasty, "small": nasty, "caption": nasty}),
    ):
        assert "<b" not in svg
        assert 'onclick="' not in svg
        ElementTree.fromstring(svg)


def every_drawing() -> list[str]:
    posts = [drawings.post(percent, state, 50) for percent in (0, 3, 50, 99, 100) for state in STATES]
    charts = [
        drawings.radar([1, 2, 3, 4, 5], [1] * 5, list("abcde"), "t"),
        drawings.curve([1, 2], [1, 3], ["", "b"], "t"),
    ]
    words = {"big": "大梁", "small": "小梁", "caption": "注", "right": "上联", "left": "下联"}
    pictures = [scenes.scene(name) for name in scenes.SCENES] + [scenes.frame(words), drawings.logo()]
    board = [drawings.datum(50), drawings.eave(52, 37, "a", "b", "c"), drawings.bay([(20, "stale"), (100, "done")])]
    keys = [drawings.key_mark(kind) for kind in ("way", "track", "due", "stale", "done", "hollow")]
    return posts + charts + pictures + board + keys + [icons.icon(name) for name in icons.ICONS]


@pytest.mark.parametrize("svg", every_drawing())
def test_drawing_is_well_formed_and_needs_no_inline_style(svg):
    tree = ElementTree.fromstring(svg)
    for part in tree.iter():
        assert not {name for name in part.attrib if name == "style" or name.startswith("on")}
        assert not re.search(r"nan|inf", part.attrib.get("d", ""))


def test_unknown_names_fail_loudly():
    with pytest.raises(KeyError):
        icons.icon("no-such-icon")
    with pytest.raises(KeyError):
        scenes.scene("no-such-scene")
