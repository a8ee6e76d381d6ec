"""When a job is due. Times are local; 2026-11-30 is a Monday."""

import datetime

import pytest
from django.conf import settings
from hypothesis import given
from hypothesis import strategies as st

from mentorship.upkeep.rhythm import parse

ZONE = datetime.timezone(datetime.timedelta(hours=8))


def at(day, hour, minute=0):
    return datetime.datetime(2026, 11, day, hour, minute, tzinfo=ZONE)


@pytest.mark.parametrize(
    ("words", "now", "slot"),
    [
        ("daily 03:20", at(30, 3, 20), at(30, 3, 20)),
        ("daily 03:20", at(30, 23), at(30, 3, 20)),
        ("daily 03:20", at(30, 3, 19), at(29, 3, 20)),
        ("monday 08:00", at(30, 8), at(30, 8)),
        ("monday 08:00", at(30, 7, 59), at(23, 8)),
        ("monday 08:00", at(29, 12), at(23, 8)),
        ("sunday 04:20", at(30, 9), at(29, 4, 20)),
        ("every 15 minutes", at(30, 9, 14), at(30, 9)),
        ("every 15 minutes", at(30, 9, 15), at(30, 9, 15)),
        ("daily 07:40 until 20:00", at(30, 7, 40), at(30, 7, 40)),
        ("daily 07:40 until 20:00", at(30, 19, 59), at(30, 7, 40)),
        ("daily 07:40 until 20:00", at(30, 20), None),
        ("daily 07:40 until 20:00", at(30, 7, 39), None),
        ("monday 08:00 until 20:00", at(28, 9), at(23, 8)),
    ],
)
def test_the_latest_moment_it_was_due(words, now, slot):
    assert parse(words).slot(now) == slot


@given(
    st.sampled_from(["daily 03:20", "thursday 23:59", "every 7 minutes", "every 720 minutes"]),
    st.integers(0, 10 * 365 * 24 * 3600),
)
def test_a_slot_is_the_newest_that_is_not_ahead(words, seconds):
    rhythm, now = parse(words), datetime.datetime(2020, 1, 1, tzinfo=ZONE) + datetime.timedelta(seconds=seconds)
    slot = rhythm.slot(now)
    assert slot <= now < slot + rhythm.every
    assert rhythm.slot(slot) == slot


@pytest.mark.parametrize(
    "words", ["", "daily", "daily 25:00", "dayly 03:20", "every 0 minutes", "every 721 minutes", "monday 08:00 "]
)
def test_words_that_are_not_understood_are_refused(words):
    with pytest.raises(ValueError):
        parse(words)


def test_every_rhythm_of_the_settings_is_understood_and_reminders_keep_to_the_day():
    for name, words in settings.SCHEDULE.items():
        rhythm = parse(words)
        if name.startswith("remind") or name == "weekly_digest":
            assert rhythm.at >= datetime.time(7, 30), name
            assert rhythm.until == datetime.time(20), name
