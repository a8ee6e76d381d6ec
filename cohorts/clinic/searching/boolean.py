"""What is asked of the index: tokens joined by and, or. It is written the same way for both databases. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class All:
    parts: tuple


@dataclass(frozen=True)
class Any:
    parts: tuple


Asked = str | All | Any  # a token by itself asks for that token


def every(parts: Sequence[Asked]) -> Asked:
    return joined(All, parts)


def either(parts: Sequence[Asked]) -> Asked:
    return joined(Any, parts)


def joined(kind: type, parts: Sequence[Asked]) -> Asked:
    """Flat and without repeats; one part stands for itself. Raises ValueError for none: that would ask for everything."""
    flat: list[Asked] = []
    for part in parts:
        flat += part.parts if isinstance(part, kind) else [part]
    once = tuple(dict.fromkeys(flat))
    if not once:
        raise ValueError("nothing is asked")
    return once[0] if len(once) == 1 else kind(once)


def at_least(count: int, parts: Sequence[Asked]) -> Asked:
    """True where `count` of the parts are; short, as parts that are shared stand before a bracket."""
    if not 1 <= count <= len(parts):
        raise ValueError(f"{count} of {len(parts)}")
    if count == 1:
        return either(parts)
    if count == len(parts):
        return every(parts)
    first, rest = parts[0], parts[1:]
    return either([every([first, at_least(count - 1, rest)]), at_least(count, rest)])


def written(asked: Asked, quote, both: str, one: str) -> str:
    """As text of a query language with brackets."""
    if isinstance(asked, str):
        return quote(asked)
    sign = both if isinstance(asked, All) else one
    return "(" + sign.join(written(part, quote, both, one) for part in asked.parts) + ")"


def holds(asked: Asked, tokens: set[str]) -> bool:
    """What the databases answer, said in Python."""
    if isinstance(asked, str):
        return asked in tokens
    answers = (holds(part, tokens) for part in asked.parts)
    return all(answers) if isinstance(asked, All) else any(answers)
