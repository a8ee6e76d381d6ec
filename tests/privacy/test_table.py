"""D29, T12, T73, T74: every field of every model, and every field of every form, has its place in the table."""

import importlib
from pathlib import Path

import pytest
from django import forms
from django.conf import settings
from django.core.management import call_command
from django.db.models import FileField

from mentorship.common.personal import At, Drop, Table
from mentorship.privacy import table as privacy_table
from mentorship.privacy.persons import target_of
from mentorship.privacy.table import faults, fields_of, model_of, our_models, tables
from tests.only_acts import every_form

ROOT = Path(settings.BASE_DIR)


def test_every_field_of_every_model_is_classified():
    assert faults() == []


def test_the_walk_finds_the_models():
    labels = {model._meta.label for model in our_models()}
    assert {"people.Secretary", "promotions.Ballot", "cohorts.Mentee", "privacy.Erasure"} <= labels
    assert len(labels) > 100
    assert set(fields_of(model_of(tables()["people.Secretary"]))) >= {"phone", "portrait", "spelling"}


def said_otherwise(monkeypatch, *, model, **instead):
    """The faults when the table says something else of this model; None leaves it out."""
    changed = dict(tables())
    if instead.get("table", "") is None:
        del changed[model]
    else:
        changed[model] = Table(**{"model": model, "purpose": "x", "about": ("pk",)} | instead)
    monkeypatch.setattr(privacy_table, "tables", lambda: changed)
    return faults()


def test_a_new_field_or_model_breaks_the_build(monkeypatch):
    assert said_otherwise(monkeypatch, model="upkeep.JobRun", table=None) == [
        "upkeep.JobRun: name it in the personal.py of its app"
    ]


@pytest.mark.parametrize(
    ("instead", "words"),
    [
        ({"plain": "studio_id sequence"}, "audit.ChainHead.digest: say in personal.py what it is"),
        ({"plain": "studio_id sequence digest colour"}, "audit.ChainHead.colour: there is no such field"),
        ({"plain": "studio_id sequence", "facts": "digest", "purpose": ""}, "audit.ChainHead: for what purpose?"),
        ({"plain": "studio_id sequence", "erase": "digest", "about": ()}, "audit.ChainHead: about whom?"),
        (
            {"plain": "studio_id sequence digest", "withheld": {"x": "y"}},
            "audit.ChainHead.x: withheld, and not a field",
        ),
    ],
)
def test_what_is_wrong_is_told(monkeypatch, instead, words):
    assert said_otherwise(monkeypatch, model="audit.ChainHead", **instead) == [words]


def test_one_field_stands_in_one_group():
    with pytest.raises(ValueError, match="two groups"):
        _ = Table("audit.ChainHead", plain="digest", erase="digest").fields


def test_every_way_leads_to_a_person():
    for table in tables().values():
        for path in table.about:
            target_of(model_of(table), path)


def test_files_that_must_not_be_empty_go_with_their_row():
    for table in tables().values():
        for name, at in table.fields.items():
            field = model_of(table)._meta.get_field(name)
            if isinstance(field, FileField):
                assert field.blank or table.drop is not Drop.NEVER, f"{table.model}.{name}"
                assert at in {At.ERASE, At.PAPER, At.DERIVED}


def test_votes_and_others_marks_are_never_told():
    for model in ("Ballot", "SecretMark", "OpenVote", "HandCount", "Recusal", "Objection"):
        assert tables()[f"promotions.{model}"].closed, model
    for model in ("RaterTask", "Score", "VetoItem"):
        assert tables()[f"assessments.{model}"].closed, model
    assert {"discussion", "agree", "disagree"} <= set(tables()["promotions.Candidate"].reasons)


def test_the_page_in_docs_is_up_to_date(capsys):
    call_command("privacy_table")
    assert (ROOT / "docs/privacy.md").read_text(encoding="utf-8").strip() == capsys.readouterr().out.strip(), (
        "run ./manage.py privacy_table --write"
    )


def app_of(module: str) -> str:
    apps = [name for name in settings.INSTALLED_APPS if module == name or module.startswith(f"{name}.")]
    return max(apps, key=len)


def without_purpose(form: type, names) -> list[str]:
    """Fields that are neither a described field of a model of the same app, or of the form's own model, nor said to be
    asked for. Searches and filters keep nothing."""
    app = app_of(form.__module__)
    if app == "mentorship.common" or ".filters" in form.__module__:
        return []
    described = {name for table in tables().values() if module_app(table) == app for name in table.fields}
    personal = (
        importlib.import_module(f"{app}.personal") if Path(ROOT, *app.split("."), "personal.py").exists() else None
    )
    asked = {name for group in getattr(personal, "ASKED", {}) for name in group.split()}
    model = getattr(getattr(form, "_meta", None), "model", None)
    own = set(tables()[model._meta.label].fields) if model and model._meta.label in tables() else set()
    return [name for name in names if name not in described | asked | own]


def module_app(table: Table) -> str:
    return model_of(table)._meta.app_config.name


def test_no_form_asks_for_what_has_no_purpose():
    found = every_form()
    assert len(found) > 100
    faults = {
        f"{form.__module__}.{form.__name__}.{name}"
        for form in found
        for name in without_purpose(form, getattr(form, "base_fields", {}))
    }
    assert faults == set()


def test_a_field_without_purpose_is_seen():
    class Nosy(forms.Form):
        __module__ = "mentorship.people.forms"
        identity_number = forms.CharField()

    assert without_purpose(Nosy, Nosy.base_fields) == ["identity_number"]


def test_nothing_is_collected_that_must_not_be():
    words = ("identity", "id_card", "id_number", "home_address", "health", "religion", "ethnic")
    named = {f"{table.model}.{name}" for table in tables().values() for name in table.fields}
    assert [name for name in named if any(word in name.lower() for word in words)] == []
