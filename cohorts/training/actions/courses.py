"""The menu of an elective, as long as nobody has a place yet."""

from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from cohorts.actions.common import locked
from cohorts.training.models import Course, Session
from mentorship.accounts.models import User
from mentorship.audit.actions import changes, plain, record
from mentorship.common.errors import Refused
from mentorship.framework.models import Indicator

FIELDS = ["title", "title_en", "teacher", "subject", "hours", "capacity", "place"]


@transaction.atomic
def add_course(*, by: User, session: Session, indicators: Iterable[Indicator] = (), **facts: Any) -> Course:
    """One more choice; `facts` are values of FIELDS. Raises Refused for a title that is on the menu already."""
    refuse_unless_open(locked_session(session))
    refuse_twice(session, facts["title"])
    order = session.courses.count() + 1
    course = Course.objects.create(studio_id=session.studio_id, session=session, order=order, **facts)
    course.indicators.set(indicators)
    after = plain({name: getattr(course, name) for name in FIELDS})
    record(by=by, verb="course.added", on=course, studio=course.studio_id, after=after)
    return course


@transaction.atomic
def change_course(*, by: User, course: Course, indicators: Iterable[Indicator] = (), **facts: Any) -> None:
    refuse_unless_open(locked_session(course.session))
    refuse_twice(course.session, facts["title"], but_not=course)
    before = Course.objects.select_related("subject").get(pk=course.pk)
    for name, value in facts.items():
        setattr(course, name, value)
    course.save()
    course.refresh_from_db()  # 6 hours and 6.0 are the same
    course.indicators.set(indicators)
    old, new = changes(before, course, FIELDS)
    record(by=by, verb="course.changed", on=course, studio=course.studio_id, before=old, after=new)


@transaction.atomic
def remove_course(*, by: User, course: Course) -> None:
    """Raises Refused when someone wishes it: their wish must not vanish."""
    refuse_unless_open(locked_session(course.session))
    if course.wishes.exists():
        raise Refused(_("已经有人选了这门课，不能删；可以改名额、改内容。"))
    record(by=by, verb="course.removed", on=course, studio=course.studio_id, before={"title": course.title})
    course.delete()


def locked_session(session: Session) -> Session:
    locked(session)
    return session


def refuse_unless_open(session: Session) -> None:
    if not session.is_elective:
        raise Refused(_("只有双月选训才有选训课。"))
    if not session.is_planned or session.allocated_at:
        raise Refused(_("已经分好课或者已经办过，课单不再改。"))


def refuse_twice(session: Session, title: str, but_not: Course | None = None) -> None:
    rows = session.courses.filter(title=title)
    if (rows.exclude(pk=but_not.pk) if but_not else rows).exists():
        raise Refused(_("课单上已经有这门课。"), field="title")
