from django import forms
from django.utils.translation import gettext_lazy as _

from cohorts.models import Mentor
from mentorship.common.forms import StudioFormMixin


class ExportForm(StudioFormMixin, forms.Form):
    """Which group goes into the ZIP; nobody chosen is the whole cohort."""

    mentor = forms.ModelChoiceField(Mentor.objects.none(), label=_("哪一组"), required=False, empty_label=_("全批"))

    def __init__(self, *args, cohort, **kwargs):
        super().__init__(*args, **kwargs)
        mentors = Mentor.objects.filter(cohort=cohort, pairings__isnull=False).select_related("secretary").distinct()
        self.fields["mentor"].queryset = mentors.order_by("order", "secretary__sort_key")
        self.fields["mentor"].error_messages["invalid_choice"] = _("这位师傅不在这一批，请重新选。")
