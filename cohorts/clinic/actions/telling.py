"""Notices about cases: that something waits or has come, never what was said."""

from collections.abc import Iterable

from django.urls import reverse

from cohorts.clinic.models import Case
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
    """Those who look after the clinic, but for the one who presents it."""
    people = [user for user in office_of(case) if user.pk != case.presenter.user_id]
    tell(kind, by=by, case=case, to=people, **more)


def office_of(case: Case) -> list[User]:
    roles = [role for role, data in ROLES.items() if Permission.CLINIC_EDIT in data.permissions]
    return list(people_of(case.studio, roles))
