"""The year's plan of the demo."""

import datetime

import pytest

from cohorts.training.models import BaseBooking, Course, Session

pytestmark = pytest.mark.django_db


def test_the_plan_of_the_year(demo):
    rows = {session.title: session for session in Session.objects.filter(studio=demo)}
    assert len(rows) == 35  # 45 entries without 7 work meetings and 3 seminars
    assert all((session.state == "held") == (session.last_date < demo.today()) for session in rows.values())
    today = rows["基地教学⑧：定时定点投放的五张图"]
    assert (today.date, today.host.secretary.name, str(today.base)) == (
        datetime.date(2019, 4, 18),
        "方志远",
        "中环花苑",
    )
    assert BaseBooking.objects.filter(studio=demo, session=today).get().half == "afternoon"
    open_now = [session for session in rows.values() if session.is_open_to_choose(demo.today())]
    assert [session.date for session in open_now] == [datetime.date(2019, 5, 9), datetime.date(2019, 7, 4)]
    assert Course.objects.filter(session=open_now[0], indicators__code="ER1").get().title == "防汛防台"
