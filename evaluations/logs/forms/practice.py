"""心得与作业: few questions, and everything but the work itself can be left out."""

import uuid

from crispy_forms.layout import Field, Layout
from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cohorts.forms.cohort import DateInput
from evaluations.logs.choices import Mark
from evaluations.logs.models import MOST_FILES, HomeworkFile
from evaluations.logs.queries.practice import MOST_LOGS
from mentorship.common.attachments import KINDS
from mentorship.common.forms import StudioFormMixin
from mentorship.common.templatetags.wording import short_date

from .logs import LONGEST_TEXT, MenteesField, PhotosField, Several, words_box

COMMENT_LENGTH = 1000


class LogField(forms.ModelChoiceField):
    def label_from_instance(self, log):
        return f"{short_date(log.date)} {log.title or log.get_mode_display()}"


class ReflectionForm(StudioFormMixin, forms.Form):
    """Three lines, or as many as one likes. `client_key` is made with the page: sending twice makes one reflection."""

    client_key = forms.UUIDField(widget=forms.HiddenInput)
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    one_event = forms.CharField(
        label=gettext_lazy("一件事"), required=False, max_length=200, widget=words_box(2),
        help_text=gettext_lazy("今天哪件事最记得。居民写成张阿婆、7号楼某户这样。"),
    )  # fmt: skip
    one_number = forms.CharField(
        label=gettext_lazy("一个数"),
        required=False,
        max_length=100,
        help_text=gettext_lazy("几户、几分钟、几个人，数过才算"),
    )
    one_regret = forms.CharField(
        label=gettext_lazy("一句悔"), required=False, max_length=200, widget=words_box(2),
        help_text=gettext_lazy("要是重来一次，哪里不一样"),
    )  # fmt: skip
    text = forms.CharField(
        label=gettext_lazy("想多写，写在这里（可不填）"), required=False, max_length=LONGEST_TEXT, widget=words_box(7),
        help_text=gettext_lazy("一两百字就好，不用超过六百字。点键盘上的话筒，可以说话代替打字。"),
    )  # fmt: skip
    title = forms.CharField(label=gettext_lazy("题目（可不填）"), required=False, max_length=60)
    log = LogField(
        label=gettext_lazy("哪一次带教的心得（可不选）"), queryset=None, required=False,
        empty_label=gettext_lazy("不挂在哪一次上"),
    )  # fmt: skip

    def __init__(self, *args, logs, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["client_key"].initial = uuid.uuid4
        self.fields["log"].queryset = logs
        self.fields["log"].choices = [("", self.fields["log"].empty_label)] + [
            (log.pk, self.fields["log"].label_from_instance(log)) for log in logs[:MOST_LOGS]
        ]

    def words(self) -> dict:
        return {name: value for name, value in self.cleaned_data.items() if name not in {"client_key", "version"}}


class MarkForm(StudioFormMixin, forms.Form):
    """The red pen. `version` is the one that was read."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    mark = forms.ChoiceField(
        label=gettext_lazy("批阅"), choices=Mark.choices, widget=forms.RadioSelect,
        help_text=gettext_lazy("选“重写”，会退给徒弟，批语留着"),
    )  # fmt: skip
    comment = forms.CharField(
        label=gettext_lazy("批语（阅、好可不写）"), required=False, max_length=COMMENT_LENGTH, widget=words_box(4),
        help_text=gettext_lazy("一句就行。点键盘上的话筒，可以说话代替打字。"),
    )  # fmt: skip

    @property
    def helper(self):
        helper = super().helper
        helper.layout = Layout("version", Field("mark", wrapper_class="choices choices-3"), "comment")
        return helper


class SetForm(StudioFormMixin, forms.Form):
    mentees = MenteesField(label=gettext_lazy("给谁"), queryset=None, help_text=gettext_lazy("可以同时给几位"))
    task = forms.CharField(
        label=gettext_lazy("什么作业"), max_length=200, widget=words_box(2),
        help_text=gettext_lazy("写成看得见的东西：一张表、一页纸、一次会的记录"),
    )  # fmt: skip
    due = forms.DateField(label=gettext_lazy("哪一天交（可不填）"), required=False, widget=DateInput)

    def __init__(self, *args, mentees, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["mentees"].queryset = mentees
        self.fields["mentees"].error_messages["required"] = _("请选给哪几位徒弟。")

    @property
    def helper(self):
        helper = super().helper
        helper.layout = Layout(Field("mentees", wrapper_class="choices"), "task", "due")
        return helper


class DropField(forms.ModelMultipleChoiceField):
    widget = forms.CheckboxSelectMultiple


class HandInForm(StudioFormMixin, forms.Form):
    version = forms.IntegerField(widget=forms.HiddenInput)
    answer = forms.CharField(
        label=gettext_lazy("想说的话（可不填）"), required=False, max_length=LONGEST_TEXT, widget=words_box(5),
        help_text=gettext_lazy("点键盘上的话筒，可以说话代替打字。居民写成张阿婆、7号楼某户这样。"),
    )  # fmt: skip
    files = PhotosField(
        label=gettext_lazy("照片或文件（可不放）"), required=False, widget=Several(attrs={"accept": KINDS}),
        help_text=gettext_lazy("最多6份：照片（苹果手机的也行），或者docx、xlsx、pdf、txt，每份10兆以内"),
    )  # fmt: skip
    drop = DropField(label=gettext_lazy("以前放的，哪些不要了"), queryset=None, required=False)

    def __init__(self, *args, homework, **kwargs):
        super().__init__(*args, **kwargs)
        self.homework = homework
        self.fields["drop"].queryset = HomeworkFile.objects.filter(homework=homework)
        if not self.fields["drop"].queryset.exists():
            del self.fields["drop"]

    def clean(self):
        data = super().clean()
        if len(data.get("files") or []) > MOST_FILES:
            self.add_error("files", _("照片和文件合起来最多%(n)s份。") % {"n": MOST_FILES})
        return data


class WaiveForm(StudioFormMixin, forms.Form):
    reason = forms.CharField(label=gettext_lazy("为什么不用交了"), max_length=100)
