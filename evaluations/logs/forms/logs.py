"""记一次: who, how, when, how long, a few words, a photo. All else is optional and folded away."""

import datetime
import uuid

from crispy_forms.layout import Div, Field, Layout
from django import forms
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from cohorts.forms.cohort import DateInput
from cohorts.models import Mentee
from evaluations.logs.choices import LogKind, Mode, PhotoKind, Privacy
from evaluations.logs.models import MOST_PHOTOS
from evaluations.logs.models.logs import MOST_MINUTES
from mentorship.common.forms import PhotosField, Several, StudioFormMixin
from mentorship.framework.models import Indicator, Subject

OTHER = "other"
ONE_DAY = datetime.timedelta(days=1)
LENGTHS = [
    ("30", gettext_lazy("30分钟")),
    ("60", gettext_lazy("1小时")),
    ("120", gettext_lazy("2小时")),
    ("240", gettext_lazy("半天")),
    (OTHER, gettext_lazy("别的")),
]
LONGEST_TEXT = 5000
ACCEPT = "image/*"
COACHING_MODES = [(mode.value, mode.label) for mode in Mode.of_coaching()]


def words_box(rows: int) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows})


def labelled(words: str, small: str):
    return format_html("<span>{}<small>{}</small></span>", words, small)


class MenteesField(forms.ModelMultipleChoiceField):
    widget = forms.CheckboxSelectMultiple

    def label_from_instance(self, mentee):
        return labelled(mentee, mentee.secretary.community)


class Folded(Div):
    """Fields under a summary, open when one of them has an error."""

    template = "logs/log_more.html"

    def __init__(self, *fields, is_open: bool):
        super().__init__(*fields)
        self.is_open = is_open


class WordsForm(StudioFormMixin, forms.Form):
    """What writing and correcting ask alike."""

    kind = forms.ChoiceField(choices=LogKind.choices, initial=LogKind.COACHING, widget=forms.HiddenInput)
    mentees = MenteesField(
        label=gettext_lazy("带了谁"), queryset=None, help_text=gettext_lazy("可以同时选几位，一次记完")
    )  # fmt: skip
    mode = forms.ChoiceField(label=gettext_lazy("怎么带的"), choices=COACHING_MODES, widget=forms.RadioSelect)
    date = forms.DateField(label=gettext_lazy("哪一天"), widget=DateInput)
    length = forms.ChoiceField(label=gettext_lazy("多久"), choices=LENGTHS, initial="60", widget=forms.RadioSelect)
    minutes = forms.IntegerField(
        label=gettext_lazy("选了“别的”，写几分钟"), required=False, min_value=1, max_value=MOST_MINUTES
    )
    text = forms.CharField(
        label=gettext_lazy("带教内容"), required=False, max_length=LONGEST_TEXT, widget=words_box(5),
        help_text=gettext_lazy("点键盘上的话筒，可以说话代替打字。居民写成张阿婆、7号楼某户这样。"),
    )  # fmt: skip
    title = forms.CharField(label=gettext_lazy("题目"), required=False, max_length=60)
    advice = forms.CharField(label=gettext_lazy("师傅一句话"), required=False, max_length=200)
    place = forms.CharField(label=gettext_lazy("地点"), required=False, max_length=60)
    subjects = forms.ModelMultipleChoiceField(
        label=gettext_lazy("领域"), queryset=None, required=False, widget=forms.CheckboxSelectMultiple
    )
    indicators = forms.ModelMultipleChoiceField(label=gettext_lazy("指标"), queryset=None, required=False)
    next_date = forms.DateField(label=gettext_lazy("下次哪一天"), required=False, widget=DateInput)
    important = forms.BooleanField(label=gettext_lazy("要紧，请专员看"), required=False)
    privacy = forms.ChoiceField(
        label=gettext_lazy("谁能看"), choices=Privacy.choices, initial=Privacy.PAIR, widget=forms.RadioSelect
    )
    sensitive = forms.BooleanField(
        label=gettext_lazy("涉及隐私"), required=False,
        help_text=gettext_lazy("涉及未成年人、健康、家庭暴力的事：不能搜索，不能导出。"),
    )  # fmt: skip

    FIRST = ["mentees", "mode", "date", "length", "minutes", "text"]
    WIDE = {"mentees": "choices", "mode": "choices", "length": "choices choices-3", "minutes": "when-other-length"}
    NOT_FACTS = {"length"}

    def __init__(self, *args, mentor, mentees, **kwargs):
        super().__init__(*args, **kwargs)
        self.mentor, self.people = mentor, mentees
        self.fields["mentees"].error_messages["required"] = _("请选这次带了哪几位徒弟。")
        framework = mentor.cohort.framework_id
        self.fields["mentees"].queryset = mentees
        self.fields["subjects"].queryset = Subject.objects.filter(framework=framework)
        self.fields["indicators"].queryset = Indicator.objects.filter(subject__framework=framework)
        self.fields["date"].initial = mentor.cohort.studio.today()

    @property
    def helper(self):
        helper = super().helper
        asked = [name for name in self.fields if name not in self.FIRST and not self.fields[name].widget.is_hidden]
        hidden = [name for name in self.fields if self.fields[name].widget.is_hidden]
        helper.layout = Layout(
            *hidden,
            *[Field(name, wrapper_class=self.WIDE.get(name, "")) for name in self.FIRST if name in self.fields],
            Folded(*asked, is_open=any(name in self.errors for name in asked)),
        )
        return helper

    def clean(self):
        data = super().clean()
        length = data.get("length")
        if length and length != OTHER:
            data["minutes"] = int(length)
        elif length and "minutes" not in self.errors and not data.get("minutes"):
            self.add_error("minutes", _("写一下多少分钟。"))
        return data

    def facts(self) -> dict:
        """What the action asks for."""
        return {name: value for name, value in self.cleaned_data.items() if name not in self.NOT_FACTS}


class LogForm(WordsForm):
    """A coaching log. `client_key` is made with the page, so that sending twice makes one log.

    `day` names its days by their dates: a form that was opened yesterday still means yesterday.
    """

    client_key = forms.UUIDField(widget=forms.HiddenInput)
    everyone = forms.BooleanField(required=False)
    day = forms.ChoiceField(
        label=gettext_lazy("哪一天"), widget=forms.RadioSelect,
        error_messages={"invalid_choice": gettext_lazy("隔了几天，请再选一次是哪一天。")},
    )  # fmt: skip
    date = forms.DateField(label=gettext_lazy("选日期"), required=False, widget=DateInput)
    photos = PhotosField(
        label=gettext_lazy("照片（可不传）"), required=False,
        widget=Several(attrs={"accept": ACCEPT, "data-photos": gettext_lazy("加照片")}),
        help_text=gettext_lazy("和笔记本页合起来最多6张"),
    )  # fmt: skip
    notebook = PhotosField(
        label=gettext_lazy("笔记本页（可不传）"), required=False,
        widget=Several(attrs={"accept": ACCEPT, "data-photos": gettext_lazy("加笔记本页")}),
        help_text=gettext_lazy("不想打字，就拍一页笔记本，工作室来誊写"),
    )  # fmt: skip
    homework = forms.CharField(label=gettext_lazy("作业"), required=False, max_length=200)
    homework_due = forms.DateField(label=gettext_lazy("哪一天交"), required=False, widget=DateInput)

    FIRST = ["mentees", "everyone", "mode", "day", "date", "length", "minutes", "text", "photos", "notebook"]
    WIDE = {
        **WordsForm.WIDE, "everyone": "choices choices-one", "day": "choices choices-3", "date": "when-other-day",
    }  # fmt: skip
    NOT_FACTS = {"length", "photos", "notebook", "everyone", "day"}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["client_key"].initial = uuid.uuid4
        self.offer_everyone()
        today = self.mentor.cohort.studio.today()
        days = [(_("今天"), today), (_("昨天"), today - ONE_DAY)]
        named = [(day.isoformat(), labelled(words, date_format(day, "MONTH_DAY_FORMAT"))) for words, day in days]
        self.fields["day"].choices = [*named, (OTHER, _("选日期"))]
        self.fields["day"].initial = today.isoformat()
        self.fields["date"].initial = None

    def offer_everyone(self):
        """One tap in place of five; nothing to offer where there is one apprentice."""
        count = len(self.people)  # the page asks the same rows
        if count < 2:
            del self.fields["everyone"]
            return
        self.fields["mentees"].required = False
        self.fields["everyone"].label = ngettext("%(n)s位都在", "%(n)s位都在", count) % {"n": count}

    def clean(self):
        data = super().clean()
        if data.get("everyone"):
            data["mentees"] = self.fields["mentees"].queryset
        elif not data.get("mentees") and "mentees" not in self.errors:
            self.add_error("mentees", self.fields["mentees"].error_messages["required"])
        day = data.get("day")
        if day and day != OTHER:
            data["date"] = datetime.date.fromisoformat(day)
        elif day and not data.get("date") and "date" not in self.errors:
            self.add_error("date", _("选一下是哪一天。"))
        sent = len(data.get("photos") or []) + len(data.get("notebook") or [])
        if sent > MOST_PHOTOS:
            self.add_error("photos", _("照片最多%(n)s张。") % {"n": MOST_PHOTOS})
        return data

    def facts(self) -> dict:
        return super().facts() | {"photos": list(self.pictures())}

    def pictures(self):
        """(key, kind, upload): the key follows from that of the log, the same when the form is sent again."""
        key = self.cleaned_data["client_key"]
        for kind, name in [(PhotoKind.SCENE, "photos"), (PhotoKind.NOTEBOOK, "notebook")]:
            for number, upload in enumerate(self.cleaned_data[name]):
                yield uuid.uuid5(key, f"{kind}-{number}"), kind, upload


class SessionForm(LogForm):
    """A base or group session: everyone who was due (all are, until someone is unticked), and who did not come."""

    kind = forms.ChoiceField(
        label=gettext_lazy("种类"), widget=forms.RadioSelect,
        choices=[(kind.value, kind.label) for kind in LogKind if kind in LogKind.sessions()],
    )  # fmt: skip
    mode = forms.ChoiceField(label=gettext_lazy("怎么带的"), choices=Mode.choices, widget=forms.RadioSelect)
    absent = MenteesField(label=gettext_lazy("谁没到"), queryset=None, required=False)
    absent_reason = forms.CharField(label=gettext_lazy("为什么没到"), required=False, max_length=60)
    starts_at = forms.TimeField(
        label=gettext_lazy("几点开始"), required=False, widget=forms.TimeInput(attrs={"type": "time"})
    )
    questions = forms.CharField(label=gettext_lazy("学员提问"), required=False, widget=words_box(3))
    highlights = forms.CharField(label=gettext_lazy("精彩处"), required=False, widget=words_box(3))
    problems = forms.CharField(label=gettext_lazy("发现的问题"), required=False, widget=words_box(3))
    improve = forms.CharField(label=gettext_lazy("下次改进"), required=False, widget=words_box(3))
    materials = forms.CharField(label=gettext_lazy("材料"), required=False, max_length=200)
    weather = forms.CharField(label=gettext_lazy("天气"), required=False, max_length=20)

    FIRST = ["kind", "mentees", "absent", "absent_reason", *LogForm.FIRST[2:]]
    WIDE = {**LogForm.WIDE, "kind": "choices", "absent": "choices"}
    NOT_FACTS = {*LogForm.NOT_FACTS, "absent_reason"}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["mentees"].label = _("应到的学员")
        self.fields["mentees"].initial = self.fields["mentees"].queryset
        self.fields["absent"].queryset = self.fields["mentees"].queryset

    def offer_everyone(self):
        del self.fields["everyone"]

    def facts(self) -> dict:
        reason = self.cleaned_data["absent_reason"]
        return super().facts() | {"absent": dict.fromkeys(self.cleaned_data["absent"], reason)}


class CorrectForm(WordsForm):
    """The words of a log as they stand; `version` is the one the reader saw."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    NOT_FACTS = {"length"}

    def __init__(self, *args, log, own: bool, **kwargs):
        fixed = {length for length, _words in LENGTHS}
        initial = {name: getattr(log, name) for name in self.base_fields if name in log.WORDS}
        initial |= {
            "version": log.version,
            "length": str(log.minutes) if str(log.minutes) in fixed else OTHER,
            "mentees": [row.mentee_id for row in log.attendance.all()],
            "subjects": list(log.subjects.all()),
            "indicators": list(log.indicators.all()),
        }
        mentees = Mentee.objects.filter(pk__in=kwargs.pop("mentees").values("pk")) | Mentee.objects.filter(
            pk__in=initial["mentees"]
        )
        super().__init__(*args, initial=initial, mentor=log.mentor, mentees=mentees.for_lists(), **kwargs)
        if log.kind in LogKind.sessions():
            self.fields["mode"].choices = Mode.choices
        del self.fields["kind"]
        if not own:
            del self.fields["privacy"]


class VoidForm(StudioFormMixin, forms.Form):
    reason = forms.CharField(label=gettext_lazy("为什么作废"), max_length=100)


class TranscribeForm(StudioFormMixin, forms.Form):
    text = forms.CharField(
        label=gettext_lazy("带教内容"), max_length=LONGEST_TEXT, widget=words_box(10),
        help_text=gettext_lazy("照着写，不改师傅的话；认不出的字留个空"),
    )  # fmt: skip


class OwnWordsForm(StudioFormMixin, forms.Form):
    own_words = forms.CharField(
        label=gettext_lazy("想补充的话（可不填）"), required=False, max_length=1000, widget=words_box(4)
    )
