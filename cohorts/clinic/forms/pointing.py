"""Words that everyone will read are looked through once more: whatever may lead to a person or a place is pointed at, and
the writer mends it or says that it may stand."""

from collections.abc import Iterable
from dataclasses import dataclass

from django import forms
from django.utils.translation import gettext as _

from cohorts.clinic.privacy import pointers
from mentorship.people.models import Secretary
from mentorship.places.models import Studio

CONFIRMED = "confirmed"
SHORTEST_PLACE = 3


@dataclass(frozen=True)
class Pointed:
    label: str
    text: str
    advice: str


class PointingMixin:
    """Before StudioFormMixin in the bases. `POINTED` names the fields; set `studio`, and `places` where they are pointed
    at too. What was shown once and sent again stands; anything new is shown first."""

    POINTED: tuple[str, ...] = ()
    studio: Studio
    places: Iterable[str] = ()
    pointed: list[Pointed] = ()

    def clean(self):
        data = super().clean()
        found = list(self.found(data))
        known = set(self.data.getlist(CONFIRMED)) if hasattr(self.data, "getlist") else set()
        if {each.text for each in found} - known:
            self.pointed = found
            raise forms.ValidationError(_("有几处可能认得出人，请看一看。不要紧的话，再交一次就行。"))
        return data

    def found(self, data: dict) -> Iterable[Pointed]:
        names = list(Secretary.objects.filter(studio=self.studio).values_list("name", flat=True))
        for name in self.POINTED:
            text, label = data.get(name) or "", self.fields[name].label
            yield from (Pointed(label, each.text, each.advice) for each in pointers(text, names))
            yield from (
                Pointed(label, place, _("小区名不写，写成“某居民区”。"))
                for place in self.places
                if place and place in text
            )
