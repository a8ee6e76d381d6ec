from django import forms
from django.utils.translation import gettext_lazy as _

from mentorship.common.forms import MonthField, StudioFormMixin
from mentorship.common.images import square_jpeg, upright_jpeg
from mentorship.common.versions import SeenMixin

from .columns import BadCell, name_of, phone_of
from .models import Secretary

LONGEST = 800  # pixels a side: a portrait is shown at 240 at most, printed at 30 mm
SMALL = 160


class SecretaryForm(SeenMixin, StudioFormMixin, forms.ModelForm):
    birth = MonthField(label=_("出生年月"))
    post_since = MonthField(label=_("任职时间"))
    phone = forms.CharField(
        label=_("手机"), required=False, max_length=20, widget=forms.TextInput(attrs={"inputmode": "tel"})
    )

    class Meta:
        model = Secretary
        fields = [
            "name", "name_en", "sex", "birth", "community", "post", "post_since", "working_state", "service_years",
            "phone", "education", "dual_post", "prior_job", "strengths", "note",
        ]  # fmt: skip
        widgets = {"note": forms.Textarea(attrs={"rows": 3})}

    def __init__(self, *args, studio, **kwargs):
        super().__init__(*args, **kwargs)
        self.today = studio.today()
        self.fields["community"].queryset = studio.communities.select_related("subdistrict").order_by("code")
        self.fields["community"].label_from_instance = lambda place: f"{place.subdistrict} {place}"
        self.watch(self.instance, lambda row: SecretaryForm(instance=row, studio=studio))

    def clean_name(self):
        return self.as_in_the_spreadsheet(name_of, "name")

    def clean_phone(self):
        return self.as_in_the_spreadsheet(phone_of, "phone")

    def as_in_the_spreadsheet(self, read, field):
        """What is typed is put right as an imported cell is, so that the two never differ by a space."""
        try:
            return read(self.cleaned_data[field])
        except BadCell as bad:
            raise forms.ValidationError(str(bad)) from bad

    def clean(self):
        """Said here in words; the database's own constraint would speak in its name."""
        values = super().clean()
        born, since = values.get("birth"), values.get("post_since")
        if born and since and since <= born:
            self.add_error("post_since", _("任职时间早于出生年月。"))
        elif since and since > self.today:
            self.add_error("post_since", _("任职时间晚于今天。"))
        return values

    def facts(self) -> dict:
        """The values as the action takes them: the community by its code."""
        values = dict(self.cleaned_data)
        values["community_id"] = values.pop("community").pk
        return values


class PortraitForm(StudioFormMixin, forms.Form):
    portrait = forms.FileField(
        label=_("照片"), help_text=_("JPEG、PNG、WebP或苹果手机的HEIC，15兆以内；位置等信息会去掉"),
        widget=forms.FileInput(attrs={"accept": "image/jpeg,image/png,image/webp,image/heic,image/heif"}),
    )  # fmt: skip

    def pictures(self) -> dict:
        """Our own JPEGs of it, as set_portrait takes them; raises Refused in words."""
        picture = upright_jpeg(self.cleaned_data["portrait"], LONGEST)
        return {"picture": picture, "small": square_jpeg(picture, SMALL)}


class ImportForm(StudioFormMixin, forms.Form):
    file = forms.FileField(
        label=_("表格"), help_text=_(".xlsx或.csv，5兆以内，最多5000行"),
        widget=forms.FileInput(attrs={"accept": ".xlsx,.csv"}),
    )  # fmt: skip


class LeaveForm(StudioFormMixin, forms.Form):
    left_on = forms.DateField(label=_("离开日期"), widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}))
    reason = forms.CharField(label=_("离开原因"), max_length=60, help_text=_("例如调任、退休"))
