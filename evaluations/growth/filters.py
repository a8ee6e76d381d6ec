import django_filters
from django.utils.translation import gettext_lazy as _

from cohorts.models import Mentee, Mentor
from mentorship.common.filters import StudioFilterSet
from mentorship.places.models import Subdistrict

ANYONE = _("全部")


class ComparisonFilter(StudioFilterSet):
    """Chooses among the apprentices of one cohort, and their order."""

    q = django_filters.CharFilter(label=_("姓名"), field_name="secretary__name", lookup_expr="icontains")
    mentor = django_filters.ModelChoiceFilter(label=_("师傅"), queryset=None, empty_label=ANYONE, method="led_by")
    subdistrict = django_filters.ModelChoiceFilter(
        label=_("街镇"), queryset=None, empty_label=ANYONE, field_name="secretary__community__subdistrict"
    )
    sort = django_filters.ChoiceFilter(
        label=_("排列"), empty_label=_("按姓名"), method="ordered",
        choices=[("now", _("现在平均，从高到低")), ("change", _("长进，从多到少")), ("lowest", _("最弱一项，从低到高"))],
    )  # fmt: skip

    class Meta:
        model = Mentee
        fields = []

    def __init__(self, *args, cohort, **kwargs):
        super().__init__(*args, **kwargs)
        self.filters["mentor"].queryset = Mentor.objects.filter(cohort=cohort).for_lists()
        people = Mentee.objects.filter(cohort=cohort).values("secretary__community__subdistrict")
        self.filters["subdistrict"].queryset = Subdistrict.objects.filter(pk__in=people)

    def led_by(self, mentees, name, mentor):
        return mentees.filter(pk__in=mentor.pairings.filter(ends=None).values("mentee"))

    def ordered(self, mentees, name, value):
        """Done on the computed levels, after the rows are chosen."""
        return mentees

    @property
    def chosen_order(self) -> str:
        return (self.form.cleaned_data.get("sort") if self.form.is_valid() else "") or "name"
