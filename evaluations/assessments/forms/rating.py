"""评分: one screen for one mentee. Large choices; a figure only where someone copies it from paper."""

from collections.abc import Mapping
from decimal import Decimal

from crispy_forms.layout import Field, Layout
from django import forms
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from evaluations.assessments.queries.parts import Item, label_of
from mentorship.common.forms import StudioFormMixin

OTHER = "other"
BANDS = [
    ("95", pgettext_lazy("band", "很好")),
    ("85", pgettext_lazy("band", "好")),
    ("78", pgettext_lazy("band", "较好")),
    ("68", pgettext_lazy("band", "一般")),
    ("55", pgettext_lazy("band", "还差一些")),
]
NOT_YET = gettext_lazy("这一项还没有评。")


class RateForm(StudioFormMixin, forms.Form):
    """Fields are named by the path of what they judge; `values()` gives path -> figure or None."""

    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args, items: list[Item], subjects: Mapping[str, str], scale: list[str], paper: bool,
                 given: Mapping[str, Decimal], version: int, source: str = "", submitting: bool = False, **kwargs):  # fmt: skip
        super().__init__(*args, **kwargs)
        self.items, self.paper, self.submitting = items, paper, submitting
        self.fields["version"].initial = version
        for item in items:
            label = _("总的看") if item.path == "appraisal" else label_of(item.path, subjects)
            self.ask(item, label, scale, given.get(item.path))
        if paper:
            self.fields["source"] = forms.CharField(
                label=_("这些分从哪儿来"), max_length=120, required=False, initial=source,
                help_text=_("例如“居民代表纸质票，发出10张，收回8张”"),
            )  # fmt: skip

    def ask(self, item: Item, label: str, scale: list[str], given: Decimal | None) -> None:
        if item.level:
            choices = [(str(n), format_html("{} {}", n, name)) for n, name in enumerate(scale, 1)]
            initial = None if given is None else str(int(given))
            self.fields[item.path] = radio(label, choices, initial)
        elif self.paper:
            self.fields[item.path] = points(_("%(item)s（平均分）") % {"item": label}, given)
        else:
            known = given is not None and f"{given.normalize():f}" in dict(BANDS)
            initial = None if given is None else f"{given.normalize():f}" if known else OTHER
            choices = [(value, format_html("{} {}", words, value)) for value, words in BANDS]
            self.fields[item.path] = radio(label, [*choices, (OTHER, _("写分数"))], initial)
            self.fields[f"{item.path}-points"] = points(_("写多少分"), None if known else given)

    @property
    def helper(self):
        helper = super().helper
        wide = {item.path: "choices choices-5" if item.level else "choices choices-3" for item in self.items}
        rows = []
        for name, field in self.fields.items():
            extra = "other-points" if name.endswith("-points") else ""
            rows.append(Field(name, wrapper_class=wide.get(name, extra) if not self.plain(field) else ""))
        helper.layout = Layout(*rows)
        return helper

    def plain(self, field) -> bool:
        return isinstance(field, forms.DecimalField) and self.paper

    def clean(self):
        data = super().clean()
        for item in self.items:
            other = data.get(item.path) == OTHER
            if other and data.get(f"{item.path}-points") is None and f"{item.path}-points" not in self.errors:
                if self.submitting:
                    self.add_error(f"{item.path}-points", _("写一下多少分。"))
            elif self.submitting and item.path not in self.errors and data.get(item.path) in (None, ""):
                self.add_error(item.path, NOT_YET)
        return data

    def values(self) -> dict[str, Decimal | None]:
        return {item.path: self.value(item.path) for item in self.items}

    def value(self, path: str) -> Decimal | None:
        given = self.cleaned_data.get(path)
        if given == OTHER:
            return self.cleaned_data.get(f"{path}-points")
        return Decimal(given) if given not in (None, "") else None


def radio(label, choices, initial) -> forms.ChoiceField:
    return forms.ChoiceField(label=label, choices=choices, initial=initial, required=False, widget=forms.RadioSelect)


def points(label, initial) -> forms.DecimalField:
    return forms.DecimalField(
        label=label, required=False, min_value=0, max_value=100, max_digits=5, decimal_places=2, initial=initial,
        widget=forms.NumberInput(attrs={"inputmode": "decimal", "step": "any"}),
    )  # fmt: skip
