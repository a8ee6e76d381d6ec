"""What this app holds about people (mentorship.common.personal); how long their papers are kept; who is still needed."""

import datetime

from django.db.models import Q, QuerySet
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from mentorship.accounts.models import User
from mentorship.accounts.permissions import Permission
from mentorship.accounts.roles import ROLES
from mentorship.common.dates import add_months
from mentorship.common.personal import (
    ARCHIVE,
    ARCHIVE_YEARS,
    GROUP,
    PAIR,
    Table,
    plain,
)
from mentorship.people.models import Secretary

from .choices import MenteeStatus, MentorStatus, Stage
from .models import Cohort, Mentee, Mentor

MENTEE, MENTOR = "mentee__secretary", "mentor__secretary"
ROSTER = _("选聘、结对和调整")
TABLES = [
    plain("cohorts.Cohort", "name name_en starts ends stage framework mentors_planned mentees_planned"),
    plain(
        "cohorts.CohortRules",
        "cohort months mentees_per_mentor coaching_per_month coaching_visit_interval reflections_per_month base_sessions"
        " elective_every intensive supervision_rounds finding_due_minor finding_due_major seminar_every"
        " work_meeting_every clinic_days_every clinic_reply_urgent clinic_reply_normal log_deadline hours_target"
        " hours_goal half_year_month annual_month cut_excellent cut_good cut_pass excellent_quota excellent_quota_small"
        " fail_extension_months absence_limit attendance_floor substitute_within substitute_before_month quorum majority"
        " majority_base publicity_days review_days mentor_hours_week weight_gap weight_wish weight_kind weight_distance"
        " low_score",
    ),
    Table(
        "cohorts.Mentor", ROSTER, GROUP, ARCHIVE, ("secretary",),
        links="secretary",
        facts="cohort status political practice teaching capacity base appointed_on order",
        paper="recommender political_evidence practice_evidence teaching_evidence group_name focus specialities"
        " method_name method_text honours",
        erase="available",
    ),
    Table("cohorts.Strength", ROSTER, GROUP, ARCHIVE, (MENTOR,), links="mentor", facts="subject level"),
    Table(
        "cohorts.Mentee", ROSTER, PAIR, ARCHIVE, ("secretary",),
        links="secretary", facts="cohort status recommended_by agreed tier reserve_rank", paper="reason first_project",
    ),
    Table("cohorts.Baseline", _("能力摸底"), PAIR, ARCHIVE, (MENTEE,), links="mentee", facts="subject level"),
    Table(
        "cohorts.MentorAbsence", _("师傅不在时谁来带"), GROUP, ARCHIVE, (MENTOR,),
        links="mentor stand_in", facts="starts ends", erase="note",
    ),
    Table(
        "cohorts.Pairing", ROSTER, PAIR, ARCHIVE, (MENTOR, MENTEE),
        links="mentor mentee", facts="cohort starts ends seat seats score parts", plain="proposal_id",
        paper="end_reason", withheld={"score parts": _("配对时的推算，说的是两个人；请当面问工作室")},
    ),
    Table(
        "cohorts.ReminderTalk", _("提醒谈话"), PAIR, ARCHIVE, (MENTEE,),
        links="mentee", facts="date limit_date", paper="talkers facts own_words agreed_actions",
    ),
    Table(
        "cohorts.RosterChange", ROSTER, PAIR, ARCHIVE, (MENTEE,),
        links="mentee from_mentor to_mentor replaces proposed_by decided_by talk",
        facts="cohort kind date until withdraw_reason", paper="reason",
    ),
    Table(
        "cohorts.RosterProposal", ROSTER, PAIR, ARCHIVE, (MENTEE,),
        links="mentee talk proposed_by decided_by",
        facts="kind date months withdraw_reason state proposed_on decided_on", paper="reason reevaluation answer",
        closed=_("还在商量的调整不给；定下来的写在调整记录里"),
    ),
]  # fmt: skip
ASKED = {"mentee_in mentees on": ROSTER, "seen": _("看看有没有人同时在改")}
NEVER_IN = {MenteeStatus.RECOMMENDED, MenteeStatus.RESERVE, MenteeStatus.DECLINED}
NEVER_MENTOR = {MentorStatus.NOMINATED, MentorStatus.ASSESSED, MentorStatus.DECLINED}
AT_WORK = {Stage.SELECTING, Stage.PAIRING, Stage.RUNNING, Stage.CLOSING}
HAND_IN_PAPERS = {Permission.COHORT_VIEW, Permission.REVIEW, Permission.RECOMMEND}


def cohorts_of(secretary: Secretary | None, user: User | None) -> QuerySet[Cohort]:
    """Those whose papers name the person: as mentor or mentee, or with a role that writes and signs while they ran."""
    rows = Q(pk__in=[])
    if secretary:
        rows |= Q(pk__in=Mentee.objects.filter(secretary=secretary).exclude(status__in=NEVER_IN).values("cohort"))
        rows |= Q(pk__in=Mentor.objects.filter(secretary=secretary).exclude(status__in=NEVER_MENTOR).values("cohort"))
    if user:
        for grant in user.role_grants.all():
            if HAND_IN_PAPERS & ROLES[grant.role].permissions:
                began, ended = grant.created_at.date(), grant.revoked_at and grant.revoked_at.date()
                during = Q(studio=grant.studio_id, ends__gte=began)
                rows |= during & Q(starts__lte=ended) if ended else during
    return Cohort.objects.filter(rows)


def archive_ends(cohort: Cohort) -> datetime.date:
    return add_months(cohort.ends, 12 * ARCHIVE_YEARS)


def kept_until(secretary: Secretary | None, user: User | None) -> datetime.date | None:
    """The last day on which the papers of their cohorts are kept; None for who is in none."""
    return max((archive_ends(cohort) for cohort in cohorts_of(secretary, user)), default=None)


def still_needed(secretary: Secretary | None, user: User | None) -> list[str]:
    """Why somebody can't be erased yet, in words."""
    if secretary is None:
        return []
    reasons = []
    at_work = {"secretary": secretary, "cohort__stage__in": AT_WORK}
    for mentor in Mentor.objects.filter(status=MentorStatus.APPOINTED, **at_work).select_related("cohort"):
        reasons.append(gettext("还在%(cohort)s当师傅。") % {"cohort": mentor.cohort})
    still = {MenteeStatus.CHOSEN, MenteeStatus.PAUSED, MenteeStatus.EXTENDED}
    for mentee in Mentee.objects.filter(status__in=still, **at_work).select_related("cohort"):
        reasons.append(gettext("还在%(cohort)s当学员。") % {"cohort": mentee.cohort})
    return reasons
