"""What the clinic adds to the world of both studios."""

import datetime

from cohorts.training.choices import SessionKind

from .clinic import make_case
from .training import make_session


def add_clinic_day(cast, prefix, mark, cohort, presenter, by):
    """`clinic_day`: a day to come with one case on it, `case_on_day`, and one that could be added, `case_to_add`."""
    day = make_session(
        cohort, kind=SessionKind.CLINIC, hours=None, title=f"{mark}冬季会诊日", place=f"{mark}会议室",
        date=datetime.date(2099, 3, 5),
    )  # fmt: skip
    setattr(cast, f"{prefix}clinic_day", day)
    on_day = make_case(cohort, presenter, by, number=501, mark=mark, session=day)
    setattr(cast, f"{prefix}case_on_day", on_day)
    setattr(cast, f"{prefix}case_to_add", make_case(cohort, presenter, by, number=502, mark=mark))
