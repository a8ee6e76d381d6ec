"""Which cases the figures are of: a cohort, or a stretch of days by the day of sending."""

import django_filters
from django import forms
from django.utils.translation import gettext_lazy as _

from cohorts.models import Cohort
from mentorship.common.filters import StudioFilterSet

from .models import Case

DAY = forms.DateInput(attrs={"type": "date"})


class FigureFilter(StudioFilterSet):
    cohort = django_filters.ModelChoiceFilter(label=_("批次"), queryset=None, empty_label=_("全部"))
    since = django_filters.DateFilter(label=_("提交日期从"), field_name="date", lookup_expr="gte", widget=DAY)
    until = django_filters.DateFilter(label=_("提交日期到"), field_name="date", lookup_expr="lte", widget=DAY)

    class Meta:
        model = Case
        fields = []

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.filters["cohort"].queryset = Cohort.objects.filter(pk__in=self.queryset.order_by().values("cohort"))

    @property
    def is_whole(self) -> bool:
        return not any(self.form.cleaned_data.get(name) for name in self.filters)
