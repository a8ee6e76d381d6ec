"""A small studio of its own, with an elective to choose from and one whose time to choose is over."""

import datetime

from mentorship.accounts.roles import Role
from tests.conftest import mentee_of, mentor_of, person_with
from tests.factories import CohortFactory, StudioFactory, SubdistrictFactory
from tests.factories.practice import make_plan
from tests.factories.training import make_elective, make_session, make_wishes

from .conftest import PASSWORD

TODAY = datetime.date(2018, 9, 18)


def make(code: str) -> None:
    """Sign-ins officer-<code>, mentee-<code>; the calendar stands at 18 September 2018."""
    studio = StudioFactory(code=code, name=f"{code}工作室", demo_today=TODAY)
    cohort = CohortFactory(studio=studio, name="第一批")
    subdistrict = SubdistrictFactory(district=studio.district)
    officer = person_with(studio, Role.OFFICER, "龙飞")
    _mentor, row = mentor_of(cohort, "沈桂芳")
    mentee, mentee_row, _pairing = mentee_of(cohort, row, "何嘉怡", subdistrict)
    _other, other_row, _second = mentee_of(cohort, row, "钱立峰", subdistrict, seat=2)
    make_session(cohort, base=row.base, host=row, title="把组织生活过出味道")
    choosing = make_elective(cohort, "法规入门", "调解技巧", "短视频", title="双月选训①", capacity=10)
    plan = make_plan(mentee_row, officer)
    choosing.courses.get(title="调解技巧").indicators.add(plan.rows.first().indicator)
    ended = make_elective(
        cohort, "公文写作", title="双月选训②", date=datetime.date(2018, 9, 28), choose_by=datetime.date(2018, 9, 17)
    )
    for person in (mentee_row, other_row):
        make_wishes(person, ended, ended.courses.get())
    for name, user in {"officer": officer, "mentee": mentee}.items():
        user.username = f"{name}-{code}"
        user.set_password(PASSWORD)
        user.save()
