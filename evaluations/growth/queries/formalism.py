"""What makes paper of mentoring: entries that look alike or came in a heap, and minutes asked of each person."""

import datetime
import uuid
from collections import defaultdict
from dataclasses import dataclass, field

from django.db.models import Count, F, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cohorts.models import Cohort, Mentee, Mentor
from evaluations.growth.burden import Load
from evaluations.growth.likeness import bursts, entered_late, near_copies
from evaluations.growth.models import GapPlan, Rating
from evaluations.logs.models import Attendance, Homework, Reflection, TeachingLog
from mentorship.accounts.models import User
from mentorship.common.dates import add_months

LOOK_BACK = 400  # logs of one mentor that are compared with each other, the newest


@dataclass(frozen=True)
class Signs:
    """Of one mentor, what is worth a look: pairs of logs that are alike, heaps, and entries that came late."""

    mentor: Mentor
    alike: list[tuple[TeachingLog, TeachingLog, int]]  # per cent in common
    heaps: list[list[TeachingLog]]
    late: list[tuple[TeachingLog, int]]  # days


def signs_of(cohort: Cohort, user) -> list[Signs]:
    """Mentors with something to look at; sensitive and voided logs are left alone. Two queries."""
    logs: dict[Mentor, list[TeachingLog]] = defaultdict(list)
    rows = TeachingLog.objects.visible_to(user).standing().searchable().filter(cohort=cohort)
    for log in rows.select_related("mentor__secretary").order_by("mentor__order", "-date"):
        if len(logs[log.mentor]) < LOOK_BACK:
            logs[log.mentor].append(log)
    found = [signs_in(mentor, each) for mentor, each in logs.items()]
    return [signs for signs in found if signs.alike or signs.heaps or signs.late]


def signs_in(mentor: Mentor, logs: list[TeachingLog]) -> Signs:
    by_id = {log.pk: log for log in logs}
    pairs = near_copies({log.pk: log.text for log in logs})
    alike = [(by_id[pair.first], by_id[pair.second], round(pair.share * 100)) for pair in pairs]
    heaps = [[by_id[pk] for pk in group] for group in bursts((log.created_at, log.pk) for log in logs)]
    days = ((log, entered_late(log.date, timezone.localdate(log.created_at))) for log in logs)
    return Signs(mentor, alike[:10], heaps, [(log, late) for log, late in days if late][:10])


KINDS = {
    "log": _("写日志"),
    "log_confirmed": _("确认代记的日志"),
    "attendance": _("确认到场"),
    "reflection": _("写心得"),
    "homework": _("交作业"),
    "marking": _("批阅"),
    "rating": _("定级"),
    "plan": _("拟计划"),
}


@dataclass
class Burden:
    """One person's month: what they entered, the minutes it takes, and for a mentor the hours of teaching."""

    user: User
    role: str
    counts: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    teaching_hours: float = 0

    @property
    def load(self) -> Load:
        return Load(self.role, dict(self.counts))

    @property
    def words(self) -> list[str]:
        return [f"{KINDS[kind]} {n}" for kind, n in self.counts.items()]


def burden_of(cohort: Cohort, month: datetime.date) -> list[Burden]:
    """Everyone who entered something for the cohort in the month that begins on `month`; most minutes first.

    Thirteen queries, however many people there are. Counted by the day of entry.
    """
    first, after = midnight(month), midnight(add_months(month, 1))
    roles = roles_in(cohort)
    tally: dict[uuid.UUID, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for kind, rows, who, at in sources(cohort):
        own = rows.filter(**{f"{at}__gte": first, f"{at}__lt": after}).exclude(**{who: None})
        for user, n in own.order_by().values_list(who).annotate(n=Count("pk")):
            tally[user][kind] += n
    for user, n in homework_of(cohort, month):
        tally[user]["homework"] += n
    taught = teaching_hours(cohort, month)
    users = User.objects.in_bulk(set(tally) | set(taught))
    people = [Burden(user, roles.get(pk, "office"), tally.get(pk, {}), taught.get(pk, 0)) for pk, user in users.items()]
    return sorted(people, key=lambda each: (-each.load.minutes, each.user.name))


def homework_of(cohort: Cohort, month: datetime.date) -> QuerySet:
    rows = Homework.objects.filter(cohort=cohort, handed_in_on__gte=month, handed_in_on__lt=add_months(month, 1))
    own = rows.exclude(mentee__secretary__user=None).order_by()
    return own.values_list("mentee__secretary__user").annotate(n=Count("pk"))


def midnight(day: datetime.date) -> datetime.datetime:
    return timezone.make_aware(datetime.datetime.combine(day, datetime.time()))


def roles_in(cohort: Cohort) -> dict[uuid.UUID, str]:
    members = Mentee.objects.filter(cohort=cohort).values_list("secretary__user", flat=True)
    mentors = Mentor.objects.filter(cohort=cohort).values_list("secretary__user", flat=True)
    return dict.fromkeys(members, "mentee") | dict.fromkeys(mentors, "mentor")


def sources(cohort: Cohort) -> list[tuple[str, QuerySet, str, str]]:
    """Kind of entry, its rows, whose hands, when."""
    logs = TeachingLog.objects.filter(cohort=cohort)
    typed_for = logs.exclude(author=F("mentor__secretary__user")).exclude(confirmed_at=None)
    return [
        ("log", logs, "author", "created_at"),
        ("log_confirmed", typed_for, "mentor__secretary__user", "confirmed_at"),
        ("attendance", Attendance.objects.filter(log__cohort=cohort), "mentee__secretary__user", "confirmed_at"),
        ("reflection", Reflection.objects.filter(cohort=cohort), "mentee__secretary__user", "handed_in_at"),
        ("marking", Reflection.objects.filter(cohort=cohort), "commented_by", "commented_at"),
        ("marking", Homework.objects.filter(cohort=cohort), "commented_by", "commented_at"),
        ("rating", Rating.objects.filter(cohort=cohort), "rated_by", "created_at"),
        ("plan", GapPlan.objects.filter(cohort=cohort), "created_by", "created_at"),
    ]


def teaching_hours(cohort: Cohort, month: datetime.date) -> dict[uuid.UUID, float]:
    """Hours held by each mentor in the month: not paper, but their health is the studio's business."""
    logs = TeachingLog.objects.standing().filter(cohort=cohort, date__gte=month, date__lt=add_months(month, 1))
    hours: dict[uuid.UUID, float] = defaultdict(float)
    for user, minutes in logs.exclude(mentor__secretary__user=None).values_list("mentor__secretary__user", "minutes"):
        hours[user] += minutes / 60
    return {user: round(total, 1) for user, total in hours.items()}
