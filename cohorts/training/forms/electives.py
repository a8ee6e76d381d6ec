"""Courses on the menu, wishes, and a place given by hand."""

from django import forms
from django.utils.translation import gettext_lazy as _

from cohorts.models import Mentee
from cohorts.training.models import MOST_WISHES, Course, Session
from cohorts.training.queries import CourseCard
from mentorship.common.forms import StudioFormMixin
from mentorship.common.versions import SeenMixin
from mentorship.framework.models import Indicator

NO_WISH = _("不选")


class CourseForm(SeenMixin, StudioFormMixin, forms.ModelForm):
    class Meta:
        model = Course
        fields = ["title", "title_en", "teacher", "subject", "indicators", "hours", "capacity", "place"]
        widgets = {"indicators": forms.CheckboxSelectMultiple}

    def __init__(self, *args, session: Session, **kwargs):
        super().__init__(*args, **kwargs)
        framework = session.cohort.framework_id
        self.fields["subject"].queryset = session.cohort.framework.subjects.all()
        self.fields["subject"].empty_label = _("不选")
        self.fields["indicators"].queryset = (
            Indicator.objects.filter(subject__framework=framework)
            .select_related("subject")
            .order_by("subject__order", "order")
        )
        self.fields["indicators"].help_text = _("选了才知道这门课补谁的短板")
        self.fields["hours"].widget.attrs.update({"step": "0.5", "min": "0.5"})
        if session.hours and not self.instance.pk and self.instance._state.adding:
            self.fields["hours"].initial = session.hours
        self.watch(self.instance, lambda row: CourseForm(session=session, instance=row), hold=session)

    def _post_clean(self):
        """The action puts the row together."""


class ChooseForm(StudioFormMixin, forms.Form):
    """First, second and third wish, each from the menu in the order that suits the apprentice."""

    LABELS = (_("第一志愿"), _("第二志愿"), _("第三志愿"))

    def __init__(self, *args, cards: list[CourseCard], **kwargs):
        super().__init__(*args, **kwargs)
        self.courses = {str(card.course.pk): card.course for card in cards}
        choices = [(str(card.course.pk), str(card.course)) for card in cards]
        ranked = {card.rank: str(card.course.pk) for card in cards if card.rank}
        for rank, label in enumerate(self.LABELS[: min(MOST_WISHES, len(cards))], 1):
            self.fields[f"wish{rank}"] = forms.ChoiceField(
                label=label, choices=[("", NO_WISH), *choices], required=False, initial=ranked.get(rank, "")
            )

    def clean(self):
        """Named twice, or a gap before a wish: said beside the field."""
        chosen: list[str] = []
        empty = None
        for name in self.fields:
            value = self.cleaned_data.get(name)
            if not value:
                empty = empty or name
            elif value in chosen:
                self.add_error(name, _("这门课上面已经选了，换一门或者不选。"))
            elif empty:
                self.add_error(empty, _("先选这一项，再选后面的。"))
                empty = None
                chosen.append(value)
            else:
                chosen.append(value)
        return self.cleaned_data

    def wishes(self) -> list[Course]:
        return [self.courses[self.cleaned_data[name]] for name in self.fields if self.cleaned_data.get(name)]


class PlaceForm(StudioFormMixin, forms.Form):
    mentee = forms.ModelChoiceField(label=_("学员"), queryset=None, empty_label=_("请选"))
    course = forms.ModelChoiceField(label=_("放到"), queryset=None, empty_label=_("请选"))

    def __init__(self, *args, people: list[Mentee], courses: list[Course], **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["mentee"].queryset = Mentee.objects.filter(pk__in=[each.pk for each in people]).select_related(
            "secretary"
        )
        self.fields["course"].queryset = Course.objects.filter(pk__in=[each.pk for each in courses])
