import django_filters
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cohorts.models import Cohort
from mentorship.common.filters import StudioFilterSet

from .choices import ItemState, MeetingKind, MeetingState, ProductKind
from .models import ActionItem, Meeting, Outcome, Product

ANYTHING = _("全部")
LATE = "late"
MINE = "mine"


def searched(rows, words: str, fields):
    for word in words.split():
        found = Q()
        for field in fields:
            found |= Q(**{f"{field}__icontains": word})
        rows = rows.filter(found)
    return rows


class MeetingFilter(StudioFilterSet):
    q = django_filters.CharFilter(label=_("议题、地点或内容"), method="search")
    kind = django_filters.ChoiceFilter(label=_("种类"), choices=MeetingKind.choices, empty_label=ANYTHING)
    year = django_filters.ChoiceFilter(label=_("年份"), empty_label=ANYTHING)
    cohort = django_filters.ModelChoiceFilter(label=_("批次"), queryset=None, empty_label=ANYTHING)

    class Meta:
        model = Meeting
        fields = []

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        rows = self.queryset.order_by()
        self.filters["cohort"].queryset = Cohort.objects.filter(pk__in=rows.values("cohort"))
        years = rows.values_list("year", flat=True).distinct().order_by("-year")
        self.filters["year"].extra["choices"] = [(str(year), str(year)) for year in years]

    def search(self, rows, name, words):
        """In what was agreed only where minutes were issued: before, not everyone who was asked may read it."""
        fields = ("topic", "topic_en", "place", "base__community__name")
        for word in words.split():
            agreed = Outcome.objects.filter(text__icontains=word, meeting__state=MeetingState.ISSUED)
            found = searched(rows, word, fields) | rows.filter(pk__in=agreed.values("meeting"))
            rows = rows.filter(pk__in=found.values("pk"))
        return rows


class ItemFilter(StudioFilterSet):
    q = django_filters.CharFilter(label=_("事项或牵头"), method="search")
    state = django_filters.ChoiceFilter(
        label=_("状态"), choices=[*ItemState.choices, (LATE, _("过了期限"))], method="in_state", empty_label=ANYTHING
    )
    whose = django_filters.ChoiceFilter(
        label=_("谁的"), choices=[(MINE, _("我牵头的"))], method="of_whom", empty_label=ANYTHING
    )
    cohort = django_filters.ModelChoiceFilter(
        label=_("批次"), field_name="meeting__cohort", queryset=None, empty_label=ANYTHING
    )

    class Meta:
        model = ActionItem
        fields = []

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.filters["cohort"].queryset = Cohort.objects.filter(
            pk__in=self.queryset.order_by().values("meeting__cohort")
        )

    def search(self, rows, name, words):
        return searched(rows, words, ("text", "owner__name", "owner__secretary__name", "owner__user__name"))

    def in_state(self, rows, name, state):
        if state != LATE:
            return rows.filter(state=state)
        return rows.waiting().filter(due__lt=self.request.studio.today()) if self.request.studio else rows.none()

    def of_whom(self, rows, name, whose):
        return rows.owned_by(self.request.user)


class ProductFilter(StudioFilterSet):
    q = django_filters.CharFilter(label=_("名称、用处或做法"), method="search")
    kind = django_filters.ChoiceFilter(label=_("种类"), choices=ProductKind.choices, empty_label=ANYTHING)

    class Meta:
        model = Product
        fields = []

    def search(self, rows, name, words):
        return searched(rows, words, ("title", "use", "steps", "author"))
