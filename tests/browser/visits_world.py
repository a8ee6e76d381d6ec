"""A small studio of its own, for a visit that is written on the spot and followed to its end."""

import datetime

from evaluations.visits.actions import plan_visit
from mentorship.accounts.roles import Role
from tests.conftest import mentee_of, mentor_of, person_with
from tests.factories import CohortFactory, StudioFactory, SubdistrictFactory

from .conftest import PASSWORD

TODAY = datetime.date(2018, 11, 20)


def make() -> None:
    """Sign-ins officer-visits, mentor-visits, mentee-visits; a visit is planned for today."""
    studio = StudioFactory(code="visits", name="督训工作室", demo_today=TODAY)
    cohort = CohortFactory(studio=studio, name="第一批")
    officer = person_with(studio, Role.OFFICER, "龙飞")
    mentor, row = mentor_of(cohort, "沈桂芳")
    mentee, mentee_row, _pairing = mentee_of(cohort, row, "何嘉怡", SubdistrictFactory(district=studio.district))
    for name, user in {"officer": officer, "mentor": mentor, "mentee": mentee}.items():
        user.username = f"{name}-visits"
        user.set_password(PASSWORD)
        user.save()
    plan_visit(by=officer, mentee=mentee_row, date=TODAY, round=1, team=[officer, mentor])
