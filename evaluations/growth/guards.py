"""A level is never overwritten: it is taken back, or a further one corrects it."""

from evaluations.growth.models import Rating
from mentorship.audit.guards import Guard


def guards() -> list[Guard]:
    return [
        Guard(
            Rating,
            "given",
            free=("undone_at", "document", "document_name", "updated_at"),
            step="OLD.undone_at IS NULL OR NEW.undone_at = OLD.undone_at",
        )
    ]
