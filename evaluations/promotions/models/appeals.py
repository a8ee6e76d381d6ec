"""反映问题 about someone on the board, and 复核 or 申诉 by the person the result concerns."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from evaluations.promotions.choices import AppealKind, AppealOutcome, Channel, ObjectionState, Outcome
from mentorship.accounts.models import User
from mentorship.accounts.permissions import Permission
from mentorship.common.base import Record
from mentorship.places.models import Studio

from .notices import PublicNotice
from .reviews import Candidate


class ObjectionQuerySet(models.QuerySet):
    def visible_to(self, user):
        """The two who check it, and the project lead. Nobody else, not even an operator's eyes in the pages."""
        if not user.is_authenticated:
            return self.none()
        handlers = (Q(checker_1=user.pk) | Q(checker_2=user.pk)) & Q(studio__in=user.studio_ids)
        return self.filter(Q(studio__in=user.scope_of(Permission.PROMOTION_DECIDE)[0]) | handlers)

    def open(self):
        return self.exclude(state=ObjectionState.DECIDED)


class Objection(Record):
    """Signed or not; both are checked by two people, and a signed one is answered."""

    studio = models.ForeignKey(Studio, on_delete=models.PROTECT, related_name="+")
    notice = models.ForeignKey(
        PublicNotice, on_delete=models.PROTECT, related_name="objections", verbose_name=_("公示")
    )
    candidate = models.ForeignKey(
        Candidate, on_delete=models.PROTECT, related_name="objections", verbose_name=_("关于谁")
    )
    received = models.DateField(_("收到日期"))
    channel = models.CharField(_("怎么收到的"), max_length=8, choices=Channel)
    signed = models.BooleanField(pgettext_lazy("objection", "署名"), default=False)
    name = models.CharField(_("姓名"), max_length=40, blank=True)
    contact = models.CharField(_("联系方式"), max_length=100, blank=True)
    content = models.TextField(_("反映的问题"))
    state = models.CharField(_("状态"), max_length=10, choices=ObjectionState, default=ObjectionState.RECEIVED)
    checker_1 = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("核查人一")
    )
    checker_2 = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("核查人二")
    )
    finding = models.TextField(_("核查情况"), blank=True)
    proposed_outcome = models.CharField(_("核查意见"), max_length=12, choices=Outcome, blank=True)
    found_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("提出意见的人")
    )
    outcome = models.CharField(_("结论"), max_length=12, choices=Outcome, blank=True)
    decided_on = models.DateField(_("结论日期"), null=True, blank=True)
    reply = models.TextField(_("答复"), blank=True)
    replied_on = models.DateField(_("答复日期"), null=True, blank=True)

    objects = ObjectionQuerySet.as_manager()

    class Meta:
        ordering = ["-received", "-created_at"]
        verbose_name = _("反映问题")
        verbose_name_plural = _("反映问题")
        constraints = [
            models.CheckConstraint(
                condition=Q(checker_1=None) | Q(checker_2=None) | ~Q(checker_1=F("checker_2")), name="two_checkers"
            ),
            models.CheckConstraint(
                condition=Q(state=ObjectionState.RECEIVED) | Q(checker_1__isnull=False, checker_2__isnull=False),
                name="checked_by_two",
            ),
            models.CheckConstraint(
                condition=~Q(state=ObjectionState.DECIDED) | (~Q(outcome="") & Q(decided_on__isnull=False)),
                name="decided_objection_has_an_outcome",
            ),
            models.CheckConstraint(condition=Q(signed=False) | ~Q(name=""), name="signed_has_a_name"),
            models.CheckConstraint(
                condition=~Q(state=ObjectionState.DECIDED, signed=True) | ~Q(reply=""), name="signed_is_answered"
            ),
        ]

    def __str__(self):
        """Never a name: it stands in the trail."""
        return str(self.received)


class AppealQuerySet(models.QuerySet):
    def visible_to(self, user):
        if not user.is_authenticated:
            return self.none()
        if user.is_operator:
            return self
        own = Q(candidate__mentee__secretary__user=user.pk, studio__in=user.studio_ids)
        return self.filter(Q(studio__in=user.scope_of(Permission.PROMOTION_VIEW)[0]) | own)


class Appeal(Record):
    """复核 within five working days of the result, decided within ten; then 申诉 to the leader within five. It does not
    suspend the result."""

    studio = models.ForeignKey(Studio, on_delete=models.PROTECT, related_name="+")
    candidate = models.ForeignKey(Candidate, on_delete=models.PROTECT, related_name="appeals", verbose_name=_("候选人"))
    kind = models.CharField(_("种类"), max_length=8, choices=AppealKind)
    filed_on = models.DateField(_("提出日期"))
    ground = models.TextField(_("理由"))
    due = models.DateField(_("答复期限"))
    outcome = models.CharField(_("结论"), max_length=8, choices=AppealOutcome, blank=True)
    decision = models.TextField(_("答复"), blank=True)
    decided_on = models.DateField(_("答复日期"), null=True, blank=True)
    decided_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("答复人")
    )

    objects = AppealQuerySet.as_manager()

    class Meta:
        ordering = ["-filed_on"]
        verbose_name = _("复核申诉")
        verbose_name_plural = _("复核申诉")
        constraints = [
            models.UniqueConstraint(fields=["candidate", "kind"], name="appeal_once_of_a_kind"),
            models.CheckConstraint(
                condition=Q(outcome="", decided_on=None) | (~Q(outcome="") & Q(decided_on__isnull=False)),
                name="decided_appeal_has_a_day",
            ),
        ]

    def __str__(self):
        return f"{self.candidate} {self.get_kind_display()}"
