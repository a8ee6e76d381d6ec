"""A small studio of its own, where one case was solved before."""

import datetime

from cohorts.clinic.choices import CaseState
from cohorts.clinic.searching.keeping import keep_case
from mentorship.accounts.roles import Role
from tests.conftest import mentee_of, mentor_of, person_with
from tests.factories import CohortFactory, StudioFactory, SubdistrictFactory
from tests.factories.clinic import make_case

from .conftest import PASSWORD

TODAY = datetime.date(2018, 11, 20)


def make() -> None:
    """Sign-ins officer-sheet and mentee-sheet; a case about parking is closed."""
    studio = StudioFactory(code="sheet", name="会诊工作室", demo_today=TODAY)
    cohort = CohortFactory(studio=studio, name="第一批")
    officer, lead = person_with(studio, Role.OFFICER, "龙飞"), person_with(studio, Role.PROJECT_LEAD, "许晓岚")
    _mentor, row = mentor_of(cohort, "沈桂芳")
    street = SubdistrictFactory(district=studio.district)
    mentee, _row, _pairing = mentee_of(cohort, row, "何嘉怡", street)
    other, other_row, _pairing = mentee_of(cohort, row, "钱立峰", street, seat=2)
    keep_case(make_case(cohort, other_row.secretary, other, state=CaseState.CLOSED, closed_by=lead))
    for name, user in {"officer": officer, "mentee": mentee}.items():
        user.username = f"{name}-sheet"
        user.set_password(PASSWORD)
        user.save()
