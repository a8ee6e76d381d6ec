"""动态调整: each form asks for the day, the reason and who proposed it."""

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cohorts.choices import WithdrawReason
from cohorts.models import Mentee, Mentor, ReminderTalk
from mentorship.accounts.models import User
from mentorship.accounts.permissions import Permission
from mentorship.accounts.roles import ROLES
from mentorship.common.forms import StudioFormMixin

from .cohort import DateInput


def proposers(studio):
    """Those whose role in the studio lets them propose a change."""
    roles = [role for role, data in ROLES.items() if Permission.ROSTER_EDIT in data.permissions]
    held = User.objects.filter(role_grants__studio=studio, role_grants__role__in=roles, role_grants__revoked_at=None)
    return held.distinct()


class AdjustForm(StudioFormMixin, forms.Form):
    date = forms.DateField(label=gettext_lazy("哪一天起"), widget=DateInput)
    reason = forms.CharField(
        label=gettext_lazy("原因"),
        max_length=200,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("写清事实，一两句话"),
    )
    proposed_by = forms.ModelChoiceField(
        label=gettext_lazy("谁提出的"), queryset=None, required=False, empty_label=gettext_lazy("我自己")
    )

    def __init__(self, *args, mentee, **kwargs):
        super().__init__(*args, **kwargs)
        self.mentee = mentee
        self.fields["date"].initial = mentee.studio.today()
        self.fields["proposed_by"].queryset = proposers(mentee.studio)


class RepairForm(AdjustForm):
    to_mentor = forms.ModelChoiceField(
        label=gettext_lazy("换到哪位师傅"), queryset=None, widget=forms.RadioSelect, empty_label=None
    )
    field_order = ["to_mentor", "date", "reason", "proposed_by"]

    def __init__(self, *args, mentee, mentors, **kwargs):
        super().__init__(*args, mentee=mentee, **kwargs)
        self.fields["to_mentor"].queryset = Mentor.objects.filter(cohort=mentee.cohort_id)
        self.fields["to_mentor"].choices = [(mentor.pk, words_of_places(mentor, free)) for mentor, free in mentors]


def words_of_places(mentor: Mentor, free: int) -> str:
    focus = mentor.focus or mentor.specialities
    name = _("%(name)s，还有%(n)s个席位") % {"name": mentor, "n": free}
    return _("%(name)s，%(focus)s") % {"name": name, "focus": focus} if focus else name


class PauseForm(AdjustForm):
    until = forms.DateField(label=gettext_lazy("预计恢复（可不填）"), required=False, widget=DateInput)
    field_order = ["date", "until", "reason", "proposed_by"]


class ResumeForm(AdjustForm):
    pass


class ExtendForm(AdjustForm):
    months = forms.IntegerField(label=gettext_lazy("延长几个月"), min_value=1, max_value=12)
    field_order = ["months", "date", "reason"]

    def __init__(self, *args, mentee, **kwargs):
        super().__init__(*args, mentee=mentee, **kwargs)
        del self.fields["proposed_by"]
        self.fields["months"].initial = mentee.cohort.rules.fail_extension_months


class WithdrawForm(AdjustForm):
    withdraw_reason = forms.ChoiceField(
        label=gettext_lazy("退出的原因"),
        choices=WithdrawReason.choices,
        widget=forms.RadioSelect,
        help_text=gettext_lazy("两次不合格、违纪要先有提醒谈话，限期到了再看一次，由另一人决定"),
    )
    reevaluation = forms.CharField(
        label=gettext_lazy("限期后看到的情况"), required=False, max_length=600, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("两次不合格、违纪要写；其他原因可不填"),
    )  # fmt: skip
    talk = forms.ModelChoiceField(
        label=gettext_lazy("依据哪次谈话"), queryset=None, required=False, empty_label=gettext_lazy("最近一次")
    )
    field_order = ["withdraw_reason", "talk", "reevaluation", "date", "reason"]

    def __init__(self, *args, mentee, **kwargs):
        super().__init__(*args, mentee=mentee, **kwargs)
        del self.fields["proposed_by"]
        talks = mentee.talks.select_related("mentee__secretary")
        if talks:
            self.fields["talk"].queryset = talks
        else:
            del self.fields["talk"]


class SubstituteForm(AdjustForm):
    """Here `mentee` of the other forms is the one whose seat is open."""

    mentee_in = forms.ModelChoiceField(
        label=gettext_lazy("谁来递补"),
        queryset=None,
        widget=forms.RadioSelect,
        empty_label=None,
        help_text=gettext_lazy("按后备次序，第一位在前"),
    )
    field_order = ["mentee_in", "date", "reason", "proposed_by"]

    def __init__(self, *args, mentee, reserves, **kwargs):
        super().__init__(*args, mentee=mentee, **kwargs)
        self.fields["mentee_in"].queryset = Mentee.objects.filter(cohort=mentee.cohort_id)
        self.fields["mentee_in"].choices = [(row.pk, words_of_reserve(row)) for row in reserves]
        if reserves:
            self.fields["mentee_in"].initial = reserves[0].pk


def words_of_reserve(row: Mentee) -> str:
    return _("%(rank)s. %(name)s，%(place)s") % {
        "rank": row.reserve_rank,
        "name": row,
        "place": row.secretary.community.subdistrict,
    }


class TalkForm(StudioFormMixin, forms.ModelForm):
    class Meta:
        model = ReminderTalk
        fields = ["date", "talkers", "facts", "own_words", "agreed_actions", "limit_date"]
        widgets = {
            "date": DateInput, "limit_date": DateInput, "facts": forms.Textarea(attrs={"rows": 3}),
            "own_words": forms.Textarea(attrs={"rows": 3}), "agreed_actions": forms.Textarea(attrs={"rows": 3}),
        }  # fmt: skip

    def __init__(self, *args, mentee, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["date"].initial = mentee.studio.today()
        self.fields["own_words"].label = gettext_lazy("本人说明（可不填）")
        self.fields["limit_date"].label = gettext_lazy("限期至（可不填）")


class DecideForm(StudioFormMixin, forms.Form):
    agreed = forms.TypedChoiceField(
        label=gettext_lazy("您的决定"), coerce=lambda value: value == "yes", widget=forms.RadioSelect,
        choices=[("yes", gettext_lazy("同意")), ("no", gettext_lazy("不同意"))],
    )  # fmt: skip
    answer = forms.CharField(label=gettext_lazy("理由（同意可不填）"), max_length=200, required=False)
