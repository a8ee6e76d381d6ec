"""评分方案: weights in their groups, each with the sum it must make."""

from dataclasses import dataclass
from decimal import Decimal

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from evaluations.assessments.choices import DIMENSIONS
from evaluations.assessments.models import Scheme
from evaluations.assessments.queries import label_of, subjects_of
from evaluations.assessments.queries.parts import RATERS
from mentorship.common.forms import StudioFormMixin


@dataclass(frozen=True)
class Group:
    """Fields whose sum must be `whole`; a number, or the name of the field that says it."""

    title: str
    whole: str
    fields: list


class SchemeForm(StudioFormMixin, forms.ModelForm):
    version = forms.IntegerField(widget=forms.HiddenInput)

    class Meta:
        model = Scheme
        fields = ["note", *Scheme.RULES]
        widgets = {"missing": forms.RadioSelect}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.subjects = subjects_of(self.instance.cohort)
        self.fields["version"].initial = self.instance.version
        self.fields["note"].help_text = gettext_lazy("写给以后看的人，一句话")
        self.paths = [path for _title, _whole, paths in self.plan() for path in paths]
        for path in self.paths:
            self.fields[path] = forms.DecimalField(
                label=label_of(path, self.subjects), min_value=0, max_value=100, max_digits=5, decimal_places=2,
                initial=self.instance.weights.get(path, "0"),
                widget=forms.NumberInput(attrs={"inputmode": "decimal", "step": "any"}),
            )  # fmt: skip

    def plan(self) -> list[tuple[str, str, list[str]]]:
        return [
            (_("四个部分"), "100", list(DIMENSIONS)),
            (_("过程表现：系统清点"), "100", [f"process.{n}" for n in ("attendance", "logs", "reflections", "homework")]),
            (_("应知必会：各领域"), "100", [f"competency.{code}" for code in self.subjects]),
            (_("应知必会：谁来评"), "100", [f"competency.*.{rater}" for rater in RATERS["competency"]]),
            (_("岗位实绩"), "100", [f"performance.{n}" for n in ("project", "clinic", "findings")]),
            (
                _("开门一件事：谁来评"), "100",
                [f"performance.project.{rater}" for rater in RATERS["performance.project"]],
            ),
            (_("民主测评：谁来评"), "appraisal", [f"appraisal.{rater}" for rater in RATERS["appraisal"]]),
        ]  # fmt: skip

    @property
    def groups(self) -> list[Group]:
        return [Group(title, whole, [self[path] for path in paths]) for title, whole, paths in self.plan()]

    @property
    def rule_fields(self) -> list:
        return [self[name] for name in Scheme.RULES]

    def clean(self):
        data = super().clean()
        for title, whole, paths in self.plan():
            if any(data.get(path) is None for path in paths):
                continue
            wanted = Decimal(whole) if whole.isdigit() else data.get(whole)
            total = sum((data[path] for path in paths), Decimal(0))
            if wanted is not None and total != wanted and wanted > 0:
                words = _("“%(group)s”现在加起来是%(sum)s，要等于%(whole)s。")
                self.add_error(paths[0], words % {"group": title, "sum": total.normalize(), "whole": wanted})
        return data

    def _post_clean(self):
        """The scheme is changed by the action, as a version of its own where it must."""

    def facts(self) -> dict:
        data = self.cleaned_data
        rules = {name: data[name] for name in ("note", *Scheme.RULES)}
        return rules | {"version": data["version"], "weights": {path: data[path] for path in self.paths}}
