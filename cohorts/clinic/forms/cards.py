from crispy_forms.layout import Field, Layout
from django import forms
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from cohorts.clinic.actions.cards import WORDS
from cohorts.clinic.models import Case, CaseCard
from cohorts.clinic.queries.cards import indicators_for, offered_by
from cohorts.models import Cohort
from mentorship.common.forms import StudioFormMixin
from mentorship.places.models import Studio

from .course import words_box
from .pointing import SHORTEST_PLACE, PointingMixin

PUBLISH, BACK = "publish", "back"


class CardForm(PointingMixin, StudioFormMixin, forms.ModelForm):
    """Its subjects are those of the indicators; without any the kind of problem chooses them."""

    POINTED = ("title", "situation", "worked", "steps", "pitfalls")

    version = forms.IntegerField(required=False, widget=forms.HiddenInput)

    class Meta:
        model = CaseCard
        fields = [*WORDS, "indicators"]
        widgets = {
            "situation": words_box(5), "worked": words_box(5), "steps": words_box(6), "pitfalls": words_box(3),
            "indicators": forms.CheckboxSelectMultiple,
        }  # fmt: skip

    def __init__(self, *args, studio: Studio, cohort: Cohort | None, case: Case | None = None, **kwargs):
        super().__init__(*args, **kwargs)
        self.studio, self.cohort, self.case = studio, cohort, case
        self.fields["title"].help_text = _("说的是哪一类难事，例如：夜间停车先数后谈")
        self.fields["situation"].help_text = _("居民写成张阿婆、某户这样，不写姓名、小区名、门牌")
        self.fields["worked"].help_text = _("说清为什么管用，别人照着能做")
        self.fields["indicators"].help_text = _("不选就按类别来配")
        self.fields["indicators"].queryset = offered_by(cohort) if cohort else self.fields["indicators"].queryset.none()
        for name in ("category", "neighbourhood"):
            self.fields[name].choices = [("", _("不限") if name == "neighbourhood" else _("请选"))] + [
                each for each in self.fields[name].choices if each[0]
            ]
        self.initial["version"] = self.instance.version

    @cached_property
    def places(self) -> list[str]:
        """The case's own neighbourhood, and those of the studio but for very short names, which stand in other words."""
        own = [self.case.community.name, self.case.community.official_name] if self.case else []
        others = self.studio.communities.values_list("name", flat=True)
        return list(dict.fromkeys([*own, *(name for name in others if len(name) >= SHORTEST_PLACE)]))

    def _post_clean(self):
        """The action puts the row together."""

    def facts(self) -> dict:
        data = {name: self.cleaned_data[name] for name in WORDS}
        chosen = list(self.cleaned_data["indicators"])
        if not chosen and self.cohort:
            chosen = list(indicators_for(self.cohort, data["category"]))
        return data | {"indicators": chosen, "subjects": list({row.subject_id: row.subject for row in chosen}.values())}


class ReviewForm(StudioFormMixin, forms.Form):
    how = forms.ChoiceField(
        label=_("看下来"),
        widget=forms.RadioSelect,
        choices=[(PUBLISH, _("可以，入库")), (BACK, _("还差一点，退回再改"))],
    )
    note = forms.CharField(
        label=_("说明"), required=False, max_length=200, widget=words_box(2),
        help_text=_("退回要写还差什么；入库可以不写"),
    )  # fmt: skip

    @property
    def helper(self):
        helper = super().helper
        helper.layout = Layout(Field("how", wrapper_class="choices"), "note")
        return helper


class UseForm(StudioFormMixin, forms.Form):
    session = forms.ModelChoiceField(label=_("用进哪一次培训"), queryset=None, empty_label=_("请选"))

    def __init__(self, *args, sessions, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["session"].queryset = sessions
        self.fields["session"].label_from_instance = lambda row: f"{row.date.isoformat()} {row}"
