"""The base of every filter: its crispy helper stands here once."""

import django_filters
from crispy_forms.helper import FormHelper


class StudioFilterSet(django_filters.FilterSet):
    """A FilterSet whose form has no tag of its own; the page's `components/filters.html` writes it."""

    @property
    def form(self):
        form = super().form
        if not hasattr(form, "helper"):
            form.helper = FormHelper(form)
            form.helper.form_tag = False
            form.helper.disable_csrf = True
        return form
