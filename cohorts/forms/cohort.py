"""The cohort and its parameters."""

from copy import deepcopy

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cohorts.models import Cohort, CohortRules
from mentorship.common.dates import add_months
from mentorship.common.forms import EMPTY, StudioFormMixin
from mentorship.common.versions import SeenMixin

GROUPS = [
    (gettext_lazy("批次"), ["name", "name_en", "starts", "ends", "mentors_planned", "mentees_planned"]),
    (gettext_lazy("规模与期限"), ["months", "mentees_per_mentor", "mentor_hours_week"]),
    (
        gettext_lazy("日常带教"),
        ["coaching_per_month", "coaching_visit_interval", "reflections_per_month", "log_deadline"],
    ),
    (
        gettext_lazy("四训与学时"),
        ["base_sessions", "elective_every", "intensive", "supervision_rounds", "hours_target", "hours_goal"],
    ),
    (
        gettext_lazy("研讨、例会与会诊"),
        ["seminar_every", "work_meeting_every", "clinic_days_every", "clinic_reply_urgent", "clinic_reply_normal"],
    ),
    (gettext_lazy("整改"), ["finding_due_minor", "finding_due_major"]),
    (
        gettext_lazy("评估与等次"),
        [
            "half_year_month", "annual_month", "cut_excellent", "cut_good", "cut_pass", "excellent_quota",
            "excellent_quota_small", "attendance_floor",
        ],
    ),
    (
        gettext_lazy("动态调整"),
        ["fail_extension_months", "absence_limit", "substitute_within", "substitute_before_month"],
    ),
    (gettext_lazy("评审与公示"), ["quorum", "majority", "majority_base", "publicity_days", "review_days"]),
    (gettext_lazy("配对权重"), ["weight_gap", "weight_wish", "weight_kind", "weight_distance", "low_score"]),
]  # fmt: skip


class DateInput(forms.DateInput):
    input_type = "date"

    def __init__(self, **kwargs):
        super().__init__(format="%Y-%m-%d", **kwargs)


class CohortForm(StudioFormMixin, forms.Form):
    name = forms.CharField(label=gettext_lazy("名称"), max_length=30, help_text=gettext_lazy("例如“第一批”"))
    name_en = forms.CharField(label=gettext_lazy("英文名（可不填）"), max_length=40, required=False)
    starts = forms.DateField(label=gettext_lazy("开始日期"), widget=DateInput)
    months = forms.IntegerField(
        label=gettext_lazy("带教多少个月"), initial=12, min_value=6, max_value=36, help_text=gettext_lazy("一般12个月")
    )
    mentors_planned = forms.IntegerField(label=gettext_lazy("带教书记几位"), initial=6, min_value=1, max_value=200)
    mentees_per_mentor = forms.IntegerField(
        label=gettext_lazy("每位带几名学员"),
        initial=5,
        min_value=1,
        max_value=6,
        help_text=gettext_lazy("6位带5名，就是30名学员；以后还能改"),
    )
    framework = forms.ModelChoiceField(label=gettext_lazy("应知必会用哪一版"), queryset=None, empty_label=None)

    def __init__(self, *args, studio, **kwargs):
        super().__init__(*args, **kwargs)
        frameworks = studio.frameworks.order_by("-version")
        self.fields["framework"].queryset = frameworks
        self.fields["framework"].initial = frameworks.first()

    def facts(self) -> dict:
        """What create_cohort asks for."""
        data = dict(self.cleaned_data)
        data["ends"] = add_months(data["starts"], data.pop("months"))
        data["mentees_planned"] = data["mentors_planned"] * data["mentees_per_mentor"]
        return data


COHORT_FIELDS = forms.fields_for_model(Cohort, fields=GROUPS[0][1], widgets={"starts": DateInput, "ends": DateInput})


class RulesForm(SeenMixin, StudioFormMixin, forms.ModelForm):
    """Every parameter with its unit, range and default; saved through the action, never by the form."""

    class Meta:
        model = CohortRules
        fields = [name for _label, names in GROUPS[1:] for name in names]

    def __init__(self, *args, cohort, **kwargs):
        super().__init__(*args, instance=CohortRules.objects.get(pk=cohort.pk), **kwargs)
        for name, field in COHORT_FIELDS.items():
            self.fields[name] = deepcopy(field)
            self.fields[name].error_messages["required"] = EMPTY
            self.initial[name] = getattr(cohort, name)
        if not cohort.is_open_to_selection:
            self.fields["starts"].disabled = True
        for name in self.Meta.fields:
            self.fields[name].help_text = range_words(name)
        self.watch(cohort, lambda row: RulesForm(cohort=row))

    @property
    def groups(self):
        """(heading, bound fields) in the order of the page."""
        return [(label, [self[name] for name in names]) for label, names in GROUPS]


def range_words(name: str) -> str:
    field = CohortRules._meta.get_field(name)
    if field.choices:
        words = _("默认“%(default)s”") % {"default": dict(field.flatchoices)[field.default]}
        return _("%(words)s。%(note)s") % {"words": words, "note": field.help_text}
    low = max(v.limit_value for v in field.validators if isinstance(v, MinValueValidator))
    high = min(v.limit_value for v in field.validators if isinstance(v, MaxValueValidator))
    words = _("默认%(default)s，%(low)s到%(high)s") % {"default": field.default, "low": low, "high": high}
    if low == high:
        words = _("固定为%(default)s") % {"default": field.default}
    return _("%(words)s。%(note)s") % {"words": words, "note": field.help_text} if field.help_text else words


def rule_defaults() -> dict[str, int | str]:
    return {name: CohortRules._meta.get_field(name).default for name in RulesForm.Meta.fields}


class AsOfForm(StudioFormMixin, forms.Form):
    on = forms.DateField(label=gettext_lazy("看哪一天"), required=False, widget=DateInput)
