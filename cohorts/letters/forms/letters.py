"""Writing a letter, answering it, transcribing a handwritten answer, and typing in a code."""

from crispy_forms.layout import Div, Field, Layout
from django import forms
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from cohorts.letters.actions.letters import NEEDED, WORDS
from cohorts.letters.choices import Decision, Style
from cohorts.letters.models import LetterReply
from cohorts.letters.taboos import hints_in
from mentorship.common.forms import EMPTY, StudioFormMixin

PART, TEXT = 400, 600
ACCEPT = "image/*"
KAI = "kai-input"
SPEAK = _("点键盘上的话筒，可以说话代替打字。")


def words_box(rows: int, **attrs) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows, "class": KAI, **attrs})


def one_line(length: int, **attrs) -> forms.TextInput:
    return forms.TextInput(attrs={"class": KAI, "maxlength": length, **attrs})


def described(choices, small: dict):
    return [
        (value, format_html("<span>{}<small>{}</small></span>", label, small[value]))
        for value, label in choices.choices
    ]


class Offered(Div):
    """A field with the sentences that can be put into it."""

    template = "letters/letter_part.html"

    def __init__(self, name: str, offered: list[tuple[str, str]]):
        super().__init__(Field(name))
        self.name, self.offered = name, offered


class LetterForm(StudioFormMixin, forms.Form):
    """The parts of a letter. A draft may have gaps; `handing_in` asks for all that a letter needs."""

    version = forms.IntegerField(widget=forms.HiddenInput, initial=0)
    style = forms.ChoiceField(
        label=_("文体"), widget=forms.RadioSelect,
        choices=lambda: described(Style, {"plain": _("像说话一样"), "semi_classical": _("文气一些"), "short": _("几句话就好")}),
    )  # fmt: skip
    salutation = forms.CharField(label=_("称呼"), required=False, max_length=30, widget=one_line(30))
    who_i_am = forms.CharField(
        label=_("我是谁"), required=False, max_length=PART, widget=words_box(4),
        help_text=_("年纪、在哪里任职、一个老实的短处"),
    )  # fmt: skip
    why_you = forms.CharField(
        label=_("为什么拜您"), required=False, max_length=PART, widget=words_box(3),
        help_text=_("师傅身上一样具体的长处"),
    )  # fmt: skip
    wish = forms.CharField(
        label=_("想学什么"), required=False, max_length=PART, widget=words_box(3), help_text=_("一两样就够"),
    )  # fmt: skip
    vow_1 = forms.CharField(label=_("约定一"), required=False, max_length=40, widget=one_line(40))
    vow_2 = forms.CharField(label=_("约定二"), required=False, max_length=40, widget=one_line(40))
    vow_3 = forms.CharField(label=_("约定三"), required=False, max_length=40, widget=one_line(40))
    plea = forms.CharField(label=_("恳请（可不填）"), required=False, max_length=40, widget=one_line(40))
    close = forms.CharField(
        label=_("敬语"), required=False, max_length=20, widget=one_line(20), help_text=_("中间空一格，印出来分两行")
    )
    sign = forms.CharField(label=_("署名"), required=False, max_length=30, widget=one_line(30))
    post = forms.CharField(label=_("职务（可不填）"), required=False, max_length=60, widget=one_line(60))
    introducer = forms.CharField(label=_("引荐（可不填）"), required=False, max_length=40, widget=one_line(40))

    def __init__(self, *args, offered, handing_in=False, **kwargs):
        super().__init__(*args, **kwargs)
        self.offered, self.handing_in = offered, handing_in

    @property
    def helper(self):
        helper = super().helper
        parts = [
            Offered(name, self.offered[name]) if name in self.offered else Field(name)
            for name in WORDS
            if name != "style"
        ]
        helper.layout = Layout("version", Field("style", wrapper_class="choices choices-3"), *parts)
        return helper

    def clean(self):
        data = super().clean()
        if self.handing_in:
            for name in NEEDED:
                if name not in self.errors and not data.get(name, "").strip():
                    self.add_error(name, EMPTY)
        return data

    def words(self) -> dict[str, str]:
        """What the action keeps; a part that is too long stays out of a draft until it is shortened."""
        return {name: self.cleaned_data[name] for name in WORDS if name in self.cleaned_data}

    def hints(self) -> list[dict]:
        """What to look at again, part by part."""
        return [
            {"field": self.fields[name].label, "found": hint.found, "words": hint.words, "forbidden": hint.forbidden}
            for name in WORDS
            for hint in hints_in(self.hint_text(name))
        ]

    def hint_text(self, name: str) -> str:
        return str((self.cleaned_data if self.is_bound else self.initial).get(name) or "")


class ReplyForm(StudioFormMixin, forms.Form):
    """The mentor's answer: typed, or a photographed note in its place."""

    version = forms.IntegerField(widget=forms.HiddenInput, initial=0)
    decision = forms.ChoiceField(
        label=_("怎么答复"), widget=forms.RadioSelect,
        choices=lambda: described(Decision, {"accepted": _("盖章定稿"), "meet_first": _("见过再收，帖子先留着")}),
    )  # fmt: skip
    addressee = forms.CharField(label=_("称呼"), required=False, max_length=30, widget=one_line(30))
    text = forms.CharField(
        label=_("回帖"), required=False, max_length=TEXT, widget=words_box(6),
        help_text=format_html("{}{}", SPEAK, _("60到200字最合适，几句也行。")),
    )  # fmt: skip
    first_lesson = forms.CharField(
        label=_("第一课（可不填）"), required=False, max_length=100, widget=one_line(100),
        help_text=_("头一件叫徒弟做的事，越具体越好"),
    )  # fmt: skip
    rules = forms.CharField(
        label=_("规矩（可不填）"), required=False, max_length=60, widget=one_line(60),
        help_text=_("例如：不收礼，不请客，作业要交"),
    )  # fmt: skip
    sign = forms.CharField(label=_("署名"), required=False, max_length=30, widget=one_line(30))
    photo = forms.FileField(
        label=_("或者拍一张手写的（可不传）"), required=False,
        widget=forms.FileInput(attrs={"accept": ACCEPT}),
        help_text=_("传了照片，上面就不用打字。工作室誊写好，请您看过再盖章。"),
    )  # fmt: skip

    @property
    def helper(self):
        helper = super().helper
        helper.layout = Layout("version", Field("decision", wrapper_class="choices"), *(*LetterReply.WORDS, "photo"))
        return helper

    def clean(self):
        data = super().clean()
        if not data.get("photo") and not data.get("text", "").strip() and not {"photo", "text"} & set(self.errors):
            self.add_error("text", _("写一两句就好；也可以拍一张手写的。"))
        return data

    def facts(self) -> dict:
        return {name: self.cleaned_data[name] for name in ("version", "decision", *LetterReply.WORDS)}


class TranscriptForm(StudioFormMixin, forms.Form):
    version = forms.IntegerField(widget=forms.HiddenInput)
    addressee = forms.CharField(label=_("称呼"), required=False, max_length=30, widget=one_line(30))
    text = forms.CharField(
        label=_("回帖"), max_length=TEXT, widget=words_box(8), help_text=_("照着写，不改师傅的话；认不出的字留个空")
    )
    sign = forms.CharField(label=_("署名"), required=False, max_length=30, widget=one_line(30))


class CodeForm(StudioFormMixin, forms.Form):
    code = forms.CharField(
        label=_("查验码"), max_length=40, widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}),
        help_text=_("印在帖子下面，十二个字母和数字，大小写、横线都不要紧"),
    )  # fmt: skip
