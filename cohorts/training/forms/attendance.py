"""Leave asked beforehand, settling a difference, and what made up for a missed session."""

from django import forms
from django.utils.translation import gettext_lazy as _

from cohorts.training.choices import AttendanceState
from cohorts.training.models import Session
from mentorship.common.forms import StudioFormMixin

LEAVES = [(each.value, each.label) for each in (AttendanceState.LEAVE, AttendanceState.DUTY)]


class AskForm(StudioFormMixin, forms.Form):
    state = forms.ChoiceField(label=_("哪一种"), choices=LEAVES, widget=forms.RadioSelect)
    reason = forms.CharField(label=_("为什么来不了"), max_length=120)


class SettleForm(StudioFormMixin, forms.Form):
    version = forms.IntegerField(widget=forms.HiddenInput)
    state = forms.ChoiceField(label=_("定为"), choices=AttendanceState.choices, widget=forms.RadioSelect)
    reason = forms.CharField(label=_("凭什么这样定"), max_length=120)


class MakeUpForm(StudioFormMixin, forms.Form):
    version = forms.IntegerField(widget=forms.HiddenInput)
    session = forms.ModelChoiceField(label=_("用哪一次补"), queryset=Session.objects.none())

    def __init__(self, *args, could, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["session"].queryset = could
        self.fields["session"].label_from_instance = lambda each: f"{each.date.isoformat()} {each}"
