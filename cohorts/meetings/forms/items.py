from django import forms
from django.utils.translation import gettext_lazy as _

from mentorship.common.forms import StudioFormMixin


class ProgressForm(StudioFormMixin, forms.Form):
    version = forms.IntegerField(widget=forms.HiddenInput)
    progress = forms.CharField(
        label=_("进展"), max_length=1000, required=False, widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("办到哪一步，写一两句就行"),
    )  # fmt: skip


class ReasonForm(StudioFormMixin, forms.Form):
    reason = forms.CharField(label=_("写一句原因"), max_length=120)
