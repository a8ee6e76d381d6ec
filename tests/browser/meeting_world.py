"""A small studio of its own, for a work meeting from the plan to its circulated minutes."""

from .round_world import make_studio


def make(code: str) -> None:
    make_studio(code)
