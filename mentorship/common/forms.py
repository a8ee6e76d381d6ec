"""What every form shares: the crispy helper, our words for an empty field, and refusals shown beside the field."""

import re
from typing import Any

from crispy_forms.helper import FormHelper
from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import ProhibitNullCharactersValidator
from django.utils.translation import gettext_lazy as _

from .errors import Refused

EMPTY = _("这一项还空着，请补上。")
# Controls, what turns the direction of writing, halves of a character. Tabs and new lines are words, and so is what joins
# the parts of an emoji.
UNREADABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")


def only_readable(text: Any) -> None:
    if isinstance(text, str) and UNREADABLE.search(text):
        raise ValidationError(_("有看不见的字符，请删掉重填。"))


class ReadableMixin:
    """Of a form whose texts are shown to others: what cannot be read is refused beside its field. Secrets pass as typed."""

    def full_clean(self):
        for field in self.fields.values():
            if isinstance(field, forms.CharField) and not isinstance(field.widget, forms.PasswordInput):
                others = [each for each in field.validators if not isinstance(each, ProhibitNullCharactersValidator)]
                field.validators = [only_readable, *(each for each in others if each is not only_readable)]
        super().full_clean()


class StudioFormMixin(ReadableMixin):
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
