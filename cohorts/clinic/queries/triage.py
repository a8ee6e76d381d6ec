"""The mentors who can be asked about a case, in the order that the triage suggests, each with its reasons in words."""

import datetime
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cohorts.clinic.choices import CaseState, Urgency
from cohorts.clinic.models import Case, Consult
from cohorts.clinic.taxonomy import subjects_of
from cohorts.clinic.triage import Doctor, suggest
from cohorts.models import CohortRules, Mentor, MentorAbsence, Strength
from mentorship.common.templatetags.wording import short_date
from mentorship.places.deadlines import deadline

PRESSING_DAYS = 5


@dataclass(frozen=True)
class Candidate:
    mentor: Mentor
    score: float
    reasons: list[str]
    best: bool


def reply_days(rules: CohortRules, urgency: str) -> int:
    """Working days in which the mentors are asked to answer."""
    if urgency == Urgency.URGENT:
        return rules.clinic_reply_urgent
    normal = rules.clinic_reply_normal
    return min(PRESSING_DAYS, normal) if urgency == Urgency.PRESSING else normal


def reply_day(case: Case, urgency: str) -> datetime.date:
    """From today on. Raises Refused where nobody knows yet which days are worked."""
    days = reply_days(case.cohort.rules, urgency)
    return deadline(case.studio, case.studio.today(), days, field="reply_due")


def may_be_asked(case: Case):
    """The appointed mentors of the cohort, but for the presenter and those who are asked already; who declined may be
    asked again."""
    asked = Consult.objects.filter(case=case, declined_at=None).values("mentor")
    rows = Mentor.objects.appointed().filter(cohort=case.cohort_id)
    return rows.exclude(secretary=case.presenter_id).exclude(pk__in=asked).select_related("secretary__user")


def candidates_for(case: Case) -> list[Candidate]:
    """In six queries, however many there are."""
    mentors = {mentor.pk: mentor for mentor in may_be_asked(case).with_pairs_now()}
    subjects = subjects_of(case.category)
    levels: dict[Any, dict[str, int]] = {}
    names: dict[str, str] = {}
    strengths = Strength.objects.filter(mentor__in=mentors, subject__code__in=subjects).select_related("subject")
    for row in strengths:
        levels.setdefault(row.mentor_id, {})[row.subject.code] = row.level
        names[row.subject.code] = str(row.subject)
    same, closed, busy = past_of(case)
    away = dict(MentorAbsence.objects.on(case.studio.today()).filter(mentor__in=mentors).values_list("mentor", "ends"))
    own = set(Mentor.objects.filter(pairings__ends=None, pairings__mentee__secretary=case.presenter_id).values_list("pk", flat=True))  # fmt: skip
    doctors = [
        Doctor(
            key=pk, levels=levels.get(pk, {}), same=same[mentor.secretary_id], closed=closed[mentor.secretary_id],
            open_consults=busy[mentor.secretary_id], apprentices=mentor.pairs_now, away_until=away.get(pk),
            own_mentor=pk in own,
        )
        for pk, mentor in mentors.items()
    ]  # fmt: skip
    return [
        Candidate(mentors[each.key], each.score, all_in_words(each.reasons, names), each.best)
        for each in suggest(doctors, subjects)
    ]


def past_of(case: Case) -> tuple[Counter, Counter, Counter]:
    """By person: opinions in the same category, in closed cases, and what waits for an answer now. Only of opinions that
    are open: who has answered elsewhere stays unsaid."""
    given = Q(opinion__isnull=False, case__released_at__isnull=False)
    rows = Consult.objects.filter(studio=case.studio_id).exclude(case=case).order_by().values("mentor__secretary")
    same, closed, busy = Counter(), Counter(), Counter()
    for row in rows.annotate(
        same=Count("pk", filter=given & Q(case__category=case.category)),
        closed=Count("pk", filter=given & Q(case__state=CaseState.CLOSED)),
        busy=Count("pk", filter=Q(declined_at=None, case__state=CaseState.CONSULTING, case__released_at=None)),
    ):
        person = row["mentor__secretary"]
        same[person], closed[person], busy[person] = row["same"], row["closed"], row["busy"]
    return same, closed, busy


def all_in_words(reasons: Iterable[tuple[str, Any]], subjects: dict[str, str]) -> list[str]:
    strong = [subjects[value] for code, value in reasons if code == "strong"]
    said = [_("擅长%(subject)s") % {"subject": _("、").join(strong)}] if strong else []
    return said + [in_words(*reason) for reason in reasons if reason[0] != "strong"]


def in_words(code: str, value: Any) -> str:
    if code == "same":
        return ngettext("同类的会诊开过%(n)s次方", "同类的会诊开过%(n)s次方", value) % {"n": value}
    if code == "closed":
        return ngettext("参加过%(n)s件办结的会诊", "参加过%(n)s件办结的会诊", value) % {"n": value}
    if code == "busy":
        return ngettext("手上有%(n)s件会诊", "手上有%(n)s件会诊", value) % {"n": value}
    if code == "apprentices":
        return ngettext("带着%(n)s名徒弟", "带着%(n)s名徒弟", value) % {"n": value}
    if code == "away":
        return _("外出，%(day)s后回来") % {"day": short_date(value)}
    return _("是提诊人的师傅")
