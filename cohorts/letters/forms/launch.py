"""Forms of the run sheet: when and where, and one more step."""

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cohorts.forms.cohort import DateInput
from cohorts.letters.choices import LaunchKind
from cohorts.letters.models import LaunchSheet
from cohorts.models import Cohort, Pairing
from mentorship.common.forms import StudioFormMixin

LONGEST_NOTES = 1000


class SheetForm(StudioFormMixin, forms.ModelForm):
    """`version` is the one that the reader saw. The action saves, not the form."""

    version = forms.IntegerField(widget=forms.HiddenInput)

    class Meta:
        model = LaunchSheet
        fields = LaunchSheet.WORDS
        widgets = {
            "date": DateInput,
            "starts_at": forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
            "notes": forms.Textarea(attrs={"rows": 3, "maxlength": LONGEST_NOTES}),
        }

    def __init__(self, *args, instance, **kwargs):
        super().__init__(*args, instance=instance, initial={"version": instance.version}, **kwargs)

    def _post_clean(self):
        """The row stays as it is: a conflict shows what is kept beside what was typed."""


class ItemForm(StudioFormMixin, forms.Form):
    kind = forms.ChoiceField(label=gettext_lazy("环节"), choices=LaunchKind.choices, initial=LaunchKind.LETTER)
    pairing = forms.ModelChoiceField(
        label=gettext_lazy("读哪一对的帖子（只有读帖才选）"), queryset=None, required=False
    )
    title = forms.CharField(
        label=gettext_lazy("做什么（读帖可不填）"), max_length=60, required=False,
    )  # fmt: skip
    who = forms.CharField(label=gettext_lazy("谁来（可不填）"), max_length=60, required=False)
    minutes = forms.IntegerField(label=gettext_lazy("几分钟"), min_value=1, max_value=120, initial=5)

    def __init__(self, *args, cohort: Cohort, **kwargs):
        super().__init__(*args, auto_id="add_%s", **kwargs)  # it stands beside another form
        self.fields["pairing"].queryset = Pairing.objects.filter(cohort=cohort).current().for_lists()
        self.fields["pairing"].empty_label = _("不读帖")
