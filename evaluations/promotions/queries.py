"""What a panel reads: the candidate's file from what the year has recorded, and who may be put forward."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q, QuerySet, Sum
from django.utils.translation import gettext as _

from cohorts.choices import MenteeStatus, Tier
from cohorts.clinic.queries.presented import Works, works_of
from cohorts.models import Cohort, Mentee, Pairing, ReminderTalk
from evaluations.assessments.choices import Grade, RoundKind, RoundStatus
from evaluations.assessments.models import Sheet
from evaluations.growth.measures import one_decimal
from evaluations.growth.queries.levels import levels_of
from evaluations.logs.choices import HomeworkState, Mode
from evaluations.logs.models import Attendance, Homework, Reflection
from evaluations.visits.queries.findings import counts_of
from mentorship.common.dates import add_months

from .choices import NEXT, CandidateState, Method, ReviewState
from .models import Candidate, PanelMember, Review, TierStep

ASSISTED = 6  # sessions assisted before 助理带教书记; domain.md §3.5
TOP_SHARE = 40  # per cent of the cohort, for 骨干学员; domain.md §3.5


def dossier_of(mentee: Mentee) -> dict[str, Any]:
    """Facts only, words come on the page: {"logs": {...}, …, "missing": [codes]}. Fifteen queries."""
    met = Attendance.objects.filter(mentee=mentee, log__voided_at=None)
    logs = met.filter(present=True).aggregate(
        count=Count("log", distinct=True),
        on_site=Count("log", filter=Q(log__mode=Mode.ON_SITE), distinct=True),
        minutes=Sum("log__minutes"),
    )
    work = Homework.objects.filter(mentee=mentee).aggregate(
        all=Count("pk"), answered=Count("pk", filter=Q(state=HomeworkState.ANSWERED))
    )
    levels = dict(mentee.baseline.values_list("subject__code", "level"))
    now = levels_of(mentee, mentee.cohort.studio.today())
    results = [
        {"kind": kind, "grade": grade, "total": str(total)}
        for kind, grade, total in released_sheets().filter(mentee=mentee).values_list("round__kind", "grade", "total")
    ]
    pairing = Pairing.objects.filter(mentee=mentee).select_related("mentor__secretary").order_by("-starts").first()
    today = mentee.cohort.studio.today()
    visited = counts_of([mentee], mentee.cohort.starts, today)[mentee.pk]
    works = works_of(mentee)
    facts = {
        "name": mentee.secretary.name,
        "post_since": mentee.secretary.post_since.isoformat(),
        "community": mentee.secretary.community.name,
        "mentor": pairing.mentor.secretary.name if pairing else "",
        "paired_on": pairing.starts.isoformat() if pairing else "",
        "logs": {"count": logs["count"], "on_site": logs["on_site"], "minutes": logs["minutes"] or 0},
        "attendance": {"present": met.filter(present=True).count(), "due": met.count()},
        "homework": work,
        "reflections": Reflection.objects.filter(mentee=mentee).handed_in().count(),
        "visits": {
            "count": visited.visits,
            "raised": visited.raised,
            "closed": visited.closed,
            "in_time": visited.in_time,
        },
        "clinic": clinic_facts(works),
        "talks": ReminderTalk.objects.filter(mentee=mentee).count(),
        "baseline": levels,
        "levels": {code: str(one_decimal(level)) for code, level in now.items()},
        "results": results,
    }
    missing = [
        *([] if works.presented or works.cards else ["clinic"]),
        *([] if visited.visits else ["visits"]),
        *([] if results else ["assessments"]),
        *([] if levels else ["baseline"]),
    ]
    return facts | {"missing": missing}


def clinic_facts(works: Works) -> dict[str, Any]:
    """Sensitive cases are counted and nothing is told of them."""
    return {
        "presented": works.presented,
        "closed": len(works.closed) + works.private,
        "private": works.private,
        "cases": [
            {"number": case.number, "title": case.title, "effect": case.effect, "lesson": case.lesson}
            for case in works.closed
        ],
        "cards": [card.title for card in works.cards],
    }


def released_sheets() -> QuerySet[Sheet]:
    """Results that count, the earliest round first."""
    return (
        Sheet.objects.filter(round__status__in=RoundStatus.released())
        .exclude(total=None)
        .order_by("round__released_on")
    )


def missing_words(codes: list[str]) -> list[str]:
    words = {
        "assessments": _("两次评估"),
        "visits": _("督训与整改"),
        "clinic": _("会诊成果"),
        "baseline": _("能力摸底"),
    }
    return [words[code] for code in codes if code in words]


@dataclass(frozen=True)
class Suggestion:
    mentee: Mentee
    met: list[str]
    open: list[str]


def suggestions(cohort: Cohort, to_tier: str) -> list[Suggestion]:
    """Those who stand one rung below, with what speaks for them and what nobody can tell yet. Three queries."""
    below = next((tier for tier, above in NEXT.items() if above == to_tier), None)
    rows = (
        Mentee.objects.filter(cohort=cohort, tier=below, status__in=MenteeStatus.in_training())
        .exclude(candidacies__review__in=Review.objects.filter(state__in=standing_states(), to_tier=to_tier))
        .for_lists()
        .with_mentor_now()
        .annotate(lessons=Count("attendance", filter=Q(attendance__present=True, attendance__log__voided_at=None)))
        .order_by("secretary__sort_key", "secretary__name")
    )
    since = dict(TierStep.objects.filter(mentee__cohort=cohort, to_tier=below).values_list("mentee", "date"))
    results = results_for(cohort, to_tier)
    return [Suggestion(row, *standing_of(row, to_tier, since.get(row.pk), results.get(row.pk))) for row in rows]


def results_for(cohort: Cohort, to_tier: str) -> dict[Any, tuple[str, bool]]:
    """Of each mentee the grade in the round that this tier asks for, and whether the place is in its first 40 %."""
    kind = {Tier.KEY: RoundKind.HALF_YEAR, Tier.TOP: RoundKind.ANNUAL}.get(to_tier)
    rows = list(released_sheets().filter(round__cohort=cohort, round__kind=kind).values_list("mentee", "grade", "rank"))
    places = len(rows) * TOP_SHARE // 100
    return {mentee: (grade, rank is not None and rank <= places) for mentee, grade, rank in rows}


def lacking(cohort: Cohort, to_tier: str, mentees: list[Mentee]) -> dict[Any, list[str]]:
    """Of each mentee who stands one rung below, in words, what the ladder asks for and the data don't show: not met,
    or unknown. Empty for those of whom everything is shown. A good year asks for the mentor's words later: a vote
    doesn't open without them."""
    wanted = {mentee.pk for mentee in mentees}
    if to_tier == Tier.TOP:
        wanted -= {pk for pk, (grade, _first) in results_for(cohort, to_tier).items() if grade == Grade.GOOD}
    return {row.mentee.pk: row.open for row in suggestions(cohort, to_tier) if row.mentee.pk in wanted and row.open}


def awaits_recommendation(candidate: Candidate) -> bool:
    """Whether the annual grade is good, not excellent, and the mentor has not written a recommendation."""
    if candidate.review.to_tier != Tier.TOP or candidate.recommendation.strip():
        return False
    grade, _first = results_for(candidate.review.cohort, Tier.TOP).get(candidate.mentee_id, ("", False))
    return grade == Grade.GOOD


def standing_states():
    return [ReviewState.PREPARING, ReviewState.SITTING, ReviewState.CONCLUDED, ReviewState.NOTICED]


def standing_of(mentee: Mentee, to_tier: str, since, result: tuple[str, bool] | None) -> tuple[list[str], list[str]]:
    met, unknown = [_("带教%(n)s次") % {"n": mentee.lessons}], []
    if to_tier == Tier.KEY and result is None:
        unknown.append(_("半年评估前%(n)s%%还没有数据") % {"n": TOP_SHARE})
    elif to_tier == Tier.KEY:
        words = _("半年评估在前%(n)s%%") if result[1] else _("半年评估不在前%(n)s%%")
        (met if result[1] else unknown).append(words % {"n": TOP_SHARE})
    if to_tier == Tier.TOP and result is None:
        unknown.append(_("年度等次还没有数据"))
    elif to_tier == Tier.TOP:
        met_or_open = met if result[0] == Grade.EXCELLENT else unknown
        met_or_open.append(_("年度等次：%(grade)s") % {"grade": Grade(result[0]).label})
        if result[0] == Grade.GOOD:
            unknown.append(_("良好的，另要师傅书面推荐"))
    if to_tier == Tier.ASSISTANT:
        unknown.append(_("协助带教次数没有数据，要满%(n)s次") % {"n": ASSISTED})
        unknown.append(_("讲案例没有数据，要满一次"))
        full_year = since is not None and add_months(since, 12) <= mentee.studio.today()
        (met if full_year else unknown).append(_("任尖子学员满一年") if full_year else _("任尖子学员不满一年"))
    if since:
        met.append(_("%(day)s起在现层级") % {"day": since.isoformat()})
    return met, unknown


def voters_of(candidate: Candidate) -> list[PanelMember]:
    """Present and not recused, the convener last."""
    recused = candidate.recusals.values("member")
    rows = PanelMember.objects.filter(review=candidate.review_id, present=True).exclude(pk__in=recused)
    return list(rows.select_related("user").order_by("is_convener", "order", "name"))


def voted_ids(candidate: Candidate) -> set:
    """Members of this round who have voted; what they chose is not asked."""
    if candidate.review.method == Method.SECRET:
        rows = candidate.marks.filter(round=candidate.round, voted=True)
    else:
        rows = candidate.votes.filter(round=candidate.round)
    return set(rows.values_list("member", flat=True))


def to_vote(user) -> list[Candidate]:
    """Votes that wait for this person now."""
    rows = Candidate.objects.filter(
        state=CandidateState.VOTING, review__members__user=user.pk, studio__in=user.studio_ids
    ).for_lists()
    waiting = []
    for row in rows.exclude(review__method=Method.HANDS):
        voters = {member.user_id: member.pk for member in voters_of(row)}
        if user.pk in voters and voters[user.pk] not in voted_ids(row):
            waiting.append(row)
    return waiting


def mentor_ids_of(mentee: Mentee) -> set:
    """Accounts of everyone who has ever been this mentee's mentor."""
    rows = Pairing.objects.filter(mentee=mentee, mentor__secretary__user__isnull=False)
    return set(rows.values_list("mentor__secretary__user", flat=True))
