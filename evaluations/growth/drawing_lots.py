"""A draw that anyone can check: each log is ranked by a digest of seed and id. Plain values; no Django here."""

import hashlib
from collections.abc import Iterable


def rank(seed: str, identifier: str) -> str:
    return hashlib.sha256(f"{seed}:{identifier}".encode()).hexdigest()


def draw(seed: str, identifiers: Iterable[str], size: int) -> list[str]:
    """The `size` ids of the lowest rank, or all when there are fewer. The order of `identifiers` plays no part."""
    return sorted(set(identifiers), key=lambda each: rank(seed, each))[: max(0, size)]


def digest_of_pool(identifiers: Iterable[str]) -> str:
    """Tells whether two pools are the same, without keeping them."""
    return hashlib.sha256("\n".join(sorted(set(identifiers))).encode()).hexdigest()
