from .keys import Authenticator, GuessStreak, Passkey, RecoveryCode, SignInAttempt, SignInCard
from .uploads import UploadTally
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
    "UploadTally",
    "User",
]
