from django import forms
from django.utils.translation import gettext_lazy as _

from mentorship.common.forms import StudioFormMixin


class EraseForm(StudioFormMixin, forms.Form):
    """The name is typed by hand: nobody erases the wrong person with a slip of the finger."""

    reason = forms.CharField(label=_("原因"), max_length=120, help_text=_("例如：本人书面申请。请不要写姓名"))
    typed_name = forms.CharField(label=_("请输入这个人的姓名"), max_length=60)

    def __init__(self, *args, names: list[str], **kwargs):
        super().__init__(*args, **kwargs)
        self.names = [name for name in names if name]
        self.fields["typed_name"].widget.attrs["autocomplete"] = "off"

    def clean_typed_name(self):
        typed = self.cleaned_data["typed_name"].strip()
        if typed not in self.names:
            raise forms.ValidationError(_("和名册上的姓名不一样，请核对是不是这个人。"))
        return typed

    def clean_reason(self):
        reason = self.cleaned_data["reason"].strip()
        if any(name in reason for name in self.names):
            raise forms.ValidationError(_("原因会一直留着，请不要写姓名。"))
        return reason
