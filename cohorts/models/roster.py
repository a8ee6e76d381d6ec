"""动态调整: each change of the roster with its reason, and the talk that must come before an exit."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cohorts.choices import ProposalState, RosterKind, WithdrawReason
from mentorship.accounts.models import User
from mentorship.accounts.permissions import Permission
from mentorship.common.base import Record
from mentorship.places.models import Studio

from .cohort import Cohort
from .members import Mentee, Mentor


class OfOrganizers(models.QuerySet):
    """Talks and changes concern one person's standing: cohort readers only, never a list for all."""

    def visible_to(self, user):
        if not user.is_authenticated:
            return self.none()
        if user.is_operator:
            return self
        return self.filter(studio__in=user.scope_of(Permission.COHORT_VIEW)[0])


class ReminderTalk(Record):
    """提醒谈话."""

    studio = models.ForeignKey(Studio, on_delete=models.PROTECT, related_name="+", verbose_name=_("工作室"))
    mentee = models.ForeignKey(Mentee, on_delete=models.PROTECT, related_name="talks", verbose_name=_("学员"))
    date = models.DateField(_("谈话日期"))
    talkers = models.CharField(_("谈话人"), max_length=100)
    facts = models.TextField(_("指出的情况"))
    own_words = models.TextField(_("本人说明"), blank=True)
    agreed_actions = models.TextField(_("约定事项"))
    limit_date = models.DateField(_("限期至"), null=True, blank=True)

    objects = OfOrganizers.as_manager()

    class Meta:
        ordering = ["-date"]
        verbose_name = _("提醒谈话")
        verbose_name_plural = _("提醒谈话")
        constraints = [
            models.CheckConstraint(
                condition=Q(limit_date=None) | Q(limit_date__gte=models.F("date")), name="talk_limit_after_talk"
            ),
        ]

    def __str__(self):
        return f"{self.mentee} {self.date}"


class RosterChange(Record):
    studio = models.ForeignKey(Studio, on_delete=models.PROTECT, related_name="+", verbose_name=_("工作室"))
    cohort = models.ForeignKey(Cohort, on_delete=models.PROTECT, related_name="roster_changes", verbose_name=_("批次"))
    kind = models.CharField(_("调整"), max_length=12, choices=RosterKind)
    mentee = models.ForeignKey(Mentee, on_delete=models.PROTECT, related_name="roster_changes", verbose_name=_("学员"))
    from_mentor = models.ForeignKey(
        Mentor, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("原师傅")
    )
    to_mentor = models.ForeignKey(
        Mentor, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("新师傅")
    )
    replaces = models.ForeignKey(
        Mentee, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("递补谁")
    )
    date = models.DateField(_("日期"))
    until = models.DateField(_("到哪天"), null=True, blank=True, help_text=_("暂停预计到哪天，或延期带教到哪天"))
    reason = models.CharField(_("原因"), max_length=200)
    withdraw_reason = models.CharField(_("退出类别"), max_length=16, choices=WithdrawReason, blank=True)
    talk = models.ForeignKey(
        ReminderTalk, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("提醒谈话")
    )
    proposed_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", verbose_name=_("提出人"))
    decided_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", verbose_name=_("决定人"))

    objects = OfOrganizers.as_manager()

    class Meta:
        ordering = ["-date", "-created_at"]
        verbose_name = _("动态调整")
        verbose_name_plural = _("动态调整")
        constraints = [
            models.UniqueConstraint(fields=["replaces"], name="one_substitute_each"),
            models.CheckConstraint(condition=Q(kind__in=RosterKind.values), name="roster_kind_known"),
            models.CheckConstraint(
                condition=Q(until=None) | Q(until__gte=models.F("date")), name="change_until_after_its_date"
            ),
            models.CheckConstraint(
                condition=~Q(kind=RosterKind.SUBSTITUTE) | Q(replaces__isnull=False), name="substitute_names_whom"
            ),
            models.CheckConstraint(
                condition=~Q(kind=RosterKind.WITHDRAW) | ~Q(withdraw_reason=""), name="withdrawal_has_a_reason"
            ),
            models.CheckConstraint(
                condition=~Q(withdraw_reason__in=sorted(WithdrawReason.needing_talk())) | Q(talk__isnull=False),
                name="no_such_exit_without_a_talk",
            ),
            models.CheckConstraint(
                condition=~Q(kind__in=[RosterKind.REPAIR, RosterKind.SUBSTITUTE]) | Q(to_mentor__isnull=False),
                name="change_names_the_new_mentor",
            ),
        ]

    def __str__(self):
        return f"{self.mentee} {self.get_kind_display()}"


class RosterProposal(Record):
    """A change that hurts someone, proposed by one and decided by another; neither is the mentor of the pair."""

    studio = models.ForeignKey(Studio, on_delete=models.PROTECT, related_name="+", verbose_name=_("工作室"))
    mentee = models.ForeignKey(
        Mentee, on_delete=models.PROTECT, related_name="roster_proposals", verbose_name=_("学员")
    )
    kind = models.CharField(_("调整"), max_length=12, choices=RosterKind)
    date = models.DateField(_("日期"))
    months = models.PositiveSmallIntegerField(_("延长几个月"), null=True, blank=True)
    withdraw_reason = models.CharField(_("退出类别"), max_length=16, choices=WithdrawReason, blank=True)
    reason = models.CharField(_("原因"), max_length=200)
    reevaluation = models.TextField(_("限期后的再评估"), blank=True)
    talk = models.ForeignKey(
        ReminderTalk, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("提醒谈话")
    )
    state = models.CharField(_("状态"), max_length=8, choices=ProposalState, default=ProposalState.OPEN, editable=False)
    proposed_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", verbose_name=_("提出人"))
    proposed_on = models.DateField(_("提出日期"))
    decided_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("决定人")
    )
    decided_on = models.DateField(_("决定日期"), null=True, blank=True)
    answer = models.CharField(_("决定的理由"), max_length=200, blank=True)

    objects = OfOrganizers.as_manager()

    class Meta:
        ordering = ["-proposed_on", "-created_at"]
        verbose_name = _("调整建议")
        verbose_name_plural = _("调整建议")
        constraints = [
            models.UniqueConstraint(
                fields=["mentee"], condition=Q(state=ProposalState.OPEN), name="one_open_proposal_each"
            ),
            models.CheckConstraint(
                condition=Q(kind__in=[RosterKind.EXTEND, RosterKind.WITHDRAW]), name="proposal_of_what_hurts"
            ),
            models.CheckConstraint(
                condition=Q(decided_by=None) | ~Q(decided_by=models.F("proposed_by")),
                name="proposal_decided_by_another",
            ),
            models.CheckConstraint(
                condition=Q(state=ProposalState.OPEN) | Q(decided_by__isnull=False, decided_on__isnull=False),
                name="proposal_decided_by_someone",
            ),
            models.CheckConstraint(
                condition=~Q(kind=RosterKind.WITHDRAW) | ~Q(withdraw_reason=""), name="proposed_withdrawal_has_a_reason"
            ),
        ]

    def __str__(self):
        return f"{self.mentee} {self.get_kind_display()}"
