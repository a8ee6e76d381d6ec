"""What a row of the access table says, and the names it is written with."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

INSIDERS = {"lead", "officer", "leader", "mentor", "other_mentor", "mentee", "other_mentee", "liaison", "other_liaison",
            "reviewer"}  # fmt: skip
STRANGERS = {"stranger", "stranger_mentee"}
SIGNED_IN = INSIDERS | STRANGERS | {"nobody"}
EVERYONE = SIGNED_IN | {"anonymous"}
WORKERS = {"lead", "officer"}
READERS = {"lead", "officer", "leader"}
LIAISONS = {"liaison", "other_liaison"}


@dataclass(frozen=True)
class Row:
    """`of` gives the arguments for the first studio's object; `foreign` those for the other studio's."""

    allow: set[str]
    of: Callable[[Any], list] | None = None
    foreign: Callable[[Any], list] | None = None
    post: bool = False  # answers to POST only
    writes_on_get: bool = False  # opening it is itself an act (reading a notice)


def row_of(own: str, foreign: str):
    """Makes rows for addresses that name one kind of object: its two paths lead from the world to the two rows."""

    def make(allow, post=False, **more):
        return Row(allow, lambda w: [follow(w, own)], lambda w: [follow(w, foreign)], post, **more)

    return make


def follow(world, path: str):
    for step in path.split("."):
        world = getattr(world, step)
    return world


LEAD = {"lead"}
THEIRS = {"stranger"}  # on an address without an object a stranger opens their own studio's
PAIR = {"mentor", "mentee"}
MENTORS = {"mentor", "other_mentor"}
MENTEES = {"mentee", "other_mentee"}
PANEL = {"reviewer", "mentor"}
