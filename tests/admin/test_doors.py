"""T04: for every model in the admin, no door leads from one studio to another, and the doors of one's own open."""

import uuid
from urllib.parse import urlencode

import pytest
from django.contrib import admin
from django.contrib.admin.filters import AllValuesFieldListFilter
from django.contrib.admin.utils import get_fields_from_path
from django.db.models import CharField, TextField
from django.urls import reverse

from mentorship.accounts.roles import Role
from mentorship.common.admin import StudioAdmin, StudioInline
from mentorship.common.admin_site import Section
from mentorship.places.models import District, Studio
from tests.factories import RoleGrantFactory
from tests.only_acts import KEYS

from .worlds import ADMIN_MODELS, SECRET, fingerprint

REGISTRY = admin.site._registry
every_model = pytest.mark.parametrize("model", list(REGISTRY), ids=lambda model: model._meta.label)


def url(model, page, *args):
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_{page}", args=args)


def key_like(row):
    """A key of the same shape that belongs to nothing."""
    return uuid.uuid4() if isinstance(row.pk, uuid.UUID) else "9" * max(6, len(str(row.pk)))


def relations(model):
    return [f for f in model._meta.get_fields() if f.is_relation and f.concrete and f.related_model]


def foreign_key_of(field, foreign):
    row = foreign.rows.get(field.related_model)
    return row.pk if row else None


def typed(response) -> dict:
    """What a browser would send back from a change page: the form's values and its inlines'."""
    form = response.context["adminform"].form
    data = values_of(form)
    for inline in response.context["inline_admin_formsets"]:
        data |= values_of(inline.formset.management_form)
        for one in inline.formset.forms:
            data |= values_of(one)
    return data


def values_of(form) -> dict:
    data = {}
    for bound in form:
        value = bound.value()
        if value is None or value is False:
            continue
        if isinstance(value, list):
            value = [getattr(item, "pk", item) for item in value]
        elif hasattr(bound.field.widget, "format_value"):
            value = bound.field.widget.format_value(value)
            value = value[0] if isinstance(value, list) and len(value) == 1 else value
        data[bound.html_name] = "" if value is None else value
    return data


# The classes


@every_model
def test_every_admin_class_stands_on_the_base(model):
    model_admin = REGISTRY[model]
    assert isinstance(model_admin, StudioAdmin)
    assert model_admin.section in Section
    assert model_admin.view_needs, "it names the permission to look"
    for inline in model_admin.inlines:
        assert issubclass(inline, StudioInline)
        assert inline.view_needs
    assert not model_admin.list_editable
    assert not model_admin.raw_id_fields
    assert not model_admin.date_hierarchy
    assert model_admin.view_on_site is False


@every_model
def test_no_filter_reads_values_past_the_scope(model, rf):
    """Django's filter over all values of a column reads the whole table when the column is another model's."""
    for item in REGISTRY[model].list_filter:
        field = get_fields_from_path(model, item)[-1]
        assert field.is_relation or field.choices or type(field).__name__ in {
            "BooleanField", "DateField", "DateTimeField"
        }, f"{item} would get {AllValuesFieldListFilter.__name__}"  # fmt: skip


@every_model
def test_what_only_acts_may_set_is_in_no_form(model, own, rf):
    request = rf.get("/")
    request.user, request.studio = own.lead, own.studio
    form = REGISTRY[model].get_form(request, own.rows[model], change=True)
    names = set(form.base_fields) - set(REGISTRY[model].get_readonly_fields(request, own.rows[model]))
    if model.__name__ in {"RoleGrant", "Proposal"}:  # looked at only
        names = names if REGISTRY[model].has_change_permission(request, own.rows[model]) else set()
    assert not names & KEYS


def test_the_worlds_have_every_model():
    assert set(REGISTRY) == set(ADMIN_MODELS)


# Reading


@every_model
def test_the_list_shows_own_rows_only(lead, own, foreign, model):
    response = lead.get(url(model, "changelist"))
    assert response.status_code == 200
    keys = {str(row.pk) for row in response.context["cl"].result_list}
    assert str(own.rows[model].pk) in keys
    assert str(foreign.rows[model].pk) not in keys
    assert SECRET not in response.content.decode()


@every_model
def test_the_list_is_of_the_chosen_studio(own, foreign, signed_in, model):
    """Who leads two studios sees each by itself."""
    RoleGrantFactory(user=own.lead, studio=foreign.studio, role=Role.PROJECT_LEAD)
    browser = signed_in(own.lead)
    for here, there in ((own, foreign), (foreign, own)):
        browser.post(reverse("accounts:choose_studio"), {"studio": here.studio.pk})
        keys = {str(row.pk) for row in browser.get(url(model, "changelist")).context["cl"].result_list}
        assert str(here.rows[model].pk) in keys
        assert str(there.rows[model].pk) not in keys


@every_model
@pytest.mark.parametrize("door", ["change", "history", "delete"])
def test_a_foreign_row_answers_like_none(lead, foreign, model, door):
    theirs, nothing = foreign.rows[model].pk, key_like(foreign.rows[model])
    answers = [lead.get(url(model, door, key)) for key in (theirs, nothing)]
    assert answers[0].status_code == answers[1].status_code
    assert answers[0].status_code == 404 or (door == "delete" and answers[0].status_code == 403)
    bodies = [a.content.decode().replace(f"/{k}/", "") for a, k in zip(answers, (theirs, nothing), strict=True)]
    assert bodies[0] == bodies[1]


@every_model
@pytest.mark.parametrize("door", ["change", "history"])
def test_an_own_row_opens(lead, own, model, door):
    response = lead.get(url(model, door, own.rows[model].pk))
    assert response.status_code == 200
    assert SECRET not in response.content.decode(), "and offers nothing foreign in its boxes"


@every_model
def test_nothing_is_deleted(lead, own, model):
    assert lead.post(url(model, "delete", own.rows[model].pk), {"post": "yes"}).status_code == 403
    assert model._base_manager.filter(pk=own.rows[model].pk).exists()


@every_model
def test_an_address_fills_no_form(lead, foreign, model):
    for field in relations(model):
        if key := foreign_key_of(field, foreign):
            response = lead.get(f"{url(model, 'add')}?{urlencode({field.name: key})}")
            assert response.status_code in {200, 403}
            assert SECRET not in response.content.decode()
            assert f'value="{key}"' not in response.content.decode()
    words = {field.name: "从地址来的" for field in model._meta.fields if isinstance(field, CharField | TextField)}
    response = lead.get(f"{url(model, 'add')}?{urlencode(words)}")
    assert response.status_code in {200, 403}
    assert "从地址来的" not in response.content.decode()


@every_model
def test_autocompletion_knows_own_rows_only(lead, own, foreign, model):
    for field in relations(model):
        query = {"app_label": model._meta.app_label, "model_name": model._meta.model_name, "field_name": field.name}
        for term in ("", SECRET, "乙"):
            response = lead.get(f"{reverse('admin:autocomplete')}?{urlencode(query | {'term': term})}")
            assert response.status_code in {200, 403, 404}
            assert SECRET not in response.content.decode()
            if response.status_code == 200:
                keys = {item["id"] for item in response.json()["results"]}
                assert str(foreign_key_of(field, foreign)) not in keys


def test_autocompletion_works_where_it_is_declared(lead, own):
    query = {"app_label": "people", "model_name": "secretary", "field_name": "community"}
    answer = lead.get(f"{reverse('admin:autocomplete')}?{urlencode(query)}").json()
    assert answer["results"]
    undeclared = {"app_label": "people", "model_name": "secretary", "field_name": "user"}
    assert lead.get(f"{reverse('admin:autocomplete')}?{urlencode(undeclared)}").status_code == 403


@every_model
def test_filters_offer_own_rows_only(lead, own, foreign, model, rf):
    request = rf.get("/")
    request.user, request.studio = own.lead, own.studio
    for item in REGISTRY[model].get_list_filter(request):
        path = item if isinstance(item, str) else item[0]
        field = get_fields_from_path(model, path)[-1]
        if field.is_relation:
            offered = {str(row.pk) for row in REGISTRY[model].choices_of(field.related_model, request)}
            assert offered
            assert str(foreign_key_of(field, foreign)) not in offered
            name = f"{path}__{field.target_field.name}__exact"
            response = lead.get(f"{url(model, 'changelist')}?{urlencode({name: foreign_key_of(field, foreign)})}")
            assert not response.context["cl"].result_list
            assert SECRET not in response.content.decode()


@every_model
def test_no_question_about_columns_that_are_not_shown(lead, model):
    paths = [
        "id__gt",
        "created_at__year",
        "studio__name__startswith",
        "user__password__startswith",
        "password__startswith",
    ]
    paths += [
        f"{f.name}__{g.name}__startswith" for f in relations(model) for g in f.related_model._meta.concrete_fields
    ]
    for path in paths:
        response = lead.get(f"{url(model, 'changelist')}?{urlencode({path: 'a'})}")
        assert response.status_code == 400, path


@every_model
def test_dates_can_not_be_drilled(lead, model):
    for field in model._meta.concrete_fields:
        if "Date" in type(field).__name__:
            for ending in ("year", "month", "day"):
                assert lead.get(f"{url(model, 'changelist')}?{field.name}__{ending}=2018").status_code == 400


@every_model
def test_search_finds_own_rows_only(lead, model):
    for words in (SECRET, "乙"):
        response = lead.get(f"{url(model, 'changelist')}?{urlencode({'q': words})}")
        assert response.status_code == 200
        page = response.content.decode().replace(f'value="{words}"', "")
        assert SECRET not in page


@every_model
def test_popups_are_scoped(lead, foreign, model):
    key = foreign.rows[model].pk
    listed = lead.get(f"{url(model, 'changelist')}?_popup=1&_to_field={model._meta.pk.name}")
    assert SECRET not in listed.content.decode()
    assert lead.get(f"{url(model, 'change', key)}?_popup=1").status_code in {403, 404}
    assert lead.get(f"{url(model, 'change', key)}?_to_field={model._meta.pk.name}&_popup=1").status_code in {403, 404}


def test_no_address_finds_any_object(lead, foreign):
    for number in range(1, 30):
        assert lead.get(f"/admin/r/{number}/{foreign.rows[Studio].pk}/").status_code == 404


# Writing


@every_model
def test_a_foreign_row_can_not_be_written(lead, foreign, model):
    before = fingerprint(foreign)
    data = {f.name: "改" for f in model._meta.concrete_fields}
    answers = [
        lead.post(url(model, "change", key), data) for key in (foreign.rows[model].pk, key_like(foreign.rows[model]))
    ]
    assert answers[0].status_code == answers[1].status_code
    assert answers[0].status_code in {403, 404}
    assert fingerprint(foreign) == before


@every_model
def test_a_form_takes_no_foreign_row(lead, own, foreign, model):
    """Own row, own values, but each relation in turn names a foreign row."""
    page = lead.get(url(model, "change", own.rows[model].pk))
    before = fingerprint(foreign)
    if not page.context["has_change_permission"]:
        assert lead.post(url(model, "change", own.rows[model].pk), {}).status_code == 403
        return
    data = typed(page)
    for field in relations(model):
        key = foreign_key_of(field, foreign)
        if field.name not in page.context["adminform"].form.fields:
            lead.post(url(model, "change", own.rows[model].pk), data | {field.name: key, f"{field.name}_id": key})
        else:
            response = lead.post(url(model, "change", own.rows[model].pk), data | {field.name: key})
            assert response.status_code == 200, "the page comes back"
            assert field.name in response.context["adminform"].form.errors
        row = model._base_manager.get(pk=own.rows[model].pk)
        now = [r.pk for r in getattr(row, field.name).all()] if field.many_to_many else [getattr(row, field.attname)]
        assert key not in now
    assert fingerprint(foreign) == before


@every_model
def test_an_own_row_is_saved_as_it_stood(lead, own, model):
    """The twin of the test above: what the page holds can be sent back."""
    page = lead.get(url(model, "change", own.rows[model].pk))
    if page.context["has_change_permission"]:
        response = lead.post(url(model, "change", own.rows[model].pk), typed(page))
        assert response.status_code == 302, response.context["errors"]


@every_model
def test_only_the_fields_of_the_form_change(lead, own, foreign, model):
    """T10: every column of the model is sent along."""
    row = own.rows[model]
    page = lead.get(url(model, "change", row.pk))
    if not page.context["has_change_permission"]:
        return
    stood = {f.attname: getattr(row, f.attname) for f in model._meta.concrete_fields}
    row.refresh_from_db()
    stood = {f.attname: getattr(row, f.attname) for f in model._meta.concrete_fields}
    form = set(page.context["adminform"].form.fields)
    extra = {f.name: foreign_key_of(f, foreign) or "1" for f in model._meta.concrete_fields if f.name not in form}
    assert lead.post(url(model, "change", row.pk), typed(page) | extra).status_code == 302
    row.refresh_from_db()
    for name, value in stood.items():
        if name not in {"updated_at", "scale"}:
            assert getattr(row, name) == value, name


@every_model
def test_actions_reach_own_rows_only(lead, own, foreign, model, rf):
    request = rf.get("/")
    request.user, request.studio = own.lead, own.studio
    before = fingerprint(foreign)
    for name in [*REGISTRY[model].get_actions(request), "delete_selected"]:
        data = {"action": name, "_selected_action": [foreign.rows[model].pk], "confirmed": "yes", "select_across": "1"}
        asked = lead.post(url(model, "changelist"), {k: v for k, v in data.items() if k != "confirmed"})
        assert SECRET not in asked.content.decode()
        response = lead.post(url(model, "changelist"), data, follow=True)
        assert SECRET not in response.content.decode()
    assert "delete_selected" not in REGISTRY[model].get_actions(request)
    assert fingerprint(foreign) == before


def test_an_inline_can_not_swap_in_a_foreign_row(lead, own, foreign):
    page = lead.get(url(type(own.framework), "change", own.rows[type(own.framework)].pk))
    data, before = typed(page), fingerprint(foreign)
    theirs = foreign.framework.subjects.first()
    data |= {"subjects-0-id": str(theirs.pk), "subjects-0-name": "改"}
    assert lead.post(url(type(own.framework), "change", own.rows[type(own.framework)].pk), data).status_code == 200
    assert fingerprint(foreign) == before


# Clashes


def test_the_same_phone_in_another_studio_is_no_clash(lead, own, foreign):
    secretary = own.rows[next(m for m in own.rows if m.__name__ == "Secretary")]
    theirs = foreign.rows[type(secretary)]
    type(theirs).objects.filter(pk=theirs.pk).update(phone="13800001111")
    data = typed(lead.get(url(type(secretary), "change", secretary.pk))) | {"phone": "13800001111"}
    assert lead.post(url(type(secretary), "change", secretary.pk), data).status_code == 302


def test_a_clash_at_home_is_told_beside_the_form(lead, own):
    secretary = own.rows[next(m for m in own.rows if m.__name__ == "Secretary")]
    other = own.mentee.secretary
    type(other).objects.filter(pk=other.pk).update(phone="13800001111")
    data = typed(lead.get(url(type(secretary), "change", secretary.pk))) | {"phone": "13800001111"}
    response = lead.post(url(type(secretary), "change", secretary.pk), data)
    assert response.status_code == 200
    assert response.context["errors"]


# Lists don't grow dearer


@every_model
def test_a_list_costs_the_same_for_three_rows(lead, own, model, count_queries):
    from .worlds import another

    one = count_queries(lambda: lead.get(url(model, "changelist")))
    for _ in range(2):
        another(model, own)
    assert count_queries(lambda: lead.get(url(model, "changelist"))) == one
    assert one <= 14


def test_an_operator_opens_studios_anywhere(foreign, own, signed_in):
    operator = type(own.lead).objects.create_superuser("op", "daliang-2018", name="运维")
    browser = signed_in(operator)
    response = browser.get(url(District, "changelist"))
    assert len(response.context["cl"].result_list) >= 2
    data = {"code": "bing", "name": "丙区书记工作室", "district": foreign.studio.district_id, "young_age": 45}
    assert browser.post(url(Studio, "add"), data | {"veteran_years": 15}).status_code == 302
    assert Studio.objects.filter(code="bing").exists()
