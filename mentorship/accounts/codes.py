"""The codes of an authenticator (RFC 6238) and recovery codes: made, sealed, compared. No row is touched here."""

import base64
import hmac

import pyotp
from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings
from django.utils.crypto import salted_hmac

SECONDS = 30
SALT = "mentorship.accounts.codes"


def new_secret() -> str:
    return pyotp.random_base32()


def enrolment_address(secret: str, *, account: str, issuer: str) -> str:
    """What the QR code holds: `otpauth://totp/…`. Apps show the issuer and the account."""
    return pyotp.TOTP(secret).provisioning_uri(name=account, issuer_name=issuer)


def step_of(secret: str, code: str, *, at: float) -> int | None:
    """Which half minute's code this is: the present one, the one before or the one after; else None."""
    now = int(at) // SECONDS
    hotp = pyotp.HOTP(secret)
    matching = [step for step in (now - 1, now, now + 1) if hmac.compare_digest(hotp.at(step), code)]
    return matching[-1] if matching else None


def digest_of(recovery_code: str) -> str:
    """The same for every way of writing it down. Keyed, so that a copy of the database can't be searched."""
    plain = "".join(letter for letter in recovery_code.lower() if letter.isalnum())
    return salted_hmac(f"{SALT}.recovery", plain, algorithm="sha256").hexdigest()


def seal(secret: str) -> str:
    return box().encrypt(secret.encode()).decode()


def unseal(sealed: str) -> str | None:
    """None once SECRET_KEY is another, and the old one is not among SECRET_KEY_FALLBACKS."""
    try:
        return box().decrypt(sealed.encode()).decode()
    except InvalidToken:
        return None


def box() -> MultiFernet:
    keys = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    return MultiFernet([Fernet(key_from(key)) for key in keys])


def key_from(secret_key: str) -> bytes:
    digest = salted_hmac(f"{SALT}.seal", "", secret=secret_key, algorithm="sha256").digest()
    return base64.urlsafe_b64encode(digest)
