"""How far a round is: who has, who has not, what is missing before the next step, and who rates whom."""

import datetime
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db.models import Count, Max, Q
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cohorts.models import Mentee, Pairing
from evaluations.assessments.choices import RaterType, RoundStatus, TaskState
from evaluations.assessments.models import RaterTask, ReviewRequest, Round, Sheet, VetoItem
from mentorship.accounts.models import RoleGrant, User
from mentorship.accounts.permissions import Permission
from mentorship.accounts.queries import people_of
from mentorship.accounts.roles import ROLES
from mentorship.places.models import Studio

from .parts import asked, scoring_scheme, subjects_of


def officers_of(studio: Studio):
    return people_of(studio, [role for role, data in ROLES.items() if Permission.ASSESSMENT_EDIT in data.permissions])


def rater_types_of(round_: Round) -> list[str]:
    """Those whom the scheme asks anything."""
    made = scoring_scheme(round_.scheme, subjects_of(round_.cohort))
    return [rater for rater in RaterType.values if asked(made, rater)]


def liaisons_by_subdistrict(studio: Studio) -> dict[str, User]:
    """The first liaison of each 街镇, by when the role was given."""
    roles = [r for r, data in ROLES.items() if data.needs_subdistrict and Permission.RECOMMEND in data.permissions]
    grants = RoleGrant.objects.current().filter(studio=studio, role__in=roles).select_related("user")
    found = {}
    for grant in grants.order_by("created_at"):
        if grant.user.is_active:
            found.setdefault(grant.subdistrict_id, grant.user)
    return found


def raters_of(round_: Round, mentees: list[Mentee]) -> dict:
    """mentee id -> [(rater type, user or None)]; None is entered by an officer from paper. Nobody rates themselves
    but as 本人, and whoever can't sign in is asked on paper."""
    wanted = rater_types_of(round_)
    pairs = Pairing.objects.current().filter(mentee__in=mentees).select_related("mentor__secretary__user")
    mentor_of = {pair.mentee_id: pair.mentor for pair in pairs}
    liaisons = liaisons_by_subdistrict(round_.studio)
    found = {}
    for mentee in mentees:
        mentor = mentor_of.get(mentee.pk)
        one = {
            RaterType.MENTOR: mentor and mentor.secretary.user,
            RaterType.STUDIO: round_.studio_rater,
            RaterType.SUBDISTRICT: liaisons.get(mentee.secretary.community.subdistrict_id),
            RaterType.RESIDENTS: None,
            RaterType.SELF: mentee.secretary.user,
        }
        rows = [(rater, able(one[rater])) for rater in wanted if rater in one]
        if RaterType.PEERS in wanted:
            group = [m for m in mentees if mentor and m != mentee and mentor_of.get(m.pk) == mentor]
            rows += [(RaterType.PEERS, peer.secretary.user) for peer in group if able(peer.secretary.user)]
        own = mentee.secretary.user_id
        found[mentee.pk] = [
            (rater, None if user and user.pk == own and rater != RaterType.SELF else user) for rater, user in rows
        ]
    return found


def able(user: User | None) -> User | None:
    return user if user and user.is_active else None


@dataclass
class Cell:
    """The tasks of one rater type for one mentee."""

    done: int = 0
    all: int = 0
    task: RaterTask | None = None  # one to open, where the reader enters it

    @property
    def state(self) -> str:
        if not self.all:
            return "none"
        return "done" if self.done == self.all else "doing" if self.done else "open"


@dataclass
class Line:
    sheet: Sheet
    cells: list[Cell] = field(default_factory=list)


def matrix_of(round_: Round, sheets: Iterable[Sheet]) -> tuple[list[str], list[Line]]:
    """Column headings and a line for each mentee. One query."""
    cells: dict = defaultdict(lambda: defaultdict(Cell))
    present = set()
    for task in RaterTask.objects.filter(sheet__in=[sheet.pk for sheet in sheets]):
        cell = cells[task.sheet_id][task.rater_type]
        present.add(task.rater_type)
        cell.all += 1
        cell.done += task.state == TaskState.SUBMITTED
        if task.rater_id is None:
            cell.task = task
    types = [rater for rater in RaterType.values if rater in present]
    heads = [str(RaterType(rater).label) for rater in types]
    return heads, [Line(sheet, [cells[sheet.pk][rater] for rater in types]) for sheet in sheets]


def late_raters(round_: Round) -> list[tuple[User, int]]:
    """Raters with something open, and how much."""
    rows = RaterTask.objects.filter(sheet__round=round_, rater__isnull=False).waiting().select_related("rater")
    found: dict[User, int] = defaultdict(int)
    for task in rows:
        found[task.rater] += 1
    return sorted(found.items(), key=lambda row: (row[0].name, str(row[0].pk)))


@dataclass(frozen=True)
class Check:
    """A line of the checklist: `blocks` must be put right first, the others are only said."""

    words: str
    ok: bool
    blocks: bool = False


def checklist(round_: Round) -> list[Check]:
    """What stands between this stage and the next."""
    return {
        RoundStatus.PREPARING: before_opening,
        RoundStatus.REPORTING: before_scoring,
        RoundStatus.SCORING: before_summing,
        RoundStatus.SUMMING: before_release,
        RoundStatus.FEEDBACK: before_review,
        RoundStatus.REVIEW: before_archive,
    }.get(round_.status, lambda _round: [])(round_)


def before_opening(round_: Round) -> list[Check]:
    n = round_.cohort.mentees.in_training().count()
    rater = round_.studio_rater
    return [
        Check(ngettext("在培学员%(n)s名", "在培学员%(n)s名", n) % {"n": n}, n > 0, blocks=True),
        Check(
            _("工作室评分人：%(name)s") % {"name": rater} if rater else _("还没有定工作室由谁评分，开了以后由专员按纸质录入"),
            rater is not None,
        ),
    ]  # fmt: skip


def before_scoring(round_: Round) -> list[Check]:
    rows = round_.sheets.aggregate(n=Count("pk"), told=Count("pk", filter=Q(reported_at__isnull=False)))
    words = _("述学交了%(done)s/%(n)s，没交的不扣分") % {"done": rows["told"], "n": rows["n"]}
    return [Check(words, rows["told"] == rows["n"])]


def before_summing(round_: Round) -> list[Check]:
    rows = RaterTask.objects.filter(sheet__round=round_)
    n, left = rows.count(), rows.waiting().count()
    words = _("评分交了%(done)s/%(n)s；没交的记作缺项，不记零分") % {"done": n - left, "n": n}
    return [Check(words, left == 0), *veto_check(round_, blocks=False)]


def veto_check(round_: Round, *, blocks: bool = True) -> list[Check]:
    open_ones = VetoItem.objects.filter(sheet__round=round_, verified_by=None).count()
    if not open_ones:
        return []
    return [Check(ngettext("%(n)s件一票否决事项等另一人核实", "%(n)s件一票否决事项等另一人核实", open_ones)
                  % {"n": open_ones}, False, blocks=blocks)]  # fmt: skip


def before_release(round_: Round) -> list[Check]:
    sheets = list(round_.sheets.all())
    said = sum(1 for sheet in sheets if sheet.has_comment)
    open_totals = sum(1 for sheet in sheets if sheet.total is None)
    lines = [
        Check(_("评语写好%(done)s/%(n)s") % {"done": said, "n": len(sheets)}, said == len(sheets), blocks=True),
        *veto_check(round_),
    ]
    if open_totals:
        words = ngettext("%(n)s名总分不完整，发布后没有等次", "%(n)s名总分不完整，发布后没有等次", open_totals)
        lines.append(Check(words % {"n": open_totals}, False))
    return lines


def before_review(round_: Round) -> list[Check]:
    n = round_.sheets.count()
    talked = round_.sheets.exclude(talked_on=None).count()
    signed = round_.sheets.exclude(signed_at=None).count()
    return [
        Check(_("反馈谈话%(done)s/%(n)s") % {"done": talked, "n": n}, talked == n, blocks=True),
        Check(_("本人签了知悉%(done)s/%(n)s") % {"done": signed, "n": n}, signed == n),
    ]


def before_archive(round_: Round) -> list[Check]:
    waiting = ReviewRequest.objects.open().filter(sheet__round=round_).count()
    words = ngettext("%(n)s件复核还没有决定", "%(n)s件复核还没有决定", waiting) % {"n": waiting}
    last = last_filing_day(round_)
    over = last is None or round_.studio.today() > last
    day = last.isoformat() if last else ""
    return [
        Check(words if waiting else _("复核都有了决定"), waiting == 0, blocks=True),
        Check(_("复核受理已过期限") if over else _("复核受理到%(day)s") % {"day": day}, over, blocks=True),
    ]


def last_filing_day(round_: Round) -> datetime.date | None:
    """The last day on which any mentee of the round may ask for a review; None while nobody was talked to."""
    return round_.sheets.aggregate(day=Max("review_until"))["day"]
