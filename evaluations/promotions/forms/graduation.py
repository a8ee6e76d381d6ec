from django import forms
from django.utils.translation import gettext_lazy

from cohorts.forms.cohort import DateInput
from cohorts.models import Cohort, Mentee
from evaluations.assessments.choices import Grade
from mentorship.common.forms import StudioFormMixin


class GraduateForm(StudioFormMixin, forms.Form):
    mentee = forms.ModelChoiceField(label=gettext_lazy("哪一位出师"), queryset=Mentee.objects.none())
    grade = forms.ChoiceField(
        label=gettext_lazy("考核等次"),
        choices=[(grade.value, grade.label) for grade in Grade.passing()],
        initial=Grade.PASS,
        widget=forms.RadioSelect,
    )
    date = forms.DateField(label=gettext_lazy("发证日期"), widget=DateInput)

    def __init__(self, *args, mentees, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["mentee"].queryset = mentees


class ReissueForm(StudioFormMixin, forms.Form):
    reason = forms.CharField(label=gettext_lazy("为什么补发"), max_length=100)


class NominateForm(StudioFormMixin, forms.Form):
    cohort = forms.ModelChoiceField(
        label=gettext_lazy("推荐到哪一批"), queryset=Cohort.objects.none(), widget=forms.RadioSelect, empty_label=None
    )

    def __init__(self, *args, cohorts, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["cohort"].queryset = cohorts
