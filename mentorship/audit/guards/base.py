"""One guard, in SQL that both engines read. `{row}` stands for the row that is looked at."""

from typing import NamedTuple

from django.db.models import Model


class Guard(NamedTuple):
    """A row in the state `final` is not deleted, and of its fields only the `free` ones change.

    `new` is what a row must be when it comes; `step`, about OLD and NEW, what every change must be. What the database
    can't tell (NULL) counts as no for those two.
    """

    model: type[Model]
    name: str
    final: str = "TRUE"
    free: tuple[str, ...] = ()
    new: str = "TRUE"
    step: str = "TRUE"

    @property
    def table(self) -> str:
        return self.model._meta.db_table

    @property
    def key(self) -> str:
        """PostgreSQL cuts names after 63 characters."""
        return f"guard__{self.table}__{self.name}"

    @property
    def words(self) -> str:
        return f"{self.table} is guarded ({self.name}): what is final stays as it is"

    def about(self, condition: str, row: str) -> str:
        return f"({condition.replace('{row}', row)})"

    def changed(self, differs: str) -> str:
        """Whether a field changed that is not free. `differs` is the engine's word for it."""
        known = {field.name: field.column for field in self.model._meta.concrete_fields}
        kept = [column for name, column in known.items() if name not in self.free]
        if unknown := set(self.free) - known.keys():
            raise LookupError(f"{self.key}: {self.table} has no {', '.join(sorted(unknown))}")
        return "(" + " OR ".join(f'OLD."{column}" {differs} NEW."{column}"' for column in kept) + ")"


class Trigger(NamedTuple):
    """As it stands in the database, or ought to: `what` is whatever the engine shows of it."""

    table: str
    what: tuple
