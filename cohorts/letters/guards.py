"""A letter that both have signed, the reply that stands under it, and every letter of appointment, which can only be voided.

An agreement is not here: it may be opened again by an act that tells all three.
"""

from cohorts.letters.models import AppointmentLetter, ApprenticeshipLetter, LetterReply
from mentorship.audit.guards import Guard

SIGNED = """EXISTS (SELECT 1 FROM letters_apprenticeshipletter letter WHERE letter.id = {row}.letter_id
    AND letter.state IN ('answered', 'filed'))"""


def guards() -> list[Guard]:
    return [
        Guard(
            ApprenticeshipLetter,
            "sealed",
            final="{row}.state IN ('answered', 'filed')",
            free=("state", "read_at", "updated_at"),
            step="OLD.state NOT IN ('answered', 'filed') OR NEW.state IN ('answered', 'filed')",
        ),
        Guard(LetterReply, "sealed", final=SIGNED, free=("updated_at",)),
        Guard(
            AppointmentLetter,
            "issued",
            free=("voided_at", "void_reason", "updated_at"),
            step="OLD.voided_at IS NULL OR (NEW.voided_at = OLD.voided_at AND NEW.void_reason = OLD.void_reason)",
        ),
    ]
