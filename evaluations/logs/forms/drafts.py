"""A draft as the device sends it, and putting one back into its form."""

import re

from django import forms

from .logs import OTHER

MOST_FIELDS = 60
MOST_BYTES = 64 * 1024
# What no database takes as JSON. A form refuses more, but only when it is sent.
UNKEPT = re.compile("[\x00\ud800-\udfff]")


class DraftForm(forms.Form):
    """`content`: field name to the list of str that the form sends for it."""

    content = forms.JSONField()
    saved_at = forms.DateTimeField()
    mentor = forms.UUIDField(required=False)

    def clean_content(self):
        content = self.cleaned_data["content"]
        if (
            not isinstance(content, dict)
            or len(content) > MOST_FIELDS
            or any(map(UNKEPT.search, content))
            or not all(map(is_list_of_str, content.values()))
        ):
            raise forms.ValidationError("content")
        return content


def is_list_of_str(values) -> bool:
    return isinstance(values, list) and all(isinstance(value, str) and not UNKEPT.search(value) for value in values)


def continue_with(form: forms.Form, client_key, content: dict[str, list[str]]) -> None:
    """Shows what was written so far in a form that nobody has filled in yet."""
    for name, field in form.fields.items():
        if name not in content or isinstance(field, forms.FileField):
            continue
        several = isinstance(field, forms.MultipleChoiceField | forms.ModelMultipleChoiceField)
        form.initial[name] = content[name] if several else next(iter(content[name]), "")
    form.initial["client_key"] = client_key
    day = form.initial.get("day")
    if (
        day and "day" in form.fields and day not in dict(form.fields["day"].choices)
    ):  # written days ago: the day is a date now
        form.initial |= {"day": OTHER, "date": day}
