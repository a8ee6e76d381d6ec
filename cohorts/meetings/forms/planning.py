"""One meeting that is planned or changed: when, where, about what, and who is to come."""

from django import forms
from django.utils.translation import gettext_lazy as _

from cohorts.meetings.choices import Capacity, MeetingKind, Source
from cohorts.meetings.models import Meeting
from cohorts.meetings.queries import Seat, offered, seats_of
from cohorts.meetings.queries.people import key_of
from cohorts.models import Cohort
from cohorts.training.forms.sessions import DateInput, TimeInput
from mentorship.accounts.models import User
from mentorship.common.forms import StudioFormMixin
from mentorship.places.models import Base

NOBODY = [("", _("请选"))]
FACTS = (
    "kind", "topic", "topic_en", "date", "starts_at", "ends_at", "base", "place", "source", "opening_case", "issued_to",
)  # fmt: skip


class PlanForm(StudioFormMixin, forms.Form):
    version = forms.IntegerField(required=False, widget=forms.HiddenInput)
    kind = forms.ChoiceField(label=_("种类"), choices=MeetingKind.choices, widget=forms.RadioSelect)
    topic = forms.CharField(label=_("议题"), max_length=80)
    topic_en = forms.CharField(label=_("英文议题"), max_length=120, required=False)
    date = forms.DateField(label=_("日期"), widget=DateInput)
    starts_at = forms.TimeField(label=_("开始"), widget=TimeInput)
    ends_at = forms.TimeField(label=_("结束"), widget=TimeInput)
    base = forms.ModelChoiceField(
        label=_("教学基地"), queryset=Base.objects.none(), required=False, empty_label=_("不选")
    )
    place = forms.CharField(label=_("地点"), max_length=80, required=False, help_text=_("不在基地开的才写"))
    points = forms.CharField(
        label=_("议程"), required=False, widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("一行一条。例会的第一项是上次议定事项落实，会自动列上，不用写"),
    )  # fmt: skip
    source = forms.ChoiceField(label=_("议题来源"), choices=[("", _("不选")), *Source.choices], required=False)
    opening_case = forms.CharField(
        label=_("引子案例"), max_length=1000, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    mentors = forms.MultipleChoiceField(label=_("师傅"), required=False, widget=forms.CheckboxSelectMultiple)
    mentees = forms.MultipleChoiceField(label=_("学员"), required=False, widget=forms.CheckboxSelectMultiple)
    staff = forms.MultipleChoiceField(label=_("工作室"), required=False, widget=forms.CheckboxSelectMultiple)
    offices = forms.CharField(
        label=_("还有哪些单位要到"), required=False, widget=forms.Textarea(attrs={"rows": 2}), help_text=_("一行一个")
    )
    guests = forms.CharField(
        label=_("列席"), required=False, widget=forms.Textarea(attrs={"rows": 2}), help_text=_("一行一位")
    )
    chair = forms.ChoiceField(label=_("主持"))
    recorder = forms.ChoiceField(label=_("记录人"))
    issued_to = forms.CharField(label=_("分送"), max_length=200, required=False, help_text=_("纪要还送给谁"))

    def __init__(self, *args, cohort: Cohort, meeting: Meeting | None = None, **kwargs):
        super().__init__(*args, **kwargs)
        people = offered(cohort)
        self.seats = people.by_key()
        groups = {"mentors": people.mentors, "mentees": people.mentees, "staff": people.staff}
        if meeting:  # who was asked stays to be chosen, even after leaving the cohort
            for row in seats_of(meeting):
                key = key_of(row)
                if not row.name and key not in self.seats:
                    self.seats[key] = Seat(row.secretary, row.user)
                    groups["staff" if row.user_id else "mentors"].append(self.seats[key])
        for name, seats in groups.items():
            self.fields[name].choices = [(seat.key, str(seat)) for seat in seats]
        everyone = [(key, str(seat)) for key, seat in self.seats.items()]
        self.fields["chair"].choices = self.fields["recorder"].choices = NOBODY + everyone
        self.fields["base"].queryset = Base.objects.filter(studio=cohort.studio_id).select_related("community")

    def clean(self):
        data = super().clean()
        if not any(data.get(name) for name in ("mentors", "mentees", "staff", "offices")):
            self.add_error("mentors", _("请选要来的人。"))
        return data

    def facts(self) -> dict:
        """What the action takes; the chair and the recorder come, whether ticked or not."""
        data = self.cleaned_data
        keys = [*data["staff"], *data["mentors"], *data["mentees"]]
        keys += [key for key in (data["chair"], data["recorder"]) if key not in keys]
        seats = [Seat(name=name) for name in lines(data["offices"])]
        seats += [self.seats[key] for key in dict.fromkeys(keys)]
        seats += [Seat(name=name, capacity=Capacity.GUEST) for name in lines(data["guests"])]
        return {
            "seats": seats, "chair": data["chair"], "recorder": data["recorder"], "points": lines(data["points"]),
            **{name: data[name] for name in FACTS},
        }  # fmt: skip


def lines(text: str) -> list[str]:
    return list(dict.fromkeys(line.strip() for line in text.splitlines() if line.strip()))


def first_values(cohort: Cohort, kind: str, by: User) -> dict:
    """For a new one: every mentor; the apprentices too at a seminar; whoever plans it writes it down."""
    people = offered(cohort)
    own = f"u:{by.pk}"
    keeps = any(seat.key == own for seat in people.staff)
    return {
        "kind": kind,
        "starts_at": "14:00",
        "ends_at": "15:30",
        "mentors": [seat.key for seat in people.mentors],
        "mentees": [seat.key for seat in people.mentees] if kind == MeetingKind.SEMINAR else [],
        "staff": [own] if keeps else [],
        "recorder": own if keeps else "",
    }


def values_of(meeting: Meeting) -> dict:
    """For one that is changed."""
    rows = list(seats_of(meeting))
    by_pk = {row.pk: key_of(row) for row in rows}
    keys = list(by_pk.values())
    values = {name: getattr(meeting, name) for name in FACTS if name != "base"}
    return values | {
        "version": meeting.version, "base": meeting.base_id, "mentors": keys, "mentees": keys, "staff": keys,
        "offices": "\n".join(row.name for row in rows if row.name and row.capacity == Capacity.DUE),
        "guests": "\n".join(row.name for row in rows if row.name and row.capacity == Capacity.GUEST),
        "points": "\n".join(meeting.agenda.values_list("title", flat=True)),
        "chair": by_pk.get(meeting.chair_id, ""), "recorder": by_pk.get(meeting.recorder_id, ""),
    }  # fmt: skip
