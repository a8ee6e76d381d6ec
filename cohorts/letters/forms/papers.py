"""Forms of the letter of appointment and of the agreement. Their first words are presets that anyone may change."""

from django import forms
from django.utils.translation import gettext_lazy as _

from cohorts.forms.cohort import DateInput
from cohorts.letters.models import Agreement
from cohorts.letters.papers import APPOINTMENT_REASON
from cohorts.models import Cohort
from mentorship.common.forms import StudioFormMixin


class LinesField(forms.CharField):
    """One point a line; a list of str."""

    def __init__(self, *, rows: int, longest: int = 60, **kwargs):
        super().__init__(widget=forms.Textarea(attrs={"rows": rows}), help_text=_("一行一条"), **kwargs)
        self.longest = longest

    def prepare_value(self, value):
        return "\n".join(value) if isinstance(value, list) else value

    def clean(self, value):
        lines = [line.strip() for line in super().clean(value).splitlines() if line.strip()]
        if any(len(line) > self.longest for line in lines):
            raise forms.ValidationError(_("每条最多%(n)s个字。") % {"n": self.longest})
        return lines


class TermMixin(StudioFormMixin):
    def clean(self):
        data = super().clean()
        if data.get("term_from") and data.get("term_to") and data["term_to"] <= data["term_from"]:
            self.add_error("term_to", _("止期要在起期之后。"))
        return data


class AppointmentForm(TermMixin, forms.Form):
    date = forms.DateField(label=_("落款日期"), widget=DateInput, help_text=_("编号按这一年来排"))
    term_from = forms.DateField(label=_("聘期自"), widget=DateInput)
    term_to = forms.DateField(label=_("聘期至"), widget=DateInput)
    reason = forms.CharField(
        label=_("缘由（可不填）"), max_length=100, required=False, help_text=_("接在“兹聘请您”前面的一句")
    )
    issuer = forms.CharField(label=_("发文单位"), max_length=60)
    signer = forms.CharField(label=_("签发人（可不填）"), max_length=40, required=False)

    def __init__(self, *args, cohort: Cohort, **kwargs):
        studio = cohort.studio
        initial = {
            "date": cohort.starts,
            "term_from": cohort.starts,
            "term_to": cohort.ends,
            "reason": APPOINTMENT_REASON,
            "issuer": studio.organizer or studio.name,
        }
        super().__init__(*args, initial=initial, **kwargs)


class IssueAllForm(AppointmentForm):
    """`first` is the number at the head of the list that the reader saw."""

    first = forms.CharField(widget=forms.HiddenInput, max_length=40)


class ReasonForm(StudioFormMixin, forms.Form):
    reason = forms.CharField(label=_("为什么"), max_length=100)


class AgreementForm(TermMixin, forms.Form):
    date = forms.DateField(label=_("日期"), widget=DateInput)
    term_from = forms.DateField(label=_("期限自"), widget=DateInput)
    term_to = forms.DateField(label=_("期限至"), widget=DateInput)
    goals = LinesField(label=_("目标（两到四条）"), rows=4)
    mentor_duties = LinesField(label=_("师傅的责任"), rows=5)
    mentee_duties = LinesField(label=_("徒弟的责任"), rows=5)
    frequency = forms.CharField(label=_("频次"), max_length=100)
    assessment_basis = forms.CharField(label=_("考核依据（可不填）"), max_length=200, required=False)
    confidentiality = forms.CharField(label=_("保密（可不填）"), max_length=100, required=False)
    integrity = forms.CharField(label=_("廉洁（可不填）"), max_length=100, required=False)
    change_clause = forms.CharField(label=_("变更与解除（可不填）"), max_length=200, required=False)


class EditAgreementForm(AgreementForm):
    """`version` is the text that the reader saw."""

    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args, agreement: Agreement, **kwargs):
        initial = {name: getattr(agreement, name) for name in (*Agreement.WORDS, "version")}
        super().__init__(*args, initial=initial, **kwargs)


class DrawAllForm(StudioFormMixin, forms.Form):
    date = forms.DateField(label=_("日期"), widget=DateInput)
