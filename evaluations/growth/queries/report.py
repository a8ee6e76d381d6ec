"""The annual analysis under four questions (domain.md §0.2). Every figure names where it comes from."""

import datetime
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Count, Sum
from django.urls import reverse
from django.utils.translation import gettext as _

from cohorts.models import Cohort, Mentee
from evaluations.growth.choices import PlanState, Result
from evaluations.growth.models import GapPlan, GapRow, Rating
from evaluations.logs.choices import HomeworkState, LogKind
from evaluations.logs.models import Attendance, Homework, Reflection, TeachingLog
from evaluations.visits.choices import FindingState
from evaluations.visits.models import Finding

from .comparison import Compared, compare, mean_of, subjects_of


@dataclass(frozen=True)
class Figure:
    """`value` is None where data is missing, and the page says so; `url` is the page it was counted from."""

    label: str
    value: str | None
    url: str
    how: str


@dataclass(frozen=True)
class Question:
    name: str
    asks: str
    figures: list[Figure]
    subjects: list[str]  # codes whose levels answer it


@dataclass(frozen=True)
class Report:
    cohort: Cohort
    on: datetime.date
    people: int
    questions: list[Question]
    rows: list[tuple]  # (subject, mean then, mean now, how many have both)
    gone_up: int
    measured: int


def report_of(cohort: Cohort, on: datetime.date) -> Report:
    people = Mentee.objects.filter(cohort=cohort).in_training().for_lists()
    subjects = subjects_of(cohort)
    compared = compare(people, subjects, on)
    rows = [subject_means(compared, place) for place in range(len(subjects))]
    both = [each for each in compared if each.change is not None]
    return Report(
        cohort, on, len(compared), [build(cohort, on, rows) for build in QUESTIONS], rows,
        sum(each.change > 0 for each in both), len(both),
    )  # fmt: skip


def subject_means(compared: Sequence[Compared], place: int) -> tuple:
    both = [row for each in compared for row in each.rows[place : place + 1] if row.change is not None]
    subject = next((each.rows[place].subject for each in compared), None)
    return subject, mean_of([row.then for row in both]), mean_of([row.now for row in both]), len(both)


def url(name: str, *args, query: str = "") -> str:
    return reverse(name, args=args) + query


def counted(n: int, words: str) -> str | None:
    """None for nothing at all: no entries is missing data, not an answer."""
    return words % {"n": n} if n else None


def share(part: int, whole: int) -> str | None:
    if not whole:
        return None
    return _("%(part)s / %(whole)s，%(share)s%%") % {"part": part, "whole": whole, "share": round(part * 100 / whole)}


def level_figure(cohort: Cohort, rows, code: str) -> Figure:
    subject, then, now, n = next((row for row in rows if row[0] and row[0].code == code), (None, None, None, 0))
    facts = {"then": then, "now": now, "n": n}
    value = None if now is None else _("%(then)s → %(now)s（%(n)s名）") % facts
    label = _("%(subject)s，平均等级") % {"subject": subject or code}
    return Figure(label, value, url("growth:cohort", cohort.pk), _("摸底到现在，两次都有的学员取平均"))


def party_question(cohort: Cohort, on: datetime.date, rows) -> Question:
    attended = Attendance.objects.filter(log__cohort=cohort, log__voided_at=None, log__date__lte=on)
    sessions = attended.filter(log__kind__in=LogKind.sessions())
    plans = GapRow.objects.filter(plan__cohort=cohort, plan__state=PlanState.CLOSED, indicator__subject__code="PB")
    logs = url("logs:logs")
    figures = [
        level_figure(cohort, rows, "PB"),
        Figure(_("基地和小组活动到场"), share(sessions.filter(present=True).count(), sessions.count()), logs, _("日志里的到场人次")),
        Figure(
            _("党建短板已达成"), share(plans.filter(result=Result.REACHED).count(), plans.count()),
            url("growth:cohort", cohort.pk), _("已结的补短板计划"),
        ),
    ]  # fmt: skip
    return Question(_("党员管得住"), _("组织生活规范了没有，规矩立住了没有？"), figures, ["PB"])


def people_question(cohort: Cohort, on: datetime.date, rows) -> Question:
    reflections = Reflection.objects.handed_in().filter(cohort=cohort, date__lte=on)
    confirmed = Attendance.objects.present().filter(log__cohort=cohort, log__date__lte=on)
    figures = [
        level_figure(cohort, rows, "CC"),
        Figure(
            _("学员确认过的带教"), share(confirmed.exclude(confirmed_at=None).count(), confirmed.count()), url("logs:logs"),
            _("学员本人点过“确认”的人次"),
        ),
        Figure(_("学习心得"), counted(reflections.count(), _("%(n)s篇")), url("growth:cohort", cohort.pk), _("已交的心得")),
    ]  # fmt: skip
    return Question(_("群众愿意跟"), _("听得进、说得清、调得开没有？"), figures, ["CC"])


def method_question(cohort: Cohort, on: datetime.date, rows) -> Question:
    logs = TeachingLog.objects.standing().filter(cohort=cohort, date__lte=on)
    minutes = logs.aggregate(total=Sum("minutes"))["total"] or 0
    hours = (Decimal(minutes) / 60).quantize(Decimal(1))
    ratings = Rating.objects.counted().until(on).filter(cohort=cohort).aggregate(n=Count("pk"), logs=Count("log"))
    figures = [
        level_figure(cohort, rows, "TM"),
        level_figure(cohort, rows, "CG"),
        Figure(_("教学日志"), counted(logs.count(), _("%(n)s篇")), url("logs:logs"), _("没有作废的日志")),
        Figure(_("带教时长"), _("%(n)s小时") % {"n": hours} if minutes else None, url("logs:calendar"), _("日志时长相加")),
        Figure(
            _("定级以日志为据"), share(ratings["logs"], ratings["n"]), url("growth:cohort", cohort.pk),
            _("其余写了看到的情形"),
        ),
    ]  # fmt: skip
    return Question(_("引领有章法"), _("班子带起来了没有，事情按步骤办了没有？"), figures, ["TM", "CG"])


def work_question(cohort: Cohort, on: datetime.date, rows) -> Question:
    homework = Homework.objects.filter(cohort=cohort, due__lte=on).exclude(state=HomeworkState.WAIVED)
    done = homework.exclude(handed_in_on=None).count()
    gaps = GapRow.objects.filter(plan__cohort=cohort, plan__state=PlanState.CLOSED)
    plans = GapPlan.objects.filter(cohort=cohort).count()
    found = Finding.objects.followed().filter(visit__cohort=cohort, found_on__lte=on)
    closed = found.filter(status=FindingState.CLOSED, verified_on__lte=on).count()
    figures = [
        level_figure(cohort, rows, "ER"),
        Figure(_("到期作业已交"), share(done, homework.count()), url("logs:logs"), _("到期的作业，不算免交的")),
        Figure(_("补短板计划"), counted(plans, _("%(n)s份")), url("growth:cohort", cohort.pk), _("拟过的计划")),
        Figure(
            _("短板已达成"), share(gaps.filter(result=Result.REACHED).count(), gaps.count()),
            url("growth:cohort", cohort.pk), _("已结的补短板计划"),
        ),
        Figure(_("督训整改已销号"), share(closed, found.count()), url("visits:findings"), _("督训发现的问题，到这一天为止")),
    ]  # fmt: skip
    return Question(_("工作落地快"), _("急事处置得当没有，交代的事办结没有？"), figures, ["ER"])


QUESTIONS: list[Callable[[Cohort, datetime.date, list], Question]] = [
    party_question, people_question, method_question, work_question,
]  # fmt: skip
