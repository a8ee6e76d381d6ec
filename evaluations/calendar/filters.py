"""What a reader chooses to see of the calendar. Entries come from many apps, so it sifts a list, not a table."""

import datetime
from collections.abc import Iterable

from django import forms
from django.utils.translation import gettext_lazy as _

from cohorts.models import Cohort
from mentorship.common.entries import Entry
from mentorship.common.forms import StudioFormMixin

from .choices import EntryKind


class CalendarFilter(StudioFormMixin, forms.Form):
    kind = forms.ChoiceField(label=_("种类"), choices=[("", _("全部")), *EntryKind.choices], required=False)
    cohort = forms.ModelChoiceField(label=_("批次"), queryset=None, required=False, empty_label=_("全部"))
    mine = forms.BooleanField(label=_("只看和我有关的"), required=False)
    on = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args, user, studio, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["cohort"].queryset = Cohort.objects.visible_to(user).filter(studio=studio)

    @property
    def form(self):
        """What `components/filters.html` asks a filter for."""
        return self

    @property
    def is_set(self) -> bool:
        return bool(self.chosen.keys() - {"on"})

    @property
    def chosen(self) -> dict:
        """What was chosen and is valid; an address with nonsense in it chooses nothing."""
        if not self.is_bound:
            return {}
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value}

    def sift(self, entries: Iterable[Entry]) -> list[Entry]:
        chosen = self.chosen
        kind, cohort, mine = chosen.get("kind"), chosen.get("cohort"), chosen.get("mine")
        return [
            entry
            for entry in entries
            if (not kind or entry.kind == kind)
            and (not cohort or entry.cohort in (None, cohort.pk))
            and (not mine or entry.mine)
        ]

    def query(self, **more: datetime.date | str) -> str:
        """The same choice for another month or view, from its question mark on."""
        chosen = self.chosen
        asked = {"kind": chosen.get("kind", ""), "cohort": getattr(chosen.get("cohort"), "pk", "")}
        asked |= {"mine": "on" if chosen.get("mine") else ""} | more
        return "?" + "&".join(f"{name}={value}" for name, value in asked.items() if value)
