import datetime

from django import forms
from django.utils.translation import gettext_lazy as _

from cohorts.forms.cohort import DateInput
from evaluations.growth.choices import Answer
from mentorship.common.forms import StudioFormMixin


class DrawForm(StudioFormMixin, forms.Form):
    first = forms.DateField(label=_("从哪天"), widget=DateInput)
    last = forms.DateField(label=_("到哪天"), widget=DateInput)
    size = forms.IntegerField(label=_("抽几篇"), min_value=1, max_value=50, initial=5)
    seed = forms.CharField(
        label=_("种子"), max_length=40, required=False,
        help_text=_("当众报一串字或数，谁都能照着再抽一遍；空着就自动生成。"),
    )  # fmt: skip

    def __init__(self, *args, today: datetime.date, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["first"].initial = today - datetime.timedelta(days=60)
        self.fields["last"].initial = today


class AnswerForm(StudioFormMixin, forms.Form):
    answer = forms.ChoiceField(label=_("回访结果"), choices=Answer.choices, widget=forms.RadioSelect)
    note = forms.CharField(label=_("说明"), max_length=200, required=False)
    log = forms.UUIDField(widget=forms.HiddenInput)
    mentee = forms.UUIDField(widget=forms.HiddenInput)
