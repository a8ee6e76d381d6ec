"""Words for what the trail holds as codes. An act or a field without words here is shown by its code."""

import datetime
import re
from typing import Any, NamedTuple

from django.apps import apps
from django.utils.dateparse import parse_date, parse_datetime
from django.utils.translation import gettext as _

from mentorship.common.templatetags.wording import long_date, moment

from .models import Entry
from .verbs import ACTS, FIELDS, VERBS


class Change(NamedTuple):
    label: str
    before: str
    after: str


class Presented(NamedTuple):
    """One entry as components/audit_trail.html takes it."""

    at: datetime.datetime
    actor_name: str
    principal_name: str
    what: str
    object_name: str
    changes: list[Change]


def present(entry: Entry, *, with_object: bool = False) -> Presented:
    fields = list(dict.fromkeys([*entry.before, *entry.after]))
    return Presented(
        at=entry.at,
        actor_name=entry.actor_name or _("系统"),
        principal_name=entry.principal_name,
        what=verb_words(entry.verb),
        object_name=entry.object_name if with_object else "",
        changes=[
            Change(field_words(f, entry.object_type), words(entry.before.get(f)), words(entry.after.get(f)))
            for f in fields
        ],
    )


def verb_words(verb: str) -> str:
    return str(VERBS.get(verb) or ACTS.get(verb.rpartition(".")[2]) or verb)


def field_words(name: str, object_type: str = "") -> str:
    """The name that the row's own model gives the field, else our word, else that of a model beside it, else the code."""
    return str(
        label_of(name, object_type, own=True) or FIELDS.get(name) or label_of(name, object_type, own=False) or name
    )


def label_of(name: str, object_type: str, *, own: bool):
    app_label, _dot, model_name = object_type.partition(".")
    try:
        models = apps.get_app_config(app_label).get_models()
    except LookupError:
        return None
    for model in models:
        if (model._meta.model_name == model_name) != own:
            continue
        for field in model._meta.fields:
            if field.name == name:
                return field.verbose_name
    return None


def words(value: Any) -> str:
    """A stored value as people read it; nothing for what was empty."""
    if value is None or value == "" or value == [] or value == {}:
        return ""
    if isinstance(value, bool):
        return _("是") if value else _("否")
    if isinstance(value, dict):
        return _("；").join(f"{field_words(key)} {words(item)}" for key, item in value.items())
    if isinstance(value, list):
        return _("、").join(words(item) for item in value)
    return date_words(value) or str(value)


def date_words(value: Any) -> str:
    if not isinstance(value, str) or not re.match(r"\d{4}-\d\d-\d\d", value):
        return ""
    try:
        if len(value) == 10:
            return long_date(parse_date(value))
        return moment(parse_datetime(value))
    except ValueError:
        return ""
