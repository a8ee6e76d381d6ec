from django import forms
from django.utils.translation import gettext_lazy as _

from cohorts.choices import Stage
from cohorts.forms.cohort import DateInput
from cohorts.models import Cohort
from evaluations.assessments.choices import RoundKind
from evaluations.assessments.models import Round, Scheme
from evaluations.assessments.queries import officers_of
from mentorship.common.forms import StudioFormMixin


class RoundForm(StudioFormMixin, forms.ModelForm):
    class Meta:
        model = Round
        fields = ["cohort", "kind", "starts", "ends", "due", "scheme", "studio_rater"]
        widgets = {"kind": forms.RadioSelect, "starts": DateInput, "ends": DateInput, "due": DateInput}

    def __init__(self, *args, studio, **kwargs):
        super().__init__(*args, **kwargs)
        cohorts = Cohort.objects.filter(studio=studio, stage__in=Stage.with_pairs())
        self.fields["cohort"].queryset = cohorts
        self.fields["cohort"].empty_label = None
        self.fields["scheme"].queryset = Scheme.objects.filter(cohort__in=cohorts).order_by("-number")
        self.fields["scheme"].required = False
        self.fields["scheme"].empty_label = None if self.fields["scheme"].queryset.exists() else _("按默认权重备第一版")
        self.fields["kind"].choices = RoundKind.choices
        self.fields["studio_rater"].queryset = officers_of(studio)
        self.fields["studio_rater"].empty_label = _("由专员按纸质录入")
        self.fields["studio_rater"].help_text = _("评分的人不能发布结果，也不能决定复核")
        self.fields["starts"].help_text = _("出勤、日志、作业从这一天算起")
        self.fields["due"].help_text = _("写在给评分人的通知里")

    def _post_clean(self):
        """The action keeps the rules of a round; the form only reads."""


class ReopenForm(StudioFormMixin, forms.Form):
    reason = forms.CharField(label=_("为什么回到评分"), max_length=200, help_text=_("例如“街镇的评分晚到一天”"))
