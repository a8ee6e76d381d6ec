"""Preparing a review."""

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cohorts.choices import Tier
from cohorts.forms.cohort import DateInput
from cohorts.models import Mentee
from evaluations.promotions.choices import BY_LEAD, NEXT, Method, RecusalReason
from evaluations.promotions.models import Candidate
from mentorship.accounts.models import User
from mentorship.common.forms import StudioFormMixin

PANEL_TIERS = [(tier.value, tier.label) for tier in NEXT.values() if tier not in BY_LEAD]


def box(rows: int) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows})


class OpenForm(StudioFormMixin, forms.Form):
    to_tier = forms.ChoiceField(choices=PANEL_TIERS, initial=Tier.TOP, widget=forms.HiddenInput)
    mentees = forms.ModelMultipleChoiceField(
        label=gettext_lazy("候选人"), queryset=Mentee.objects.none(), widget=forms.CheckboxSelectMultiple
    )
    date = forms.DateField(label=gettext_lazy("哪一天"), widget=DateInput)
    place = forms.CharField(label=gettext_lazy("地点"), max_length=60)
    method = forms.ChoiceField(
        label=gettext_lazy("表决方式"), choices=Method.choices, initial=Method.ORAL, widget=forms.RadioSelect,
        help_text=gettext_lazy("口头：各人记名，留理由。举手：两个人各点一遍。无记名：只留总数，查不到谁投了什么。"),
    )  # fmt: skip

    exception = forms.CharField(
        label=gettext_lazy("条件没有齐也要上会的理由"), max_length=300, required=False, widget=box(3),
        help_text=gettext_lazy("候选人的条件都齐了就不用写。写了会留下记录"),
    )  # fmt: skip

    def __init__(self, *args, mentees, may_except, **kwargs):
        super().__init__(*args, **kwargs)
        if not may_except:
            del self.fields["exception"]
        self.fields["mentees"].queryset = mentees
        self.fields["mentees"].error_messages["required"] = _("选至少一位候选人。")


class KeyForm(StudioFormMixin, forms.Form):
    mentees = forms.ModelMultipleChoiceField(
        label=gettext_lazy("列入骨干学员"), queryset=Mentee.objects.none(), widget=forms.CheckboxSelectMultiple
    )
    date = forms.DateField(label=gettext_lazy("哪一天起"), widget=DateInput)
    basis = forms.CharField(
        label=gettext_lazy("依据"), max_length=200, help_text=gettext_lazy("例如“半年评估前40%，2019年1月”")
    )
    exception = forms.CharField(
        label=gettext_lazy("不在前40%也要列入的理由"), max_length=300, required=False, widget=box(3),
        help_text=gettext_lazy("都在前40%就不用写。写了会留下记录"),
    )  # fmt: skip

    def __init__(self, *args, mentees, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["mentees"].queryset = mentees


class MemberForm(StudioFormMixin, forms.Form):
    """Someone with an account, or a guest by name."""

    user = forms.ModelChoiceField(
        label=gettext_lazy("有账号的"), queryset=User.objects.none(), required=False, empty_label=gettext_lazy("不选")
    )
    name = forms.CharField(
        label=gettext_lazy("没有账号的，写姓名"), max_length=40, required=False,
        help_text=gettext_lazy("外请的评委，意见由录入人当场记"),
    )  # fmt: skip
    post = forms.CharField(label=gettext_lazy("职务"), max_length=60, required=False)
    is_convener = forms.BooleanField(label=gettext_lazy("是召集人"), required=False)

    def __init__(self, *args, people, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["user"].queryset = people


class RecuseForm(StudioFormMixin, forms.Form):
    member = forms.ModelChoiceField(
        label=gettext_lazy("哪一位回避"), queryset=None, widget=forms.RadioSelect, empty_label=None
    )
    reason = forms.ChoiceField(label=gettext_lazy("原因"), choices=RecusalReason.choices, widget=forms.RadioSelect)

    def __init__(self, *args, members, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["member"].queryset = members


class CandidateForm(StudioFormMixin, forms.ModelForm):
    version = forms.IntegerField(widget=forms.HiddenInput)

    class Meta:
        model = Candidate
        fields = [*Candidate.WORDS, "discussion"]
        widgets = dict.fromkeys([*Candidate.WORDS, "discussion"], box(4))

    def facts(self) -> dict:
        return {name: self.cleaned_data[name] for name in (*Candidate.WORDS, "discussion", "version")}
