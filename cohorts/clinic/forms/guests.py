"""Inviting a department or an adviser by a link."""

from django import forms
from django.utils.translation import gettext_lazy as _

from cohorts.clinic.actions.guests import LONGEST, USUAL
from mentorship.common.forms import StudioFormMixin


class InviteForm(StudioFormMixin, forms.Form):
    name = forms.CharField(
        label=_("请谁"), max_length=60, help_text=_("部门或者人，例如：街道城管中队、法律顾问"),
    )  # fmt: skip
    days = forms.IntegerField(
        label=_("链接几天有效"), min_value=1, max_value=LONGEST, initial=USUAL, help_text=_("1到30天，到日子自己失效。")
    )
