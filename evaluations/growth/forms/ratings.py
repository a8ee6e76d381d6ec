"""Rating several indicators on one evidence: large choices that show what each level looks like."""

import uuid

from django import forms
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cohorts.forms.cohort import DateInput
from evaluations.growth.choices import Source
from mentorship.common.forms import StudioFormMixin

NOT_SEEN = ""
SOURCES = [Source.LOG, Source.VISIT, Source.BASELINE]


class RateForm(StudioFormMixin, forms.Form):
    """One radio group per indicator, none of them asked for; `seen` remembers which rating the page showed."""

    date = forms.DateField(label=gettext_lazy("哪天看到的"), widget=DateInput)
    source = forms.ChoiceField(
        label=gettext_lazy("来源"), choices=[(each.value, each.label) for each in SOURCES], initial=Source.LOG
    )
    note = forms.CharField(
        label=gettext_lazy("看到了什么"), required=False, max_length=200, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("写看到的，不写听说的。学员本人看得到。"),
    )  # fmt: skip

    visit = forms.ModelChoiceField(
        label=gettext_lazy("依据哪次督训"), queryset=None, required=False, empty_label=gettext_lazy("不是督训")
    )
    case = forms.ModelChoiceField(
        label=gettext_lazy("依据哪件会诊"), queryset=None, required=False, empty_label=gettext_lazy("不是会诊"),
        help_text=gettext_lazy("学员提诊、已经销号的。"),
    )  # fmt: skip
    document = forms.FileField(
        label=gettext_lazy("佐证文件"), required=False, help_text=gettext_lazy("一份：照片，或者pdf、docx、xlsx、txt。")
    )

    def __init__(self, *args, indicators, standing, log=None, visits=None, cases=None, chooses_source=False, **kwargs):
        """`standing`: indicator id to the rating that holds now. `visits`: signed ones, `cases`: closed ones that the
        reader may open."""
        super().__init__(*args, **kwargs)
        self.indicators, self.standing, self.log = indicators, standing, log
        if not chooses_source or log:
            del self.fields["source"]
        for name, rows in (("visit", visits), ("case", cases)):
            if rows and not log:
                self.fields[name].queryset = rows
            else:
                del self.fields[name]
        if "case" in self.fields:
            self.fields["case"].label_from_instance = case_words
        if log:
            del self.fields["document"]
            self.fields["date"].widget = forms.HiddenInput()
            self.fields["note"].help_text = _("日志就是依据，可以再补一句。")
        for indicator in indicators:
            self.fields[f"level_{indicator.code}"] = forms.ChoiceField(
                label=str(indicator), required=False, choices=self.choices_of(indicator), widget=forms.RadioSelect
            )
            now = standing.get(indicator.pk)
            self.fields[f"seen_{indicator.code}"] = forms.CharField(
                required=False, widget=forms.HiddenInput, initial=str(now.pk) if now else ""
            )

    def choices_of(self, indicator):
        now = self.standing.get(indicator.pk)
        for_now = {now.level: _("现在")} if now else {}
        rows = [(NOT_SEEN, _("这次没看到，不定"))]
        for level in indicator.levels.all():
            mark = format_html("<small>{}</small>", for_now[level.level]) if level.level in for_now else ""
            rows.append((str(level.level), format_html("<span>{} {}{}</span>", level.level, level.words, mark)))
        return rows

    def clean(self):
        data = super().clean()
        if not self.chosen:
            raise forms.ValidationError(_("至少给一项定个级。"))
        shown = self.log or data.get("visit") or data.get("case") or data.get("document") or "document" in self.errors
        if not shown and not (data.get("note") or "").strip() and "note" not in self.errors:
            self.add_error("note", _("写一句看到了什么，或从日志里来定级。"))
        return data

    @property
    def chosen(self) -> list:
        return [each for each in self.indicators if self.cleaned_data.get(f"level_{each.code}")]

    def facts(self) -> dict:
        data = self.cleaned_data
        seen = {each.pk: as_id(data.get(f"seen_{each.code}")) for each in self.chosen}
        return {
            "levels": {each: int(data[f"level_{each.code}"]) for each in self.chosen},
            "date": data["date"],
            "source": data.get("source") or Source.LOG,
            "log": self.log,
            "visit": data.get("visit"),
            "case": data.get("case"),
            "document": data.get("document"),
            "note": data.get("note", ""),
            "seen": seen,
        }

    def show_again(self, standing) -> None:
        """What holds now beside what was chosen; nothing typed is lost."""
        self.standing = standing
        self.data = self.data.copy()
        for indicator in self.indicators:
            now = standing.get(indicator.pk)
            self.data[f"seen_{indicator.code}"] = str(now.pk) if now else ""
            self.fields[f"level_{indicator.code}"].choices = self.choices_of(indicator)

    def groups(self):
        """(subject, its bound level fields, whether one of them is chosen or wrong) for the page."""
        groups: dict = {}
        for indicator in self.indicators:
            field = self[f"level_{indicator.code}"]
            row = (indicator, field, self[f"seen_{indicator.code}"], self.standing.get(indicator.pk))
            groups.setdefault(indicator.subject, []).append(row)
        return [
            (subject, rows, any(row[1].value() or row[1].errors for row in rows)) for subject, rows in groups.items()
        ]


def case_words(case) -> str:
    """With its title: only who may open the case is offered it."""
    return f"{case} {case.title}"


def as_id(text: str | None) -> uuid.UUID | None:
    try:
        return uuid.UUID(text) if text else None
    except ValueError:
        return None
