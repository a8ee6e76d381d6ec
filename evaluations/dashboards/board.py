"""The beam board: six beams, thirty posts, as of any day. A post's length is how far its mentee has come.

Until sessions are logged, that is the baseline: levels held, counted to 胜任 (3) in each of the five subjects.
A post that reaches the ground holds every subject at 3, which is what graduation asks (domain.md §4).
"""

import datetime
from dataclasses import dataclass, field

from django.db.models import Exists, OuterRef, Prefetch
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cohorts.choices import MenteeStatus, RosterKind
from cohorts.models import Baseline, Cohort, Mentor, Pairing, RosterChange

COMPETENT = 3


@dataclass(frozen=True)
class Post:
    name: str
    url: str
    pct: float
    state: str
    value_text: str
    notes: list[tuple[str, str]] = field(default_factory=list)


@dataclass(frozen=True)
class Bay:
    mentor_name: str
    mentor_url: str
    place: str
    count_text: str
    posts: list[Post]


@dataclass(frozen=True)
class Eave:
    weeks: int
    week: int
    start: str
    today: str
    end: str


@dataclass(frozen=True)
class Board:
    bays: list[Bay]
    eave: Eave
    legend: list[tuple[str, str]]
    subtitle: str
    scores: list[int | None]  # one for each pair that stands, in the order of the board
    due_pct: float | None = None


def progress(levels: list[int]) -> tuple[int, int]:
    """(steps held, steps to graduation) over the subjects that have a level."""
    return sum(min(level, COMPETENT) for level in levels), COMPETENT * len(levels)


def board_of(cohort: Cohort, on: datetime.date, mentors=None) -> Board:
    """The board of a cohort on a day; `mentors` narrows it. Three queries, whatever its size.

    `cohort` comes with its studio; places without a mentee are drawn as vacancies up to each mentor's capacity.
    """
    mentors = mentors if mentors is not None else Mentor.objects.filter(cohort=cohort)
    came_in_late = RosterChange.objects.filter(mentee=OuterRef("mentee"), kind=RosterKind.SUBSTITUTE, date__lte=on)
    pairs = (
        Pairing.objects.as_of(on)
        .select_related("mentee__secretary__community")
        .prefetch_related(Prefetch("mentee__baseline", Baseline.objects.order_by("subject__order")))
        .annotate(is_substitute=Exists(came_in_late))
    )
    mentors = list(
        mentors.appointed()
        .select_related("secretary", "base__community")
        .prefetch_related(Prefetch("pairings", pairs, to_attr="standing"))
    )
    return Board(
        bays=[bay_of(mentor) for mentor in mentors],
        scores=[pairing.score for mentor in mentors for pairing in mentor.standing],
        eave=eave_of(cohort, on),
        legend=[
            ("way", _("拜师时已有的底子")),
            ("track", _("离落地还差")),
            ("done", _("五项都到胜任，柱子落地")),
        ],
        subtitle=_("梁是师傅，柱是徒弟；五项本领都到“胜任”，柱子就落地"),
    )


def bay_of(mentor: Mentor) -> Bay:
    posts = [post_of(pairing, pairing.is_substitute) for pairing in mentor.standing]
    vacancies = max(0, mentor.capacity - len(posts))
    count = len(posts)
    return Bay(
        mentor_name=str(mentor),
        mentor_url=reverse("cohorts:mentor", args=[mentor.pk]),
        place=str(mentor.base) if mentor.base else "",
        count_text=ngettext("带%(n)s名", "带%(n)s名", count) % {"n": count},
        posts=posts + [vacancy()] * vacancies,
    )


def post_of(pairing: Pairing, is_substitute: bool) -> Post:
    mentee = pairing.mentee
    held, needed = progress([row.level for row in mentee.baseline.all()])
    notes = []
    if mentee.status == MenteeStatus.PAUSED:
        notes.append(("wait", str(mentee.get_status_display())))
    if mentee.status == MenteeStatus.EXTENDED:
        notes.append(("doing", str(mentee.get_status_display())))
    if is_substitute:
        notes.append(("doing", _("递补")))
    return Post(
        name=str(mentee),
        url=reverse("cohorts:mentee", args=[mentee.pk]),
        pct=100 * held / needed if needed else 0,
        state="hollow" if not needed else "done" if held == needed else "way",
        value_text=f"{held}/{needed}" if needed else _("未摸底"),
        notes=notes,
    )


def vacancy() -> Post:
    return Post(name=_("空缺"), url="", pct=0, state="hollow", value_text="")


def eave_of(cohort: Cohort, on: datetime.date) -> Eave:
    week = cohort.week_on(on)
    return Eave(
        weeks=cohort.weeks,
        week=week,
        start=_("%(month)s开班") % {"month": date_format(cohort.starts, "YEAR_MONTH_FORMAT")},
        today=_("第%(week)s周") % {"week": week} if week else _("还没有开班"),
        end=_("%(month)s结业") % {"month": date_format(cohort.ends, "YEAR_MONTH_FORMAT")},
    )
