"""Rows of one table as COPY writes them: text, cell by cell."""

from collections.abc import Callable
from dataclasses import dataclass

from django.db.models import Field, Model

NULL = r"\N"


@dataclass
class Table:
    model: type[Model]
    fields: list[Field]
    rows: list[list[str]]

    def at(self, name: str) -> int:
        return next(place for place, field in enumerate(self.fields) if field.name == name)

    def get(self, row: list[str], name: str) -> str:
        return row[self.at(name)]

    def column(self, name: str) -> list[str]:
        place = self.at(name)
        return [row[place] for row in self.rows]

    def change(self, name: str, mark: Callable[[str], str]) -> None:
        place = self.at(name)
        for row in self.rows:
            if row[place] not in (NULL, ""):
                row[place] = mark(row[place])

    def values_to(self, model: type[Model]) -> set[str]:
        """Keys of that model's rows that stand here."""
        names = [field.name for field in self.fields if field.related_model is model]
        return {value for name in names for value in self.column(name) if value != NULL}
