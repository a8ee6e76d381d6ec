"""Choosing, giving out the places, and what happens when someone leaves one."""

from collections.abc import Sequence

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from cohorts.actions.common import locked
from cohorts.models import Mentee
from cohorts.training.choices import EnrolmentState
from cohorts.training.models import MOST_WISHES, Course, Enrolment, Session, Wish
from cohorts.training.queries import Preview, due_on, preview_of
from mentorship.accounts.models import User
from mentorship.audit.actions import record
from mentorship.common.errors import Refused

from .telling import tell_of_place


class Changed(Refused):
    """The wishes are not those of the preview any more."""


@transaction.atomic
def choose(*, by: User, mentee: Mentee, session: Session, courses: Sequence[Course]) -> None:
    """Replaces the wishes, the first one first; an empty list takes them back. Until the last day to choose.

    Raises Refused when it is too late, for a course of another menu, one named twice, or more than three.
    """
    locked(session)
    if not session.is_open_to_choose(session.studio.today()):
        raise Refused(_("选课已经截止。有变动请和工作室联系。"))
    if not due_on(session).filter(pk=mentee.pk).exists():
        raise Refused(_("这一次选训不要求您参加。"))
    if len(courses) > MOST_WISHES or len(set(courses)) < len(courses):
        raise Refused(_("最多选三门，不能重复。"))
    if any(course.session_id != session.pk for course in courses):
        raise Refused(_("请从这一次的课单里选。"))
    Wish.objects.filter(session=session, mentee=mentee).delete()
    own = {"studio_id": session.studio_id, "mentee": mentee, "session": session}
    Wish.objects.bulk_create(Wish(course=course, rank=rank, **own) for rank, course in enumerate(courses, 1))
    after = {"mentee": str(mentee), "courses": [course.title for course in courses]}
    record(by=by, verb="elective.chosen", on=session, studio=session.studio_id, after=after)


@transaction.atomic
def apply_allocation(*, by: User, session: Session, seen: str) -> Preview:
    """Gives out the places as the preview with the digest `seen` showed. Everyone concerned is told.

    Raises Refused before the deadline has passed or when it was done before, Changed when the wishes, the people or the
    menu have changed since.
    """
    locked(session)
    refuse_allocating(session)
    found = preview_of(session, due_on(session).for_lists().select_related("secretary__user"))
    if found.digest != seen:
        raise Changed(_("刚才名单、志愿或课单有变动，请看过新的结果再定。"))
    own = {"studio_id": session.studio_id, "session": session, "placed_by": by.acting_user or by}
    rows, queue = [], {}
    for each in found.answers:
        if each.course:
            placed = {"course": each.course, "rank": each.rank, "state": EnrolmentState.PLACED}
            rows.append(Enrolment(mentee=each.mentee, **placed, **own))
        elif each.wished:
            first = each.wished[0]
            queue[first.pk] = queue.get(first.pk, 0) + 1
            waits = {"course": first, "rank": 1, "state": EnrolmentState.WAITING, "position": queue[first.pk]}
            rows.append(Enrolment(mentee=each.mentee, **waits, **own))
    Enrolment.objects.bulk_create(rows)
    session.allocated_at = timezone.now()
    session.save(update_fields=["allocated_at", "updated_at"])
    after = {"placed": len(found.answers) - len(found.waiting), "waiting": len(found.waiting), "digest": seen}
    record(by=by, verb="elective.allocated", on=session, studio=session.studio_id, after=after)
    tell_all(by, session, rows)
    return found


def refuse_allocating(session: Session) -> None:
    if not session.is_elective or not session.is_planned:
        raise Refused(_("这一项不用分课。"))
    if session.allocated_at:
        raise Refused(_("已经分好课了。"))
    if not session.choose_by or session.studio.today() <= session.choose_by:
        raise Refused(_("选课还没有截止。"))
    if not session.courses.exists():
        raise Refused(_("课单还空着，先把课排上。"))


def tell_all(by: User, session: Session, rows: list[Enrolment]) -> None:
    for course in dict.fromkeys(row.course for row in rows):
        course.session = session
        of_course = [row for row in rows if row.course == course]
        placed = [row.mentee.secretary.user for row in of_course if row.state == EnrolmentState.PLACED]
        tell_of_place("elective_placed", by=by, course=course, people=placed)
        for row in of_course:
            if row.state == EnrolmentState.WAITING:
                person = [row.mentee.secretary.user]
                tell_of_place("elective_waiting", by=by, course=course, people=person, position=row.position)


@transaction.atomic
def leave_place(*, by: User, enrolment: Enrolment) -> Enrolment | None:
    """Gives back a place or a turn. Returns whoever moved up, if anyone waited. Until the day itself.

    Raises Refused when the session is no longer ahead or the place was left before.
    """
    session = locked(enrolment.session)
    locked(enrolment)
    if not session.is_planned or session.date <= session.studio.today():
        raise Refused(_("开课当天起不能再退，请向工作室请假。"))
    if enrolment.state == EnrolmentState.LEFT:
        raise Refused(_("已经退了。"))
    was_placed, turn = enrolment.state == EnrolmentState.PLACED, enrolment.position
    enrolment.state, enrolment.position = EnrolmentState.LEFT, None
    enrolment.save(update_fields=["state", "position", "updated_at"])
    after = {"mentee": str(enrolment.mentee), "course": enrolment.course.title}
    record(by=by, verb="elective.left", on=session, studio=session.studio_id, after=after)
    if was_placed:
        return move_up(by, enrolment.course)
    close_ranks(enrolment.course, turn)
    return None


def move_up(by: User, course: Course) -> Enrolment | None:
    """The first on the list gets the place that is free, and is told."""
    if course.enrolments.placed().count() >= course.capacity:
        return None
    first = course.enrolments.waiting().select_related("mentee__secretary__user").first()
    if first is None:
        return None
    turn, first.state, first.position = first.position, EnrolmentState.PLACED, None
    first.save(update_fields=["state", "position", "updated_at"])
    close_ranks(course, turn)
    after = {"mentee": str(first.mentee), "course": course.title}
    record(by=by, verb="elective.moved_up", on=course.session, studio=course.studio_id, after=after)
    tell_of_place("elective_moved_up", by=by, course=course, people=[first.mentee.secretary.user])
    return first


def close_ranks(course: Course, gone: int) -> None:
    """Everyone behind `gone` steps one up; one after another, for no two may hold one turn."""
    for row in course.enrolments.waiting().filter(position__gt=gone):
        row.position -= 1
        row.save(update_fields=["position", "updated_at"])


@transaction.atomic
def place(*, by: User, mentee: Mentee, course: Course) -> Enrolment:
    """The studio puts someone without a place into a course where one is left; their turns elsewhere end.

    Raises Refused when the course is full, the person has a place, or the places are not given out yet.
    """
    session = locked(course.session)
    if not session.allocated_at or not session.is_planned:
        raise Refused(_("先分课，再逐个安排。"))
    if not due_on(session).filter(pk=mentee.pk).exists():
        raise Refused(_("这一次选训不要求他参加。"), field="mentee")
    rows = Enrolment.objects.filter(session=session, mentee=mentee)
    if rows.placed().exists():
        raise Refused(_("他已经有课了，先退再换。"), field="mentee")
    if course.enrolments.placed().count() >= course.capacity:
        raise Refused(_("这门课满了。"), field="course")
    for turn in rows.waiting().select_related("course"):
        gone, turn.state, turn.position = turn.position, EnrolmentState.LEFT, None
        turn.save(update_fields=["state", "position", "updated_at"])
        close_ranks(turn.course, gone)
    facts = {"state": EnrolmentState.PLACED, "position": None, "rank": None, "placed_by": by.acting_user or by}
    own = {"studio_id": session.studio_id, "session": session}
    row, _made = Enrolment.objects.update_or_create(mentee=mentee, course=course, defaults=facts | own)
    after = {"mentee": str(mentee), "course": course.title}
    record(by=by, verb="elective.placed", on=session, studio=session.studio_id, after=after)
    tell_of_place("elective_placed", by=by, course=course, people=[mentee.secretary.user])
    return row
