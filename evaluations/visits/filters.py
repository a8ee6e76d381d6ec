import django_filters
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cohorts.models import Cohort, Mentee
from mentorship.common.filters import StudioFilterSet

from .choices import Overall, Severity, VisitState
from .models import Finding, Visit

ANY = _("全部")


class VisitFilter(StudioFilterSet):
    """Chooses among the visits that the reader may see."""

    q = django_filters.CharFilter(label=_("姓名或居民区"), method="search")
    cohort = django_filters.ModelChoiceFilter(label=_("批次"), queryset=None, empty_label=ANY)
    round = django_filters.NumberFilter(label=_("第几轮"))
    state = django_filters.ChoiceFilter(label=_("状态"), choices=VisitState.choices, empty_label=ANY)
    overall = django_filters.ChoiceFilter(label=_("总体"), choices=Overall.choices, empty_label=ANY)

    class Meta:
        model = Visit
        fields = []

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.filters["cohort"].queryset = Cohort.objects.filter(pk__in=self.queryset.order_by().values("cohort"))

    def search(self, rows, name, words):
        for word in words.split():
            rows = rows.filter(Q(mentee__secretary__name__icontains=word) | Q(community__name__icontains=word))
        return rows

    def in_words(self) -> dict[str, str]:
        """What was asked for, by the label of each condition."""
        data = self.form.cleaned_data
        asked = {name: value for name, value in data.items() if value not in (None, "")}
        return {str(self.form.fields[name].label): str(value) for name, value in asked.items()}


class FindingFilter(StudioFilterSet):
    q = django_filters.CharFilter(label=_("问题或措施里的字"), method="search")
    mentee = django_filters.ModelChoiceFilter(
        label=_("学员"), field_name="visit__mentee", queryset=None, empty_label=ANY
    )
    level = django_filters.ChoiceFilter(label=_("程度"), choices=Severity.choices, empty_label=ANY)

    class Meta:
        model = Finding
        fields = []

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        people = self.queryset.order_by().values("visit__mentee")
        self.filters["mentee"].queryset = Mentee.objects.filter(pk__in=people).select_related("secretary")

    def search(self, rows, name, words):
        for word in words.split():
            rows = rows.filter(Q(text__icontains=word) | Q(action__icontains=word))
        return rows
