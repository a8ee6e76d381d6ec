from django import forms
from django.utils.translation import gettext_lazy as _

from cohorts.models import Mentor
from mentorship.common.forms import StudioFormMixin

from .cohort import DateInput


class AbsenceForm(StudioFormMixin, forms.Form):
    starts = forms.DateField(label=_("从哪天"), widget=DateInput)
    ends = forms.DateField(label=_("到哪天"), widget=DateInput, help_text=_("最后不在的那一天"))
    stand_in = forms.ModelChoiceField(label=_("请谁代看"), queryset=None, widget=forms.RadioSelect, empty_label=None)
    note = forms.CharField(
        label=_("交代一句（可不填）"), max_length=60, required=False, help_text=_("只有代看的师傅看得到")
    )

    def __init__(self, *args, mentor, **kwargs):
        super().__init__(*args, **kwargs)
        others = Mentor.objects.appointed().filter(cohort=mentor.cohort_id).exclude(pk=mentor.pk)
        self.fields["stand_in"].queryset = others.for_lists()
        self.fields["starts"].initial = mentor.studio.today()
