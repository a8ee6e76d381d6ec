"""What the pairing pages send. The workbench's small forms carry the version the page was shown."""

from django import forms
from django.utils.translation import gettext_lazy as _

from cohorts.models import Cohort
from mentorship.common.forms import StudioFormMixin

from .choices import BarKind, Method
from .queries.members import people_of


class VersionForm(StudioFormMixin, forms.Form):
    version = forms.IntegerField(widget=forms.HiddenInput)


class MoveForm(VersionForm):
    """An empty mentor takes the mentee off the beam."""

    mentee = forms.UUIDField(widget=forms.HiddenInput)
    mentor = forms.UUIDField(label=_("移到哪根大梁"), required=False)


class SwapForm(VersionForm):
    mentee = forms.UUIDField(widget=forms.HiddenInput)
    other = forms.UUIDField(label=_("同谁对调"))


class PinForm(VersionForm):
    mentee = forms.UUIDField(widget=forms.HiddenInput)
    pinned = forms.BooleanField(required=False)


class ResolveForm(VersionForm):
    max_moves = forms.IntegerField(
        label=_("最多动几对"), required=False, min_value=0, max_value=1000, help_text=_("留空就不限")
    )


class ProposeForm(StudioFormMixin, forms.Form):
    method = forms.ChoiceField(
        choices=[(method.value, method.label) for method in (Method.SOLVED, Method.FIRST_COME, Method.RANDOM)]
    )
    seed = forms.IntegerField(label=_("随机种子"), required=False, min_value=0, max_value=2**31)


class PublishForm(VersionForm):
    starts = forms.DateField(
        label=_("结对日期"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text=_("从这一天起，师徒关系生效"),
    )


class NamedChoice(forms.ModelChoiceField):
    """A person with their neighbourhood, since two may bear one name."""

    def label_from_instance(self, member) -> str:
        return f"{member}（{member.secretary.community}）"


class WishForm(StudioFormMixin, forms.Form):
    """Up to three of the other side; the first choice first. Gaps close up."""

    first = NamedChoice(label=_("第一志愿"), queryset=None, required=False, empty_label=_("没有"))
    second = NamedChoice(label=_("第二志愿"), queryset=None, required=False, empty_label=_("没有"))
    third = NamedChoice(label=_("第三志愿"), queryset=None, required=False, empty_label=_("没有"))

    def __init__(self, *args, others, chosen=(), **kwargs):
        initial = dict(zip(self.base_fields, chosen, strict=False))
        super().__init__(*args, initial=initial, **kwargs)
        for field in self.fields.values():
            field.queryset = others

    @property
    def chosen(self) -> list:
        return [self.cleaned_data[name] for name in self.fields if self.cleaned_data[name]]


class BarForm(StudioFormMixin, forms.Form):
    mentor = NamedChoice(label=_("带教书记"), queryset=None, empty_label=_("选一位"))
    mentee = NamedChoice(label=_("学员"), queryset=None, empty_label=_("选一名"))
    kind = forms.ChoiceField(label=_("回避原因"), choices=BarKind)
    note = forms.CharField(label=_("说明（可不填）"), max_length=100, required=False)

    def __init__(self, *args, cohort: Cohort, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["mentor"].queryset, self.fields["mentee"].queryset = people_of(cohort)
