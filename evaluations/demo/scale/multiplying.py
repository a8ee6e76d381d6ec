"""More teaching logs than the story tells: its talks of two are told again on other days."""

import datetime
import uuid

from evaluations.logs.models import Attendance, TeachingLog

from .table import NULL, Table

STEP = 13  # days from one telling to the next, round about the days that the story covers


def multiply(tables: list[Table], wanted: int) -> None:
    """Adds logs until there are so many, each with its apprentice, its subjects and indicators."""
    by_model = {table.model: table for table in tables}
    logs = by_model[TeachingLog]
    beside = [
        (by_model[Attendance], "log"),
        (by_model[TeachingLog.subjects.through], "teachinglog"),
        (by_model[TeachingLog.indicators.through], "teachinglog"),
    ]
    sources = talks_of_two(logs, by_model[Attendance])
    days = sorted(datetime.date.fromisoformat(day) for day in logs.column("date"))
    found = [grouped(table, name) for table, name in beside]
    for place in range(max(0, wanted - len(logs.rows)) if sources else 0):
        source, turn = sources[place % len(sources)], place // len(sources) + 1
        new = told_again(logs, source, turn, days[0], (days[-1] - days[0]).days + 1)
        logs.rows.append(new)
        for (table, name), rows in zip(beside, found, strict=True):
            for row in rows.get(logs.get(source, "id"), ()):
                changed = list(row)
                changed[table.at(name)] = logs.get(new, "id")
                table.rows.append(changed)


def talks_of_two(logs: Table, attendance: Table) -> list[list[str]]:
    people = grouped(attendance, "log")
    return [
        row
        for row in logs.rows
        if len(people.get(logs.get(row, "id"), ())) == 1
        and logs.get(row, "sensitive") == "f"
        and logs.get(row, "voided_at") == NULL
    ]


def grouped(table: Table, name: str) -> dict[str, list[list[str]]]:
    place, found = table.at(name), {}
    for row in table.rows:
        found.setdefault(row[place], []).append(row)
    return found


def told_again(logs: Table, source: list[str], turn: int, first: datetime.date, days: int) -> list[str]:
    row = list(source)
    for name in ("id", "client_key"):
        row[logs.at(name)] = str(uuid.uuid5(uuid.UUID(logs.get(source, name)), str(turn)))
    day = datetime.date.fromisoformat(logs.get(source, "date"))
    later = ((day - first).days + turn * STEP) % days
    row[logs.at("date")] = (first + datetime.timedelta(days=later)).isoformat()
    return row
