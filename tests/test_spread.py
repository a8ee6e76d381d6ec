"""Rows can be spread by their studio: see tests/spread.py."""

import pytest
from django.apps import apps

from .spread import EVERYWHERE, SHARED, led_by, models_of_ours, studio_of, unique_of


@pytest.mark.parametrize("model", models_of_ours(), ids=lambda model: model._meta.label)
def test_each_row_names_its_studio_or_is_shared(model):
    column = studio_of(model)
    assert (column is None) == (model._meta.label in SHARED), f"{model._meta.label}: a studio, or a line in SHARED"


@pytest.mark.parametrize("model", [m for m in models_of_ours() if studio_of(m)], ids=lambda model: model._meta.label)
def test_what_is_unique_is_so_in_a_studio(model):
    everywhere = {f"{model._meta.label}.{name}" for name, fields in unique_of(model) if not led_by(model, fields)}
    listed = {name for name in EVERYWHERE if name.rpartition(".")[0] == model._meta.label}
    assert everywhere == listed


def test_the_lists_name_what_there_is():
    assert set(SHARED) <= {model._meta.label for model in models_of_ours()}
    assert {name.rpartition(".")[0] for name in EVERYWHERE} <= {model._meta.label for model in models_of_ours()}


def test_the_ways_to_be_unique_are_told_apart():
    secretary, receipt, feed = (
        apps.get_model(name) for name in ("people.Secretary", "notifications.Receipt", "calendar.CalendarFeed")
    )
    assert led_by(secretary, ["studio", "phone"]) == "studio"
    assert led_by(receipt, ["notice", "recipient"]) == "parent"
    assert led_by(feed, ["digest"]) == ""
