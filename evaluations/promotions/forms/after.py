"""After the vote: notice, objections, appeals; and the table of holidays."""

from django import forms
from django.utils.translation import gettext_lazy

from cohorts.forms.cohort import DateInput
from evaluations.promotions.choices import AppealOutcome, Channel, Outcome
from evaluations.promotions.models import Candidate, PublicNotice
from mentorship.accounts.models import User
from mentorship.common.forms import StudioFormMixin
from mentorship.places.models import Holiday

from .reviews import box

LONGEST = 2000


class NoticeForm(StudioFormMixin, forms.ModelForm):
    class Meta:
        model = PublicNotice
        fields = ["subject", "starts", "days", "venues", "contact", "text", "public"]
        widgets = {"starts": DateInput, "text": box(4)}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["days"].min_value, self.fields["days"].max_value = 5, 7
        self.fields["days"].widget.attrs |= {"min": 5, "max": 7}

    def _post_clean(self):
        """The row is made by the act, which knows its last day."""

    def clean_days(self):
        days = self.cleaned_data["days"]
        if not 5 <= days <= 7:
            raise forms.ValidationError(gettext_lazy("公示5到7个工作日。"))
        return days


class ObjectForm(StudioFormMixin, forms.Form):
    """The same for the public page and for a clerk who enters a letter; `own` adds how and when it came."""

    candidate = forms.ModelChoiceField(
        label=gettext_lazy("关于哪一位"), queryset=Candidate.objects.none(), widget=forms.RadioSelect, empty_label=None
    )
    channel = forms.ChoiceField(label=gettext_lazy("怎么收到的"), choices=Channel.choices[1:], widget=forms.RadioSelect)
    received = forms.DateField(label=gettext_lazy("收到日期"), widget=DateInput)
    content = forms.CharField(
        label=gettext_lazy("要反映的问题"), max_length=LONGEST, widget=box(6),
        help_text=gettext_lazy("写清时间、地点、什么事，便于核查"),
    )  # fmt: skip
    name = forms.CharField(
        label=gettext_lazy("姓名（可不写）"), max_length=40, required=False,
        help_text=gettext_lazy("署名的一定答复；只有两位核查人和项目负责人看得到"),
    )  # fmt: skip
    contact = forms.CharField(label=gettext_lazy("联系方式（可不写）"), max_length=100, required=False)

    def __init__(self, *args, candidates, public, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["candidate"].queryset = candidates
        if public:
            del self.fields["channel"], self.fields["received"]

    def clean(self):
        data = super().clean()
        if data.get("name") and not data.get("contact"):
            self.add_error("contact", gettext_lazy("写了姓名，请也留个联系方式，好答复您。"))
        return data


class AssignForm(StudioFormMixin, forms.Form):
    checker_1 = forms.ModelChoiceField(label=gettext_lazy("核查人一"), queryset=User.objects.none())
    checker_2 = forms.ModelChoiceField(label=gettext_lazy("核查人二"), queryset=User.objects.none())

    def __init__(self, *args, people, **kwargs):
        super().__init__(*args, **kwargs)
        for name in self.fields:
            self.fields[name].queryset = people


class FindForm(StudioFormMixin, forms.Form):
    finding = forms.CharField(label=gettext_lazy("核查情况"), max_length=LONGEST, widget=box(5))
    outcome = forms.ChoiceField(label=gettext_lazy("结论"), choices=Outcome.choices, widget=forms.RadioSelect)
    reply = forms.CharField(label=gettext_lazy("答复来信人"), max_length=LONGEST, required=False, widget=box(4))


class AppealForm(StudioFormMixin, forms.Form):
    ground = forms.CharField(label=gettext_lazy("您的理由"), max_length=LONGEST, widget=box(6))


class AppealDecisionForm(StudioFormMixin, forms.Form):
    outcome = forms.ChoiceField(label=gettext_lazy("结论"), choices=AppealOutcome.choices, widget=forms.RadioSelect)
    decision = forms.CharField(label=gettext_lazy("答复"), max_length=LONGEST, widget=box(5))


class HolidayForm(StudioFormMixin, forms.ModelForm):
    is_working = forms.TypedChoiceField(
        label=gettext_lazy("这一天"), widget=forms.RadioSelect, coerce=lambda value: value == "1",
        choices=[("0", gettext_lazy("放假")), ("1", gettext_lazy("上班"))], initial="0",
    )  # fmt: skip

    class Meta:
        model = Holiday
        fields = ["date", "is_working", "note"]
        widgets = {"date": DateInput}

    def _post_clean(self):
        """A day that is there already is corrected by the act."""
