"""Voting: one question on one screen."""

from crispy_forms.layout import Field, Layout
from django import forms
from django.utils.html import format_html
from django.utils.translation import gettext_lazy

from evaluations.promotions.choices import Choice
from mentorship.common.forms import StudioFormMixin

MARKS = {Choice.AGREE: "yes", Choice.DISAGREE: "no", Choice.DEFER: "defer"}


def marked() -> list:
    return [
        (choice.value, format_html('<span class="vote vote-{}">{}</span>', MARKS[choice], choice.label))
        for choice in Choice
    ]


class VoteForm(StudioFormMixin, forms.Form):
    choice = forms.ChoiceField(label=gettext_lazy("您的意见"), widget=forms.RadioSelect)
    reason = forms.CharField(
        label=gettext_lazy("理由（不同意的要写）"), required=False, max_length=200,
        widget=forms.Textarea(attrs={"rows": 2}),
    )  # fmt: skip

    def __init__(self, *args, secret=False, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["choice"].choices = marked()
        self.fields["choice"].error_messages["required"] = gettext_lazy("请在同意、不同意、缓议里选一个。")
        if secret:
            del self.fields["reason"]

    @property
    def helper(self):
        helper = super().helper
        first = Field("choice", wrapper_class="choices choices-3 choices-vote")
        helper.layout = Layout(first, *[name for name in self.fields if name != "choice"])
        return helper


class GuestVoteForm(VoteForm):
    member = forms.ModelChoiceField(
        label=gettext_lazy("哪一位"), queryset=None, widget=forms.RadioSelect, empty_label=None
    )

    def __init__(self, *args, guests, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["member"].queryset = guests
        self.fields["choice"].label = gettext_lazy("他的意见")
        self.order_fields(["member", "choice", "reason"])

    @property
    def helper(self):
        helper = super().helper
        helper.layout = Layout("member", Field("choice", wrapper_class="choices choices-3 choices-vote"), "reason")
        return helper


class CountForm(StudioFormMixin, forms.Form):
    agree = forms.IntegerField(label=gettext_lazy("同意几票"), min_value=0, max_value=100)
    disagree = forms.IntegerField(label=gettext_lazy("不同意几票"), min_value=0, max_value=100)
    defer = forms.IntegerField(label=gettext_lazy("缓议几票"), min_value=0, max_value=100)


class ReasonForm(StudioFormMixin, forms.Form):
    reason = forms.CharField(label=gettext_lazy("原因"), max_length=200, widget=forms.Textarea(attrs={"rows": 2}))


class ReopenForm(StudioFormMixin, forms.Form):
    in_favour = forms.IntegerField(
        label=gettext_lazy("几位赞成重新表决"), min_value=0, max_value=100,
        help_text=gettext_lazy("要超过全体评委的半数"),
    )  # fmt: skip
