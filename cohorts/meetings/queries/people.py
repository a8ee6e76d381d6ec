"""Who can be asked to a meeting, who was, and who came."""

from dataclasses import dataclass

from django.db.models import QuerySet

from cohorts.meetings.choices import Capacity, Presence
from cohorts.meetings.models import Attendee, Meeting
from cohorts.models import Cohort, Mentee, Mentor
from mentorship.accounts.models import User
from mentorship.accounts.permissions import Permission
from mentorship.accounts.queries import people_of
from mentorship.accounts.roles import Role, permissions_of
from mentorship.people.models import Secretary

KEEPERS = [role for role in Role.values if Permission.MEETING_EDIT in permissions_of(role)]


@dataclass(frozen=True)
class Seat:
    """One person or office asked: exactly one of secretary, user and name."""

    secretary: Secretary | None = None
    user: User | None = None
    name: str = ""
    capacity: str = Capacity.DUE

    @property
    def key(self) -> str:
        """The same for one person, however often asked: s:<id>, u:<id>, n:<name>."""
        if self.secretary:
            return f"s:{self.secretary.pk}"
        return f"u:{self.user.pk}" if self.user else f"n:{self.name}"

    def __str__(self):
        return str(self.secretary or self.user or self.name)


@dataclass(frozen=True)
class Offered:
    mentors: list[Seat]
    mentees: list[Seat]
    staff: list[Seat]

    def by_key(self) -> dict[str, Seat]:
        return {seat.key: seat for group in (self.mentors, self.mentees, self.staff) for seat in group}


def offered(cohort: Cohort) -> Offered:
    """Appointed mentors, apprentices in training, and the accounts that keep the studio's meetings."""
    mentors = Mentor.objects.appointed().filter(cohort=cohort).select_related("secretary__community")
    mentees = Mentee.objects.in_training().filter(cohort=cohort).select_related("secretary__community")
    return Offered(
        [Seat(secretary=each.secretary) for each in mentors.order_by("secretary__sort_key", "id")],
        [Seat(secretary=each.secretary) for each in mentees.order_by("secretary__sort_key", "id")],
        [Seat(user=user) for user in people_of(cohort.studio, KEEPERS)],
    )


def key_of(attendee: Attendee) -> str:
    return Seat(attendee.secretary, attendee.user, attendee.name).key


def seats_of(meeting: Meeting) -> QuerySet[Attendee]:
    return meeting.attendees.for_lists()


def accounts_of(meeting: Meeting) -> list[User]:
    """Accounts of those who were asked and can be written to."""
    return [account for row in seats_of(meeting) if (account := row.account) and account.is_active]


def counted(attendees) -> dict[str, int]:
    """Of those due: how many were asked, how many came; guests are no part of it."""
    due = [row for row in attendees if row.capacity == Capacity.DUE]
    return {"due": len(due), "present": sum(row.presence == Presence.PRESENT for row in due)}
