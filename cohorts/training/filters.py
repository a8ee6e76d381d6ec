import django_filters
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cohorts.models import Cohort
from mentorship.common.dates import add_months
from mentorship.common.filters import StudioFilterSet
from mentorship.common.forms import MonthField
from mentorship.framework.models import Subject

from .choices import SessionKind, SessionState, Track
from .models import Session

ANYTHING = _("全部")
SEARCHED = ("title", "title_en", "place", "teacher", "base__community__name", "host__secretary__name")


class MonthFilter(django_filters.Filter):
    field_class = MonthField


class SessionFilter(StudioFilterSet):
    """Chooses among the sessions that the reader may see."""

    q = django_filters.CharFilter(label=_("题目、地点或主讲人"), method="search")
    track = django_filters.ChoiceFilter(label=_("四训"), choices=Track.choices, empty_label=ANYTHING)
    kind = django_filters.ChoiceFilter(label=_("种类"), choices=SessionKind.choices, empty_label=ANYTHING)
    subject = django_filters.ModelChoiceFilter(label=_("领域"), queryset=None, empty_label=ANYTHING)
    state = django_filters.ChoiceFilter(label=_("状态"), choices=SessionState.choices, empty_label=ANYTHING)
    month = MonthFilter(label=_("月份"), method="in_month")
    cohort = django_filters.ModelChoiceFilter(label=_("批次"), queryset=None, empty_label=ANYTHING)

    class Meta:
        model = Session
        fields = []

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        rows = self.queryset.order_by()
        self.filters["cohort"].queryset = Cohort.objects.filter(pk__in=rows.values("cohort"))
        self.filters["subject"].queryset = Subject.objects.filter(pk__in=rows.values("subject"))

    def search(self, rows, name, words):
        for word in words.split():
            found = Q()
            for field in SEARCHED:
                found |= Q(**{f"{field}__icontains": word})
            rows = rows.filter(found)
        return rows

    def in_month(self, rows, name, month):
        return rows.filter(date__lt=add_months(month, 1), last_date__gte=month)
