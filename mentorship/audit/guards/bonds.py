"""Rows of one studio never hang on a row of another: read off the models, since each carries its own studio."""

from typing import NamedTuple

from django.apps import apps
from django.core.exceptions import FieldDoesNotExist
from django.db.models import Model

STUDIO_OF_LINK = """(SELECT up.studio_id FROM "{table}" up WHERE up."{key}" = NEW."{column}")"""
ELSEWHERE = """(NEW."{column}" IS NOT NULL AND NOT EXISTS (SELECT 1 FROM "{table}" up
    WHERE up."{key}" = NEW."{column}" AND up.studio_id = {own}))"""


class Link(NamedTuple):
    column: str
    table: str
    key: str


class Bond(NamedTuple):
    """Each link of a row leads to a row of the same studio, and no row moves to another studio.

    Where the row has no studio of its own (the table between two, many to many), it is that of its first link.
    """

    table: str
    own: bool
    links: tuple[Link, ...]

    @property
    def key(self) -> str:
        return f"guard__{self.table}__studio"

    @property
    def words(self) -> str:
        return f"{self.table} is guarded (studio): a row stays in its studio and hangs on rows of the same"

    @property
    def columns(self) -> list[str]:
        return ["studio_id"] * self.own + [link.column for link in self.links]

    def strays(self) -> str:
        """SQL about NEW: whether one of its links leads elsewhere, or nowhere."""
        own, asked = "NEW.studio_id", self.links
        if not self.own:
            first, *asked = self.links
            own = STUDIO_OF_LINK.format(**first._asdict())
        return " OR ".join(ELSEWHERE.format(**link._asdict(), own=own) for link in asked)


def bonds() -> list[Bond]:
    found = (bond_of(model) for model in apps.get_models(include_auto_created=True) if model._meta.managed)
    return [bond for bond in found if bond.own or len(bond.links) > 1]


def bond_of(model: type[Model]) -> Bond:
    links = tuple(
        Link(field.column, field.related_model._meta.db_table, field.target_field.column)
        for field in model._meta.concrete_fields
        if field.is_relation and has_studio(field.related_model)
    )
    return Bond(model._meta.db_table, has_studio(model), links)


def has_studio(model: type[Model]) -> bool:
    try:
        field = model._meta.get_field("studio")
    except FieldDoesNotExist:
        return False
    return field.concrete and field.is_relation
