"""Narrowing the list of a cohort's files, whose completeness is worked out in memory."""

import datetime

from django import forms
from django.utils.translation import gettext_lazy as _

from .queries import Standing

STATES = [
    ("", _("全部")), ("missing", _("有缺件")), ("complete", _("没有缺件")), ("unbound", _("还没有立卷")),
    ("unchecked", _("立卷后还没有检查")), ("expired", _("保管到期")),
]  # fmt: skip


class FilesFilter(forms.Form):
    q = forms.CharField(label=_("姓名或拼音"), required=False)
    mentor = forms.ChoiceField(label=_("师傅"), required=False)
    state = forms.ChoiceField(label=_("情况"), choices=STATES, required=False)

    def __init__(self, data, *, rows: list[Standing], today: datetime.date):
        super().__init__(data)
        self.today = today
        mentors = {str(row.mentor.pk): str(row.mentor) for row in rows if row.mentor}
        self.fields["mentor"].choices = [("", _("全部")), *mentors.items()]

    def narrow(self, rows: list[Standing]) -> list[Standing]:
        """A condition that can't be read finds nobody, rather than everybody."""
        return [row for row in rows if self.fits(row, self.cleaned_data)] if self.is_valid() else []

    def fits(self, row: Standing, wanted: dict) -> bool:
        person = row.mentee.secretary
        words = wanted["q"].strip().lower().replace(" ", "")
        return (
            (not words or words in person.name.lower() or person.spelling.startswith(words)
             or person.initials.startswith(words))
            and wanted["mentor"] in {"", str(row.mentor.pk) if row.mentor else None}
            and self.stands(row, wanted["state"])
        )  # fmt: skip

    def stands(self, row: Standing, state: str) -> bool:
        return {
            "": True,
            "missing": bool(row.missing),
            "complete": row.is_complete,
            "unbound": row.bound is None,
            "unchecked": row.bound is not None and row.bound.checked_by_id is None,
            "expired": row.is_expired(self.today),
        }[state]
