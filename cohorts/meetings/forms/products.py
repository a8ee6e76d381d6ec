from django import forms
from django.utils.translation import gettext_lazy as _

from cohorts.meetings.models import Meeting, Product
from cohorts.models import Cohort
from mentorship.common.forms import StudioFormMixin
from mentorship.common.plugs import answers_to


class ProductForm(StudioFormMixin, forms.ModelForm):
    version = forms.IntegerField(required=False, widget=forms.HiddenInput)
    sources = forms.MultipleChoiceField(label=_("出处"), required=False, widget=forms.CheckboxSelectMultiple)

    class Meta:
        model = Product
        fields = ["kind", "title", "use", "steps", "caution", "author", "subject", "meeting"]
        widgets = {"steps": forms.Textarea(attrs={"rows": 6})}

    def __init__(self, *args, cohort: Cohort, reader, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["subject"].queryset = cohort.framework.subjects.all()
        self.fields["meeting"].queryset = Meeting.objects.visible_to(reader).filter(cohort=cohort).standing()
        for name in ("subject", "meeting"):
            self.fields[name].empty_label = _("不选")
        self.fields["meeting"].label_from_instance = lambda row: f"{row.date.isoformat()} {row}"
        chosen = list(self.instance.sources or []) if self.instance else []
        self.offered = [source for ask in answers_to("sources_of") for source in ask(reader, cohort, chosen)]
        shown = {source.key for source in self.offered}
        self.kept = [key for key in chosen if key not in shown]  # what this reader may not see stays as it is
        self.fields["sources"].choices = [(source.key, source.label) for source in self.offered]
        self.initial["sources"] = chosen
        self.initial["version"] = self.instance.version

    def _post_clean(self):
        """The action puts the row together."""

    def facts(self) -> dict:
        data = {name: value for name, value in self.cleaned_data.items() if name != "version"}
        return data | {"sources": [*data["sources"], *self.kept]}
