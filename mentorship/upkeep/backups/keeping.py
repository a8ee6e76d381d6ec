"""Which backups to keep: "7d,4w,4m" keeps the first of each of the last seven days, four weeks and four months that have
one, and always the newest. The first, because it stays the first: whatever is kept today was kept yesterday. Pure.
"""

import datetime
import re

UNITS = {
    "h": lambda at: at.strftime("%Y-%m-%dT%H"),
    "d": lambda at: at.date().isoformat(),
    "w": lambda at: "{}-{}".format(*at.isocalendar()[:2]),
    "m": lambda at: at.strftime("%Y-%m"),
}


def parse(words: str) -> dict[str, int]:
    """{"d": 7, "w": 4}. Raises ValueError with the words that were not understood."""
    found = re.fullmatch(r"\d+[hdwm](,\d+[hdwm])*", words.replace(" ", ""))
    if not found:
        raise ValueError(
            f'"{words}" is not understood: say for example "7d,4w,4m" (h hours, d days, w weeks, m months)'
        )
    wanted = {part[-1]: int(part[:-1]) for part in found.group().split(",")}
    if not any(wanted.values()):
        raise ValueError(f'"{words}" would keep nothing')
    return wanted


def moment_of(name: str) -> datetime.datetime:
    """20261129T194400.123Z"""
    return datetime.datetime.strptime(name, "%Y%m%dT%H%M%S.%fZ").replace(tzinfo=datetime.UTC)


def kept(names: list[str], wanted: dict[str, int], zone: datetime.tzinfo) -> set[str]:
    """Those of `names` that stay; days and weeks are counted in `zone`."""
    if not names:
        return set()
    stay = {max(names)}
    for unit, number in wanted.items():
        first_of: dict[str, str] = {}
        for name in sorted(names):
            first_of.setdefault(UNITS[unit](moment_of(name).astimezone(zone)), name)
        stay.update(list(first_of.values())[-number:] if number else [])
    return stay
