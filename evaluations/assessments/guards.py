"""What a round came to, once it is released, and what raters gave, once it is being summed.

A sheet moves again only while a review of it waits for its decision; the scheme only until a round began to use it.
"""

from evaluations.assessments.models import RaterTask, ReviewRequest, Round, Scheme, Score, Sheet, VetoItem
from mentorship.audit.guards import Guard

RELEASED = "('feedback', 'review', 'archived')"
SUMMED = "('summing', 'feedback', 'review', 'archived')"
ROUND_RELEASED = """EXISTS (SELECT 1 FROM assessments_round r WHERE r.id = {row}.round_id
    AND r.status IN ('feedback', 'review', 'archived'))"""
BEING_REVIEWED = """EXISTS (SELECT 1 FROM assessments_reviewrequest q JOIN assessments_round r ON r.id = {row}.round_id
    WHERE q.sheet_id = {row}.id AND q.state = 'filed' AND r.status IN ('feedback', 'review'))"""
TASK_CLOSED = """EXISTS (SELECT 1 FROM assessments_sheet s JOIN assessments_round r ON r.id = s.round_id
    WHERE s.id = {row}.sheet_id AND r.status IN ('summing', 'feedback', 'review', 'archived'))"""
SCORE_CLOSED = """EXISTS (SELECT 1 FROM assessments_ratertask t JOIN assessments_sheet s ON s.id = t.sheet_id
    JOIN assessments_round r ON r.id = s.round_id
    WHERE t.id = {row}.task_id AND r.status IN ('summing', 'feedback', 'review', 'archived'))"""
AFTERWARDS = ("talked_on", "talked_by", "review_until", "signed_at", "own_words", "version", "updated_at")


def guards() -> list[Guard]:
    return [
        Guard(
            Round,
            "released",
            final=f"{{row}}.status IN {RELEASED}",
            free=("status", "version", "updated_at"),
            step=f"OLD.status NOT IN {RELEASED} OR NEW.status IN {RELEASED}",
        ),
        Guard(Sheet, "released", final=f"{ROUND_RELEASED} AND NOT {BEING_REVIEWED}", free=AFTERWARDS),
        Guard(RaterTask, "summed", final=TASK_CLOSED, free=("updated_at",)),
        Guard(Score, "summed", final=SCORE_CLOSED, new=f"NOT {SCORE_CLOSED}"),
        Guard(ReviewRequest, "decided", final="{row}.state <> 'filed'", free=("updated_at",)),
        Guard(VetoItem, "settled", final="{row}.state <> 'raised'", free=("updated_at",)),
        Guard(Scheme, "used", final="{row}.locked_at IS NOT NULL", free=("updated_at",)),
    ]
