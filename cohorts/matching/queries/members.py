"""Members with the wishes they have entered, and the bars of a cohort."""

from dataclasses import dataclass
from typing import Any

from cohorts.models import Cohort, Mentee, Mentor

from ..choices import Side
from ..models import Bar, Wish


@dataclass(frozen=True)
class WishLine:
    """One member and whom they named, in order."""

    side: str
    member_id: Any
    name: str
    place: str
    named: list[str]


@dataclass(frozen=True)
class BarList:
    recorded: list[Bar]
    same_community: list[tuple[str, str, str]]  # (mentor, mentee, community)


def people_of(cohort: Cohort):
    """(mentors, mentees) who can be paired, as two querysets."""
    place = "secretary__community__subdistrict"
    mentors = Mentor.objects.filter(cohort=cohort).appointed().select_related(place)
    mentees = Mentee.objects.filter(cohort=cohort).in_training().select_related(place)
    return mentors, mentees


def wish_lines(cohort: Cohort) -> dict[str, list[WishLine]]:
    """Both sides with their wishes, keyed by Side; three queries."""
    mentors, mentees = (list(people) for people in people_of(cohort))
    names = {person.pk: str(person) for person in [*mentors, *mentees]}
    named: dict[Any, list[str]] = {}
    for wish in Wish.objects.filter(cohort=cohort).order_by("rank"):
        own, other = (wish.mentor_id, wish.mentee_id) if wish.side == Side.MENTOR else (wish.mentee_id, wish.mentor_id)
        named.setdefault(own, []).append(names.get(other, ""))
    return {
        side: [WishLine(side, one.pk, str(one), str(one.secretary.community), named.get(one.pk, [])) for one in people]
        for side, people in ((Side.MENTEE.value, mentees), (Side.MENTOR.value, mentors))
    }


def bar_list(cohort: Cohort) -> BarList:
    """Bars that were recorded, and those that follow from one community; three queries."""
    mentors, mentees = people_of(cohort)
    at_home: dict[str, list[Mentee]] = {}
    for mentee in mentees:
        at_home.setdefault(mentee.secretary.community_id, []).append(mentee)
    same = [
        (str(mentor), str(mentee), str(mentee.secretary.community))
        for mentor in mentors
        for mentee in at_home.get(mentor.secretary.community_id, ())
    ]
    recorded = Bar.objects.filter(cohort=cohort).select_related("mentor__secretary", "mentee__secretary")
    return BarList(list(recorded), same)
