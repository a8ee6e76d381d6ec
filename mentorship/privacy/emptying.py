"""What stands in a field once it is emptied."""

import datetime
from typing import Any

from django.db.models import DateField, DateTimeField, Field, FileField, Model
from django.utils.translation import gettext, override

from mentorship.common.personal import At

LONG_AGO = datetime.date(1900, 1, 1)
NAMED = {At.NAME, At.PAPER_NAME}


def gone() -> str:
    with override("zh-hans"):
        return gettext("已删除")


def emptied(field: Field, value: Any, at: At, word: str) -> Any:
    """What was empty stays so. Papers say that something stood there, so that what the database promises of them holds."""
    if value in (None, "", [], {}) or (isinstance(field, FileField) and not value):
        return value
    if isinstance(value, dict | list):
        return type(value)()
    if isinstance(field, FileField):
        return ""
    if isinstance(value, str):
        if at in NAMED:
            return word[: field.max_length]
        return "" if at is At.ERASE and field.blank else gone()[: field.max_length]
    if field.null:
        return None
    if isinstance(field, DateField) and not isinstance(field, DateTimeField):
        return LONG_AGO
    raise ValueError(f"{field}: nothing can stand in its place; let the row go as a whole")


def values_emptied(row: Model, names: dict[str, At], word: str) -> dict[str, Any]:
    """Only what changes."""
    found = {}
    for name, at in names.items():
        old = getattr(row, name)
        new = emptied(row._meta.get_field(name), old, at, word)
        if new != old:
            found[name] = new
    return found


def scrubbed(value: Any, names: list[str], word: str) -> Any:
    """The value without these names, however deep they stand."""
    if isinstance(value, str):
        for name in names:
            value = value.replace(name, word)
        return value
    if isinstance(value, dict):
        return {key: scrubbed(item, names, word) for key, item in value.items()}
    if isinstance(value, list):
        return [scrubbed(item, names, word) for item in value]
    return value
