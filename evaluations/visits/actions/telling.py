"""Notices about visits and findings: that something waits, never what was found."""

from collections.abc import Iterable

from django.urls import reverse

from cohorts.models import Mentee, Pairing
from evaluations.visits.models import Finding, Visit
from evaluations.visits.queries.rules import keepers_of
from mentorship.accounts.models import User
from mentorship.notifications.actions import notify

from .common import hands_of


def mentor_of(mentee: Mentee) -> User | None:
    """The present mentor's account."""
    pair = Pairing.objects.current().filter(mentee=mentee).select_related("mentor__secretary__user").first()
    return pair.mentor.secretary.user if pair else None


def team_of(visit: Visit) -> list[User]:
    return [member.user for member in visit.team.select_related("user") if member.user]


def tell(kind: str, by: User, row: Visit | Finding, to: Iterable[User | None], url: str, **particulars) -> None:
    """The one who does it isn't told of it."""
    hands = hands_of(by)
    people = {user.pk: user for user in to if user and user.pk != hands.pk}
    notify(
        kind=kind, studio=row.studio, to=people.values(), url=url, by=hands,
        particulars={name: value.isoformat() if hasattr(value, "isoformat") else value for name, value in particulars.items()},
    )  # fmt: skip


def tell_of_visit(
    kind: str, *, by: User, visit: Visit, to: Iterable[User | None], url: str | None = None, **more
) -> None:
    address = reverse("visits:visit", args=[visit.pk]) if url is None else url
    tell(kind, by, visit, to, address, mentee=str(visit.mentee), date=visit.date, **more)


def tell_of_finding(kind: str, *, by: User, finding: Finding, to: Iterable[User | None], **more) -> None:
    visit = finding.visit
    address = reverse("visits:finding", args=[finding.pk])
    facts = {"mentee": str(visit.mentee), "date": visit.date, "number": finding.number, "due": finding.due}
    tell(kind, by, finding, to, address, **facts, **more)


def checkers_of(finding: Finding) -> list[User]:
    """Who can look whether it is mended: the team with an account, or where it has none the keepers of the register."""
    owner = finding.owner.user_id
    team = [user for user in team_of(finding.visit) if user.pk != owner]
    return team or list(keepers_of(finding.studio))
