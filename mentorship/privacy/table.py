"""The table of all fields, gathered from the apps (`settings.ANSWERS["personal_tables"]`), and what it leaves out."""

from functools import cache

from django.apps import apps
from django.conf import settings
from django.db.models import Field, Model

from mentorship.common.personal import COMMON, At, Table
from mentorship.common.plugs import answers_to


@cache
def tables() -> dict[str, Table]:
    """Label of the model to what is said of it, in the order of the apps."""
    found: dict[str, Table] = {}
    for part in answers_to("personal_tables"):
        for table in part:
            if table.model in found:
                raise ValueError(f"{table.model} is described twice")
            found[table.model] = table
    return found


def model_of(table: Table) -> type[Model]:
    return apps.get_model(table.model)


def our_models() -> list[type[Model]]:
    tops = {
        app.split(".")[0]
        for app in settings.INSTALLED_APPS
        if app.split(".")[0] in {"mentorship", "cohorts", "evaluations"}
    }
    return [
        model for config in apps.get_app_configs() if config.name.split(".")[0] in tops for model in config.get_models()
    ]


def fields_of(model: type[Model]) -> dict[str, Field]:
    """All that a row keeps, but what Record gives to every row."""
    fields = [*model._meta.local_concrete_fields, *model._meta.local_many_to_many]
    return {field.name: field for field in fields if field.name not in COMMON}


def faults() -> list[str]:
    """Models and fields that nobody described, and descriptions of what does not exist."""
    known, found = tables(), []
    for model in our_models():
        table = known.get(model._meta.label)
        if table is None:
            found.append(f"{model._meta.label}: name it in the personal.py of its app")
            continue
        there, said = set(fields_of(model)), set(table.fields)
        found += [f"{table.model}.{name}: say in personal.py what it is" for name in sorted(there - said)]
        found += [f"{table.model}.{name}: there is no such field" for name in sorted(said - there)]
        found += [f"{table.model}.{name}: withheld, and not a field" for name in sorted(set(table.reasons) - there)]
        if table.is_personal and not table.purpose:
            found.append(f"{table.model}: for what purpose?")
        found += unreachable(table)
    labels = {model._meta.label for model in our_models()}
    return found + [f"{label}: there is no such model" for label in known if label not in labels]


def unreachable(table: Table) -> list[str]:
    """What is to be emptied must be reached: by whom it is about, or by its age."""
    emptied = {At.ERASE, At.NAME, At.PAPER, At.PAPER_NAME} & set(table.fields.values())
    return [f"{table.model}: about whom?"] if emptied and not table.about and not table.keep.since else []
