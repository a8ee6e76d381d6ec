"""Narrowing and ordering the pool, whose reasons are worked out in memory."""

from django import forms
from django.utils.translation import gettext_lazy as _

from cohorts.choices import MenteeStatus

from .queries import Candidate

QUALIFIES = [("", _("全部")), ("yes", _("符合条件")), ("no", _("暂不符合"))]
STATES = [
    ("", _("全部")), ("open", _("还没有推荐")), (MenteeStatus.RECOMMENDED, MenteeStatus.RECOMMENDED.label),
    (MenteeStatus.CHOSEN, MenteeStatus.CHOSEN.label), (MenteeStatus.RESERVE, MenteeStatus.RESERVE.label),
    ("mentor", _("带教书记人选")),
]  # fmt: skip
SORTS = [("", _("姓氏笔画")), ("age", _("年轻的在前")), ("since", _("新任的在前")), ("place", _("按街镇"))]


class PoolFilter(forms.Form):
    q = forms.CharField(label=_("姓名或拼音"), required=False)
    subdistrict = forms.ChoiceField(label=_("街镇"), required=False)
    qualifies = forms.ChoiceField(label=_("条件"), choices=QUALIFIES, required=False)
    state = forms.ChoiceField(label=_("情况"), choices=STATES, required=False)
    sort = forms.ChoiceField(label=_("排序"), choices=SORTS, required=False)

    def __init__(self, data, *, subdistricts):
        super().__init__(data)
        self.fields["subdistrict"].choices = [("", _("全部"))] + [(place.pk, str(place)) for place in subdistricts]

    def narrow(self, candidates: list[Candidate]) -> list[Candidate]:
        wanted = self.cleaned_data if self.is_valid() else {}
        rows = [row for row in candidates if self.fits(row, wanted)]
        if wanted.get("sort") in ORDERS:
            rows.sort(key=ORDERS[wanted["sort"]])
        return rows

    def fits(self, row: Candidate, wanted: dict) -> bool:
        person = row.secretary
        words = (wanted.get("q") or "").strip().lower().replace(" ", "")
        return (
            (not words or words in person.name.lower() or person.spelling.startswith(words)
             or person.initials.startswith(words))
            and wanted.get("subdistrict", "") in {"", person.community.subdistrict_id}
            and wanted.get("qualifies", "") in {"", "yes" if row.qualifies else "no"}
            and wanted.get("state", "") in {"", row.state}
        )  # fmt: skip


ORDERS = {
    "age": lambda row: row.age,
    "since": lambda row: -row.secretary.post_since.toordinal(),
    "place": lambda row: row.secretary.community.subdistrict_id,
}
