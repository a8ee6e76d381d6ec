"""Codes, differing words and the arithmetic of hours: no database."""

import random
from decimal import Decimal

from cohorts.training.codes import STEP, Seen, code_of, look_at, seconds_left
from cohorts.training.hours import Credit, missed, share, sums_of
from cohorts.training.telling_apart import Said, verdict

NOW = 1_555_555_500.0  # the first second of a step


def test_a_code_is_good_for_its_minute_and_its_session_only():
    code = code_of("one", NOW)
    assert look_at(code, "one", NOW) is look_at(code, "one", NOW + 2 * STEP - 1) is Seen.GOOD
    assert look_at(code, "one", NOW + 2 * STEP) is Seen.OLD
    assert look_at(code, "one", NOW - STEP) is Seen.OLD  # not yet
    assert look_at(code, "other", NOW) is Seen.WRONG
    head, tail = code.split("-")
    for forged in ("", "-", "x", head, f"{int(head, 16) + 1:x}-{tail}", f"{code}0", "学-习"):
        assert look_at(forged, "one", NOW) is Seen.WRONG
    assert code_of("one", NOW + STEP) != code
    assert (seconds_left(NOW), seconds_left(NOW + 29.9)) == (STEP, 1)


def test_which_word_counts():
    door, listed = Said("qr", "present"), Said("list", "present")
    assert verdict([door, listed]) == ("list", "present", "", False)
    assert verdict([door, Said("paper", "absent")]) == ("paper", "absent", "", True)
    assert verdict([Said("paper", "absent"), door]).state == "absent"
    assert verdict([Said("list", "absent"), listed]) == ("list", "present", "", False)  # one source corrected itself
    settled = [door, Said("paper", "absent"), Said("settled", "present", "有照片")]
    assert verdict(settled) == ("settled", "present", "有照片", False)
    assert verdict([*settled, Said("paper", "absent")]).disputed
    asked = Said("asked", "leave", "开会")
    assert not verdict([asked, door]).disputed
    assert verdict([asked, door]).state == "present"
    assert verdict([asked, Said("list", "absent")]).disputed


def test_every_sum_is_the_sum_of_its_rows():
    dice = random.Random(56)
    for _round in range(60):
        people = list(range(dice.randint(1, 5)))
        rows = [
            Credit(dice.choice([*people, 99]), dice.choice("abcd"), dice.choice(["", "PB", "CG"]),
                   Decimal(dice.randint(1, 40)) / 2)
            for _row in range(dice.randint(0, 40))
        ]  # fmt: skip
        found = sums_of(rows, people)
        assert list(found) == people
        for person in people:
            own = [row for row in rows if row.person == person]
            sums = found[person]
            assert sums.total == sum(row.hours for row in own) == sum(sums.cells.values())
            assert sums.total == sum(sums.tracks.values()) == sum(sums.subjects.values())
            for (track, subject), hours in sums.cells.items():
                assert hours == sum(row.hours for row in own if (row.track, row.subject) == (track, subject))
            assert missed(sums, "abcd") == [track for track in "abcd" if track not in {row.track for row in own}]


def test_nearly_there_is_not_there():
    assert (share(Decimal("55.9"), 56), share(Decimal(56), 56), share(Decimal(90), 56)) == (99, 100, 100)
