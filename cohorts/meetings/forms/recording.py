"""The roll, and the record of a meeting: what was said, agreed and is to be done."""

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from cohorts.meetings.actions import ItemFacts
from cohorts.meetings.choices import OutcomeKind, Presence
from cohorts.meetings.models import ActionItem, Attendee, Meeting
from cohorts.meetings.queries import seats_of
from cohorts.training.forms.sessions import DateInput
from mentorship.common.forms import StudioFormMixin
from mentorship.common.versions import SeenMixin

from .planning import lines

CAME = [(value, label) for value, label in Presence.choices if value != Presence.UNKNOWN]
BETWEEN = "、"


class RollForm(SeenMixin, StudioFormMixin, forms.Form):
    """A choice and a reason for each attendee; who was not called yet is taken to be there."""

    def __init__(self, *args, meeting: Meeting, **kwargs):
        super().__init__(*args, **kwargs)
        self.attendees = list(seats_of(meeting))
        for row in self.attendees:
            came = Presence.PRESENT if row.presence == Presence.UNKNOWN else row.presence
            self.fields[f"presence_{row.pk}"] = forms.ChoiceField(
                label=str(row), choices=CAME, initial=came, widget=forms.RadioSelect
            )
            self.fields[f"reason_{row.pk}"] = forms.CharField(
                label=_("%(name)s的事由") % {"name": row}, max_length=120, required=False, initial=row.reason
            )
        self.watch(meeting, lambda row: RollForm(meeting=row))

    def rows(self):
        """[(attendee, its choice, its reason)] as bound fields."""
        return [(row, self[f"presence_{row.pk}"], self[f"reason_{row.pk}"]) for row in self.attendees]

    def roll(self) -> dict[Attendee, tuple[str, str]]:
        data = self.cleaned_data
        return {row: (data[f"presence_{row.pk}"], data[f"reason_{row.pk}"]) for row in self.attendees}


class People:
    """The attendees by every name that one may write."""

    def __init__(self, meeting: Meeting):
        self.rows = list(seats_of(meeting))
        self.by_name = {}
        for row in self.rows:
            person = row.secretary or row.user
            self.by_name |= {str(row): row, (person.name if person else row.name): row}

    def named(self, name: str) -> Attendee | None:
        return self.by_name.get(name.strip())


def text_of_lines(**more):
    return forms.CharField(required=False, widget=forms.Textarea(attrs={"rows": 4}), **more)


class RecordForm(StudioFormMixin, forms.Form):
    version = forms.IntegerField(widget=forms.HiddenInput)
    notes = forms.CharField(
        label=_("会议记录"), max_length=20000, required=False, widget=forms.Textarea(attrs={"rows": 8}),
        help_text=_("谁说了什么，原样记下。只留在记录里，不进纪要"),
    )  # fmt: skip
    speeches = text_of_lines(label=_("发言要点"), help_text=_("一行一位：姓名，冒号，一句话"))
    decision = text_of_lines(label=_("议定"), help_text=_("一行一条，印出来会编号"))
    consensus = text_of_lines(label=_("形成共识"), help_text=_("一行一条"))
    open = text_of_lines(label=_("未统一"), help_text=_("没谈拢的也记下，一行一条"))
    issued_to = forms.CharField(label=_("分送"), max_length=200, required=False)

    def __init__(self, *args, meeting: Meeting, **kwargs):
        super().__init__(*args, **kwargs)
        self.people = People(meeting)

    def clean_speeches(self):
        said = []
        for number, line in enumerate(lines(self.cleaned_data["speeches"]), 1):
            name, mark, text = line.replace(":", "：", 1).partition("：")
            speaker = self.people.named(name)
            if not mark or not text.strip():
                raise forms.ValidationError(gettext("第%(n)s行请写成“姓名：一句话”。") % {"n": number})
            if speaker is None:
                raise forms.ValidationError(
                    gettext("第%(n)s行：与会的人里没有“%(name)s”。") % {"n": number, "name": name.strip()}
                )
            said.append((speaker, text.strip()))
        return said

    def facts(self) -> dict:
        data = self.cleaned_data
        return {
            "version": data["version"], "notes": data["notes"], "speeches": data["speeches"],
            "outcomes": {kind: lines(data[kind]) for kind in OutcomeKind.values}, "issued_to": data["issued_to"],
        }  # fmt: skip

    @staticmethod
    def values_of(meeting: Meeting) -> dict:
        texts = {kind: [] for kind in OutcomeKind.values}
        for outcome in meeting.outcomes.order_by("order"):
            texts[outcome.kind].append(outcome.text)
        said = meeting.speeches.select_related("speaker__secretary", "speaker__user")
        return {
            "version": meeting.version, "notes": meeting.notes, "issued_to": meeting.issued_to,
            "speeches": "\n".join(f"{row.speaker}：{row.text}" for row in said),
            **{kind: "\n".join(each) for kind, each in texts.items()},
        }  # fmt: skip


class ItemForm(StudioFormMixin, forms.Form):
    item = forms.UUIDField(required=False, widget=forms.HiddenInput)
    text = forms.CharField(label=_("事项"), max_length=200, required=False)
    owner = forms.ChoiceField(label=_("牵头"), required=False)
    helpers = forms.CharField(label=_("配合"), max_length=200, required=False, help_text=_("几位的姓名用顿号隔开"))
    due = forms.DateField(label=_("期限"), required=False, widget=DateInput)

    def __init__(self, *args, meeting: Meeting, people: People, **kwargs):
        super().__init__(*args, **kwargs)
        self.meeting, self.people = meeting, people
        self.fields["owner"].choices = [("", _("请选")), *((str(row.pk), str(row)) for row in people.rows)]

    def clean_helpers(self):
        names = self.cleaned_data["helpers"].replace(",", BETWEEN).replace("，", BETWEEN).split(BETWEEN)
        found = []
        for name in filter(None, map(str.strip, names)):
            row = self.people.named(name)
            if row is None:
                raise forms.ValidationError(gettext("与会的人里没有“%(name)s”。") % {"name": name})
            found.append(row)
        return found

    def clean(self):
        data = super().clean()
        if data.get("DELETE") or not any(data.get(name) for name in ("text", "owner", "helpers", "due", "item")):
            return data
        for name, words in (("text", _("写什么事。")), ("owner", _("请选谁牵头。")), ("due", _("请选期限。"))):
            if not data.get(name) and name not in self.errors:
                self.add_error(name, words)
        if data.get("due") and data["due"] < self.meeting.date:
            self.add_error("due", _("期限早于开会那天。"))
        return data


class BaseItemFormSet(forms.BaseFormSet):
    def __init__(self, *args, meeting: Meeting, **kwargs):
        self.meeting, people = meeting, People(meeting)
        kwargs["form_kwargs"] = {"meeting": meeting, "people": people}
        self.owners = {str(row.pk): row for row in people.rows}
        super().__init__(*args, **kwargs)

    def items(self) -> list[ItemFacts]:
        rows = {row.pk: row for row in ActionItem.objects.filter(meeting=self.meeting)}
        return [
            ItemFacts(data["text"], self.owners[data["owner"]], data["due"], data["helpers"], rows.get(data["item"]))
            for data in (form.cleaned_data for form in self.forms)
            if data.get("text") and not data.get("DELETE")
        ]

    @staticmethod
    def values_of(meeting: Meeting) -> list[dict]:
        return [
            {"item": row.pk, "text": row.text, "owner": str(row.owner_id), "due": row.due,
             "helpers": BETWEEN.join(str(helper) for helper in row.helpers.all())}
            for row in meeting.items.for_lists().order_by("number")
        ]  # fmt: skip


ItemFormSet = forms.formset_factory(ItemForm, formset=BaseItemFormSet, extra=3, can_delete=True, max_num=40)
