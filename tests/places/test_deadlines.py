"""Deadlines by the studio's own table of holidays."""

import datetime

import pytest

from mentorship.common.errors import Refused
from mentorship.places.deadlines import deadline, last_day
from mentorship.places.models import Holiday

D = datetime.date


def test_weekends_and_holidays_do_not_count(studio):
    assert deadline(studio, D(2019, 1, 31), 5) == D(2019, 2, 12)  # Spring Festival, and two Saturdays that are worked
    assert last_day(studio, D(2019, 8, 7), 5) == D(2019, 8, 13)


def test_the_studio_s_own_table_goes_first(studio, other_studio):
    Holiday.objects.create(studio=studio, date=D(2019, 8, 8), is_working=False, note="台风")
    assert last_day(studio, D(2019, 8, 7), 5) == D(2019, 8, 14)
    assert last_day(other_studio, D(2019, 8, 7), 5) == D(2019, 8, 13)


def test_where_nobody_knows_the_field_says_so(studio):
    with pytest.raises(Refused, match="节假日表") as refused:
        deadline(studio, D(2090, 1, 2), 5, field="talked_on")
    assert refused.value.field == "talked_on"
