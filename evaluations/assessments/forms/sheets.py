from django import forms
from django.utils.translation import gettext_lazy as _

from cohorts.forms.cohort import DateInput
from evaluations.assessments.choices import VetoKind
from evaluations.assessments.models import Sheet
from evaluations.assessments.models.rounds import LONGEST_REPORT
from evaluations.assessments.queries import label_in_full
from mentorship.common.forms import StudioFormMixin
from mentorship.common.versions import SeenMixin


def box(rows: int, **more) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows, **more})


class ReportForm(StudioFormMixin, forms.Form):
    version = forms.IntegerField(widget=forms.HiddenInput)
    report = forms.CharField(
        label=_("述学"), required=False, max_length=LONGEST_REPORT, widget=box(10),
        help_text=_("800字以内。学了什么、办成一件什么事、还缺什么。写实话，几百字就好。"),
    )  # fmt: skip


class CommentForm(StudioFormMixin, forms.ModelForm):
    version = forms.IntegerField(widget=forms.HiddenInput)

    class Meta:
        model = Sheet
        fields = list(Sheet.COMMENT)
        widgets = {name: box(2) for name in Sheet.COMMENT}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name in Sheet.COMMENT:
            self.fields[name].required = True
        self.fields["strength_1"].help_text = _("写一件看见的事，比写“优秀”有用")
        self.fields["suggestion"].help_text = _("下半年先做哪一件")
        self.fields["version"].initial = self.instance.version

    def _post_clean(self):
        """The action writes the words."""


class FeedbackForm(SeenMixin, StudioFormMixin, forms.Form):
    """Of a talk that was written down already, what was written; else today, and `talked_by`."""

    talked_on = forms.DateField(label=_("哪一天谈的"), widget=DateInput)
    talked_by = forms.CharField(label=_("谁谈的"), max_length=60)

    def __init__(self, *args, sheet: Sheet, talked_by: str, **kwargs):
        super().__init__(*args, **kwargs)
        self.written = bool(sheet.talked_on)
        self.initial["talked_on"] = sheet.talked_on or sheet.studio.today()
        self.initial["talked_by"] = sheet.talked_by or talked_by
        self.watch(sheet, lambda row: FeedbackForm(sheet=row, talked_by=talked_by), hold=sheet.round)

    def shown(self):
        """What is only proposed is nobody's word: today ends at midnight."""
        return super().shown() if self.written else {}


class SignForm(StudioFormMixin, forms.Form):
    own_words = forms.CharField(label=_("想说的话（可不填）"), required=False, max_length=400, widget=box(3))


class ReviewForm(StudioFormMixin, forms.Form):
    ground = forms.CharField(
        label=_("哪一项、为什么"), max_length=600, widget=box(5),
        help_text=_("写清哪天、哪件事、谁可以证明，查起来快"),
    )  # fmt: skip


class DecisionForm(StudioFormMixin, forms.Form):
    upheld = forms.TypedChoiceField(
        label=_("查下来"), coerce=lambda value: value == "yes", widget=forms.RadioSelect,
        choices=[("yes", _("成立，更正")), ("no", _("不成立，维持原来的结果"))],
    )  # fmt: skip
    path = forms.ChoiceField(label=_("更正哪一项"), required=False)
    points = forms.DecimalField(
        label=_("这一项应当是多少分"), required=False, min_value=0, max_value=100, max_digits=4, decimal_places=1
    )
    finding = forms.CharField(label=_("核查的情况和理由"), max_length=600, widget=box(4))

    def __init__(self, *args, parts: list[tuple[str, str]], subjects, **kwargs):
        super().__init__(*args, **kwargs)
        words = [(path, f"{label_in_full(path, subjects)} {value or _('缺')}") for path, value in parts]
        self.fields["path"].choices = [("", "—"), *words]


class VetoForm(StudioFormMixin, forms.Form):
    kind = forms.ChoiceField(label=_("哪一类"), choices=VetoKind.choices, widget=forms.RadioSelect)
    facts = forms.CharField(label=_("事实和依据"), max_length=600, widget=box(4))


class SettleForm(StudioFormMixin, forms.Form):
    confirmed = forms.TypedChoiceField(
        label=_("核实下来"), coerce=lambda value: value == "yes", widget=forms.RadioSelect,
        choices=[("yes", _("属实")), ("no", _("查不属实"))],
    )  # fmt: skip
    finding = forms.CharField(label=_("核实的情况"), max_length=600, widget=box(3))
