"""The plan: up to eight steps, each with one who does it and a day."""

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from cohorts.clinic.actions.planning import StepFacts
from cohorts.clinic.models import MOST_STEPS, Case
from cohorts.clinic.queries.plans import owners_of
from cohorts.training.forms.sessions import DateInput
from mentorship.common.forms import StudioFormMixin

GROUPS = {"near": _("提诊人和会诊人"), "mentors": _("带教书记"), "mentees": _("学员")}


class VersionForm(forms.Form):
    version = forms.IntegerField(widget=forms.HiddenInput)


class StepForm(StudioFormMixin, forms.Form):
    step = forms.UUIDField(required=False, widget=forms.HiddenInput)
    text = forms.CharField(label=_("做什么"), max_length=120, required=False)
    owner = forms.ChoiceField(label=_("谁来做"), required=False)
    owner_name = forms.CharField(
        label=_("不在名册的写名称"),
        max_length=40,
        required=False,
        help_text=_("例如：业委会、物业公司、街道社区管理办"),
    )
    due = forms.DateField(label=_("哪天前"), required=False, widget=DateInput)

    def __init__(self, *args, case: Case, choices: list, **kwargs):
        super().__init__(*args, **kwargs)
        self.case = case
        self.fields["owner"].choices = choices

    def clean(self):
        data = super().clean()
        filled = any(data.get(name) for name in ("text", "owner", "owner_name", "due", "step"))
        if data.get("DELETE") or not filled:
            return data
        if not data.get("text") and "text" not in self.errors:
            self.add_error("text", _("写一句做什么。"))
        if not data.get("due") and "due" not in self.errors:
            self.add_error("due", _("请选哪天前。"))
        if bool(data.get("owner")) == bool(data.get("owner_name")) and "owner" not in self.errors:
            self.add_error(
                "owner",
                _("选一位，或者写名称，只留一样。") if data.get("owner") else _("由谁来做，选一位，或者写名称。"),
            )
        if data.get("due") and data["due"] < self.case.date:
            self.add_error("due", _("早于提诊那天。"))
        return data


class BaseStepFormSet(forms.BaseFormSet):
    def __init__(self, *args, case: Case, **kwargs):
        groups = owners_of(case)
        self.rows = {row.pk: row for row in case.steps.select_related("owner")}
        self.people = {str(person.pk): person for _name, people in groups for person in people}
        known = [(GROUPS[name], [(str(person.pk), str(person)) for person in people]) for name, people in groups]
        others = {row.owner for row in self.rows.values() if row.owner and str(row.owner_id) not in self.people}
        if others:  # given a step before, and no longer among those who'd be offered
            self.people |= {str(person.pk): person for person in others}
            known.append((gettext("先前定的"), [(str(person.pk), str(person)) for person in others]))
        kwargs["form_kwargs"] = {"case": case, "choices": [("", _("请选")), *known]}
        super().__init__(*args, prefix="steps", **kwargs)

    def add_fields(self, form, index):
        super().add_fields(form, index)
        form.fields["DELETE"].label = gettext("去掉这一步")

    def facts(self) -> list[StepFacts]:
        return [
            StepFacts(
                data["text"],
                data["due"],
                self.people.get(data["owner"]),
                data["owner_name"],
                self.rows.get(data["step"]),
            )
            for data in (form.cleaned_data for form in self.forms)
            if data.get("text") and not data.get("DELETE")
        ]

    @staticmethod
    def values_of(case: Case) -> list[dict]:
        return [
            {"step": row.pk, "text": row.text, "owner": str(row.owner_id or ""), "owner_name": row.owner_name, "due": row.due}
            for row in case.steps.undone().order_by("order")
        ]  # fmt: skip


StepFormSet = forms.formset_factory(
    StepForm, formset=BaseStepFormSet, extra=3, can_delete=True, max_num=MOST_STEPS, absolute_max=MOST_STEPS + 3
)
