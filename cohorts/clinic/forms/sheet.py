"""会诊单: a title, a category and what is known; only sending it asks for the whole."""

import uuid

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from cohorts.clinic.actions.sheet import NEEDED
from cohorts.clinic.choices import Category, Urgency
from cohorts.clinic.models import Case
from cohorts.clinic.queries.sheets import TEXTS
from cohorts.clinic.taxonomy import KINDS
from mentorship.common.attachments import KINDS as FILE_KINDS
from mentorship.common.forms import PhotosField, Several, StudioFormMixin

SUB = "sub_"  # and the code of the category whose sub-categories a field offers


def words_box(rows: int) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows})


class PresenterField(forms.ModelChoiceField):
    def label_from_instance(self, secretary):
        return f"{secretary} · {secretary.community}"


class DropField(forms.ModelMultipleChoiceField):
    widget = forms.CheckboxSelectMultiple

    def label_from_instance(self, file):
        return file.name or file.get_kind_display()


class CaseForm(StudioFormMixin, forms.Form):
    """`sending`: the whole is asked for. Otherwise what is valid is kept and the rest said beside its field."""

    client_key = forms.UUIDField(widget=forms.HiddenInput)
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    presenter = PresenterField(
        label=gettext_lazy("哪位书记的难题"), queryset=None, required=False, empty_label=gettext_lazy("请选")
    )
    title = forms.CharField(
        label=gettext_lazy("一句话题目"), max_length=60,
        help_text=gettext_lazy("一件事写一张，例如：车夜里停到哪里去"),
    )  # fmt: skip
    category = forms.ChoiceField(
        label=pgettext_lazy("case", "哪一类"), choices=[("", gettext_lazy("请选")), *Category.choices]
    )
    background = forms.CharField(
        label=gettext_lazy("基本情况"), max_length=2000, widget=words_box(6),
        help_text=gettext_lazy("什么事、多少户、多久了。居民写成张阿婆、7号楼某户这样。点键盘上的话筒，可以说话代替打字。"),
    )  # fmt: skip
    households = forms.IntegerField(
        label=gettext_lazy("涉及户数（可不填）"), required=False, min_value=0, max_value=99_999
    )
    people = forms.IntegerField(
        label=gettext_lazy("涉及人数（可不填）"), required=False, min_value=0, max_value=999_999
    )
    already_tried = forms.CharField(
        label=gettext_lazy("已经试过的办法"), max_length=1000, widget=words_box(3),
        help_text=gettext_lazy("试过什么，结果怎样。没有试过就写“还没有试”。"),
    )  # fmt: skip
    stuck_at = forms.CharField(
        label=gettext_lazy("卡在哪里"), max_length=300, widget=words_box(2),
        help_text=gettext_lazy("哪一步走不下去，最想请大梁们看什么"),
    )  # fmt: skip
    urgency = forms.ChoiceField(
        label=gettext_lazy("缓急"), choices=Urgency.choices, initial=Urgency.NORMAL, widget=forms.RadioSelect,
        help_text=gettext_lazy("人身安全有危险，先打110、119或者街道值班电话，会诊单可以晚一步写。"),
    )  # fmt: skip
    measure = forms.CharField(
        label=gettext_lazy("看哪个数"), required=False, max_length=40, help_text=gettext_lazy("例如：月均投诉（件）")
    )
    figure_before = forms.DecimalField(
        label=gettext_lazy("现在是多少"), required=False, max_digits=10, decimal_places=1
    )
    files = PhotosField(
        label=gettext_lazy("照片或文件（可不放）"), required=False, widget=Several(attrs={"accept": FILE_KINDS}),
        help_text=gettext_lazy("最多9份。只有会诊的人和工作室看得到；不要拍到人脸、门牌和车牌。"),
    )  # fmt: skip
    drop = DropField(label=gettext_lazy("不要的，勾上"), queryset=None, required=False)
    sensitive = forms.BooleanField(
        label=gettext_lazy("涉及隐私"), required=False,
        help_text=gettext_lazy("涉及未成年人、健康、家庭暴力的事：不能搜索，不能导出。"),
    )  # fmt: skip
    confirmed = forms.BooleanField(label=gettext_lazy("照样提交，我看过了"), required=False)

    def __init__(self, *args, sending: bool, files, presenters=None, **kwargs):
        super().__init__(*args, **kwargs)
        self.sending, self.kept = sending, False
        self.fields["client_key"].initial = uuid.uuid4
        self.fields["drop"].queryset = files
        for kind in KINDS:
            if kind.subs:
                self.fields[SUB + kind.code] = sub_field(kind)
        if presenters is None:
            del self.fields["presenter"]
        else:
            self.fields["presenter"].queryset = presenters
            self.fields["presenter"].required = True

    def full_clean(self):
        """A draft may have gaps. The stars beside the fields stay, whichever way it was sent."""
        needed = [self.fields[name] for name in NEEDED]
        for field in needed:
            field.required = self.sending
        super().full_clean()
        for field in needed:
            field.required = True

    def clean(self):
        data = super().clean()
        if data.get("figure_before") is not None and not data.get("measure"):
            self.add_error("measure", _("写了数字，也写一下看的是哪个数。"))
            data.pop("figure_before")
        return data

    def subs(self):
        """(code of a category, its field) for each that has sub-categories; the page shows the one that fits."""
        return [(kind.code, self[SUB + kind.code]) for kind in KINDS if kind.subs]

    def words(self) -> dict:
        """What is valid, by the names of Case.WORDS; an empty number is None."""
        data = self.cleaned_data
        words = {name: data[name] for name in Case.WORDS if name in data}
        if not words.get("category"):
            words.pop("category", None)
            return words
        return words | {"sub_category": data.get(SUB + words["category"], "")}

    def texts(self) -> dict[str, str]:
        return {name: str(self[name].value() or "") for name in TEXTS}


def sub_field(kind) -> forms.ChoiceField:
    choices = [("", pgettext_lazy("case", "不细分"))]
    choices += [(code, gettext_lazy(name)) for code, name in kind.subs.items()]
    return forms.ChoiceField(
        label=pgettext_lazy("case", "再细一点"), required=False, choices=choices, initial="", widget=forms.RadioSelect
    )


def values_of(case: Case) -> dict:
    """What the form begins with for a case that is there."""
    values = {name: getattr(case, name) for name in Case.WORDS}
    return values | {
        "client_key": case.client_key, "version": case.version, "presenter": case.presenter_id,
        SUB + case.category: case.sub_category,
    }  # fmt: skip


class ReturnForm(StudioFormMixin, forms.Form):
    reason = forms.CharField(
        label=gettext_lazy("还差什么"), max_length=300, widget=words_box(3),
        help_text=gettext_lazy("写清补哪一栏、补什么，提诊人照着补。"),
    )  # fmt: skip
