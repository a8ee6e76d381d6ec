"""Sessions, courses and places, made straight in the database."""

import datetime

from django.utils import timezone

from cohorts.training.choices import EnrolmentState, Half, SessionKind
from cohorts.training.models import BaseBooking, Course, Enrolment, Session, Wish

DAY = datetime.date(2018, 9, 20)  # a Thursday, worked


def make_session(cohort, *, kind=SessionKind.BASE, date=DAY, **more) -> Session:
    """An afternoon of the whole cohort, 13:30 to 16:30, three hours."""
    facts = {
        "kind": kind, "track": SessionKind.usual_track(kind), "title": "把组织生活过出味道", "date": date,
        "last_date": date, "starts_at": datetime.time(13, 30), "ends_at": datetime.time(16, 30), "hours": 3,
    }  # fmt: skip
    return Session.objects.create(studio=cohort.studio, cohort=cohort, **facts | more)


def make_elective(cohort, *titles, capacity=1, **more) -> Session:
    """A bimonthly elective with these courses, one place in each; chosen until the week before."""
    date = more.pop("date", datetime.date(2018, 9, 27))
    more = {"choose_by": date - datetime.timedelta(days=7), "title": "双月选训①", "hours": 6} | more
    session = make_session(cohort, kind=SessionKind.ELECTIVE, date=date, **more)
    for order, title in enumerate(titles):
        make_course(session, title, capacity=capacity, order=order)
    return session


def make_course(session, title="法规入门", **more) -> Course:
    return Course.objects.create(studio=session.studio, session=session, title=title, **{"capacity": 1} | more)


def make_wishes(mentee, session, *courses) -> None:
    for rank, course in enumerate(courses, 1):
        Wish.objects.create(studio=session.studio, mentee=mentee, session=session, course=course, rank=rank)


def make_place(mentee, course, **more) -> Enrolment:
    facts = {"state": EnrolmentState.PLACED, "rank": 1} | more
    return Enrolment.objects.create(studio=course.studio, mentee=mentee, session=course.session, course=course, **facts)


def make_booking(session, base, half=Half.AFTERNOON) -> BaseBooking:
    return BaseBooking.objects.create(studio=session.studio, base=base, date=session.date, half=half, session=session)


def what_training_makes(mentee, mentor, word="") -> dict:
    """An elective whose places are given out, with a course, a wish and a place, and a base that is taken."""
    session = make_elective(
        mentee.cohort, f"{word}法规入门", title=f"{word}选训", place=f"{word}党校", allocated_at=timezone.now()
    )
    course = session.courses.get()
    make_wishes(mentee, session, course)
    base_session = make_session(mentee.cohort, base=mentor.base, title=f"{word}基地课")
    make_booking(base_session, mentor.base)
    return {
        "session": session,
        "base_session": base_session,
        "course": course,
        "enrolment": make_place(mentee, course),
    }
