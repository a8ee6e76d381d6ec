"""T05: whatever is created, edited or moved, by form, admin, import or in code, no row of one studio hangs on another's.

Steps are few by default; STUDIO_STEPS=2000 asks long.
"""

import copy
import io
import os
import uuid

import pytest
from django import forms
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, rule, run_state_machine_as_test

from cohorts.models import Cohort, Mentee, Mentor
from mentorship.accounts.models import RoleGrant
from mentorship.framework.models import Framework, Indicator
from mentorship.people.actions import import_rows
from mentorship.people.importing import plan_import
from mentorship.people.models import Secretary
from mentorship.places.models import Base
from tests.access_table import TABLE
from tests.admin.test_doors import typed
from tests.people.sheets import row_of, xlsx

from .pairs import every_pair, mismatched

STEPS = int(os.environ.get("STUDIO_STEPS", "80"))
PER_STORY = 8
WHO = ["lead", "officer", "mentor", "mentee", "liaison", "stranger", "foreign_mentor"]
LEFT_OUT = ("accounts:log", "accounts:choose", "dashboards:")
PAGES = sorted(
    (name, who) for name in TABLE for who in WHO if who in TABLE[name].allow and not name.startswith(LEFT_OUT)
)
# Half of the pages sent are these: their forms choose rows, so that another studio's can be named.
CHOOSING = [
    ("assessments:make", "lead"), ("clinic:new", "lead"), ("clinic:triage", "officer"), ("cohorts:create", "stranger"),
    ("cohorts:mentor_edit", "officer"), ("cohorts:nominate", "lead"), ("growth:plan_edit", "mentor"),
    ("letters:launch_edit", "officer"), ("logs:correct", "mentor"), ("logs:homework_set", "lead"), ("logs:write", "mentor"),
    ("logs:write_for", "officer"), ("matching:wish", "lead"), ("meetings:plan", "officer"), ("people:edit", "officer"),
    ("promotions:members", "lead"),
]  # fmt: skip
PAIRS = every_pair()
# Whose pages in the admin choose a row; every other door of it is tried in tests/admin/test_doors.py.
MODELS = [Base, Cohort, Framework, Indicator, Mentee, Mentor, RoleGrant, Secretary]
CROSSED = {"forms": 0, "admin": 0, "import": 0, "code": 0}  # tries that named another studio's row


def of_either(model, world, data) -> str:
    """A row of the model, of either studio, as a form sends it."""
    rows = list(model._base_manager.order_by("pk").values_list("pk", flat=True)[:40])
    return str(data.draw(st.sampled_from(rows))) if rows else str(uuid.UUID(int=0))


def answer(response):
    if response.streaming:  # a file that is read to its end is closed
        b"".join(response.streaming_content)
    return response


def forms_on(response) -> list[forms.BaseForm]:
    found, context = {}, response.context or []
    for layer in context if isinstance(context, list) else [context]:
        for level in layer.dicts:
            for value in level.values():
                for form in value.forms if isinstance(value, forms.BaseFormSet) else [value]:
                    if isinstance(form, forms.BaseForm) and form.fields:
                        found[id(form)] = form
    return [*found.values()]


def filled(form, world, data, where: str) -> dict:
    """What the form would send as it stands; its choices of rows are drawn from both studios."""
    sent = {}
    for bound in form:
        field, value = bound.field, bound.value()
        if isinstance(field, forms.ModelChoiceField):
            many = isinstance(field, forms.ModelMultipleChoiceField)
            pick = of_either(field.queryset.model, world, data)
            CROSSED[where] += not field.queryset.filter(pk=pick).exists()
            sent[bound.html_name] = [pick] if many else pick
        elif isinstance(field, forms.ChoiceField):
            choices = [str(key) for key, _ in field.choices if not isinstance(_, (list, tuple)) and key]
            sent[bound.html_name] = data.draw(st.sampled_from(choices)) if choices else ""
        elif isinstance(field, forms.FileField):
            continue
        elif value not in (None, "", False):
            format_ = getattr(field.widget, "format_value", str)
            sent[bound.html_name] = format_(value)
        elif field.required:
            sent[bound.html_name] = example_of(field)
    return {name: value for name, value in sent.items() if value is not None}


def example_of(field):
    for kind, value in {
        forms.DateField: "2018-10-10", forms.DateTimeField: "2018-10-10 10:00", forms.TimeField: "10:00",
        forms.IntegerField: "1", forms.BooleanField: "on",
    }.items():  # fmt: skip
        if isinstance(field, kind):
            return value
    return "一段话"


class AnyWayIn(RuleBasedStateMachine):
    world = None

    def __init__(self):
        super().__init__()
        self.story = transaction.atomic()
        self.story.__enter__()
        self.w = copy.deepcopy(type(self).world)

    def browser(self, who) -> Client:
        client = Client(headers={"accept-language": "zh-CN"}, raise_request_exception=False)
        client.force_login(getattr(self.w, who))
        return client

    @rule(data=st.data(), page=st.sampled_from(CHOOSING) | st.sampled_from(PAGES), foreign=st.booleans())
    def a_page_is_sent(self, data, page, foreign):
        name, who = page
        row = TABLE[name]
        arguments = (row.foreign if foreign and row.foreign else row.of)(self.w) if row.of else []
        address, browser = reverse(name, args=arguments), self.browser(who)
        sent = {}
        if not row.post:
            for form in forms_on(answer(browser.get(address))):
                sent |= filled(form, self.w, data, "forms")
        answer(browser.post(address, sent))

    @rule(data=st.data(), model=st.sampled_from(MODELS), who=st.sampled_from(["lead", "officer", "stranger"]))
    def the_admin_is_sent(self, data, model, who):
        row = model._base_manager.order_by("pk").filter(studio=self.w.studio).first()
        label = f"admin:{model._meta.app_label}_{model._meta.model_name}"
        changes = row and data.draw(st.booleans())
        address = reverse(f"{label}_change", args=[row.pk]) if changes else reverse(f"{label}_add")
        browser = self.browser(who)
        page = browser.get(address)
        if page.status_code != 200 or "adminform" not in page.context:
            return
        sent = typed(page)
        for form in [page.context["adminform"].form, *inline_forms(page)]:
            sent |= filled(form, self.w, data, "admin")
        answer(browser.post(address, sent))

    @rule(data=st.data(), home=st.booleans())
    def a_file_is_imported(self, data, home):
        studio = self.w.studio if home else self.w.other_studio
        people = [self.w.mentee_row.secretary, self.w.foreign_mentee_row.secretary]
        person, place = data.draw(st.sampled_from(people)), data.draw(st.sampled_from(people)).community
        CROSSED["import"] += place.subdistrict.district_id != studio.district_id
        plan = plan_import(io.BytesIO(xlsx(row_of(place, 姓名=person.name)).read()), "名册.xlsx", studio)
        import_rows(by=None, plan=plan)

    @rule(data=st.data(), pair=st.sampled_from(PAIRS))
    def code_turns_a_row(self, data, pair):
        row = pair.child._base_manager.order_by("pk").first()
        if row is None:
            return
        parent = of_either(pair.parent, self.w, data)
        setattr(row, pair.field.attname, parent)
        CROSSED["code"] += 1
        try:
            with transaction.atomic():
                row.save()
        except (IntegrityError, TypeError):  # refused; a vote's row is not saved like others
            return

    def teardown(self):
        """A mismatched pair stays, so the end of a story is soon enough to ask."""
        found = mismatched()
        transaction.set_rollback(True)
        self.story.__exit__(None, None, None)
        assert found == []


def inline_forms(page) -> list:
    return [form for inline in page.context["inline_admin_formsets"] for form in inline.formset.forms]


@pytest.mark.slow
def test_no_way_in_links_two_studios(standing, db):
    AnyWayIn.world = standing
    run_state_machine_as_test(
        AnyWayIn,
        settings=settings(
            max_examples=max(1, STEPS // PER_STORY), stateful_step_count=PER_STORY, database=None,
            derandomize=STEPS <= 80, phases=[Phase.generate], suppress_health_check=list(HealthCheck),
        ),
    )  # fmt: skip
    assert all(CROSSED.values()), CROSSED
