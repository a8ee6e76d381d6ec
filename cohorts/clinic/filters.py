import django_filters
from django import forms
from django.db.models import Count, Q
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from cohorts.meetings.filters import searched
from cohorts.models import Cohort
from mentorship.common.filters import StudioFilterSet
from mentorship.framework.models import Subject
from mentorship.places.choices import NeighbourhoodType
from mentorship.places.models import Subdistrict

from .choices import CaseState, Category, Urgency
from .filters_figures import DAY
from .models import Case, CaseCard, Consult
from .namings import case_number_in

ANY = _("全部")
MINE, ASKED = "mine", "asked"
STATES = [choice for choice in CaseState.choices if choice[0] != CaseState.DRAFT]


class CaseFilter(StudioFilterSet):
    """Chooses among the sent cases that the reader may see. A sensitive one is found by its number, never by its words
    (domain.md §7)."""

    q = django_filters.CharFilter(label=_("题目里的字，或者编号"), method="search")
    category = django_filters.MultipleChoiceFilter(label=_("类别"), widget=forms.CheckboxSelectMultiple)
    state = django_filters.ChoiceFilter(label=_("状态"), choices=STATES, empty_label=ANY)
    urgency = django_filters.ChoiceFilter(label=_("缓急"), choices=Urgency.choices, empty_label=ANY)
    street = django_filters.ModelChoiceFilter(
        label=_("街镇"), field_name="community__subdistrict", queryset=None, empty_label=ANY
    )
    whose = django_filters.ChoiceFilter(
        label=_("谁的"), choices=[(MINE, _("我提的")), (ASKED, _("请我会诊的"))], method="of_whom", empty_label=ANY
    )
    cohort = django_filters.ModelChoiceFilter(label=_("批次"), queryset=None, empty_label=ANY)
    since = django_filters.DateFilter(label=_("提交日期从"), field_name="date", lookup_expr="gte", widget=DAY)
    until = django_filters.DateFilter(label=_("提交日期到"), field_name="date", lookup_expr="lte", widget=DAY)

    class Meta:
        model = Case
        fields = []

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        rows = self.queryset.order_by()
        counts = dict(rows.values_list("category").annotate(Count("pk")))
        self.filters["category"].extra["choices"] = [
            (code, format_html('{} <span class="meta">{}</span>', label, counts[code]))
            for code, label in Category.choices
            if code in counts
        ]
        streets = Subdistrict.objects.filter(pk__in=rows.values("community__subdistrict"))
        self.filters["street"].queryset = streets
        self.filters["cohort"].queryset = Cohort.objects.filter(pk__in=rows.values("cohort"))

    def search(self, rows, name, words):
        for word in words.split():
            found = Q(title__icontains=word, sensitive=False)
            number = case_number_in(word)
            if number is not None:
                found |= Q(number=number)
            rows = rows.filter(found)
        return rows

    def of_whom(self, rows, name, whose):
        user = self.request.user
        if whose == MINE:
            return rows.filter(Q(presenter__user=user.pk) | Q(filed_by=user.pk))
        return rows.filter(pk__in=Consult.objects.of(user).values("case"))


class CardFilter(StudioFilterSet):
    """Subjects by their code: a card keeps those of the framework it was written under. A card without a type of
    neighbourhood fits any."""

    q = django_filters.CharFilter(label=_("题目、情况或办法"), method="search")
    category = django_filters.ChoiceFilter(label=_("类别"), choices=Category.choices, empty_label=ANY)
    subject = django_filters.ChoiceFilter(label=_("领域"), method="of_subject", empty_label=ANY)
    neighbourhood = django_filters.ChoiceFilter(
        label=_("小区类型"), choices=NeighbourhoodType.choices, method="fitting", empty_label=ANY
    )

    class Meta:
        model = CaseCard
        fields = []

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        studio = self.request.studio
        rows = (
            Subject.objects.filter(studio=studio).select_related("framework").order_by("-framework__version", "order")
        )
        newest = {}
        for row in rows:
            newest.setdefault(row.code, row)
        self.filters["subject"].extra["choices"] = [(code, str(row)) for code, row in newest.items()]

    def search(self, rows, name, words):
        return searched(rows, words, ("title", "situation", "worked", "steps", "pitfalls"))

    def of_subject(self, rows, name, code):
        return rows.filter(pk__in=rows.model.objects.filter(subjects__code=code).values("pk"))

    def fitting(self, rows, name, kind):
        return rows.filter(neighbourhood__in=["", kind])
