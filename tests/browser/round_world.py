"""A small studio of its own, for a round that is run from opening to the review."""

import datetime

from mentorship.accounts.roles import Role
from tests.conftest import mentee_of, mentor_of, person_with
from tests.factories import CohortFactory, StudioFactory, SubdistrictFactory
from tests.factories.practice import make_log

from .conftest import PASSWORD


def make(*codes: str) -> None:
    """All at once: the numbers that factories give out begin anew in each process."""
    for code in codes:
        make_studio(code)


def make_studio(code: str) -> None:
    """Sign-ins lead-<code>, officer-<code>, mentor-<code>, mentee-<code>; the calendar stands at 18 January 2019."""
    studio = StudioFactory(code=code, name=f"{code}工作室", demo_today=datetime.date(2019, 1, 18))
    cohort = CohortFactory(studio=studio, name="第一批")
    subdistrict = SubdistrictFactory(district=studio.district)
    lead = person_with(studio, Role.PROJECT_LEAD, "许晓岚")
    officer = person_with(studio, Role.OFFICER, "龙飞")
    mentor, row = mentor_of(cohort, "沈桂芳")
    mentee, _row, pairing = mentee_of(cohort, row, "何嘉怡", subdistrict)
    for month in (9, 10, 11):
        make_log(pairing, date=datetime.date(2018, month, 20), present=month != 10)
    for name, user in {"lead": lead, "officer": officer, "mentor": mentor, "mentee": mentee}.items():
        user.username = f"{name}-{code}"
        user.set_password(PASSWORD)
        user.save()
