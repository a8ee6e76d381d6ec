from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from cohorts.clinic.choices import Category, HitKind, Outcome
from cohorts.clinic.searching.finding import LONGEST_QUESTION
from mentorship.common.forms import StudioFormMixin
from mentorship.places.choices import NeighbourhoodType

FORM = "library"  # the id of the one form of the page: the words stand above the hits, the filters beside them


def narrowed(label, choices) -> forms.ChoiceField:
    return forms.ChoiceField(
        label=label, choices=[("", _("全部")), *choices], required=False, widget=forms.Select(attrs={"form": FORM})
    )


class LibraryForm(StudioFormMixin, forms.Form):
    """A choice that nobody offers is left out rather than reproached: addresses are passed on and grow old."""

    q = forms.CharField(label=_("找什么"), max_length=LONGEST_QUESTION, required=False, strip=True)
    kind = narrowed(_("种类"), HitKind.choices)
    category = narrowed(pgettext_lazy("library", "类别"), Category.choices)
    subject = narrowed(_("领域"), [])
    neighbourhood = narrowed(_("小区类型"), NeighbourhoodType.choices)
    outcome = narrowed(_("结果"), Outcome.choices)

    def __init__(self, *args, subjects, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["subject"].choices += [(subject.code, subject.short) for subject in subjects]
        self.narrowing = [self[name] for name in self.fields if name != "q"]

    @property
    def asked(self) -> dict[str, str]:
        """What is looked for, without what is empty or makes no sense."""
        self.is_valid()
        words = {"q": str(self.data.get("q", "")).strip()[:LONGEST_QUESTION]}
        return {name: value for name, value in (self.cleaned_data | words).items() if value}
