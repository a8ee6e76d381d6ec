"""Notices about sessions."""

from collections.abc import Iterable

from django.urls import reverse

from cohorts.training.models import Course, Session
from cohorts.training.queries import concerned
from mentorship.accounts.models import User
from mentorship.notifications.actions import notify
from mentorship.notifications.words import in_both


def particulars_of(session: Session) -> dict:
    return {
        "title": in_both(lambda: session),
        "kind": in_both(session.get_kind_display),
        "date": session.date.isoformat(),
        "time": f"{session.starts_at:%H:%M}" if session.starts_at else "",
        "place": session.where,
    }


def tell_concerned(kind: str, *, by: User, session: Session, **more) -> None:
    notify(
        kind=kind,
        studio=session.studio,
        to=concerned(session),
        by=by.acting_user or by,
        url=reverse("training:session", args=[session.pk]),
        particulars=particulars_of(session) | more,
    )


def tell_of_place(kind: str, *, by: User, course: Course, people: Iterable[User | None], **more) -> None:
    """`people` of one course: a place, a turn on the list, or moved up."""
    notify(
        kind=kind,
        studio=course.session.studio,
        to=[user for user in people if user],
        by=by.acting_user or by,
        url=reverse("training:session", args=[course.session_id]),
        particulars=particulars_of(course.session) | {"course": in_both(lambda: course)} | more,
    )
