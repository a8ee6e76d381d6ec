"""What the clinic's consultation adds to the world: a case that waits, one that is asked about, one whose opinions are
open, and a guest's link. The mentor of the world is asked, the mentee presents."""

import datetime

from django.utils import timezone

from cohorts.clinic.actions.guests import digest_of
from cohorts.clinic.choices import CaseState
from cohorts.clinic.models import Remark

from .clinic import make_case, make_consult, make_invitation, make_opinion

FAR = datetime.date(2099, 1, 5)  # no answer of the world is ever late
FIRST_NUMBER = 101


def add_consulting(cast, prefix, mark, cohort, lead, mentor_row, mentee_row):
    """Adds, each with `prefix`: case, asked_case, consult, released_case, opinion, remark, invitation, guest_token."""
    presenter = mentee_row.secretary

    def new(number, state=CaseState.WAITING, **more):
        return make_case(cohort, presenter, presenter.user, state=state, number=number, mark=mark, **more)

    asked = new(FIRST_NUMBER + 1, CaseState.CONSULTING, reply_due=FAR)
    released = new(
        FIRST_NUMBER + 2, CaseState.CONSULTING, reply_due=FAR, released_at=timezone.now(), first_opinion_on=asked.date
    )
    opened = make_consult(released, mentor_row, lead)
    token = f"{prefix}guest-token-of-the-world-0123456789abcdefgh"
    rows = {
        "case": new(FIRST_NUMBER),
        "asked_case": asked,
        "consult": make_consult(asked, mentor_row, lead),
        "released_case": released,
        "opinion": make_opinion(opened, text=f"{mark}先数后谈"),
        "remark": Remark.objects.create(
            studio=cohort.studio, case=released, by=presenter.user, text=f"{mark}谢谢各位师傅"
        ),
        "invitation": make_invitation(asked, lead, digest=digest_of(token), name=f"{mark}法律顾问"),
        "guest_token": token,
    }
    for name, row in rows.items():
        setattr(cast, prefix + name, row)
