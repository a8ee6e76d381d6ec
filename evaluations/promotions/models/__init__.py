from .appeals import Appeal, Objection
from .graduation import Certificate, CertificateNumbers
from .notices import LetterSent, PublicNotice
from .reviews import Candidate, PanelMember, Recusal, Review, TierStep
from .votes import Ballot, HandCount, OpenVote, SecretMark

__all__ = [
    "Appeal",
    "Ballot",
    "Candidate",
    "Certificate",
    "CertificateNumbers",
    "HandCount",
    "LetterSent",
    "Objection",
    "OpenVote",
    "PanelMember",
    "PublicNotice",
    "Recusal",
    "Review",
    "SecretMark",
    "TierStep",
]
