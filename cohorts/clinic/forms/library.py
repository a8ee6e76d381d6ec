from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from cohorts.clinic.choices import Category, HitKind, Outcome
from cohorts.clinic.searching.finding import LONGEST_QUESTION
from mentorship.places.choices import NeighbourhoodType


def narrowed(label, choices) -> forms.ChoiceField:
    return forms.ChoiceField(label=label, choices=[("", _("全部")), *choices], required=False)


class LibraryForm(forms.Form):
    """The page writes it out. A choice that nobody offers is left out rather than reproached: addresses are passed on and
    grow old."""

    kind = narrowed(_("种类"), HitKind.choices)
    category = narrowed(pgettext_lazy("library", "类别"), Category.choices)
    subject = narrowed(_("领域"), [])
    neighbourhood = narrowed(_("小区类型"), NeighbourhoodType.choices)
    outcome = narrowed(_("结果"), Outcome.choices)

    def __init__(self, *args, subjects, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["subject"].choices += [(subject.code, subject.short) for subject in subjects]

    @property
    def asked(self) -> dict[str, str]:
        """What is looked for, without what is empty or makes no sense."""
        self.is_valid()
        words = {"q": str(self.data.get("q", "")).strip()[:LONGEST_QUESTION]}
        return {name: value for name, value in (self.cleaned_data | words).items() if value}

    @property
    def narrowing(self) -> list[tuple]:
        """(name, label, what is chosen, choices) of each filter."""
        return [(name, field.label, self.data.get(name, ""), field.choices) for name, field in self.fields.items()]
