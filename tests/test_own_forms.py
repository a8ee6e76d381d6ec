"""T10: a form takes the fields it shows, whatever else is sent with it."""

import datetime
import uuid

import pytest
from django import forms
from django.db import models, transaction
from django.urls import reverse

from cohorts.models import Mentee
from evaluations.growth.models import Rating
from evaluations.logs.models import TeachingLog
from evaluations.promotions.models import OpenVote
from mentorship.accounts.models import User
from mentorship.people.models import Secretary

from .logs.log_kit import DAY
from .only_acts import ALLOWED, OF_OURS, beyond, form_classes
from .test_two_editors import opened, sent_from
from .untouched import Untouched


@pytest.fixture
def cast(standing, db):
    return Untouched(standing)


def test_no_form_of_ours_has_a_field_that_only_acts_may_set():
    found = form_classes()
    assert len(found) > 150, "all of them are looked at"
    faults = {path: more for path, form in found.items() if (more := beyond(form, form.base_fields))}
    assert not faults, "give the field to an act, or name it in tests/only_acts.py with the reason"


def test_no_form_takes_whatever_its_model_has():
    of_models = [form for form in form_classes().values() if issubclass(form, forms.ModelForm)]
    named = [form._meta.fields for form in of_models if form._meta.model]
    assert named
    assert all(isinstance(fields, list | tuple) for fields in named), "each names its fields one by one"


def test_each_exception_is_still_needed():
    found = form_classes()
    for path, (fields, _reason) in ALLOWED.items():
        assert fields <= set(found[path].base_fields) & OF_OURS, path


# Posting

CASES = {  # what: who, the address, the model, what is typed
    "account": ("lead", lambda c: reverse("accounts:edit_account", args=[c.mentee.pk]), User, {"title": "居民区书记"}),
    "person": (
        "officer",
        lambda c: reverse("people:edit", args=[c.mentee_row.secretary_id]),
        Secretary,
        {"note": "新"},
    ),
    "mentee": (
        "liaison",
        lambda c: reverse("cohorts:recommend", args=[c.cohort.pk, c.candidate.pk]),
        Mentee,
        {"reason": "肯学肯干", "agreed": "on", "first_project": "加装电梯"},
    ),
    "log": (
        "mentor",
        lambda c: reverse("logs:write"),
        TeachingLog,
        {"mode": "on_site", "length": "60", "text": "陪着走访8号楼。", "privacy": "pair"},
    ),
    "rating": (
        "mentor",
        lambda c: reverse("growth:rate", args=[c.mentee_row.pk]),
        Rating,
        {"source": "live", "note": "走访时看到", "level_CG1": "3", "seen_CG1": "能先听完"},
    ),
    "vote": (
        "reviewer",
        lambda c: reverse("promotions:vote", args=[c.vote_candidate.pk]),
        OpenVote,
        {"choice": "agree"},
    ),
}


def everything_of(model, cast) -> dict:
    """Every column of the model, with a value that would tell; relations name rows of the other studio."""
    foreign = {
        type(row): row.pk for name, row in vars(cast._world).items()
        if isinstance(row, models.Model) and name.startswith(("foreign_", "other_", "stranger"))
    }  # fmt: skip
    sent = dict.fromkeys(OF_OURS, "1") | {"author": cast.lead.pk, "by": cast.lead.pk, "is_superuser": "on"}
    for field in model._meta.concrete_fields:
        value = foreign.get(field.related_model, cast.lead.pk) if field.is_relation else a_value(field)
        sent |= {field.name: value, field.attname: value}
    return sent


def a_value(field):
    if field.choices:
        return field.choices[-1][0]
    kinds = {
        models.BooleanField: "on",
        models.UUIDField: str(uuid.uuid4()),
        models.DateField: "2030-01-02",
        models.DecimalField: "77",
        models.IntegerField: "77",
    }
    return next((value for kind, value in kinds.items() if isinstance(field, kind)), "从外面来的")


def written_by(browser, url, data, model) -> list[dict]:
    """The rows of the model after the form was sent; taken back again. The keys and moments of new rows are chance."""
    before = set(model._base_manager.values_list("pk", flat=True))
    with transaction.atomic():
        response = browser.post(url, data)
        assert response.status_code == 302, response.context["form"].errors
        rows = list(model._base_manager.order_by("pk").values())
        transaction.set_rollback(True)
    for row in rows:
        row["updated_at"] = None
        if row["id"] not in before:
            moments = {name: "a moment" for name, value in row.items() if isinstance(value, datetime.datetime)}
            row.update({"id": "new"} | moments)
    return sorted(rows, key=str)


@pytest.mark.parametrize("what", CASES)
def test_what_is_sent_beyond_the_form_changes_nothing(what, as_, cast):
    actor, address, model, more = CASES[what]
    url, browser = address(cast), as_(actor)
    form = opened(browser, url)
    typed = sent_from(form, more)
    if what == "log":
        typed |= {"mentees": [cast.mentee_row.pk], "date": DAY.isoformat(), "client_key": str(uuid.uuid4())}
    extra = {name: value for name, value in everything_of(model, cast).items() if name not in form.fields}
    assert {"studio", "id", "status", "is_operator"} <= set(extra)
    before = list(model._base_manager.order_by("pk").values())
    plain = written_by(browser, url, typed, model)
    assert plain != before, "the form does write something"
    assert written_by(browser, url, extra | typed, model) == plain
