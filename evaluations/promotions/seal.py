"""A digest that anyone can compute again from the same facts."""

import hashlib
import json
from typing import Any


def sealed(facts: Any) -> str:
    """sha256, as 64 hexadecimal digits, of the facts as JSON with sorted keys; dates and numbers as their text."""
    text = json.dumps(facts, ensure_ascii=False, sort_keys=True, default=str, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()
