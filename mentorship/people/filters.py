import re

import django_filters
from django.utils.translation import gettext_lazy as _

from mentorship.common.dates import years_before
from mentorship.common.filters import StudioFilterSet
from mentorship.common.templatetags.wording import masked_phone

from .models import Secretary

GROUPS = [("young", _("年轻书记")), ("veteran", _("老书记"))]
PLACES = [("", _("在册")), ("left", _("已离开")), ("all", _("全部"))]


class RegisterFilter(StudioFilterSet):
    """Ages and years are counted on the studio's own date."""

    q = django_filters.CharFilter(label=_("姓名、拼音首字母或手机"), method="search")
    subdistrict = django_filters.ModelChoiceFilter(
        label=_("街镇"), field_name="community__subdistrict", queryset=None, empty_label=_("全部")
    )
    group = django_filters.ChoiceFilter(
        label=_("年轻或老书记"), choices=GROUPS, method="in_group", empty_label=_("全部")
    )
    age_from = django_filters.NumberFilter(label=_("年龄从"), min_value=18, max_value=99, method="aged_from")
    age_to = django_filters.NumberFilter(label=_("年龄到"), min_value=18, max_value=99, method="aged_to")
    years_from = django_filters.NumberFilter(label=_("任职满几年"), min_value=0, max_value=60, method="in_post_from")
    years_to = django_filters.NumberFilter(label=_("任职不到几年"), min_value=1, max_value=60, method="in_post_to")
    state = django_filters.ChoiceFilter(label=_("情况"), choices=PLACES[1:], method="in_state", empty_label=_("在册"))

    class Meta:
        model = Secretary
        fields = []

    def __init__(self, *args, studio, subdistricts, **kwargs):
        super().__init__(*args, **kwargs)
        self.studio = studio
        self.filters["subdistrict"].queryset = subdistricts

    def filter_queryset(self, people):
        if not self.form.cleaned_data.get("state"):
            people = people.on_register()
        return super().filter_queryset(people)

    def in_words(self) -> dict[str, str]:
        """What the reader asked for, by the label of each condition; a searched phone is not spelt out."""
        asked = {name: value for name, value in self.form.cleaned_data.items() if value not in (None, "")}
        choices = {**dict(GROUPS), **dict(PLACES)}
        words = {str(self.form.fields[name].label): str(choices.get(value, value)) for name, value in asked.items()}
        return {label: re.sub(r"\d{7,}", lambda digits: masked_phone(digits[0]), text) for label, text in words.items()}

    def search(self, people, name, words):
        return people.search(words)

    def in_group(self, people, name, group):
        return people.young(self.studio) if group == "young" else people.veteran(self.studio)

    def aged_from(self, people, name, years):
        return people.filter(birth__lte=years_before(self.studio.today(), int(years)))

    def aged_to(self, people, name, years):
        return people.filter(birth__gt=years_before(self.studio.today(), int(years) + 1))

    def in_post_from(self, people, name, years):
        return people.filter(post_since__lte=years_before(self.studio.today(), int(years)))

    def in_post_to(self, people, name, years):
        return people.filter(post_since__gt=years_before(self.studio.today(), int(years)))

    def in_state(self, people, name, state):
        return people.exclude(left_on=None) if state == "left" else people
