"""一轮考核 from opening to the file: 准备, 填报, 评分, 汇总, 反馈, 复核, 归档. Each step goes through one act."""

import datetime

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from cohorts.actions.common import locked, refuse_unless_stage
from cohorts.choices import Stage
from cohorts.models import Cohort
from evaluations.assessments.choices import RaterType, RoundKind, RoundStatus, TaskState
from evaluations.assessments.models import RaterTask, Round, Scheme, Sheet
from evaluations.assessments.queries import checklist, digest_of, evidence_of, frozen, outcomes_of, raters_of
from mentorship.accounts.models import User
from mentorship.audit.actions import record
from mentorship.common.errors import Refused
from mentorship.notifications.actions import notify
from mentorship.notifications.words import in_both

from .common import hands_of, locked_round, refuse_unless
from .levels import carry_levels
from .schemes import first_scheme, lock_scheme


@transaction.atomic
def make_round(
    *,
    by: User,
    cohort: Cohort,
    kind: str,
    starts: datetime.date,
    ends: datetime.date,
    due: datetime.date,
    scheme: Scheme | None = None,
    studio_rater: User | None = None,
) -> Round:
    """A round in preparation, by the scheme given or the cohort's newest. Raises Refused for days that can't be, a second open round of its kind, another's scheme."""
    locked(cohort)
    refuse_unless_stage(cohort, Stage.with_pairs())
    if kind not in RoundKind.values:
        raise Refused(_("请选考核的种类。"), field="kind")
    if ends <= starts:
        raise Refused(_("结束日期要在开始日期之后。"), field="ends")
    if starts < cohort.starts:
        raise Refused(_("日期早于这一批的开始日期%(day)s。") % {"day": cohort.starts.isoformat()}, field="starts")
    if due < starts:
        raise Refused(_("评完的日期要在开始日期之后。"), field="due")
    scheme = scheme or first_scheme(by=by, cohort=cohort)
    if scheme.cohort_id != cohort.pk:
        raise Refused(_("请选这一批的评分方案。"), field="scheme")
    if cohort.rounds.filter(kind=kind).exclude(status=RoundStatus.ARCHIVED).exists():
        raise Refused(_("这一批的%(kind)s正在进行，归档以后再开。") % {"kind": RoundKind(kind).label}, field="kind")
    row = Round.objects.create(
        studio_id=cohort.studio_id, cohort=cohort, kind=kind, starts=starts, ends=ends, due=due, scheme=scheme,
        studio_rater=studio_rater,
    )  # fmt: skip
    told = {"kind": kind, "starts": starts, "ends": ends, "due": due, "scheme": scheme.number}
    record(by=by, verb="round.made", on=row, studio=row.studio_id, after=told)
    return row


def move(by: User, round_: Round, to: str, verb: str, **facts) -> None:
    before = round_.status
    round_.status, round_.version = to, round_.version + 1
    for name, value in facts.items():
        setattr(round_, name, value)
    round_.save()
    record(by=by, verb=verb, on=round_, studio=round_.studio_id, before={"status": before}, after={"status": to})


def refuse_blocked(round_: Round) -> None:
    blocked = [str(check.words) for check in checklist(round_) if check.blocks and not check.ok]
    if blocked:
        raise Refused(_("还差：%(what)s。") % {"what": "；".join(blocked)})


@transaction.atomic
def open_round(*, by: User, round_: Round) -> Round:
    """准备 → 填报: fixes the scheme and who rates whom; mentees are asked for their report."""
    locked_round(round_)
    refuse_unless(round_, {RoundStatus.PREPARING})
    refuse_blocked(round_)
    lock_scheme(round_.scheme)
    mentees = list(
        round_.cohort.mentees.in_training().select_related("secretary__community", "secretary__user", "studio")
    )
    sheets = Sheet.objects.bulk_create(Sheet(studio_id=round_.studio_id, round=round_, mentee=m) for m in mentees)
    raters = raters_of(round_, mentees)
    RaterTask.objects.bulk_create(
        RaterTask(studio_id=round_.studio_id, sheet=sheet, rater_type=rater_type, rater=rater)
        for sheet in sheets
        for rater_type, rater in raters[sheet.mentee_id]
    )
    move(by, round_, RoundStatus.REPORTING, "round.opened")
    tell(by, round_, "round_report", [m.secretary.user for m in mentees], reverse("assessments:mine"))
    return round_


def tell(by: User, round_: Round, kind: str, people, url: str, **more) -> None:
    particulars = {"round": in_both(round_.get_kind_display), "due": round_.due.isoformat(), **more}
    notify(kind=kind, studio=round_.studio, to=people, by=by.acting_user or by, url=url, particulars=particulars)


@transaction.atomic
def begin_scoring(*, by: User, round_: Round) -> Round:
    """填报 → 评分: counts what the app can count, and asks the raters."""
    locked_round(round_)
    refuse_unless(round_, {RoundStatus.REPORTING})
    refuse_blocked(round_)
    count_evidence(round_)
    move(by, round_, RoundStatus.SCORING, "round.scoring_begun")
    raters = User.objects.filter(rater_tasks__sheet__round=round_, rater_tasks__state=TaskState.OPEN).distinct()
    tell(by, round_, "round_rate", list(raters), reverse("assessments:mine"))
    return round_


def count_evidence(round_: Round) -> None:
    sheets = list(round_.sheets.select_related("mentee"))
    found = evidence_of(round_, [sheet.mentee for sheet in sheets])
    now = timezone.now()
    for sheet in sheets:
        sheet.evidence, sheet.counted_at = found[sheet.mentee_id], now
    Sheet.objects.bulk_update(sheets, ["evidence", "counted_at"])


@transaction.atomic
def sum_round(*, by: User, round_: Round) -> Round:
    """评分 → 汇总: no more scores from here on. Whoever does this can't release the result."""
    locked_round(round_)
    refuse_unless(round_, {RoundStatus.SCORING})
    refuse_blocked(round_)
    count_evidence(round_)
    compute(round_)
    move(
        by, round_, RoundStatus.SUMMING, "round.summed",
        computed_by=by.acting_user or by, computed_at=timezone.now(),
    )  # fmt: skip
    return round_


def compute(round_: Round) -> list[Sheet]:
    """Writes total, grade, rank and tree on every sheet."""
    sheets = list(round_.sheets.select_for_update(of=("self",)))
    for sheet_id, outcome in outcomes_of(round_, sheets).items():
        sheet = next_of(sheets, sheet_id)
        sheet.total, sheet.rank = outcome.total, outcome.rank
        sheet.grade = str(outcome.grade) if outcome.grade else ""
        sheet.notes, sheet.tree = [str(note) for note in outcome.notes], frozen(outcome.tree)
    Sheet.objects.bulk_update(sheets, ["total", "grade", "rank", "notes", "tree"])
    return sheets


def next_of(sheets: list[Sheet], sheet_id: str) -> Sheet:
    return next(sheet for sheet in sheets if str(sheet.pk) == sheet_id)


@transaction.atomic
def reopen_scoring(*, by: User, round_: Round, reason: str) -> Round:
    """汇总 → 评分: something has to come in after all. The sums are taken back."""
    locked_round(round_)
    refuse_unless(round_, {RoundStatus.SUMMING})
    if not reason.strip():
        raise Refused(_("写一句原因。"), field="reason")
    round_.sheets.update(total=None, grade="", rank=None, notes=[], tree={})
    move(by, round_, RoundStatus.SCORING, "round.reopened", computed_by=None, computed_at=None)
    record(by=by, verb="round.reopen_reason", on=round_, studio=round_.studio_id, after={"reason": reason.strip()})
    return round_


@transaction.atomic
def release(*, by: User, round_: Round) -> Round:
    """汇总 → 反馈: a second person looks at the sums and makes them known. Frozen from here on, with a digest."""
    locked_round(round_)
    refuse_unless(round_, {RoundStatus.SUMMING})
    if round_.computed_by_id in hands_of(by):
        raise Refused(_("汇总和发布要两个人。您汇总的，请另一位来发布。"))
    if round_.sheets.filter(mentee__secretary__user__in=hands_of(by)).exists():
        raise Refused(_("您本人也在这一轮里，请由别人来发布。"))
    refuse_blocked(round_)
    sheets = compute(round_)
    move(
        by, round_, RoundStatus.FEEDBACK, "round.released",
        released_by=by.acting_user or by, released_on=round_.studio.today(), digest=digest_of(round_, sheets),
    )  # fmt: skip
    carry_levels(by, round_, round_.sheets.select_related("mentee__cohort"))
    users = User.objects.filter(secretary__apprenticeships__sheets__round=round_)
    tell(by, round_, "round_released", list(users), reverse("assessments:mine"))
    mentors = RaterTask.objects.filter(sheet__round=round_, rater_type=RaterType.MENTOR).exclude(rater=None)
    talkers = {task.rater for task in mentors.select_related("rater")}
    tell(by, round_, "round_talk", talkers, reverse("assessments:mine"))
    return round_


@transaction.atomic
def begin_review(*, by: User, round_: Round) -> Round:
    """反馈 → 复核: everyone has been talked to."""
    locked_round(round_)
    refuse_unless(round_, {RoundStatus.FEEDBACK})
    refuse_blocked(round_)
    move(by, round_, RoundStatus.REVIEW, "round.review_begun")
    return round_


@transaction.atomic
def archive_round(*, by: User, round_: Round) -> Round:
    """复核 → 归档: every request is decided and the time for asking is over."""
    locked_round(round_)
    refuse_unless(round_, {RoundStatus.REVIEW})
    refuse_blocked(round_)
    move(by, round_, RoundStatus.ARCHIVED, "round.archived")
    return round_


STEPS = {
    RoundStatus.PREPARING: open_round,
    RoundStatus.REPORTING: begin_scoring,
    RoundStatus.SCORING: sum_round,
    RoundStatus.FEEDBACK: begin_review,
    RoundStatus.REVIEW: archive_round,
}  # release, which asks for another person, has a page of its own


def advance(*, by: User, round_: Round, status: str) -> Round:
    """The next step from the stage that the reader saw. Raises Refused when someone took it already."""
    round_.refresh_from_db(fields=["status"])
    if round_.status != status or status not in STEPS:
        raise Refused(_("有人已经办了这一步，现在是“%(status)s”。") % {"status": round_.get_status_display()})
    return STEPS[RoundStatus(status)](by=by, round_=round_)
