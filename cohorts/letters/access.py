"""Who may open which page of a letter, and loading one in a single step: strangers get 404, insiders 403."""

import uuid

from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404

from cohorts.models import Pairing
from mentorship.accounts.access import needs, require
from mentorship.accounts.models import User
from mentorship.accounts.permissions import Permission

from .models import ApprenticeshipLetter, LetterReply

READERS = needs(Permission.LETTER_VIEW, Permission.MENTOR_HOME, Permission.MENTEE_HOME)
WRITERS = needs(Permission.MENTEE_HOME)
ANSWERERS = needs(Permission.MENTOR_HOME)
OFFICERS = needs(Permission.LETTER_EDIT)
PEOPLE = ("studio", "pairing__mentor__secretary__user", "pairing__mentee__secretary__user")


def letter_for(user: User, pk: uuid.UUID) -> ApprenticeshipLetter:
    rows = ApprenticeshipLetter.objects.visible_to(user).for_lists().select_related(*PEOPLE)
    return get_object_or_404(rows, pk=pk)


def reply_for(user: User, letter: ApprenticeshipLetter) -> LetterReply | None:
    """The answer as far as this reader may see it: a photo that waits for its transcript is no answer yet."""
    rows = LetterReply.objects.visible_to(user).select_related("transcribed_by")
    return rows.filter(letter=letter).first()


def is_writer(user: User, letter: ApprenticeshipLetter) -> bool:
    return letter.pairing.mentee.secretary.user_id == user.pk


def is_mentor(user: User, letter: ApprenticeshipLetter) -> bool:
    """The mentor it is addressed to, also while a helper types for them."""
    return letter.pairing.mentor.secretary.user_id == user.pk


def letter_of_writer(user: User, pk: uuid.UUID) -> ApprenticeshipLetter:
    letter = letter_for(user, pk)
    if not is_writer(user, letter):
        raise PermissionDenied
    return letter


def letter_to_answer(user: User, pk: uuid.UUID) -> ApprenticeshipLetter:
    letter = letter_for(user, pk)
    if not is_mentor(user, letter):
        raise PermissionDenied
    return letter


def letter_for_office(user: User, pk: uuid.UUID) -> ApprenticeshipLetter:
    letter = letter_for(user, pk)
    require(user, Permission.LETTER_EDIT, letter.studio_id)
    return letter


def pairing_to_write_on(user: User, pk: uuid.UUID) -> Pairing:
    rows = Pairing.objects.visible_to(user).select_related(*(path.removeprefix("pairing__") for path in PEOPLE))
    pairing = get_object_or_404(rows.select_related("mentee__secretary__community__subdistrict", "cohort"), pk=pk)
    if pairing.mentee.secretary.user_id != user.pk:
        raise PermissionDenied
    return pairing
