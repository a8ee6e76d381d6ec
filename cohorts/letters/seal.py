"""What a seal covers: the words of letter and reply in one canonical text, its digest, and the code to look it up by.

Pure functions over rows that have the named fields; nothing here reads the database. A scheme is never changed once
letters are sealed by it: a new one is added, and the old ones still verify.
"""

import datetime
import hashlib
import json
import secrets
from typing import Any

LETTER_FIELDS = {
    1: (
        "pk", "pairing_id", "style", "salutation", "who_i_am", "why_you", "wish", "vow_1", "vow_2", "vow_3", "plea",
        "close", "sign", "post", "introducer", "date", "sealed_at", "code",
    ),
}  # fmt: skip
REPLY_FIELDS = {
    1: ("pk", "decision", "written_by", "addressee", "text", "first_lesson", "rules", "sign", "date", "photo"),
}
NEWEST = max(LETTER_FIELDS)
# Without 0 O 1 I L: a code is read from paper and typed by hand.
ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
CODE_LENGTH = 12  # 59 bits


def plain(value: Any) -> str:
    if isinstance(value, datetime.datetime):
        return value.astimezone(datetime.UTC).isoformat(timespec="microseconds")
    if isinstance(value, datetime.date):
        return value.isoformat()
    return "" if value is None else str(value)


def canonical(letter: Any, reply: Any, scheme: int = NEWEST) -> str:
    """One line of JSON: the scheme, then every signed field by name, in a fixed order."""
    parts = [
        ["scheme", str(scheme)],
        *([f"letter.{name}", plain(getattr(letter, name))] for name in LETTER_FIELDS[scheme]),
        *([f"reply.{name}", plain(getattr(reply, name))] for name in REPLY_FIELDS[scheme]),
    ]
    return json.dumps(parts, ensure_ascii=False, separators=(",", ":"))


def digest_of(letter: Any, reply: Any, scheme: int = NEWEST) -> str:
    """SHA-256 of the canonical text, 64 hexadecimal digits."""
    return hashlib.sha256(canonical(letter, reply, scheme).encode()).hexdigest()


def is_unaltered(letter: Any, reply: Any) -> bool:
    """Whether the words are those that were sealed, by any scheme there has been."""
    return any(secrets.compare_digest(letter.digest, digest_of(letter, reply, scheme)) for scheme in LETTER_FIELDS)


def new_code() -> str:
    return "".join(secrets.choice(ALPHABET) for _ in range(CODE_LENGTH))


def read_code(typed: str) -> str:
    """As it is stored, however it was typed: spaces, dashes, small letters."""
    return "".join(character for character in typed.upper() if character.isascii() and character.isalnum())


def spaced(code: str) -> str:
    """ABCD-EFGH-JKMN."""
    return "-".join(code[start : start + 4] for start in range(0, len(code), 4))
