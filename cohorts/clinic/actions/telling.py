"""Notices about cases: that something waits or has come, never what was said."""

from collections.abc import Iterable

from django.urls import reverse

from cohorts.clinic.models import Case, Consult
from mentorship.accounts.models import User
from mentorship.accounts.permissions import Permission
from mentorship.accounts.queries import people_of
from mentorship.accounts.roles import ROLES
from mentorship.notifications.actions import notify
from mentorship.notifications.words import in_both

from .common import hands_of, title_for_notice


def tell(kind: str, *, by: User | None, case: Case, to: Iterable[User | None], url: str = "", **more) -> None:
    """To everyone of `to` who has an account and didn't do it themselves. Every template knows `number`, in both
    languages, and `title`, empty for a sensitive case; `more` is JSON-ready, dates aside."""
    hands = hands_of(by) if by else None
    people = {user.pk: user for user in to if user and user != hands}
    facts = {name: value.isoformat() if hasattr(value, "isoformat") else value for name, value in more.items()}
    notify(
        kind=kind, studio=case.studio, to=people.values(), by=hands, url=url or reverse("clinic:case", args=[case.pk]),
        particulars={"number": in_both(lambda: case), "title": title_for_notice(case)} | facts,
    )  # fmt: skip


def tell_presenter(kind: str, *, by: User | None, case: Case, **more) -> None:
    tell(kind, by=by, case=case, to=[case.presenter.user], **more)


def tell_office(kind: str, *, by: User | None, case: Case, **more) -> None:
    """Those who look after the clinic, but for the presenter and, before opinions are open, for those asked."""
    tell(kind, by=by, case=case, to=office_of(case), **more)


def tell_asked(kind: str, *, by: User | None, case: Case, **more) -> None:
    """The mentors asked, but for those who declined."""
    tell(kind, by=by, case=case, to=[consult.mentor.secretary.user for consult in asked_of(case)], **more)


def asked_of(case: Case) -> list[Consult]:
    return list(case.consults.filter(declined_at=None).select_related("mentor__secretary__user"))


def office_of(case: Case) -> list[User]:
    roles = [role for role, data in ROLES.items() if Permission.CLINIC_EDIT in data.permissions]
    apart = {case.presenter.user_id}
    if not case.is_released:
        apart |= {consult.mentor.secretary.user_id for consult in asked_of(case)}
    return [user for user in people_of(case.studio, roles) if user.pk not in apart]
