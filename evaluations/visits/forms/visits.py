"""Planning a visit at the desk, and writing it down on the spot: strengths first."""

import re

from crispy_forms.layout import HTML, Field, Fieldset, Layout
from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cohorts.forms.cohort import DateInput
from evaluations.logs.forms.logs import words_box
from evaluations.visits.choices import Overall
from evaluations.visits.models import LOOKED_AT, Visit
from evaluations.visits.models.visits import MOST_HOUSEHOLDS, MOST_ROUNDS
from mentorship.common.forms import StudioFormMixin

LONGEST = 1000


class MenteeField(forms.ModelChoiceField):
    def label_from_instance(self, mentee):
        return f"{mentee}（{mentee.secretary.community}）"


class PlanForm(StudioFormMixin, forms.Form):
    mentee = MenteeField(label=gettext_lazy("看谁"), queryset=None, empty_label=gettext_lazy("请选"))
    date = forms.DateField(label=gettext_lazy("哪一天"), widget=DateInput)
    round = forms.IntegerField(label=gettext_lazy("第几轮"), min_value=1, max_value=MOST_ROUNDS, initial=1)
    team = forms.ModelMultipleChoiceField(
        label=gettext_lazy("谁去"), queryset=None, required=False, widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("两个人以上。同去的人都可以记录和签字。"),
    )  # fmt: skip
    guests = forms.CharField(
        label=gettext_lazy("没有账号的（可不填）"), required=False, max_length=120,
        help_text=gettext_lazy("几个人就用顿号隔开"),
    )  # fmt: skip
    unannounced = forms.BooleanField(
        label=gettext_lazy("不打招呼，直接去"), required=False,
        help_text=gettext_lazy("勾上就不通知学员和师傅；不勾，安排好就告诉他们哪一天去。"),
    )  # fmt: skip
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args, mentees, people, visit: Visit | None = None, **kwargs):
        if visit:
            kwargs["initial"] = {
                "date": visit.date, "round": visit.round, "unannounced": visit.unannounced, "version": visit.version,
                "team": [member.user_id for member in visit.team.all() if member.user_id],
                "guests": "、".join(member.name for member in visit.team.all() if member.name),
            }  # fmt: skip
        super().__init__(*args, **kwargs)
        self.visit = visit
        self.fields["team"].queryset = people
        self.fields["mentee"].queryset = mentees
        if visit:
            del self.fields["mentee"]

    @property
    def helper(self):
        helper = super().helper
        first = [] if self.visit else ["mentee"]
        helper.layout = Layout(
            "version", *first, "date", "round", Field("team", wrapper_class="choices"), "guests", "unannounced"
        )
        return helper

    def facts(self) -> dict:
        data = dict(self.cleaned_data)
        data["guests"] = [name for name in re.split(r"[、，,;；\s]+", data["guests"]) if name]
        version = data.pop("version")
        return data | {"version": version or 0} if self.visit else data


class RecordForm(StudioFormMixin, forms.Form):
    """On the spot, with one hand. What was good comes before everything else."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    positives = forms.CharField(
        label=gettext_lazy("亮点"), max_length=LONGEST, widget=words_box(4),
        help_text=gettext_lazy("先写做得好的，哪怕一句。点键盘上的话筒，可以说话代替打字。"),
    )  # fmt: skip
    households = forms.IntegerField(
        label=gettext_lazy("居民随访几户"), required=False, min_value=0, max_value=MOST_HOUSEHOLDS,
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}), help_text=gettext_lazy("没有随访就空着"),
    )  # fmt: skip
    also_looked_at = forms.CharField(
        label=gettext_lazy("还看了什么（可不填）"), required=False, max_length=120,
        help_text=gettext_lazy("例如一图三表、志愿者名册"),
    )  # fmt: skip
    overall = forms.ChoiceField(label=gettext_lazy("总体"), choices=Overall.choices, widget=forms.RadioSelect)

    def __init__(self, *args, visit: Visit, **kwargs):
        names = ["version", "positives", *LOOKED_AT, "households", "also_looked_at", "overall"]
        super().__init__(*args, initial={name: getattr(visit, name) or None for name in names}, **kwargs)
        for name in LOOKED_AT:
            self.fields[name] = forms.BooleanField(label=Visit._meta.get_field(name).verbose_name, required=False)
            self.initial[name] = getattr(visit, name)
        self.fields["positives"].error_messages["required"] = _("先写亮点，再写别的。")
        self.fields["overall"].error_messages["required"] = _("请选总体情况。")
        self.order_fields(names)

    @property
    def helper(self):
        helper = super().helper
        looked = [Field(name, wrapper_class="choices visits-looked") for name in LOOKED_AT]
        helper.layout = Layout(
            "version",
            "positives",
            Fieldset(
                _("看了什么"), HTML('<div class="visits-checks">'), *looked, HTML("</div>"), css_class="visits-part"
            ),
            "households",
            "also_looked_at",
            Field("overall", wrapper_class="choices"),
        )
        return helper

    def facts(self) -> dict:
        return self.cleaned_data | {"households": self.cleaned_data["households"] or 0}


class CancelForm(StudioFormMixin, forms.Form):
    reason = forms.CharField(label=gettext_lazy("为什么不去了"), max_length=120)


class StatementForm(StudioFormMixin, forms.Form):
    text = forms.CharField(
        label=gettext_lazy("本人说明"), max_length=LONGEST, widget=words_box(6),
        help_text=gettext_lazy("记录里有出入的、想补充的，都可以写。同去的人和工作室看得到。"),
    )  # fmt: skip
