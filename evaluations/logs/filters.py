import django_filters
from django import forms
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from cohorts.models import Cohort, Mentee, Mentor
from mentorship.common.dates import add_months
from mentorship.common.filters import StudioFilterSet
from mentorship.common.forms import MonthField
from mentorship.framework.models import Subject

from .choices import HomeworkState, LogKind, Mode, ReflectionState
from .models import Attendance, Homework, Reflection, TeachingLog

SEARCHED = ("title", "text", "advice")
ANYONE = _("全部")


class MonthFilter(django_filters.Filter):
    field_class = MonthField


class LogFilter(StudioFilterSet):
    """Chooses among the logs that the reader may see; offers only people who are in them."""

    q = django_filters.CharFilter(label=_("题目、经过或师傅一句话"), method="search")
    mentor = django_filters.ModelChoiceFilter(label=_("师傅"), queryset=None, empty_label=ANYONE)
    mentee = django_filters.ModelChoiceFilter(label=_("学员"), queryset=None, empty_label=ANYONE, method="about")
    subject = django_filters.ModelChoiceFilter(
        label=_("领域"), field_name="subjects", queryset=None, empty_label=ANYONE
    )
    mode = django_filters.ChoiceFilter(label=_("方式"), choices=Mode.choices, empty_label=ANYONE)
    kind = django_filters.ChoiceFilter(label=_("种类"), choices=LogKind.choices, empty_label=ANYONE)
    month = MonthFilter(label=_("月份"), method="in_month")
    important = django_filters.BooleanFilter(label=_("只看要紧的"), widget=forms.CheckboxInput, method="only_important")

    class Meta:
        model = TeachingLog
        fields = []

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        logs, studio = self.queryset.order_by(), self.request.studio
        # Asked of each of the studio's few people and cohorts, not gathered from all logs.
        held = Exists(logs.filter(mentor=OuterRef("pk")))
        self.filters["mentor"].queryset = Mentor.objects.filter(held, studio=studio).for_lists()
        came = Exists(Attendance.objects.filter(mentee=OuterRef("pk"), log__in=logs.values("pk")))
        self.filters["mentee"].queryset = Mentee.objects.filter(came, studio=studio).for_lists()
        cohorts = Cohort.objects.filter(Exists(logs.filter(cohort=OuterRef("pk"))), studio=studio).order_by()
        self.filters["subject"].queryset = Subject.objects.filter(
            framework__cohorts__in=cohorts.values("pk"), framework__studio=studio
        ).distinct()

    def search(self, logs, name, words):
        for word in words.split():
            found = Q()
            for field in SEARCHED:
                found |= Q(**{f"{field}__icontains": word})
            logs = logs.filter(found)
        return logs.searchable()

    def about(self, logs, name, mentee):
        return logs.about(mentee)

    def in_month(self, logs, name, month):
        return logs.filter(date__gte=month, date__lt=add_months(month, 1))

    def only_important(self, logs, name, wanted):
        return logs.filter(important=True) if wanted else logs

    def in_words(self) -> dict[str, str]:
        """What was asked for, by the label of each condition; searched words stay with the reader."""
        data = self.form.cleaned_data
        asked = {name: value for name, value in data.items() if value not in (None, "", False) and name != "q"}
        return {str(self.form.fields[name].label): str(value) for name, value in asked.items()}


class PracticeFilter(StudioFilterSet):
    """What choosing among reflections and among homework has in common."""

    q = django_filters.CharFilter(label=_("找几个字"), method="search")
    mentee = django_filters.ModelChoiceFilter(label=_("学员"), queryset=None, empty_label=ANYONE)
    SEARCHED: tuple[str, ...] = ()

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        wrote = Exists(self.queryset.order_by().filter(mentee=OuterRef("pk")))
        people = Mentee.objects.filter(wrote, studio=self.request.studio)
        self.filters["mentee"].queryset = people.select_related("secretary")

    def search(self, rows, name, words):
        for word in words.split():
            found = Q()
            for field in self.SEARCHED:
                found |= Q(**{f"{field}__icontains": word})
            rows = rows.filter(found)
        return rows.searchable()


class ReflectionFilter(PracticeFilter):
    state = django_filters.ChoiceFilter(label=_("状态"), choices=ReflectionState.choices, empty_label=ANYONE)
    month = MonthFilter(label=_("月份"), method="in_month")
    SEARCHED = ("title", "text", "one_event", "one_number", "one_regret")

    class Meta:
        model = Reflection
        fields = []

    def in_month(self, rows, name, month):
        return rows.filter(date__gte=month, date__lt=add_months(month, 1))


class HomeworkFilter(PracticeFilter):
    state = django_filters.ChoiceFilter(label=_("状态"), choices=HomeworkState.choices, empty_label=ANYONE)
    due_from = django_filters.DateFilter(
        label=_("哪天起交"), field_name="due", lookup_expr="gte", widget=forms.DateInput(attrs={"type": "date"})
    )
    due_to = django_filters.DateFilter(
        label=_("到哪天为止"), field_name="due", lookup_expr="lte", widget=forms.DateInput(attrs={"type": "date"})
    )
    SEARCHED = ("task", "answer")

    class Meta:
        model = Homework
        fields = []
