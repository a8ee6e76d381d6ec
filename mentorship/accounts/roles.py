"""Roles are data: a code, a name, a sentence, the scope they need and the permissions they carry."""

from dataclasses import dataclass

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from .permissions import Permission as P


class Role(TextChoices):
    PROJECT_LEAD = "project_lead", _("项目负责人")
    OFFICER = "officer", _("专员")
    LEADER = "leader", _("分管领导")
    MENTOR = "mentor", _("带教书记")
    MENTEE = "mentee", _("学员")
    LIAISON = "liaison", _("街镇联络员")
    REVIEWER = "reviewer", _("评委")


@dataclass(frozen=True)
class RoleData:
    sentence: str
    permissions: frozenset
    home: str
    needs_subdistrict: bool = False
    second_factor: bool = False  # its holders show a code or a passkey beside the password


READS = frozenset(
    {
        P.REGISTER_VIEW,
        P.FRAMEWORK_VIEW,
        P.COHORT_VIEW,
        P.MATCH_VIEW,
        P.AUDIT_VIEW,
        P.ACCOUNT_VIEW,
        P.LETTER_VIEW,
        P.LOG_VIEW,
        P.RATING_VIEW,
        P.ASSESSMENT_VIEW,
        P.ARCHIVE_VIEW,
        P.PROMOTION_VIEW,
        P.TRAINING_VIEW,
        P.MEETING_VIEW,
        P.VISIT_VIEW,
        P.CLINIC_VIEW,
    }
)
WORKS = READS | {
    P.ADMIN_SITE,
    P.STUDIO_EDIT,
    P.ACCOUNT_EDIT,
    P.ACT_FOR_MENTOR,
    P.REGISTER_EDIT,
    P.NOTICE_SEND,
    P.COHORT_EDIT,
    P.MATCH_EDIT,
    P.ROSTER_EDIT,
    P.RECOMMEND,
    P.LETTER_EDIT,
    P.LOG_SENSITIVE,
    P.LOG_EDIT,
    P.RATING_EDIT,
    P.ASSESSMENT_EDIT,
    P.ARCHIVE_EXPORT,
    P.PROMOTION_EDIT,
    P.TRAINING_EDIT,
    P.MEETING_EDIT,
    P.VISIT_EDIT,
    P.CLINIC_EDIT,
}

ROLES = {
    Role.PROJECT_LEAD: RoleData(
        _("主持工作室，审定选聘、结对和调整。"),
        WORKS
        | {P.ROLE_GRANT, P.PERSON_ERASE, P.COHORT_DECIDE, P.FRAMEWORK_EDIT, P.ASSESSMENT_DECIDE, P.PROMOTION_DECIDE},
        home="overview",
        second_factor=True,
    ),
    Role.OFFICER: RoleData(
        _("录入、催办、打印，可以替师傅代填。"), frozenset(WORKS), home="overview", second_factor=True
    ),
    Role.LEADER: RoleData(_("只看不改，随时了解全局。"), READS, home="overview"),
    Role.MENTOR: RoleData(
        _("带五名学员，看得见自己的徒弟。"), frozenset({P.MENTOR_HOME, P.FRAMEWORK_VIEW}), home="mentor"
    ),
    Role.MENTEE: RoleData(_("看自己的师傅和成长。"), frozenset({P.MENTEE_HOME, P.FRAMEWORK_VIEW}), home="mentee"),
    Role.LIAISON: RoleData(
        _("看本街镇的书记和学员，向工作室推荐人选。"),
        frozenset({P.REGISTER_VIEW, P.RECOMMEND, P.FRAMEWORK_VIEW}),
        home="liaison",
        needs_subdistrict=True,
    ),
    Role.REVIEWER: RoleData(
        _("参加评审。"), frozenset({P.REVIEW, P.FRAMEWORK_VIEW}), home="reviewer", second_factor=True
    ),
}


def permissions_of(role: str) -> frozenset:
    data = ROLES.get(role)
    return data.permissions if data else frozenset()
