"""Who can be given a step of a plan."""

import uuid

from cohorts.clinic.models import Case
from cohorts.models import Mentee, Mentor
from mentorship.people.models import Secretary


def near_people(case: Case) -> list[uuid.UUID]:
    """The presenter and the mentors asked, by their place in the register."""
    asked = case.consults.filter(declined_at=None).values_list("mentor__secretary", flat=True)
    return [case.presenter_id, *asked]


def owners_of(case: Case) -> list[tuple[str, list[Secretary]]]:
    """Those near the case, then, unless it is sensitive, the mentors and the apprentices of its cohort."""
    near = near_people(case)
    groups = [("near", near)]
    if not case.sensitive:
        mentors = Mentor.objects.filter(cohort=case.cohort_id).appointed().values_list("secretary", flat=True)
        mentees = Mentee.objects.filter(cohort=case.cohort_id).in_training().values_list("secretary", flat=True)
        groups += [("mentors", list(mentors)), ("mentees", list(mentees))]
    people = Secretary.objects.filter(studio=case.studio_id).in_bulk({pk for _name, pks in groups for pk in pks})
    found, shown = [], set()
    for name, pks in groups:
        rows = [people[pk] for pk in dict.fromkeys(pks) if pk in people and pk not in shown]
        shown |= {row.pk for row in rows}
        found.append((name, rows if name == "near" else sorted(rows, key=lambda row: (row.sort_key, row.name))))
    return [(name, rows) for name, rows in found if rows]
