"""T04 once more with an officer's fewer rights: what they may not open stays shut, and nothing foreign shows."""

from urllib.parse import urlencode

import pytest
from django.urls import reverse

from mentorship.audit.presenters import verb_words

from .test_doors import REGISTRY, every_model, foreign_key_of, key_like, relations, url
from .worlds import SECRET, fingerprint


@pytest.fixture
def officer(own, foreign, signed_in):
    return signed_in(own.officer)


@every_model
def test_lists_and_searches_hold_own_rows(officer, own, foreign, model):
    for query in ("", f"?{urlencode({'q': SECRET})}", "?_popup=1"):
        response = officer.get(url(model, "changelist") + query)
        page = response.content.decode().replace(f'value="{SECRET}"', "")
        assert SECRET not in page
        if REGISTRY[model].view_needs and response.status_code == 200:
            keys = {str(row.pk) for row in response.context["cl"].result_list}
            assert str(foreign.rows[model].pk) not in keys
            assert query.startswith("?q") or str(own.rows[model].pk) in keys
        else:
            assert not own.officer.can(REGISTRY[model].view_needs, own.studio), "shut only for want of a right"


@every_model
@pytest.mark.parametrize("door", ["change", "history", "delete"])
def test_a_foreign_row_is_a_missing_row(officer, foreign, model, door):
    keys = foreign.rows[model].pk, key_like(foreign.rows[model])
    statuses = [officer.get(url(model, door, key)).status_code for key in keys]
    assert statuses[0] == statuses[1]
    assert statuses[0] in {403, 404}


@every_model
def test_no_form_or_completion_offers_a_foreign_row(officer, own, foreign, model):
    pages = [officer.get(url(model, "change", own.rows[model].pk)), officer.get(url(model, "add"))]
    for field in relations(model):
        query = {"app_label": model._meta.app_label, "model_name": model._meta.model_name, "field_name": field.name}
        pages.append(officer.get(reverse("admin:autocomplete"), query | {"term": "乙"}))
        if key := foreign_key_of(field, foreign):
            pages.append(officer.get(url(model, "add"), {field.name: key}))
    assert all(page.status_code in {200, 403, 404} for page in pages)
    assert not any(SECRET in page.content.decode() for page in pages)


@every_model
def test_nothing_foreign_is_written(officer, own, foreign, model):
    before = fingerprint(foreign)
    data = {f.name: foreign_key_of(f, foreign) if f.is_relation else "改" for f in model._meta.concrete_fields}
    officer.post(url(model, "change", foreign.rows[model].pk), {k: v or "" for k, v in data.items()})
    for action in [*dict.fromkeys(a if isinstance(a, str) else a.__name__ for a in REGISTRY[model].actions or ())]:
        chosen = {"action": action, "_selected_action": [foreign.rows[model].pk], "confirmed": "yes"}
        officer.post(url(model, "changelist"), chosen)
    assert fingerprint(foreign) == before


@every_model
def test_what_the_admin_writes_has_words_in_the_trail(model):
    noun = REGISTRY[model].trail_noun or model._meta.model_name
    for act in ("added", "changed"):
        assert verb_words(f"{noun}.{act}") != f"{noun}.{act}"
