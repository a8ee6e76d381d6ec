import datetime

import pytest
from django.utils import translation

from mentorship.common.templatetags import wording

DAY = datetime.date(2018, 8, 5)
MORNING = datetime.datetime(2018, 8, 5, 23, 42, tzinfo=datetime.UTC)  # 07:42 on the 6th in Shanghai


@pytest.mark.parametrize(
    ("write", "value", "chinese", "english"),
    [
        (wording.long_date, DAY, "2018年8月5日", "5 August 2018"),
        (wording.short_date, DAY, "8月5日", "5 August"),
        (wording.month_year, DAY, "2018年8月", "August 2018"),
        (wording.weekday_date, DAY, "8月5日，星期日", "Sunday, 5 August"),
        (wording.moment, MORNING, "2018年8月6日 07:42", "6 August 2018, 07:42"),
        (wording.long_date, MORNING, "2018年8月6日", "6 August 2018"),
        (wording.long_date, None, "", ""),
    ],
)
def test_dates_are_written_in_the_readers_language(write, value, chinese, english):
    with translation.override("zh-hans"):
        assert write(value) == chinese
    with translation.override("en"):
        assert write(value) == english


@pytest.mark.parametrize(
    ("phone", "shown"),
    [("13812341234", "138****1234"), (" 13812341234 ", "138****1234"), ("5555", "****"), ("", ""), (None, "")],
)
def test_a_telephone_number_can_be_recognised_but_not_dialled(phone, shown):
    assert wording.masked_phone(phone) == shown


def test_age_counts_full_years():
    assert wording.age_on(datetime.date(1980, 8, 6), DAY) == 37
    assert wording.age_on(datetime.date(1980, 8, 5), DAY) == 38
    assert wording.age_on(None, DAY) == ""
