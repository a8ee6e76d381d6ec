"""The shared piece by itself: what counts as another's change, and how it is read."""

import datetime
from decimal import Decimal
from functools import partial

import pytest
from django import forms
from django.db import connection

from mentorship.common.errors import Refused
from mentorship.common.forms import StudioFormMixin
from mentorship.common.versions import SEEN, SeenMixin, acted, in_words, plain
from mentorship.places.models import Studio
from tests.assessments.test_concurrency import at_once
from tests.factories import StudioFactory


class NameForm(SeenMixin, StudioFormMixin, forms.ModelForm):
    photo = forms.FileField(required=False)

    class Meta:
        model = Studio
        fields = ["name", "code"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.watch(self.instance, lambda row: NameForm(instance=row))

    def _post_clean(self):
        """The action saves."""


@pytest.fixture
def row(db):
    return StudioFactory(name="原来的")


def form_of(row, seen, **typed):
    form = NameForm({"name": row.name, "code": row.code, SEEN: seen} | typed, instance=row)
    assert form.is_valid(), form.errors
    return form


def rename(*, row, name, **rest):
    assert SEEN not in rest
    Studio.objects.filter(pk=row.pk).update(name=name)


def behind(row, theirs: str) -> NameForm:
    """One that was opened before another wrote `theirs`."""
    seen = NameForm(instance=row)[SEEN].value()
    Studio.objects.filter(pk=row.pk).update(name=theirs)
    return form_of(row, seen, name="我的")


def test_who_saw_what_is_stored_saves(row):
    form = form_of(row, NameForm(instance=row)[SEEN].value(), name="新的")
    assert acted(form, rename, row=row, **form.cleaned_data)
    row.refresh_from_db()
    assert row.name == "新的"


def test_who_is_behind_is_told_and_saves_the_second_time(row):
    form = behind(row, "<b>别人的</b>")
    assert acted(form, rename, row=row, **form.cleaned_data) is None
    assert list(form.errors) == ["name", "__all__"]
    assert "&lt;b&gt;别人的" in str(form["name"].errors)
    row.refresh_from_db()
    assert row.name == "<b>别人的</b>"
    again = form_of(row, form[SEEN].value(), name="我的")
    assert acted(again, rename, row=row, **again.cleaned_data)
    row.refresh_from_db()
    assert row.name == "我的"


def test_a_third_who_came_meanwhile_is_shown_as_well(row):
    form = behind(row, "第二位的")
    acted(form, rename, row=row, **form.cleaned_data)
    Studio.objects.filter(pk=row.pk).update(name="第三位的")
    again = form_of(row, form[SEEN].value(), name="我的")
    assert acted(again, rename, row=row, **again.cleaned_data) is None
    assert "第三位的" in str(again.errors)


def test_a_refusal_of_the_action_undoes_and_is_told(row):
    def refuse(*, row, name, **rest):
        Studio.objects.filter(pk=row.pk).update(name=name)
        raise Refused("不行。", field="name")

    form = form_of(row, NameForm(instance=row)[SEEN].value(), name="新的")
    assert acted(form, refuse, row=row, **form.cleaned_data) is None
    assert form.errors["name"] == ["不行。"]
    row.refresh_from_db()
    assert row.name == "原来的"


def test_a_row_taken_away_meanwhile_is_said_in_words(row):
    form = form_of(row, NameForm(instance=row)[SEEN].value(), name="我的")
    Studio.objects.filter(pk=row.pk).delete()
    assert acted(form, rename, row=row, **form.cleaned_data) is None
    assert form.non_field_errors() == ["这一条刚刚被删去了。"]
    assert form["name"].value() == "我的"


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_of_two_at_the_same_moment_one_is_told():
    if connection.vendor != "postgresql":
        pytest.skip("needs PostgreSQL: set DATABASE_URL")
    row = StudioFactory(name="原来的")
    forms_ = [form_of(row, NameForm(instance=row)[SEEN].value(), name=name) for name in ("甲的", "乙的")]

    def save(form):
        if not acted(form, rename, row=row, **form.cleaned_data):
            raise Refused("behind")

    assert at_once(*(partial(save, form) for form in forms_)) == ["done", "told"]


def test_a_row_still_to_be_made_has_nothing_to_see():
    assert SEEN not in NameForm().fields


@pytest.mark.parametrize(
    ("field", "stored", "typed"),
    [
        (forms.DecimalField(), Decimal("6.0"), Decimal(6)),
        (forms.CharField(), None, ""),
        (forms.CharField(), "一\n二", "一\r\n二"),
        (forms.MultipleChoiceField(), ["b", "a"], ["a", "b"]),
        (forms.TypedChoiceField(coerce=int), 3, 3),
    ],
)
def test_the_same_is_no_change(field, stored, typed):
    assert plain(field, stored) == plain(field, typed)
    assert plain(field, stored) != plain(field, [typed, "另"])


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        (forms.ChoiceField(choices=[("a", "甲"), ("b", "乙")]), "b", "乙"),
        (forms.MultipleChoiceField(choices=[("a", "甲"), ("b", "乙")]), ["b", "a"], "甲、乙"),
        (forms.DateField(widget=forms.DateInput(format="%Y-%m-%d")), datetime.date(2019, 1, 8), "2019-01-08"),
        (forms.BooleanField(), False, "否"),
        (forms.CharField(), None, ""),
    ],
)
def test_it_is_said_as_a_reader_says_it(field, value, words):
    assert in_words(field, value) == words
