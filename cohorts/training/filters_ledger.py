import django_filters
from django.utils.translation import gettext_lazy as _

from cohorts.models import Mentee, Mentor
from cohorts.training.choices import Track
from mentorship.common.filters import StudioFilterSet


class LedgerFilter(StudioFilterSet):
    """Chooses among the people of one cohort; `missing` and `sort` are done on the sums."""

    q = django_filters.CharFilter(label=_("姓名"), field_name="secretary__name", lookup_expr="icontains")
    mentor = django_filters.ModelChoiceFilter(label=_("哪一组"), queryset=None, empty_label=_("全部"), method="led_by")
    missing = django_filters.ChoiceFilter(
        label=_("缺哪一训"), choices=Track.choices, empty_label=_("不限"), method="later"
    )
    sort = django_filters.ChoiceFilter(
        label=_("排列"), empty_label=_("按姓名"), method="later",
        choices=[("least", _("学时从少到多")), ("most", _("学时从多到少"))],
    )  # fmt: skip

    class Meta:
        model = Mentee
        fields = []

    def __init__(self, *args, cohort, **kwargs):
        super().__init__(*args, **kwargs)
        self.filters["mentor"].queryset = Mentor.objects.filter(cohort=cohort).for_lists()

    def led_by(self, mentees, name, mentor):
        return mentees.filter(pk__in=mentor.pairings.filter(ends=None).values("mentee"))

    def later(self, mentees, name, value):
        return mentees

    def chosen(self, name: str) -> str:
        return (self.form.cleaned_data.get(name) if self.form.is_valid() else "") or ""
