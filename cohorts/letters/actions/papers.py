"""Issuing and voiding letters of appointment; drawing up, changing, signing and re-opening agreements."""

import datetime
from collections.abc import Mapping, Sequence
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from cohorts.actions.common import DAYS_AHEAD, locked, refuse_own_case
from cohorts.choices import MentorStatus
from cohorts.letters.models import Agreement, AppointmentLetter
from cohorts.letters.papers import PARTY_WORDS, digest_of
from cohorts.letters.queries.papers import (
    agreement_content,
    agreement_words,
    mentors_without_letter,
    names_in,
    numbers_for,
    pairs_without_agreement,
    presets_for,
    weakest_of,
)
from cohorts.models import Cohort, Mentor, Pairing
from mentorship.accounts.models import User
from mentorship.audit.actions import plain, record
from mentorship.common.errors import Refused
from mentorship.notifications.actions import notify
from mentorship.places.models import Studio

GOALS, DUTIES = (2, 4), (1, 6)


class Stale(Refused):
    """Someone changed what this reader had before them."""


def hold_numbers(studio: Studio) -> None:
    """Whoever takes a number waits here for the one before; other writing in the studio goes on."""
    Studio.objects.select_for_update(no_key=True).get(pk=studio.pk)


@transaction.atomic
def issue_appointment(*, by: User, mentor: Mentor, **facts: Any) -> AppointmentLetter:
    """One letter with the next number. `facts`: date, term_from, term_to, reason, issuer, signer.

    Raises Refused when the mentor is not appointed, holds a letter already, or a date cannot be.
    """
    hold_numbers(mentor.studio)  # before the mentor, as issue_all does: no two wait for each other
    locked(mentor)
    check_mentor(by, mentor)
    check_appointment(mentor.cohort, facts)
    return write_letters(by, mentor.cohort, [mentor], facts)[0]


@transaction.atomic
def issue_all(*, by: User, cohort: Cohort, first: str, **facts: Any) -> list[AppointmentLetter]:
    """One for every appointed mentor without one. `first` is the number the reader saw at the head of the list.

    Raises Stale when that number has been taken meanwhile, Refused when nobody waits for a letter.
    """
    hold_numbers(cohort.studio)
    check_appointment(cohort, facts)
    mentors = list(mentors_without_letter(cohort))
    if not mentors:
        raise Refused(_("已聘的师傅都有聘书了。"))
    if numbers_for(cohort, mentors, facts["date"].year)[0].number != first:
        raise Stale(_("编号有变动，请看过下面的新编号再发。"))
    for mentor in mentors:
        check_mentor(by, locked(mentor))
    return write_letters(by, cohort, mentors, facts)


def check_mentor(by: User, mentor: Mentor) -> None:
    refuse_own_case(by, mentor)
    if mentor.status != MentorStatus.APPOINTED:
        raise Refused(_("%(name)s还没有聘任，先审定再发聘书。") % {"name": mentor})
    if mentor.appointment_letters.valid().exists():
        raise Refused(_("%(name)s已有一份聘书。要重发，先把那一份作废。") % {"name": mentor})


def check_appointment(cohort: Cohort, facts: Mapping[str, Any]) -> None:
    if not cohort.studio.doc_prefix:
        raise Refused(_("工作室还没有文号前缀，请先在工作室资料里填好，例如“梁室”。"))
    check_term(facts)
    if facts["date"] > cohort.studio.today() + datetime.timedelta(days=DAYS_AHEAD):
        raise Refused(_("日期最多填到三十天以后。"), field="date")
    if not facts["issuer"].strip():
        raise Refused(_("写一下由哪个单位发。"), field="issuer")


def check_term(facts: Mapping[str, Any]) -> None:
    if facts["term_to"] <= facts["term_from"]:
        raise Refused(_("止期要在起期之后。"), field="term_to")


def write_letters(by: User, cohort: Cohort, mentors: Sequence[Mentor], facts: dict) -> list[AppointmentLetter]:
    letters = []
    for row in numbers_for(cohort, mentors, facts["date"].year):
        letter = AppointmentLetter.objects.create(
            studio=cohort.studio,
            mentor=row.mentor,
            year=facts["date"].year,
            serial=row.serial,
            number=row.number,
            name=row.mentor.secretary.name,
            studio_name=cohort.studio.name,
            **facts,
        )
        after = {"number": letter.number, "name": letter.name, **facts}
        record(by=by, verb="appointment.issued", on=letter, studio=cohort.studio_id, after=after)
        notify(
            kind="appointment_issued", studio=cohort.studio, to=[row.mentor.secretary.user], by=by.acting_user or by,
            url=reverse("letters:appointment", args=[letter.pk]),
            particulars={"mentor": letter.name, "number": letter.number},
        )  # fmt: skip
        letters.append(letter)
    return letters


@transaction.atomic
def void_appointment(*, by: User, letter: AppointmentLetter, reason: str) -> None:
    """The letter no longer stands; its number stays used."""
    locked(letter)
    if letter.voided_at:
        raise Refused(_("这一份已经作废了。"))
    if not reason.strip():
        raise Refused(_("写一下为什么作废。"), field="reason")
    refuse_own_case(by, letter.mentor)
    letter.voided_at, letter.void_reason = timezone.now(), reason.strip()
    letter.save(update_fields=["voided_at", "void_reason", "updated_at"])
    after = {"number": letter.number, "reason": letter.void_reason}
    record(by=by, verb="appointment.voided", on=letter, studio=letter.studio_id, after=after)


@transaction.atomic
def draw_agreement(*, by: User, pairing: Pairing, **words: Any) -> Agreement:
    """The agreement of one pair, with every word of Agreement.WORDS; mentor and mentee are asked to read and sign."""
    locked(pairing)
    if Agreement.objects.filter(pairing=pairing).exists():
        raise Refused(_("这一对已有协议。"))
    agreement = write_agreement(by, pairing, words)
    ask_to_sign(by, [pairing], reverse("letters:agreement", args=[agreement.pk]))
    return agreement


@transaction.atomic
def draw_all(*, by: User, cohort: Cohort, date: datetime.date) -> list[Agreement]:
    """One for every current pair without one, from the presets; each person hears of it once."""
    locked(cohort)
    pairings = list(pairs_without_agreement(cohort).select_related("cohort__rules", "cohort__studio"))
    if not pairings:
        raise Refused(_("现在的每一对都有协议了。"))
    weakest = weakest_of(pairings)
    made = [write_agreement(by, pairing, presets_for(pairing, weakest) | {"date": date}) for pairing in pairings]
    ask_to_sign(by, pairings, reverse("letters:agreements", args=[cohort.pk]))
    return made


def write_agreement(by: User, pairing: Pairing, words: dict[str, Any]) -> Agreement:
    if pairing.ends:
        raise Refused(_("这一对的结对已经结束。"))
    check_words(words)
    agreement = Agreement.objects.create(studio_id=pairing.studio_id, pairing=pairing, names=names_in(pairing), **words)
    record(by=by, verb="agreement.drawn", on=agreement, studio=pairing.studio_id, after=words)
    return agreement


def check_words(words: Mapping[str, Any]) -> None:
    unknown = set(words) ^ set(Agreement.WORDS)
    if unknown:
        raise TypeError(f"not the words of an agreement: {sorted(unknown)}")
    check_term(words)
    for name, (least, most) in {"goals": GOALS, "mentor_duties": DUTIES, "mentee_duties": DUTIES}.items():
        if not least <= len(words[name]) <= most:
            raise Refused(_("写%(least)s到%(most)s条，一行一条。") % {"least": least, "most": most}, field=name)
    if not words["frequency"].strip():
        raise Refused(_("写一下多久带一次。"), field="frequency")


def ask_to_sign(by: User, pairings: Sequence[Pairing], url: str) -> None:
    people = [member.secretary.user for pairing in pairings for member in (pairing.mentor, pairing.mentee)]
    notify(kind="agreement_to_sign", studio=pairings[0].cohort.studio, to=people, by=by.acting_user or by, url=url)


@transaction.atomic
def edit_agreement(*, by: User, agreement: Agreement, version: int, **words: Any) -> None:
    """Changes the words while nobody has signed. Raises Stale when there is a newer text than `version`."""
    locked(agreement)
    if agreement.signed:
        raise Refused(_("已有人签字，文字不能再改。要改，先撤回签字。"))
    refuse_stale(agreement, version)
    check_words(words)
    before = {name: plain(value) for name, value in agreement_words(agreement).items()}
    after = {name: plain(value) for name, value in words.items()}
    differing = [name for name in after if after[name] != before[name]]
    if not differing:
        return
    for name, value in words.items():
        setattr(agreement, name, value)
    agreement.names = names_in(agreement.pairing)
    agreement.version += 1
    agreement.save()
    record(
        by=by, verb="agreement.changed", on=agreement, studio=agreement.studio_id,
        before={name: before[name] for name in differing}, after={name: after[name] for name in differing},
    )  # fmt: skip


def refuse_stale(agreement: Agreement, version: int) -> None:
    if agreement.version != version:
        raise Stale(_("您打开以后，有人改过这份协议。请看过现在的文字再定。"))


@transaction.atomic
def sign_agreement(
    *, by: User, agreement: Agreement, party: str, version: int, at: datetime.datetime | None = None
) -> None:
    """One of Agreement.PARTIES signs the text of `version`, with their own hands. The third signature freezes it.
    `at` is the moment, now unless told.

    Raises PermissionDenied for someone else's signature, Refused for a represented person, a newer text or an ended
    pair, and for an officer who is a party themselves.
    """
    locked(agreement)
    pairing = agreement.pairing
    if by.is_represented:
        raise Refused(_("签字要本人来，不能代签。"))
    owners = {"mentor": pairing.mentor.secretary.user_id, "mentee": pairing.mentee.secretary.user_id}
    if party != "studio" and owners[party] != by.pk:
        raise PermissionDenied
    if party == "studio":
        refuse_own_case(by, pairing.mentor, pairing.mentee)
    if getattr(agreement, f"{party}_signed_at"):
        raise Refused(_("这一方已经签过了。"))
    if pairing.ends:
        raise Refused(_("这一对的结对已经结束。"))
    refuse_stale(agreement, version)
    setattr(agreement, f"{party}_signed_at", at or timezone.now())
    if party == "studio":
        agreement.studio_signed_by = by
    if agreement.is_signed:
        agreement.digest = digest_of(agreement_content(agreement))
    agreement.save()
    after = {"party": PARTY_WORDS[party]} | ({"digest": agreement.digest} if agreement.digest else {})
    record(by=by, verb="agreement.signed", on=agreement, studio=agreement.studio_id, after=after)


@transaction.atomic
def withdraw_signatures(*, by: User, agreement: Agreement, reason: str) -> None:
    """Takes every signature back so that the text can be changed; those who had signed are told why."""
    locked(agreement)
    signed, digest = agreement.signed, agreement.digest
    if not signed:
        raise Refused(_("还没有人签字，可以直接改。"))
    if not reason.strip():
        raise Refused(_("写一下为什么要撤回。"), field="reason")
    pairing = agreement.pairing
    refuse_own_case(by, pairing.mentor, pairing.mentee)
    people = {
        "mentor": pairing.mentor.secretary.user,
        "mentee": pairing.mentee.secretary.user,
        "studio": agreement.studio_signed_by,
    }
    for party in Agreement.PARTIES:
        setattr(agreement, f"{party}_signed_at", None)
    agreement.studio_signed_by, agreement.digest = None, ""
    agreement.version += 1
    agreement.save()
    record(
        by=by, verb="agreement.withdrawn", on=agreement, studio=agreement.studio_id,
        before={"signed": [PARTY_WORDS[party] for party in signed], "digest": digest}, after={"reason": reason.strip()},
    )  # fmt: skip
    notify(
        kind="agreement_withdrawn", studio=agreement.studio, by=by.acting_user or by,
        to=[people[party] for party in signed if people[party] and people[party].pk != by.pk],
        url=reverse("letters:agreement", args=[agreement.pk]), particulars={"reason": reason.strip()},
    )  # fmt: skip
