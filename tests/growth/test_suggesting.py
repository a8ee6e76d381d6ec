"""What a plan takes up: the lowest first, at most five, and another level makes another suggestion."""

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from evaluations.growth.suggesting import MOST, Standing, suggest, table, target_of, with_level

SUBJECTS = ["PB", "CG", "TM", "CC", "ER"]


def standings_of(levels: list[int | None], left_open=()) -> list[Standing]:
    """Twenty-five indicators, five a subject, in order."""
    rows = []
    for place, subject in enumerate(SUBJECTS):
        own = levels[place * 5 : place * 5 + 5]
        known = [level for level in own if level]
        mean = Decimal(sum(known)) / len(known) if known else None
        for number, level in enumerate(own, 1):
            code = f"{subject}{number}"
            rows.append(Standing(code, subject, level, mean, code in left_open))
    return rows


levels25 = st.lists(st.none() | st.integers(1, 5), min_size=25, max_size=25)


def test_every_indicator_has_two_rows_and_both_languages():
    known = table()
    assert sorted(known) == sorted(f"{subject}{n}" for subject in SUBJECTS for n in range(1, 6))
    for code, rows in known.items():
        assert [least for least, _advice in rows] == [1, 2], code
        assert all(advice.action and advice.action_en and advice.proof and advice.proof_en for _least, advice in rows)
    actions = [advice.action for rows in known.values() for _least, advice in rows]
    assert len(set(actions)) == len(actions)


@given(levels25)
def test_at_most_five_each_once_and_each_goes_up(levels):
    found = suggest(standings_of(levels), table())
    assert len(found) <= MOST
    assert len({each.indicator for each in found}) == len(found)
    assert all(each.level < each.target <= 5 for each in found)


@given(levels25)
def test_what_is_unknown_is_never_a_gap(levels):
    rows = {row.indicator: row for row in standings_of(levels)}
    assert all(rows[each.indicator].level is not None for each in suggest(list(rows.values()), table()))


def test_the_two_lowest_subjects_come_first():
    levels = [4] * 5 + [1, 2, 2, 2, 2] + [3] * 5 + [4] * 5 + [1, 1, 2, 2, 3]
    found = suggest(standings_of(levels), table())
    assert [each.indicator for each in found[:3]] == ["CG1", "CG2", "CG3"] or {
        each.indicator[:2] for each in found
    } == {"CG", "ER"}
    assert found[0].level == 1


def test_a_changed_level_changes_the_suggestion():
    before = standings_of([4] * 5 + [1, 2, 2, 2, 2] + [4] * 10 + [3] * 5)
    after = with_level(before, "CG1", 2)
    one = next(each for each in suggest(before, table()) if each.indicator == "CG1")
    two = next(each for each in suggest(after, table()) if each.indicator == "CG1")
    assert one.advice.action != two.advice.action
    assert (one.level, two.level) == (1, 2)


def test_one_raised_to_the_top_is_not_suggested_any_more():
    before = standings_of([1] + [5] * 24)
    assert [each.indicator for each in suggest(before, table())] == ["PB1"]
    assert suggest(with_level(before, "PB1", 5), table()) == []


def test_what_was_left_open_comes_first():
    levels = [4] * 5 + [1] * 5 + [4] * 15
    found = suggest(standings_of(levels, left_open=("PB3",)), table())
    assert found[0].indicator == "PB3"
    assert found[0].left_open


def test_the_target_is_to_stand_alone_first():
    assert [target_of(level) for level in range(1, 6)] == [3, 3, 4, 5, 5]
