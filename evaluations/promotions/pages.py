"""Pieces that several pages show, put into words once."""

import datetime
from dataclasses import dataclass, field
from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from evaluations.assessments.choices import Grade, RoundKind
from evaluations.growth.measures import one_decimal
from mentorship.common.templatetags.wording import short_date
from mentorship.common.working_days import HolidayDataMissing, working_days
from mentorship.places.models import Holiday

from .choices import CandidateState, Method, Result, ReviewState
from .models import Candidate, PanelMember, PublicNotice, Review
from .queries import missing_words, voted_ids

SLOT = 100


@dataclass
class Slot:
    """One square of the tally, in per cent of the line."""

    kind: str
    x: float
    width: float


@dataclass
class Panel:
    review: Review
    members: list[PanelMember]
    candidates: list[Candidate]
    voted: set = field(default_factory=set)

    @property
    def due(self) -> int:
        return len(self.members)

    @property
    def present(self) -> int:
        return sum(member.present for member in self.members)

    @property
    def quorum(self) -> int:
        return self.review.rule.quorum_of(self.due) if self.due else 0

    @property
    def short(self) -> int:
        """How many more must come."""
        return max(0, self.quorum - self.present) if self.due else 1

    @property
    def needed(self) -> int:
        return self.review.rule.needed(self.due, self.present, self.present) if self.due else 0

    @property
    def voting(self) -> Candidate | None:
        return next((row for row in self.candidates if row.state == CandidateState.VOTING), None)

    @property
    def next(self) -> Candidate | None:
        return next((row for row in self.candidates if row.state == CandidateState.WAITING), None)

    @property
    def decided(self) -> list[Candidate]:
        return [row for row in self.candidates if row.state == CandidateState.DECIDED]

    @property
    def voters(self) -> list[PanelMember]:
        out = {row.member_id for row in self.voting.recusals.all()} if self.voting else set()
        return [member for member in self.members if member.present and member.pk not in out]

    @property
    def votes_in(self) -> int:
        return sum(member.pk in self.voted for member in self.voters)

    @property
    def all_in(self) -> bool:
        if self.voting and self.review.method == Method.HANDS:
            return any(row.confirmed_by_id and row.round == self.voting.round for row in self.voting.counts.all())
        return self.votes_in == len(self.voters)

    def may_vote(self, seat: PanelMember) -> bool:
        return self.review.method != Method.HANDS and seat in self.voters and seat.pk not in self.voted

    @property
    def seats(self) -> list[dict]:
        """Each member with their standing: absent, recused, voted, waiting or present."""
        voters = {member.pk for member in self.voters}
        rows = []
        for member in self.members:
            state = "present" if member.present else "absent"
            if member.present and self.voting:
                state = "recused" if member.pk not in voters else "voted" if member.pk in self.voted else "waiting"
            rows.append({"member": member, "state": state})
        return rows

    @property
    def quorum_slots(self) -> list[Slot]:
        kinds = ["p-fill"] * self.present + ["e-todo"] * (self.due - self.present)
        return slots(kinds)

    @property
    def quorum_line(self) -> float:
        return line_at(self.quorum, self.due)


def slots(kinds: list[str]) -> list[Slot]:
    step = SLOT / max(1, len(kinds))
    return [Slot(kind, round(step * n, 2), round(step * 0.92, 2)) for n, kind in enumerate(kinds)]


def line_at(number: int, of: int) -> float:
    """Where the line stands, in per cent: behind the `number`th square."""
    return round(SLOT / max(1, of) * number - SLOT / max(1, of) * 0.04, 2)


def panel_of(review: Review) -> Panel:
    """Six queries, however many members and candidates."""
    members = list(review.members.select_related("user").order_by("order", "name"))
    rows = review.candidates.select_related(
        "mentee__secretary__community", "mentee__cohort", "review"
    ).prefetch_related("recusals__member", "votes__member", "counts__entered_by")
    panel = Panel(review, members, list(rows.order_by("order")))
    for row in panel.candidates:
        row.review = review
        row.shown = ShownResult(row) if row.state == CandidateState.DECIDED else None
    if panel.voting:
        panel.voted = voted_ids(panel.voting)
    return panel


class ShownResult:
    """A decided candidate as the verdict shows it."""

    SEALS = {Result.PASSED: "准予晋级", Result.NOT_PASSED: "未予通过", Result.DEFERRED: "暂缓再议"}

    def __init__(self, row: Candidate):
        self.row = row
        self.seal = self.SEALS[row.result]
        self.votes = [vote for vote in row.votes.all() if vote.round == row.round]

    @property
    def title(self) -> str:
        words = {Result.PASSED: _("同意晋级"), Result.NOT_PASSED: _("没有通过"), Result.DEFERRED: _("缓议")}
        return words[self.row.result]

    @property
    def counted(self) -> bool:
        return self.row.agree is not None

    @property
    def sentence(self) -> str:
        row = self.row
        if not self.counted:
            return _("没有表决：%(reason)s") % {"reason": row.reason}
        return _(
            "应到%(due)s位，实到%(present)s位，同意%(agree)s票，不同意%(disagree)s票，缓议%(defer)s票，"
            "回避%(recused)s位。要%(needed)s票同意才通过。"
        ) % {name: getattr(row, name) for name in ("due", "present", "agree", "disagree", "defer", "recused", "needed")}

    @property
    def explanation(self) -> str:
        row = self.row
        if not self.counted or row.result == Result.PASSED:
            return ""
        if row.result == Result.DEFERRED:
            return _("同意票没有到线；加上要缓议的票，还有可能到，所以先放一放。")
        return _("同意票没有到线；加上要缓议的票，也到不了。")

    @property
    def slots(self) -> list[Slot]:
        row = self.row
        if not self.counted:
            return []
        rest = row.due - row.agree - row.defer - row.disagree
        return slots(["p-fill"] * row.agree + ["e-hatch"] * row.defer + ["p-stale"] * row.disagree + ["e-todo"] * rest)

    @property
    def line(self) -> float:
        return line_at(self.row.needed, self.row.due)


def rule_words(review: Review) -> str:
    quorum = share_words(review.quorum_of, review.quorum_in)
    majority = share_words(review.majority_of, review.majority_in)
    return _("应到的%(quorum)s到会才能表决；同意票超过%(base)s的%(majority)s为通过；召集人最后表态。") % {
        "quorum": quorum, "base": review.get_majority_base_display(), "majority": majority
    }  # fmt: skip


def share_words(of: int, whole: int) -> str:
    words = {(1, 2): _("一半"), (2, 3): _("三分之二"), (3, 4): _("四分之三"), (4, 5): _("五分之四")}
    return words.get((of, whole), f"{of}/{whole}")


def steps_of(review: Review) -> list[dict]:
    """The five steps above a review, done, now or to come."""
    order = list(ReviewState)
    place = order.index(ReviewState(review.state))
    notice = PublicNotice.objects.filter(review=review).first()
    small = [
        "", short_date(review.date), "",
        _("至%(day)s") % {"day": short_date(notice.ends)} if notice else "",
        short_date(review.effective_on) if review.effective_on else "",
    ]  # fmt: skip
    words = [_("备齐材料"), _("委员表决"), _("议定封存"), _("公示"), _("生效")]
    done = {ReviewState.EFFECTIVE: 5}.get(review.state, place)
    return [{"words": word, "small": small[n], "done": n < done, "now": n == done} for n, word in enumerate(words)]


def dossier_rows(facts: dict) -> list[tuple[str, str]]:
    """The file in words; what is missing is said."""
    if not facts:
        return []
    logs, met, work = facts["logs"], facts["attendance"], facts["homework"]
    rows = [
        (_("带教"), lesson_words(logs)),
        (_("到场"), _("应到%(due)s次，到%(present)s次") % met),
        (_("作业"), _("%(all)s份，批完%(answered)s份") % work),
        (_("学习心得"), ngettext("%(n)s篇心得", "%(n)s篇心得", facts["reflections"]) % {"n": facts["reflections"]}),
    ]
    if facts.get("visits", {}).get("count"):  # a file sealed earlier holds no visits
        rows.append((_("督训与整改"), _("督训%(count)s次，发现%(raised)s条，销号%(closed)s条") % facts["visits"]))
    rows += clinic_rows(facts.get("clinic", {}))  # nor of the clinic
    if facts["baseline"]:
        rows.append((_("拜师时五项均分"), mean_words(facts["baseline"].values())))
    if facts["levels"]:
        rows.append((_("现在五项均分"), mean_words(facts["levels"].values())))
    for result in facts["results"]:
        words = _("%(total)s分，%(grade)s") % {"total": result["total"], "grade": Grade(result["grade"]).label}
        rows.append((RoundKind(result["kind"]).label, words))
    if facts["talks"]:
        rows.append((_("提醒谈话"), ngettext("%(n)s次", "%(n)s次", facts["talks"]) % {"n": facts["talks"]}))
    if facts["missing"]:
        rows.append((_("还没有的"), "、".join(missing_words(facts["missing"]))))
    return rows


def clinic_rows(found: dict) -> list[tuple[str, str]]:
    """What was brought to the clinic and what came of it, case by case."""
    rows = []
    if found.get("presented"):
        words = _("提诊%(presented)s件，销号%(closed)s件") % found
        if found["private"]:
            words += _("，其中%(private)s件涉及隐私，不写内容") % found
        rows.append((_("会诊成果"), words))
    for case in found.get("cases", ()):
        told = {name: case[name].rstrip("。") for name in ("title", "effect", "lesson")}
        words = _("%(title)s。效果：%(effect)s。经验：%(lesson)s") % told
        rows.append((_("会诊第%(number)s号") % case, words))
    if found.get("cards"):
        rows.append((_("写成的案例卡"), "、".join(found["cards"])))
    return rows


def mean_words(levels) -> str:
    levels = [Decimal(level) for level in levels]
    return str(one_decimal(sum(levels) / len(levels)))


def lesson_words(logs: dict) -> str:
    return _("%(count)s次，其中实地%(on_site)s次") % logs


def days_left(notice: PublicNotice, today: datetime.date) -> dict:
    """The working days of a notice, and how many are over by today."""
    try:
        days = working_days(notice.starts, notice.ends, Holiday.objects.table_of(notice.studio))
    except HolidayDataMissing:
        return {"days": [], "over": 0, "all": notice.days}
    return {"days": days, "over": sum(day < today for day in days), "all": len(days), "today": today}
