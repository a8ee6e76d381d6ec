"""The short forms of a case's course: a word, a check, what is passed up, what came of it, and why."""

from crispy_forms.layout import Field, Layout
from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cohorts.clinic.choices import Check, Level, NoteKind, Outcome
from cohorts.clinic.models import Case
from mentorship.common.forms import StudioFormMixin

from .pointing import PointingMixin

LONGEST = 800
TALK = gettext_lazy("点键盘上的话筒，可以说话代替打字。")


def words_box(rows: int) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows})


def words(label, rows: int = 4, **more) -> forms.CharField:
    return forms.CharField(label=label, **{"max_length": LONGEST, "widget": words_box(rows)} | more)


def figure(case: Case, **more) -> forms.DecimalField:
    return forms.DecimalField(
        label=_("现在的数：%(measure)s") % {"measure": case.measure}, max_digits=10, decimal_places=1, **more
    )


class TextForm(StudioFormMixin, forms.Form):
    """One text. `ask` is its label; `needed` whether it may be left empty."""

    text = words("")

    def __init__(self, *args, ask: str, hint: str = "", needed: bool = True, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["text"].label, self.fields["text"].help_text = ask, hint
        self.fields["text"].required = needed


class NoteForm(StudioFormMixin, forms.Form):
    text = words(gettext_lazy("现在怎么样了"), help_text=TALK)

    def __init__(self, *args, case: Case, **kwargs):
        super().__init__(*args, **kwargs)
        if case.measure:
            self.fields["figure"] = figure(case, required=False)


class CheckForm(StudioFormMixin, forms.Form):
    """`kinds`: the checks whose day has come and that weren't made."""

    kind = forms.ChoiceField(label=gettext_lazy("哪一次回访"), widget=forms.RadioSelect)
    result = forms.ChoiceField(label=gettext_lazy("稳不稳"), choices=Check.choices, widget=forms.RadioSelect)
    text = words(
        gettext_lazy("看到的情况"),
        required=False,
        help_text=gettext_lazy("稳住了可以不写；有反复，写一句现在怎么样了。"),
    )

    def __init__(self, *args, case: Case, kinds: list[str], **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = [(kind, NoteKind(kind).label) for kind in kinds]
        self.fields["kind"].initial = kinds[0] if kinds else None
        if case.measure:
            self.fields["figure"] = figure(case)

    @property
    def helper(self):
        helper = super().helper
        more = ["figure"] if "figure" in self.fields else []
        helper.layout = Layout(
            Field("kind", wrapper_class="choices"),
            Field("result", wrapper_class="choices choices-3 course-three"),
            *more,
            "text",
        )
        return helper


class EscalateForm(StudioFormMixin, forms.Form):
    level = forms.ChoiceField(label=gettext_lazy("转给哪一级"), widget=forms.RadioSelect)
    text = words(gettext_lazy("请上级办什么"), help_text=gettext_lazy("办到哪一步了，卡在哪里，想请上级做什么。"))

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["level"].choices = [(level.value, level.label) for level in Level if level in Level.upward()]

    @property
    def helper(self):
        helper = super().helper
        helper.layout = Layout(Field("level", wrapper_class="choices choices-3 course-three"), "text")
        return helper


class ReportForm(PointingMixin, StudioFormMixin, forms.Form):
    """What everyone will read once it is closed out."""

    POINTED = ("effect", "lesson")

    outcome = forms.ChoiceField(label=gettext_lazy("结果"), choices=Outcome.choices, widget=forms.RadioSelect)
    effect = words(
        gettext_lazy("效果"), 3, max_length=300, help_text=gettext_lazy("有数字更好，例如：投诉由月均14件降到3件")
    )
    lesson = words(
        gettext_lazy("一条经验"), 2, max_length=120,
        help_text=gettext_lazy("留给后来的人的一句话，例如：先把数字数清，再谈怎么分"),
    )  # fmt: skip
    level = forms.ChoiceField(label=gettext_lazy("在哪一级解决的"), choices=Level.choices, widget=forms.RadioSelect)

    def __init__(self, *args, case: Case, **kwargs):
        names = ("outcome", "effect", "lesson", "level")
        kwargs["initial"] = {name: getattr(case, name) for name in (*names, "figure_after")}
        super().__init__(*args, **kwargs)
        self.studio = case.studio
        if case.measure:
            self.fields["figure_after"] = figure(case, required=False)

    @property
    def helper(self):
        helper = super().helper
        more = ["figure_after"] if "figure_after" in self.fields else []
        helper.layout = Layout(
            Field("outcome", wrapper_class="choices choices-3 course-three"), *more, "effect", "lesson",
            Field("level", wrapper_class="choices course-levels"),
        )  # fmt: skip
        return helper


class ReasonForm(StudioFormMixin, forms.Form):
    reason = forms.CharField(label=gettext_lazy("写一句原因"), max_length=200, widget=words_box(2))
