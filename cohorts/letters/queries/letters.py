"""Whose letters there are, who has not written yet, who transcribes, and whether a sealed one is genuine."""

from dataclasses import dataclass

from django.db.models import Case, IntegerField, QuerySet, Value, When

from cohorts.letters.choices import LetterState
from cohorts.letters.models import ApprenticeshipLetter, LetterReply
from cohorts.letters.seal import is_unaltered, read_code
from cohorts.models import Cohort, Pairing
from mentorship.accounts.models import User
from mentorship.accounts.permissions import Permission
from mentorship.accounts.queries import people_of
from mentorship.accounts.roles import ROLES
from mentorship.audit.models import Entry
from mentorship.places.models import Studio

GENUINE, ALTERED, UNKNOWN = "genuine", "altered", "unknown"
SEALED = "letter.sealed"


def officers_of(studio: Studio) -> QuerySet[User]:
    """Those who transcribe and file the letters of the studio."""
    return people_of(studio, [role for role, data in ROLES.items() if Permission.LETTER_EDIT in data.permissions])


def unanswered_first(rows: QuerySet[ApprenticeshipLetter]) -> QuerySet[ApprenticeshipLetter]:
    """Those that wait for an answer, the oldest of them first, then the others in their usual order."""
    waits = Case(When(state__in=LetterState.waiting(), then=Value(0)), default=Value(1), output_field=IntegerField())
    return rows.order_by(waits, "handed_in_at", "pairing__mentor__order", "pairing__seat")


def pairings_of_writer(user: User, studio: Studio | None) -> QuerySet[Pairing]:
    """The pairs in which this person is the apprentice, the newest first."""
    rows = Pairing.objects.filter(studio=studio, mentee__secretary__user=user.pk)
    return rows.select_related("letter", "mentor__secretary", "cohort").order_by("-starts")


def not_handed_in(cohort: Cohort) -> QuerySet[Pairing]:
    """Pairs that stand now and whose letter the mentor has not been given."""
    rows = Pairing.objects.current().filter(cohort=cohort)
    return rows.exclude(
        pk__in=ApprenticeshipLetter.objects.exclude(state=LetterState.DRAFT).values("pairing")
    ).for_lists()


@dataclass(frozen=True)
class Verdict:
    """`outcome` is GENUINE, ALTERED or UNKNOWN; the letter is there unless unknown. Never shown whole to a stranger."""

    outcome: str
    letter: ApprenticeshipLetter | None = None


def verdict_on(code: str) -> Verdict:
    """Recomputes the digest from what the database holds now, and asks the trail which digest was sealed."""
    code = read_code(code)
    rows = ApprenticeshipLetter.objects.sealed().for_lists().select_related("reply")
    letter = rows.filter(code=code).first() if code else None
    if letter is None:
        return Verdict(UNKNOWN)
    reply = LetterReply.objects.filter(letter=letter).first()
    kept = Entry.objects.filter(
        studio_id=letter.studio_id, object_type=letter._meta.label_lower, object_id=str(letter.pk)
    )
    entry = kept.filter(verb=SEALED).first()
    genuine = (
        reply is not None
        and is_unaltered(letter, reply)
        and entry is not None
        and entry.after.get("digest") == letter.digest
    )
    return Verdict(GENUINE if genuine else ALTERED, letter)
