"""What the papers of a cohort stand at: the next number, who has none yet, and whether a frozen agreement still holds."""

import datetime
from collections.abc import Iterable
from typing import Any, NamedTuple

from django.db.models import Max
from django.utils import timezone, translation

from cohorts.letters.models import Agreement, AppointmentLetter
from cohorts.letters.papers import PARTY_WORDS, agreement_presets, digest_of, number_of, seal_of, seal_of_person
from cohorts.models import Baseline, Cohort, Mentor, Pairing
from mentorship.accounts.models import User
from mentorship.people.choices import WorkingState
from mentorship.places.models import Studio


class Numbered(NamedTuple):
    mentor: Mentor
    serial: int
    number: str


def next_serial(studio: Studio, year: int) -> int:
    """One more than the highest ever given out that year; voided numbers stay used. Hold the studio's row to take it."""
    last = AppointmentLetter.objects.filter(studio=studio, year=year).aggregate(last=Max("serial"))["last"]
    return (last or 0) + 1


def mentors_without_letter(cohort: Cohort):
    """Appointed, in the order of their groups, and without a letter that stands."""
    standing = AppointmentLetter.objects.valid().filter(mentor__cohort=cohort).values("mentor")
    return Mentor.objects.filter(cohort=cohort).appointed().exclude(pk__in=standing).for_lists()


def numbers_for(cohort: Cohort, mentors: Iterable[Mentor], year: int) -> list[Numbered]:
    """The numbers these mentors would get now, in this order."""
    first = next_serial(cohort.studio, year)
    prefix = cohort.studio.doc_prefix
    return [Numbered(mentor, n, number_of(prefix, year, n)) for n, mentor in enumerate(mentors, first)]


def pairs_without_agreement(cohort: Cohort):
    return Pairing.objects.filter(cohort=cohort, agreement=None).current().for_lists()


def weakest_of(pairings: Iterable[Pairing]) -> dict[Any, tuple[str, int]]:
    """Mentee id -> (Chinese name, level) of the lowest measured subject, the first in the framework among equals."""
    rows = Baseline.objects.filter(mentee__in=[pairing.mentee_id for pairing in pairings])
    found: dict[Any, tuple[str, int]] = {}
    for mentee, subject, level in rows.order_by("subject__order").values_list("mentee", "subject__name", "level"):
        if mentee not in found or level < found[mentee][1]:
            found[mentee] = (subject, level)
    return found


def presets_for(pairing: Pairing, weakest: dict[Any, tuple[str, int]]) -> dict[str, Any]:
    """Every word of Agreement.WORDS as an agreement of this pair would begin."""
    cohort = pairing.cohort
    term = {"term_from": max(pairing.starts, cohort.starts), "term_to": cohort.ends, "date": cohort.studio.today()}
    return agreement_presets(cohort.rules, weakest.get(pairing.mentee_id)) | term


def names_in(pairing: Pairing) -> dict[str, dict[str, str]]:
    """The three parties as they are called today, in Chinese."""
    with translation.override("zh-hans"):
        people = {"mentor": pairing.mentor.secretary, "mentee": pairing.mentee.secretary}
        named = {party: {"name": person.name, "post": post_of(person)} for party, person in people.items()}
        studio = pairing.cohort.studio
        return named | {"studio": {"name": studio.name, "post": studio.organizer}}


def post_of(secretary) -> str:
    retired = "退休" if secretary.working_state == WorkingState.RETIRED else secretary.community.name
    return f"{retired}{secretary.get_post_display()}"


def agreement_words(agreement: Agreement) -> dict[str, Any]:
    return {name: getattr(agreement, name) for name in Agreement.WORDS}


def agreement_content(agreement: Agreement) -> dict[str, Any]:
    """All that a signed agreement is frozen with: who, what, when each signed, and who signed for the studio."""
    signed = {party: getattr(agreement, f"{party}_signed_at") for party in Agreement.PARTIES}
    return {
        "agreement": str(agreement.pk),
        "names": agreement.names,
        "words": agreement_words(agreement),
        "signed": {party: moment and moment.astimezone(datetime.UTC) for party, moment in signed.items()},
        "studio_signer": agreement.studio_signed_by and agreement.studio_signed_by.name,
    }


def still_holds(agreement: Agreement) -> bool | None:
    """Whether the text is the one that was frozen; None while not all have signed."""
    return digest_of(agreement_content(agreement)) == agreement.digest if agreement.digest else None


def party_of(user: User, agreement: Agreement) -> str:
    """The signature this reader could give: their own as a party, else the studio's."""
    pairing = agreement.pairing
    if user.pk == pairing.mentor.secretary.user_id:
        return "mentor"
    return "mentee" if user.pk == pairing.mentee.secretary.user_id else "studio"


def parties_of(agreement: Agreement) -> list[dict[str, Any]]:
    """The three signature lines: party, role, name, post, seal, signer (of the studio), day (None until they signed)."""
    lines = []
    for party in Agreement.PARTIES:
        moment, named = getattr(agreement, f"{party}_signed_at"), agreement.names[party]
        office = party == "studio"
        lines.append(
            {
                "party": party,
                "role": PARTY_WORDS[party],
                **named,
                "seal": seal_of(agreement.studio.short_name) if office else seal_of_person(named["name"]),
                "signer": agreement.studio_signed_by.name if office and moment else "",
                "day": timezone.localtime(moment).date() if moment else None,
            }
        )
    return lines
