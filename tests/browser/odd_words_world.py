"""A studio of its own in whose every text stands what a browser might run, with the addresses of its pages."""

import itertools
import json
import re
from pathlib import Path

from django.apps import apps
from django.db import DatabaseError, models, transaction
from django.urls import reverse

from mentorship.accounts.models import User
from tests.access_table import TABLE
from tests.conftest import make_whole_cast
from tests.factories.world import furnish

from .conftest import PASSWORD

# `data-ran` marks what a page took for markup, where the policy would have kept it from running.
PAYLOADS = [
    '"><img src=/nowhere{n} data-ran onerror="window.ran={n};alert({n})">',
    "</script><script data-ran>window.ran={n};alert({n})</script>",
    "'><svg data-ran onload=alert({n})>",
    "javascript:alert({n})//<i data-ran>",
    "<i data-ran>{n}",
    "<b>{n}",
]
KEYS = {"username", "password", "session_stamp", "code", "digest", "number", "phone", "email"}
READ = re.compile("[一-鿿]")
numbers = itertools.count(1)


def make(code: str, answer: str) -> None:
    """Sign-ins lead-<code>, mentor-<code>, mentee-<code>; `answer` gets the addresses that each may open."""
    cast = furnish(make_whole_cast())
    addresses = addresses_of(cast)
    fields = sum(poison(row) for row in rows_of(cast))
    for who in addresses:
        user = User.objects.get(pk=getattr(cast, who).pk)
        user.username = f"{who}-{code}"
        user.set_password(PASSWORD)
        user.save()
    Path(answer).write_text(json.dumps({"fields": fields, "addresses": addresses}), encoding="utf-8")


def rows_of(cast):
    """Those of the studio, its people and its places."""
    district = cast.studio.district
    yield from [cast.studio, district, *district.subdistricts.all()]
    yield from User.objects.filter(role_grants__studio=cast.studio).distinct()
    for model in apps.get_models():
        names = {field.name for field in model._meta.fields}
        if "studio" in names:
            yield from model._base_manager.filter(studio=cast.studio)
        elif model._meta.label == "places.Community":
            yield from model.objects.filter(subdistrict__district=district)


def poison(row) -> int:
    """How many fields took it; the database refuses some (a row that is final, a form that is asked for)."""
    taken = 0
    for field in row._meta.fields:
        value = getattr(row, field.attname)
        if field.name in KEYS or field.choices or field.is_relation or isinstance(field, models.FileField):
            continue
        if is_text(field) and (READ.search(value) or (field.blank and field.editable)):
            taken += is_kept(row, field, payload(field.max_length))
        elif isinstance(field, models.JSONField) and value:
            taken += is_kept(row, field, poisoned(value))
    return taken


def is_text(field) -> bool:
    return isinstance(field, models.CharField | models.TextField)


def payload(longest: int | None) -> str:
    number = next(numbers)
    turn = number % len(PAYLOADS)
    for words in [*PAYLOADS[turn:], *PAYLOADS]:
        said = words.format(n=number)
        if len(said) <= (longest or 1000):
            return said
    return f"<b>{number}"[:longest]


def poisoned(value):
    """Of what is kept as JSON the words that people wrote."""
    if isinstance(value, dict):
        return {key: poisoned(each) for key, each in value.items()}
    if isinstance(value, list):
        return [poisoned(each) for each in value]
    return payload(None) if isinstance(value, str) and READ.search(value) else value


def is_kept(row, field, value) -> bool:
    try:
        with transaction.atomic():
            return bool(type(row)._base_manager.filter(pk=row.pk).update(**{field.attname: value}))
    except DatabaseError:
        return False


def addresses_of(cast) -> dict[str, dict]:
    """Who opens what, by the name of the address."""
    found = {who: {} for who in ("lead", "mentor", "mentee")}
    for name, row in sorted(TABLE.items()):
        if not row.post:
            address = reverse(name, args=row.of(cast) if row.of else [])
            for who in row.allow & set(found):
                found[who][name] = address
    return found
