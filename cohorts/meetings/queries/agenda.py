"""The agenda of a meeting: first what the last one agreed, then what other parts of the studio raise, then its own."""

from collections import Counter
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cohorts.meetings.choices import PointKind
from cohorts.meetings.models import ActionItem, Meeting
from mentorship.common.plugs import answers_to


@dataclass(frozen=True)
class Point:
    kind: str
    title: str
    detail: str = ""
    url: str = ""
    key: str = ""


def last_items(meeting: Meeting) -> list[ActionItem]:
    """Action items of the last meeting of this kind, and those of earlier ones that still wait; none for the first."""
    last = Meeting.objects.before(meeting).first()
    if last is None:
        return []
    rows = ActionItem.objects.filter(meeting__cohort=meeting.cohort_id, meeting__kind=meeting.kind)
    rows = rows.filter(meeting__date__lt=meeting.date) & (rows.filter(meeting=last) | rows.waiting())
    return list(rows.for_lists().order_by("meeting__date", "number"))


def agenda_of(meeting: Meeting) -> list[Point]:
    """In order. While the meeting is planned the automatic points are asked anew each time; afterwards those stand that
    were taken in when it was held."""
    stored = list(meeting.agenda.all())
    if not meeting.is_planned:
        return [Point(row.kind, row.title, row.detail, row.url, row.key) for row in stored]
    own = [Point(PointKind.OWN, row.title, row.detail) for row in stored]
    return automatic_points(meeting) + own


def agenda_for(meeting: Meeting, whole: bool) -> list[Point]:
    """As one reader sees it. What others raise may name a person: whoever doesn't see all reads how many there are."""
    points = agenda_of(meeting)
    return points if whole else without_raised(points)


def without_raised(points: list[Point]) -> list[Point]:
    """The raised points as one for each part of the studio, in their place, with nobody's name."""
    raised = [point for point in points if point.kind == PointKind.RAISED]
    if not raised:
        return points
    place = points.index(raised[0])
    rest = [point for point in points if point.kind != PointKind.RAISED]
    counts = Counter(point.key.partition(":")[0] for point in raised)
    told = [Point(PointKind.RAISED, words_for(kind, count)) for kind, count in counts.items()]
    return [*rest[:place], *told, *rest[place:]]


def words_for(kind: str, count: int) -> str:
    """`kind` is what the keys of the points begin with."""
    if kind == "case":
        return ngettext("会诊没有办结%(n)s件", "会诊没有办结%(n)s件", count) % {"n": count}
    return ngettext("督训整改逾期%(n)s项", "督训整改逾期%(n)s项", count) % {"n": count}


def automatic_points(meeting: Meeting) -> list[Point]:
    """Only work meetings follow up; a seminar has its own topic."""
    if meeting.is_seminar:
        return []
    points = [
        Point(
            PointKind.LAST,
            item.text,
            _("%(owner)s牵头，%(state)s") % {"owner": item.owner, "state": item.get_state_display()},
            key=f"item:{item.pk}",
        )
        for item in last_items(meeting)
    ]
    today = min(meeting.studio.today(), meeting.date)
    for ask in answers_to("agenda_of"):
        points += [
            Point(PointKind.RAISED, each.title, each.detail, each.url, each.key) for each in ask(meeting.cohort, today)
        ]
    return points
