import django_filters
from django.utils.translation import gettext_lazy as _

from cohorts.clinic.choices import Category
from cohorts.clinic.models import CaseCard
from cohorts.meetings.filters import ANYTHING, searched
from mentorship.common.filters import StudioFilterSet
from mentorship.framework.models import Subject
from mentorship.places.choices import NeighbourhoodType


class CardFilter(StudioFilterSet):
    """Subjects by their code: a card keeps those of the framework it was written under. A card without a type of
    neighbourhood fits any."""

    q = django_filters.CharFilter(label=_("题目、情况或办法"), method="search")
    category = django_filters.ChoiceFilter(label=_("类别"), choices=Category.choices, empty_label=ANYTHING)
    subject = django_filters.ChoiceFilter(label=_("领域"), method="of_subject", empty_label=ANYTHING)
    neighbourhood = django_filters.ChoiceFilter(
        label=_("小区类型"), choices=NeighbourhoodType.choices, method="fitting", empty_label=ANYTHING
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
