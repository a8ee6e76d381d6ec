"""One entry of the plan. The action keeps the rules; the form keeps what was typed."""

from django import forms
from django.utils.translation import gettext_lazy as _

from cohorts.choices import MentorStatus
from cohorts.models import Cohort, Mentor
from cohorts.training.models import Session
from cohorts.training.planning import same_day_next_month
from mentorship.common.forms import StudioFormMixin
from mentorship.framework.models import Indicator
from mentorship.places.models import Base


class DateInput(forms.DateInput):
    input_type = "date"

    def __init__(self, **kwargs):
        super().__init__(format="%Y-%m-%d", **kwargs)


class TimeInput(forms.TimeInput):
    input_type = "time"

    def __init__(self, **kwargs):
        super().__init__(format="%H:%M", **kwargs)


TEACH = [MentorStatus.APPOINTED, MentorStatus.ENDED]  # who taught in a year that is over stays in its plan
COPIED = (
    "kind", "track", "title", "title_en", "subject", "starts_at", "ends_at", "hours", "place", "base", "host",
    "teacher", "method", "materials", "capacity",
)  # fmt: skip


class SessionForm(StudioFormMixin, forms.ModelForm):
    class Meta:
        model = Session
        fields = [
            "kind", "track", "title", "title_en", "date", "last_date", "starts_at", "ends_at", "hours", "base", "place",
            "host", "teacher", "groups", "subject", "indicators", "method", "materials", "capacity", "choose_by",
        ]  # fmt: skip
        widgets = {
            "date": DateInput, "last_date": DateInput, "choose_by": DateInput, "starts_at": TimeInput,
            "ends_at": TimeInput, "groups": forms.CheckboxSelectMultiple, "indicators": forms.CheckboxSelectMultiple,
            "materials": forms.Textarea(attrs={"rows": 4}),
        }  # fmt: skip

    def __init__(self, *args, cohort: Cohort, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["last_date"].required = False
        self.fields["last_date"].help_text = _("只有一天就空着")
        self.fields["starts_at"].help_text = _("全天就都空着")
        self.fields["track"].help_text = _("空着就按种类算；不记学时的可以不算")
        self.fields["hours"].help_text = _("不记学时就空着")
        self.fields["hours"].widget.attrs.update({"step": "0.5", "min": "0.5"})
        self.fields["groups"].help_text = _("不选就是全班")
        self.fields["materials"].help_text = _("要带什么、要先看什么，一行一件")
        self.fields["place"].help_text = _("不在基地办的才写；在基地办的空着")
        self.fields["choose_by"].help_text = _("双月选训才填；这一天过完之前都可以改")
        mentors = Mentor.objects.filter(cohort=cohort, status__in=TEACH).select_related("secretary")
        self.fields["host"].queryset = self.fields["groups"].queryset = mentors
        self.fields["base"].queryset = Base.objects.filter(studio=cohort.studio_id).select_related("community")
        self.fields["subject"].queryset = cohort.framework.subjects.all()
        self.fields["indicators"].queryset = (
            Indicator.objects.filter(subject__framework=cohort.framework_id)
            .select_related("subject")
            .order_by("subject__order", "order")
        )
        for name in ("kind", "track", "subject", "base", "host"):
            field = self.fields[name]
            if hasattr(field, "empty_label"):
                field.empty_label = _("不选")

    def _post_clean(self):
        """The row is put together and checked by the action, not here."""

    def facts(self) -> dict:
        return dict(self.cleaned_data)

    @staticmethod
    def copied_from(session: Session) -> dict:
        """First values for the same thing again a month later."""
        first = {name: getattr(session, f"{name}_id", None) or getattr(session, name) for name in COPIED}
        moved = same_day_next_month(session.date)
        length = session.last_date - session.date
        return first | {
            "date": moved,
            "last_date": moved + length if length else None,
            "groups": [mentor.pk for mentor in session.groups.all()],
            "indicators": [indicator.pk for indicator in session.indicators.all()],
        }


class ChangeForm(SessionForm):
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["version"].initial = self.instance.version
        if self.instance.last_date == self.instance.date:
            self.initial["last_date"] = None


class CancelForm(StudioFormMixin, forms.Form):
    reason = forms.CharField(label=_("为什么取消"), max_length=120, help_text=_("会写在通知里，发给有关的人"))
