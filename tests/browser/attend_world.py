"""A small studio with a base session that is today, all day long, so that the door is open whenever the test runs."""

import datetime

from mentorship.accounts.roles import Role
from tests.conftest import mentee_of, mentor_of, person_with
from tests.factories import CohortFactory, StudioFactory, SubdistrictFactory
from tests.factories.training import make_session

from .conftest import PASSWORD

TODAY = datetime.date(2019, 4, 18)


def make(code: str) -> None:
    studio = StudioFactory(code=code, name=f"{code}工作室", demo_today=TODAY)
    cohort = CohortFactory(studio=studio, name="第一批")
    subdistrict = SubdistrictFactory(district=studio.district)
    officer = person_with(studio, Role.OFFICER, "龙飞")
    _mentor, row = mentor_of(cohort, "沈桂芳")
    mentee, _row, _pairing = mentee_of(cohort, row, "何嘉怡", subdistrict)
    mentee_of(cohort, row, "钱立峰", subdistrict, seat=2)
    make_session(cohort, title="五张图", date=TODAY, starts_at=None, ends_at=None)
    for name, user in {"officer": officer, "mentee": mentee}.items():
        user.username = f"{name}-{code}"
        user.set_password(PASSWORD)
        user.save()
