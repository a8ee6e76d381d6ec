"""Short words for the tests of the consultation: a case that waits, three mentors asked, opinions."""

import datetime

from cohorts.clinic.actions import consulting
from cohorts.clinic.choices import CaseState
from cohorts.clinic.models import Case
from tests.conftest import mentor_of
from tests.factories.clinic import DAY, make_case

TODAY = DAY + datetime.timedelta(days=1)


def set_day(cast, day=TODAY):
    cast.studio.demo_today = day
    cast.studio.save()


def third_mentor(cast):
    cast.third_mentor, cast.third_mentor_row = mentor_of(cast.cohort, "赵福生")
    return cast.third_mentor_row


def waiting(cast, **more) -> Case:
    set_day(cast)
    presenter = more.pop("presenter", cast.mentee_row.secretary)
    return make_case(cast.cohort, presenter, more.pop("by", cast.mentee), **more)


def asked(cast, *mentors, **more) -> Case:
    """A case about which these mentors, or the two of the cast, were asked."""
    case = waiting(cast, **more)
    consulting.triage(by=cast.officer, case=case, mentors=mentors or [cast.mentor_row, cast.other_mentor_row])
    return fresh(case)


def consult(case, mentor):
    return case.consults.select_related("case", "mentor__secretary").get(mentor=mentor)


def give(case, mentor, text="先数后谈", *, by=None, version=0):
    row = consult(case, mentor)
    return consulting.advise(by=by or mentor.secretary.user, consult=row, text=text, version=version)


def released(cast, **more) -> Case:
    case = asked(cast, **more)
    give(case, cast.mentor_row)
    give(case, cast.other_mentor_row, "分开谈，各谈各的账")
    case = fresh(case)
    assert case.is_released
    assert case.state == CaseState.CONSULTING
    return case


def fresh(case) -> Case:
    return Case.objects.select_related("studio", "cohort__rules", "presenter").get(pk=case.pk)
