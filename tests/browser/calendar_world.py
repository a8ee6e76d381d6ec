"""A small studio of its own whose September has a class, a clash and a window of days."""

import datetime

from cohorts.training.choices import SessionKind
from mentorship.accounts.roles import Role
from tests.conftest import mentor_of, person_with
from tests.factories import CohortFactory, StudioFactory
from tests.factories.training import make_session

from .conftest import PASSWORD


def make(code: str) -> None:
    """Sign-ins officer-<code> and mentor-<code>; the calendar stands at 18 September 2018."""
    studio = StudioFactory(code=code, name=f"{code}工作室", demo_today=datetime.date(2018, 9, 18))
    cohort = CohortFactory(studio=studio, name="第一批")
    officer = person_with(studio, Role.OFFICER, "龙飞")
    mentor, row = mentor_of(cohort, "沈桂芳")
    make_session(cohort, title="把组织生活过出味道", host=row, place="党校")
    make_session(cohort, title="会诊日：停车", host=row, kind=SessionKind.CLINIC, hours=None)
    make_session(
        cohort, title="第一轮督训", kind=SessionKind.SUPERVISED, date=datetime.date(2018, 9, 5), starts_at=None,
        ends_at=None, hours=None, last_date=datetime.date(2018, 9, 12),
    )  # fmt: skip
    for name, user in {"officer": officer, "mentor": mentor}.items():
        user.username = f"{name}-{code}"
        user.set_password(PASSWORD)
        user.save()
