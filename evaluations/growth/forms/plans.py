"""A gap plan on one page: its period, and at most five rows."""

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cohorts.forms.cohort import DateInput
from evaluations.growth.choices import Method, Result
from evaluations.growth.models import MOST_ROWS
from evaluations.growth.queries.cards import Offer
from mentorship.common.forms import StudioFormMixin
from mentorship.framework.models import HIGHEST, LOWEST

LEVELS = [(level, str(level)) for level in range(LOWEST + 1, HIGHEST + 1)]


class PeriodForm(StudioFormMixin, forms.Form):
    starts = forms.DateField(label=gettext_lazy("开始日期"), widget=DateInput)
    ends = forms.DateField(label=gettext_lazy("结束日期"), widget=DateInput)
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)


class IndicatorField(forms.ModelChoiceField):
    def __init__(self, **kwargs):
        super().__init__(queryset=None, required=False, empty_label=gettext_lazy("这一行不用"), **kwargs)


class RowForm(StudioFormMixin, forms.Form):
    indicator = IndicatorField(label=gettext_lazy("短板"))
    target = forms.TypedChoiceField(label=gettext_lazy("目标等级"), choices=LEVELS, coerce=int, initial=3)
    method = forms.ChoiceField(label=gettext_lazy("方式"), choices=Method.choices, initial=Method.FOLLOW)
    action = forms.CharField(
        label=gettext_lazy("怎么做"), max_length=200, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
    evidence = forms.CharField(label=gettext_lazy("佐证"), max_length=120, required=False)
    card = forms.TypedChoiceField(label=gettext_lazy("可以看的案例卡"), required=False, empty_value=None)
    due = forms.DateField(label=gettext_lazy("期限"), widget=DateInput, required=False)

    def __init__(self, *args, indicators, offer: Offer, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["indicator"].queryset = indicators
        if offer.cards:
            self.offer_cards(offer)
        else:
            del self.fields["card"]

    def offer_cards(self, offer: Offer) -> None:
        """Those that fit the row's indicator stand first."""
        asked = self["indicator"].value() or ""
        fitting, others = offer.parted(str(getattr(asked, "pk", asked)))
        groups = [(_("和这一项有关的"), fitting), (_("别的案例卡"), others)]
        choices = [(name, [(str(card.pk), card.title) for card in cards]) for name, cards in groups if cards]
        self.fields["card"].choices = [("", _("不用")), *choices]
        known = {str(card.pk): card for card in offer.cards}
        self.fields["card"].coerce = known.get

    def clean(self):
        data = super().clean()
        if data.get("indicator"):
            if not (data.get("action") or "").strip() and "action" not in self.errors:
                self.add_error("action", _("写一句怎么做。"))
            if not data.get("due") and "due" not in self.errors:
                self.add_error("due", _("写一个期限。"))
        return data


RowFormSet = forms.formset_factory(RowForm, extra=0, min_num=MOST_ROWS, max_num=MOST_ROWS, absolute_max=MOST_ROWS)


class ResultForm(StudioFormMixin, forms.Form):
    result = forms.ChoiceField(label=gettext_lazy("结果"), choices=Result.choices, widget=forms.RadioSelect)
    note = forms.CharField(label=gettext_lazy("说明"), max_length=120, required=False)
