"""What every form shares: the crispy helper, our words for an empty field, and refusals shown beside the field."""

from crispy_forms.helper import FormHelper
from django import forms
from django.utils.translation import gettext_lazy as _

from .errors import Refused

EMPTY = _("这一项还空着，请补上。")


class StudioFormMixin:
    """First in the bases of a form. The page writes the form tag, the summary of errors and the buttons."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.error_messages["required"] = EMPTY

    @property
    def helper(self) -> FormHelper:
        helper = FormHelper(self)
        helper.form_tag = False
        helper.disable_csrf = True
        return helper


def add_refusal(form: forms.BaseForm, refused: Refused) -> None:
    """Puts an action's reason beside its field, or over the form when the form has no such field."""
    form.add_error(refused.field if refused.field in form.fields else None, str(refused.message))


class MonthField(forms.DateField):
    """Year and month only: `<input type=month>`, or 1991.3, 1991年3月; kept as the first of the month."""

    widget = forms.DateInput(format="%Y-%m", attrs={"type": "month"})
    input_formats = ["%Y-%m", "%Y.%m", "%Y/%m", "%Y年%m月", "%Y-%m-%d"]

    def __init__(self, **kwargs):
        super().__init__(input_formats=self.input_formats, **kwargs)
        self.error_messages["invalid"] = _("年月写成1991-03这样。")

    def to_python(self, value):
        day = super().to_python(value)
        return day.replace(day=1) if day else day


class Several(forms.ClearableFileInput):
    allow_multiple_selected = True


class PhotosField(forms.FileField):
    """Any number of files; a list."""

    widget = Several

    def clean(self, data, initial=None):
        one = super().clean
        return [one(item, initial) for item in data or [] if item]
