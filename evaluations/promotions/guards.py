"""Votes, from the moment they are given; results, rule and panel of a review, once it is concluded; certificates."""

from evaluations.promotions.models import (
    Appeal,
    Ballot,
    Candidate,
    Certificate,
    CertificateNumbers,
    HandCount,
    OpenVote,
    PanelMember,
    Recusal,
    Review,
    SecretMark,
    TierStep,
)
from mentorship.audit.guards import Guard

VOTES = (Ballot, Candidate, HandCount, OpenVote, PanelMember, Recusal, Review, SecretMark)

VOTING = """EXISTS (SELECT 1 FROM promotions_candidate c WHERE c.id = {row}.candidate_id AND c.round = {row}.round
    AND c.state = 'voting')"""
STILL_WAITING = "EXISTS (SELECT 1 FROM promotions_candidate c WHERE c.id = {row}.candidate_id AND c.state = 'waiting')"
SITTING = (
    "EXISTS (SELECT 1 FROM promotions_review r WHERE r.id = {row}.review_id AND r.state IN ('preparing', 'sitting'))"
)
PREPARING = "EXISTS (SELECT 1 FROM promotions_review r WHERE r.id = {row}.review_id AND r.state = 'preparing')"
ONE_PAPER_MORE = """NEW.agree >= OLD.agree AND NEW.disagree >= OLD.disagree AND NEW.defer >= OLD.defer
    AND NEW.agree + NEW.disagree + NEW.defer = OLD.agree + OLD.disagree + OLD.defer + 1"""
FIGURES = ("due", "present", "agree", "disagree", "defer", "recused", "needed")
WORDS = ("result", "reason", "digest", "round", "dossier_digest")
SAME_RESULT = " AND ".join(
    [f"COALESCE(NEW.{name}, -1) = COALESCE(OLD.{name}, -1)" for name in FIGURES]
    + [f"NEW.{name} = OLD.{name}" for name in WORDS]
)
RULE = (
    "cohort",
    "from_tier",
    "to_tier",
    "method",
    "quorum_of",
    "quorum_in",
    "majority_of",
    "majority_in",
    "majority_base",
)
TAKEN_UP_AGAIN = "NEW.state = 'waiting' AND NEW.round = OLD.round + 1"
SIGNED_ONCE = """(OLD.mentor_signed_at IS NULL OR NEW.mentor_signed_at = OLD.mentor_signed_at)
    AND (OLD.studio_signed_at IS NULL OR (NEW.studio_signed_at = OLD.studio_signed_at
    AND NEW.studio_signed_by_id = OLD.studio_signed_by_id)) AND NEW.reissued >= OLD.reissued"""
SIGNATURES = (
    "mentor_signed_at", "studio_signed_at", "studio_signed_by", "reissued", "reissued_on", "updated_at",
)  # fmt: skip


def guards() -> list[Guard]:
    return [*votes(), *results(), *papers()]


def votes() -> list[Guard]:
    voting = VOTING.replace("{row}", "OLD")
    return [
        Guard(Ballot, "one_paper_more", free=("agree", "disagree", "defer"), step=f"{voting} AND {ONE_PAPER_MORE}"),
        Guard(SecretMark, "once", free=("voted",), step=f"{voting} AND NEW.voted AND NOT OLD.voted"),
        Guard(OpenVote, "cast", new=VOTING),
        Guard(
            HandCount,
            "confirmed",
            final="{row}.confirmed_by_id IS NOT NULL OR NOT " + VOTING,
            free=("updated_at",),
            new=VOTING,
        ),
    ]


def results() -> list[Guard]:
    return [
        Guard(
            Review,
            "concluded",
            final="{row}.state NOT IN ('preparing', 'sitting')",
            free=("state", "effective_on", "updated_at"),
            step="OLD.state IN ('preparing', 'sitting') OR NEW.state NOT IN ('preparing', 'sitting')",
        ),
        Guard(Review, "sitting", final="{row}.state <> 'preparing'", free=all_but(Review, *RULE)),
        Guard(
            PanelMember,
            "sitting",
            final=f"NOT {PREPARING}",
            free=("present", "updated_at"),
            step=SITTING.replace("{row}", "OLD"),
        ),
        Guard(Candidate, "concluded", final=f"NOT {SITTING}", free=("withdrawn_on", "updated_at")),
        Guard(
            Candidate,
            "decided",
            final="{row}.state = 'decided'",
            free=all_but(Candidate, "id", "review", "mentee"),
            step=f"OLD.state <> 'decided' OR (NEW.state = 'decided' AND {SAME_RESULT}) OR ({TAKEN_UP_AGAIN})",
        ),
        Guard(Recusal, "voted_on", final=f"NOT {STILL_WAITING}", free=("updated_at",)),
    ]


def papers() -> list[Guard]:
    return [
        Guard(Certificate, "issued", free=SIGNATURES, step=SIGNED_ONCE),
        Guard(CertificateNumbers, "only_grow", free=("last",), step="NEW.last >= OLD.last"),
        Guard(TierStep, "taken"),
        Guard(Appeal, "decided", final="{row}.outcome <> ''", free=("updated_at",)),
    ]


def all_but(model, *kept: str) -> tuple[str, ...]:
    return tuple(field.name for field in model._meta.concrete_fields if field.name not in kept)
