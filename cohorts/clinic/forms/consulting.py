"""Who is asked, what each says, when it is opened."""

import datetime

from crispy_forms.layout import Field, Layout
from django import forms
from django.utils.translation import gettext_lazy as _

from cohorts.clinic.choices import Urgency
from cohorts.clinic.models import Case, Opinion, Remark
from cohorts.clinic.queries.triage import may_be_asked
from cohorts.forms.cohort import DateInput
from mentorship.common.forms import StudioFormMixin
from mentorship.common.templatetags.wording import short_date

WORDS = Opinion._meta.get_field("text").max_length
SENTENCE = Remark._meta.get_field("text").max_length


class AskForm(StudioFormMixin, forms.Form):
    """The page draws the mentors itself, each with the reasons for asking them."""

    mentors = forms.ModelMultipleChoiceField(
        label=_("请谁会诊"), queryset=None, widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("请至少选一位师傅。")},
    )  # fmt: skip

    def __init__(self, *args, case: Case, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["mentors"].queryset = may_be_asked(case)
        self.fields["mentors"].error_messages["required"] = _("请至少选一位师傅。")


class TriageForm(AskForm):
    """Without a day the rules of the cohort say when."""

    urgency = forms.ChoiceField(label=_("缓急"), widget=forms.RadioSelect)
    reply_due = forms.DateField(
        label=_("答复期限（可不填）"), required=False, widget=DateInput,
        help_text=_("空着就按规定的工作日算，上面写着是哪一天。"),
    )  # fmt: skip

    field_order = ["urgency", "reply_due", "mentors"]

    def __init__(self, *args, case: Case, days: dict[str, tuple[int, datetime.date | None]], **kwargs):
        """`days`: urgency to the working days for an answer and the day they lead to."""
        super().__init__(*args, case=case, **kwargs)
        self.fields["urgency"].choices = [(value, in_days(value, *days[value])) for value in Urgency.values]
        self.fields["urgency"].initial = case.urgency

    @property
    def helper(self):
        helper = super().helper
        helper.layout = Layout(Field("urgency", wrapper_class="choices"), "reply_due")
        return helper


def in_days(urgency: str, n: int, day: datetime.date | None) -> str:
    from_now = _("%(label)s：%(n)s个工作日，%(day)s前") if day else _("%(label)s：%(n)s个工作日")
    return from_now % {"label": Urgency(urgency).label, "n": n, "day": short_date(day)}


class AdviseForm(StudioFormMixin, forms.Form):
    version = forms.IntegerField(widget=forms.HiddenInput, initial=0)
    text = forms.CharField(
        label=_("您的方子"), max_length=WORDS, widget=forms.Textarea(attrs={"rows": 5, "maxlength": WORDS}),
        help_text=_("怎么想就怎么写，几句话就好。点键盘上的话筒，可以说话代替打字。"),
    )  # fmt: skip


class GuestForm(AdviseForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["text"].label = _("您的意见")


class RemarkForm(StudioFormMixin, forms.Form):
    text = forms.CharField(
        label=_("说一句"), max_length=SENTENCE, widget=forms.Textarea(attrs={"rows": 2, "maxlength": SENTENCE}),
    )  # fmt: skip


class DeclineForm(StudioFormMixin, forms.Form):
    reason = forms.CharField(
        label=_("要不要说一句（可不填）"), required=False, max_length=100,
        help_text=_("例如：这阵子在外地、这类事不熟"),
    )  # fmt: skip


class ReleaseForm(StudioFormMixin, forms.Form):
    """`early`: before the reply day is past; then a reason is asked for."""

    reason = forms.CharField(label=_("为什么现在公开"), max_length=200)

    def __init__(self, *args, early: bool, **kwargs):
        super().__init__(*args, **kwargs)
        if not early:
            del self.fields["reason"]
