"""A world that many tests share: rows are copied when a test first asks for them, so that none changes another's."""

import copy
from collections.abc import Mapping


class Untouched:
    """The world's names; what a test sets on it is the test's own."""

    def __init__(self, world):
        self._world, self._copied = world, {}

    def __getattr__(self, name):
        if name.startswith("__"):
            raise AttributeError(name)
        value = getattr(self._world, name)
        mine = UntouchedRows(value, self._copied) if isinstance(value, dict) else copy.deepcopy(value, self._copied)
        setattr(self, name, mine)
        return mine


class UntouchedRows(Mapping):
    """A dictionary of the world's."""

    def __init__(self, rows: dict, copied: dict):
        self._rows, self._copied = rows, copied

    def __getitem__(self, key):
        return copy.deepcopy(self._rows[key], self._copied)

    def __iter__(self):
        return iter(self._rows)

    def __len__(self):
        return len(self._rows)
