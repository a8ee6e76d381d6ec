"""The beam board: six beams, thirty posts, as of any day. A post's length is the sessions logged with its mentee.

The plan of a whole apprenticeship is one coaching and one base session a month, as the cohort's rules say; the ink
line shows how much of it is due on the day. "No session logged" never means that nothing was done.
"""

import datetime
from dataclasses import dataclass, field

from django.db.models import Exists, OuterRef, Prefetch, QuerySet
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cohorts.choices import MenteeStatus, RosterKind
from cohorts.models import Cohort, CohortRules, Mentee, Mentor, Pairing, RosterChange
from evaluations.logs.queries.rhythm import agreed_days, with_sessions
from mentorship.common.dates import add_months


@dataclass(frozen=True)
class Post:
    name: str
    url: str
    pct: float
    state: str
    value_text: str
    notes: list[tuple[str, ...]] = field(default_factory=list)
    value_unit: str = ""
    due_pct: float | None = None  # of this mentee, counted from their own first day


@dataclass(frozen=True)
class Bay:
    mentor_name: str
    mentor_url: str
    place: str
    count_text: str
    posts: list[Post]

    @property
    def due_pct(self) -> float | None:
        """Where one line crosses the whole bay; None when its mentees did not begin together."""
        shares = {post.due_pct for post in self.posts if post.due_pct is not None}
        return shares.pop() if len(shares) == 1 else None


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


@dataclass(frozen=True)
class Standing:
    """How far one mentee is: sessions logged, sessions planned, those due by the day, days since the last one, and how
    many of these were agreed on."""

    logged: int
    planned: int
    due: int
    quiet: int
    agreed: int

    @property
    def pct(self) -> float:
        return min(100.0, 100 * self.logged / self.planned) if self.planned else 0

    @property
    def due_pct(self) -> float:
        return 100 * self.due / self.planned if self.planned else 0

    @property
    def state(self) -> str:
        """done: the plan is full; stale: nothing logged for longer than agreed; way: on the way."""
        if self.planned and self.logged >= self.planned:
            return "done"
        return "stale" if self.quiet > self.agreed else "way"


def planned_sessions(rules: CohortRules) -> int:
    """Sessions of a whole apprenticeship: coaching and base sessions a month, over its months."""
    return rules.months * (rules.coaching_per_month + rules.base_sessions)


def due_sessions(cohort: Cohort, on: datetime.date, since: datetime.date | None = None) -> int:
    """Sessions planned to lie behind on that day: those of each month that is over since the cohort's start, or since
    a later first day of one's own."""
    rules, first = cohort.rules, max(since or cohort.starts, cohort.starts)
    months = next(n for n in range(rules.months + 1) if n == rules.months or add_months(first, n + 1) > on)
    return months * (rules.coaching_per_month + rules.base_sessions)


def standing_of(pairing: Pairing, cohort: Cohort, on: datetime.date) -> Standing:
    """`pairing` comes from `with_sessions`; `cohort` with its rules."""
    rules = cohort.rules
    quiet = (on - pairing.since).days
    due = due_sessions(cohort, on, pairing.began)
    return Standing(pairing.sessions, planned_sessions(rules), due, quiet, agreed_days(rules))


def pairs_on(day: datetime.date) -> QuerySet[Pairing]:
    """Those that stand on the day, as a board needs them."""
    came_in_late = RosterChange.objects.filter(mentee=OuterRef("mentee"), kind=RosterKind.SUBSTITUTE, date__lte=day)
    return with_sessions(Pairing.objects.as_of(day), day).annotate(is_substitute=Exists(came_in_late))


def board_of(cohort: Cohort, on: datetime.date) -> Board:
    """The board of a cohort on a day. Two queries, whatever its size. `cohort` comes with its studio and rules."""
    pairs = pairs_on(on).select_related("mentee__secretary__community")
    mentors = Mentor.objects.filter(cohort=cohort).appointed().select_related("secretary", "base__community")
    return board_with(cohort, on, list(mentors.prefetch_related(Prefetch("pairings", pairs, to_attr="standing"))))


def board_with(cohort: Cohort, on: datetime.date, mentors: list[Mentor]) -> Board:
    """The board of these mentors, each with their pairs of `pairs_on` in `standing`. Places without a mentee are drawn as
    vacancies up to each mentor's capacity."""
    planned, due, agreed = planned_sessions(cohort.rules), due_sessions(cohort, on), agreed_days(cohort.rules)
    return Board(
        bays=[bay_of(mentor, cohort, on) for mentor in mentors],
        scores=[pairing.score for mentor in mentors for pairing in mentor.standing],
        eave=eave_of(cohort, on),
        legend=[
            ("way", _("已记的带教")),
            ("track", _("离落地还差")),
            ("due", ngettext("细线：到今天应有%(n)s次", "细线：到今天应有%(n)s次", due) % {"n": due}),
            ("stale", ngettext("%(n)s天没有记录", "%(n)s天没有记录", agreed) % {"n": agreed}),
            ("done", ngettext("记满%(n)s次，柱子落地", "记满%(n)s次，柱子落地", planned) % {"n": planned}),
        ],
        subtitle=_("梁是师傅，柱是徒弟；每记一次带教，柱子长一截"),
        due_pct=100 * due / planned if planned else None,
    )


def bay_of(mentor: Mentor, cohort: Cohort, on: datetime.date) -> Bay:
    posts = [post_of(pairing, standing_of(pairing, cohort, on), pairing.is_substitute) for pairing in mentor.standing]
    vacancies = max(0, mentor.capacity - len(posts))
    count = len(posts)
    return Bay(
        mentor_name=str(mentor),
        mentor_url=reverse("cohorts:mentor", args=[mentor.pk]),
        place=str(mentor.base) if mentor.base else "",
        count_text=ngettext("带%(n)s名", "带%(n)s名", count) % {"n": count},
        posts=posts + [vacancy()] * vacancies,
    )


def post_of(pairing: Pairing, standing: Standing, is_substitute: bool = False) -> Post:
    mentee = pairing.mentee
    notes = notes_of(mentee, is_substitute)
    if standing.state == "stale":
        days = ngettext("%(n)s天", "%(n)s天", standing.quiet) % {"n": standing.quiet}
        notes.insert(0, ("due", days, _("没有记录")))
    return Post(
        name=str(mentee),
        url=reverse("cohorts:mentee", args=[mentee.pk]),
        pct=standing.pct,
        state=standing.state,
        value_text=f"{standing.logged}/{standing.planned}",
        notes=notes,
        value_unit=_("次"),
        due_pct=standing.due_pct,
    )


def notes_of(mentee: Mentee, is_substitute: bool) -> list[tuple[str, ...]]:
    notes = []
    if mentee.status == MenteeStatus.PAUSED:
        notes.append(("wait", str(mentee.get_status_display())))
    if mentee.status == MenteeStatus.EXTENDED:
        notes.append(("doing", str(mentee.get_status_display())))
    if is_substitute:
        notes.append(("doing", _("递补")))
    return notes


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
