from .keys import Authenticator, GuessStreak, Passkey, RecoveryCode, SignInAttempt, SignInCard
from .users import Assistant, RoleGrant, User

__all__ = [
    "Assistant",
    "Authenticator",
    "GuessStreak",
    "Passkey",
    "RecoveryCode",
    "RoleGrant",
    "SignInAttempt",
    "SignInCard",
    "User",
]
