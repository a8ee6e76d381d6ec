"""The arithmetic of the hash chain, apart from the database."""

import hashlib
import json

COVERED = (
    "studio_id",
    "sequence",
    "at",
    "actor_id",
    "actor_name",
    "principal_id",
    "principal_name",
    "verb",
    "object_type",
    "object_id",
    "object_name",
    "before",
    "after",
    "previous_digest",
)


def digest_of(row: dict) -> str:
    """SHA-256 over the covered fields in a fixed order; times in UTC with microseconds."""
    plain = {name: row[name].isoformat() if name == "at" else row[name] for name in COVERED}
    text = json.dumps(plain, ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=str)
    return hashlib.sha256(text.encode()).hexdigest()
