"""The pairs of a cohort as they stood on a day, the seats left open, and who may fill them."""

import datetime
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from cohorts.choices import MenteeStatus, MentorStatus, RosterKind
from cohorts.models import Cohort, Mentee, Mentor, Pairing, RosterChange
from mentorship.accounts.models import RoleGrant, User
from mentorship.accounts.permissions import Permission
from mentorship.accounts.roles import ROLES
from mentorship.common.dates import add_months

STATE_AFTER = {
    RosterKind.PAUSE: MenteeStatus.PAUSED,
    RosterKind.EXTEND: MenteeStatus.EXTENDED,
    RosterKind.RETURN: MenteeStatus.CHOSEN,
}


@dataclass(frozen=True)
class Seat:
    """One place under a mentor on a day; `pairing` is None where nobody sat."""

    number: int
    pairing: Pairing | None
    state: str = MenteeStatus.CHOSEN

    @property
    def state_label(self) -> str:
        return str(MenteeStatus(self.state).label)


@dataclass
class Bay:
    mentor: Mentor
    seats: list[Seat] = field(default_factory=list)

    @property
    def taken(self) -> int:
        return sum(1 for seat in self.seats if seat.pairing)


@dataclass(frozen=True)
class Vacancy:
    """A seat that a withdrawn mentee left. `last_day` is the last on which it may be filled."""

    mentee: Mentee
    pairing: Pairing
    last_day: datetime.date
    why: str
    open_on: bool

    @property
    def mentor(self) -> Mentor:
        return self.pairing.mentor


def roster_on(cohort: Cohort, day: datetime.date, changes: Iterable[RosterChange] | None = None) -> list[Bay]:
    """Mentors with their seats as of `day`. Three queries, or two when the cohort's changes are at hand."""
    sitting = defaultdict(dict)
    for pairing in Pairing.objects.filter(cohort=cohort).as_of(day).for_lists():
        sitting[pairing.mentor_id][pairing.seat] = pairing
    states = states_on(cohort, day, changes)
    bays = []
    appointed = [MentorStatus.APPOINTED, MentorStatus.ENDED]
    for mentor in cohort.mentors.filter(status__in=appointed).for_lists():
        taken = sitting.get(mentor.pk, {})
        if not taken and mentor.appointed_on and mentor.appointed_on > day:
            continue
        seats = [
            Seat(number, taken.get(number), states.get(taken[number].mentee_id, MenteeStatus.CHOSEN))
            if number in taken
            else Seat(number, None)
            for number in range(1, max([mentor.capacity, *taken]) + 1)
        ]
        bays.append(Bay(mentor, seats))
    return bays


def states_on(cohort: Cohort, day: datetime.date, changes: Iterable[RosterChange] | None = None) -> dict:
    """mentee id -> state in training that the last change up to `day` left. Extension outlasts a pause."""
    states, extended = {}, set()
    rows = RosterChange.objects.filter(cohort=cohort) if changes is None else changes
    for row in sorted(rows, key=lambda row: (row.date, row.created_at)):
        if row.date > day or row.kind not in STATE_AFTER:
            continue
        if row.kind == RosterKind.EXTEND:
            extended.add(row.mentee_id)
        back = row.kind == RosterKind.RETURN and row.mentee_id in extended
        states[row.mentee_id] = MenteeStatus.EXTENDED if back else STATE_AFTER[row.kind]
    return states


def last_day_to_substitute(cohort: Cohort, vacated: datetime.date) -> tuple[datetime.date, str]:
    """The last day for a seat vacated on that day, and which of the two rules sets it."""
    rules = cohort.rules
    within = vacated + datetime.timedelta(days=rules.substitute_within)
    before = add_months(cohort.starts, rules.substitute_before_month - 1) - datetime.timedelta(days=1)
    if within <= before:
        return within, _("空缺后%(n)s天内") % {"n": rules.substitute_within}
    return before, _("第%(n)s个月以前") % {"n": rules.substitute_before_month}


def vacancies(cohort: Cohort, day: datetime.date | None = None) -> list[Vacancy]:
    """Seats left by withdrawals and not filled since, newest first. Two queries besides the cohort's rules."""
    day = day or cohort.studio.today()
    replaced = RosterChange.objects.filter(cohort=cohort, kind=RosterKind.SUBSTITUTE, date__lte=day).values("replaces")
    left = (
        Pairing.objects.filter(cohort=cohort, mentee__status=MenteeStatus.WITHDRAWN, ends__lte=day)
        .exclude(mentee__in=replaced)
        .for_lists()
        .order_by("mentee", "-ends")
    )
    newest = {}
    for pairing in left:
        newest.setdefault(pairing.mentee_id, pairing)
    rows = []
    for pairing in sorted(newest.values(), key=lambda row: row.ends, reverse=True):
        last, why = last_day_to_substitute(cohort, pairing.ends)
        rows.append(Vacancy(pairing.mentee, pairing, last, why, day <= last))
    return rows


def mentors_with_places(mentee: Mentee) -> list[tuple[Mentor, int]]:
    """Appointed mentors of the cohort to whom the mentee could go now, with the number of their free seats."""
    rows = mentee.cohort.mentors.appointed().for_lists().with_pairs_now()
    others = rows.exclude(pairings__mentee=mentee, pairings__ends=None)
    others = others.exclude(secretary__community=mentee.secretary.community_id)
    return [(row, row.capacity - row.pairs_now) for row in others if row.pairs_now < row.capacity]


def reserves(cohort: Cohort):
    return cohort.mentees.filter(status=MenteeStatus.RESERVE).for_lists().order_by("reserve_rank")


def liaisons_of(mentee: Mentee) -> list[User]:
    """The liaisons of the mentee's 街镇."""
    roles = [
        role for role, data in ROLES.items() if data.needs_subdistrict and Permission.RECOMMEND in data.permissions
    ]
    grants = RoleGrant.objects.current().filter(
        studio=mentee.studio_id, role__in=roles, subdistrict=mentee.secretary.community.subdistrict_id
    )
    return [grant.user for grant in grants.select_related("user")]
