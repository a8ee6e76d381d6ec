"""选聘 and 推荐: mentors on three criteria, mentees with their baseline."""

from django import forms
from django.utils.translation import gettext_lazy

from cohorts.choices import Rating
from cohorts.models import Mentee, Mentor
from mentorship.common.forms import EMPTY, StudioFormMixin
from mentorship.common.versions import SeenMixin
from mentorship.framework.models import HIGHEST, LOWEST

EVIDENCE = {
    "political": gettext_lazy("看到了什么：组织生活、党员评议、处事公道"),
    "practice": gettext_lazy("办成过哪几件事，解决过什么难题"),
    "teaching": gettext_lazy("带过谁，讲课居民和同事听不听得懂"),
}
STRENGTHS = gettext_lazy("能教到几级")


def level_field(subject, framework, **kwargs):
    choices = [(n, f"{n} {framework.level_name(n)}") for n in range(LOWEST, HIGHEST + 1)]
    return forms.TypedChoiceField(
        label=str(subject),
        choices=choices,
        coerce=int,
        empty_value=None,
        widget=forms.RadioSelect,
        error_messages={"required": EMPTY},
        **kwargs,
    )


class NominateForm(StudioFormMixin, forms.ModelForm):
    """The candidates are found by the server, so that the choice works without a script."""

    secretary = forms.ModelChoiceField(label=gettext_lazy("推荐哪一位"), queryset=None, widget=forms.RadioSelect)

    class Meta:
        model = Mentor
        fields = ["recommender", "capacity", "specialities", "method_name"]

    def __init__(self, *args, candidates, people, capacity=5, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["secretary"].queryset = people
        self.fields["secretary"].choices = [(person.pk, person) for person in candidates]
        self.fields["capacity"].initial = capacity


class AssessForm(SeenMixin, StudioFormMixin, forms.Form):
    """Three criteria with their evidence, and how far the mentor can teach each subject."""

    def __init__(self, *args, mentor, **kwargs):
        super().__init__(*args, **kwargs)
        for name in Mentor.CRITERIA:
            self.fields[name] = forms.ChoiceField(
                label=Mentor._meta.get_field(name).verbose_name,
                choices=Rating.choices,
                widget=forms.RadioSelect,
                initial=getattr(mentor, name) or None,
                error_messages={"required": EMPTY},
            )
            self.fields[f"{name}_evidence"] = forms.CharField(
                label=Mentor._meta.get_field(f"{name}_evidence").verbose_name,
                max_length=200,
                help_text=EVIDENCE[name],
                initial=getattr(mentor, f"{name}_evidence"),
                widget=forms.Textarea(attrs={"rows": 2}),
                error_messages={"required": EMPTY},
            )
        framework = mentor.cohort.framework
        known = dict(mentor.strengths.values_list("subject__code", "level"))
        self.codes = []
        for subject in framework.subjects.all():
            self.codes.append(subject.code)
            self.fields[subject.code] = level_field(subject, framework, initial=known.get(subject.code), required=False)
        self.watch(mentor, lambda row: AssessForm(mentor=row))

    @property
    def criteria(self):
        return [(self[name], self[f"{name}_evidence"]) for name in Mentor.CRITERIA]

    @property
    def subjects(self):
        return [self[code] for code in self.codes]

    def ratings(self) -> dict[str, tuple[str, str]]:
        data = self.cleaned_data
        return {name: (data[name], data[f"{name}_evidence"]) for name in Mentor.CRITERIA}

    def levels(self) -> dict[str, int]:
        return {code: self.cleaned_data[code] for code in self.codes if self.cleaned_data.get(code)}


class MentorForm(SeenMixin, StudioFormMixin, forms.ModelForm):
    class Meta:
        model = Mentor
        fields = [
            "capacity", "base", "group_name", "focus", "specialities", "method_name", "method_text", "honours",
            "available", "recommender",
        ]  # fmt: skip
        widgets = {"method_text": forms.Textarea(attrs={"rows": 4}), "honours": forms.Textarea(attrs={"rows": 3})}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["base"].queryset = self.instance.studio.bases.select_related("community")
        self.watch(self.instance, lambda row: MentorForm(instance=row))


class DeclineForm(StudioFormMixin, forms.Form):
    reason = forms.CharField(
        label=gettext_lazy("原因（可不填）"), max_length=200, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )


class RecommendForm(StudioFormMixin, forms.ModelForm):
    class Meta:
        model = Mentee
        fields = ["reason", "agreed", "first_project"]
        widgets = {"reason": forms.Textarea(attrs={"rows": 4})}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["reason"].required = True
        self.fields["reason"].help_text = gettext_lazy("200字以内，写长处，也写想补哪一块")
        self.fields["first_project"].label = gettext_lazy("开门一件事（可不填）")


class BaselineForm(SeenMixin, StudioFormMixin, forms.Form):
    """能力摸底: where the mentee stands in each of the five subjects."""

    def __init__(self, *args, mentee, **kwargs):
        super().__init__(*args, **kwargs)
        framework = mentee.cohort.framework
        known = dict(mentee.baseline.values_list("subject__code", "level"))
        for subject in framework.subjects.all():
            self.fields[subject.code] = level_field(subject, framework, initial=known.get(subject.code))
        self.watch(mentee, lambda row: BaselineForm(mentee=row))

    def levels(self) -> dict[str, int]:
        return dict(self.cleaned_data)


class PickForm(forms.Form):
    """Rows ticked in a list."""

    mentees = forms.ModelMultipleChoiceField(
        queryset=None, error_messages={"required": gettext_lazy("先勾选学员，再点按钮。")}
    )

    def __init__(self, *args, cohort, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["mentees"].queryset = cohort.mentees.select_related("secretary", "cohort")
