from django import forms
from django.utils.translation import gettext_lazy as _

from mentorship.common.forms import MonthField, StudioFormMixin
from mentorship.common.images import upright_jpeg

from .models import Secretary

LONGEST = 800  # pixels a side: a portrait is shown at 240 at most, printed at 30 mm


class SecretaryForm(StudioFormMixin, forms.ModelForm):
    birth = MonthField(label=_("出生年月"))
    post_since = MonthField(label=_("任职时间"))

    class Meta:
        model = Secretary
        fields = [
            "name", "name_en", "sex", "birth", "community", "post", "post_since", "working_state", "service_years",
            "phone", "education", "dual_post", "prior_job", "strengths", "note",
        ]  # fmt: skip
        widgets = {"note": forms.Textarea(attrs={"rows": 3}), "phone": forms.TextInput(attrs={"inputmode": "numeric"})}

    def __init__(self, *args, studio, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["community"].queryset = studio.communities.select_related("subdistrict").order_by("code")
        self.fields["community"].label_from_instance = lambda place: f"{place.subdistrict} {place}"

    def validate_constraints(self):
        """The action says who the twin is, in better words."""

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

    def picture(self):
        """Our own JPEG of it; raises Refused in words."""
        return upright_jpeg(self.cleaned_data["portrait"], LONGEST)


class ImportForm(StudioFormMixin, forms.Form):
    file = forms.FileField(
        label=_("表格"), help_text=_(".xlsx或.csv，5兆以内，最多5000行"),
        widget=forms.FileInput(attrs={"accept": ".xlsx,.csv"}),
    )  # fmt: skip


class LeaveForm(StudioFormMixin, forms.Form):
    left_on = forms.DateField(label=_("离开日期"), widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}))
    reason = forms.CharField(label=_("离开原因"), max_length=60, help_text=_("例如调任、退休"))
