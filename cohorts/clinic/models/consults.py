"""会诊: who was asked, what each said apart from the others, and what was said once all was open."""

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cohorts.models import Mentor
from mentorship.accounts.models import User
from mentorship.common.base import Record
from mentorship.places.models import Studio

from .cases import Case, OfCase


class ConsultQuerySet(OfCase):
    def of(self, user):
        """What this person was asked; not what they declined."""
        return self.filter(mentor__secretary__user=user.pk, declined_at=None)

    def waiting(self):
        return self.filter(opinion=None, declined_at=None)

    def for_lists(self):
        return self.select_related("mentor__secretary", "case__studio", "case__presenter", "case__community")


class Consult(Record):
    """One mentor asked (会诊人)."""

    studio = models.ForeignKey(Studio, on_delete=models.PROTECT, related_name="+", verbose_name=_("工作室"))
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="consults", verbose_name=_("会诊单"))
    mentor = models.ForeignKey(Mentor, on_delete=models.PROTECT, related_name="consults", verbose_name=_("会诊人"))
    asked_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", verbose_name=_("分诊人"))
    asked_on = models.DateField(_("请会诊日期"))
    declined_at = models.DateTimeField(_("婉拒时间"), null=True, blank=True, editable=False)
    decline_reason = models.CharField(_("婉拒原因"), max_length=100, blank=True, editable=False)
    reminded_on = models.DateField(_("上次提醒"), null=True, blank=True, editable=False)

    objects = ConsultQuerySet.as_manager()

    class Meta:
        ordering = ["case", "created_at"]
        verbose_name = _("会诊人")
        verbose_name_plural = _("会诊人")
        indexes = [models.Index(fields=["mentor", "declined_at"], name="consult_by_mentor")]
        constraints = [models.UniqueConstraint(fields=["case", "mentor"], name="mentor_asked_once")]

    def __str__(self):
        return f"{self.case} {self.mentor}"


class InvitationQuerySet(OfCase):
    def live(self):
        return self.filter(revoked_at=None, expires_at__gt=timezone.now())


class Invitation(Record):
    """A department or a legal adviser without an account, by a link that expires. Only the link's digest is kept."""

    studio = models.ForeignKey(Studio, on_delete=models.PROTECT, related_name="+", verbose_name=_("工作室"))
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="invitations", verbose_name=_("会诊单"))
    name = models.CharField(_("请谁"), max_length=60, help_text=_("部门或者人，例如：街道城管中队、法律顾问"))
    digest = models.CharField(max_length=64, unique=True, editable=False)
    expires_at = models.DateTimeField(_("有效期到"))
    invited_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", verbose_name=_("邀请人"))
    opened_at = models.DateTimeField(_("第一次打开"), null=True, blank=True, editable=False)
    revoked_at = models.DateTimeField(_("收回时间"), null=True, blank=True, editable=False)
    revoked_by = models.ForeignKey(
        User,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        editable=False,
        verbose_name=_("收回人"),
    )

    objects = InvitationQuerySet.as_manager()

    class Meta:
        ordering = ["case", "created_at"]
        verbose_name = _("外请会诊")
        verbose_name_plural = _("外请会诊")
        constraints = [
            models.CheckConstraint(condition=Q(expires_at__gt=F("created_at")), name="invitation_expires_later"),
            models.CheckConstraint(
                condition=Q(revoked_at=None, revoked_by=None) | Q(revoked_at__isnull=False, revoked_by__isnull=False),
                name="invitation_revoked_by_someone",
            ),
        ]

    def __str__(self):
        return self.name

    @property
    def is_live(self) -> bool:
        return self.revoked_at is None and self.expires_at > timezone.now()


class OpinionQuerySet(models.QuerySet):
    def visible_to(self, user):
        """One's own; all of a case that is seen, once its opinions are open. Before, nobody else's: not the office's
        either, and not by the hands of someone with a part of their own in the case."""
        if not user.is_authenticated:
            return self.none()
        released = Q(case__released_at__isnull=False, case__in=Case.objects.visible_to(user))
        own = Q(consult__in=Consult.objects.of(user))
        if typist := user.acting_user:
            own &= ~Q(case__in=Consult.objects.of(typist).values("case")) & ~Q(case__presenter__user=typist.pk)
        return self.filter(released | own)

    def released(self):
        return self.filter(case__released_at__isnull=False)

    def for_lists(self):
        return self.select_related("consult__mentor__secretary", "invitation")


class Opinion(Record):
    """意见: of a mentor who was asked or of an invited guest, one each. Changed until opinions are open, then never."""

    studio = models.ForeignKey(Studio, on_delete=models.PROTECT, related_name="+", verbose_name=_("工作室"))
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="opinions", verbose_name=_("会诊单"))
    consult = models.OneToOneField(
        Consult, on_delete=models.PROTECT, null=True, blank=True, related_name="opinion", verbose_name=_("会诊人")
    )
    invitation = models.OneToOneField(
        Invitation, on_delete=models.PROTECT, null=True, blank=True, related_name="opinion", verbose_name=_("外请")
    )
    text = models.TextField(_("会诊意见"), max_length=2000)
    date = models.DateField(_("日期"))
    typed_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("录入人")
    )
    late = models.BooleanField(_("公开后补的"), default=False)
    version = models.PositiveIntegerField(_("版次"), default=1, editable=False)

    objects = OpinionQuerySet.as_manager()

    class Meta:
        ordering = ["case", "date", "created_at"]
        verbose_name = _("会诊意见")
        verbose_name_plural = _("会诊意见")
        constraints = [
            models.CheckConstraint(
                condition=Q(consult__isnull=False, invitation=None) | Q(consult=None, invitation__isnull=False),
                name="opinion_of_one_voice",
            ),
            models.CheckConstraint(condition=~Q(text=""), name="opinion_says_something"),
        ]

    def __str__(self):
        """Never the text: the audit trail keeps this name."""
        return f"{self.case} {self.by}"

    @property
    def by(self) -> str:
        return str(self.consult.mentor if self.consult_id else self.invitation)


class RemarkQuerySet(OfCase):
    def for_lists(self):
        return self.select_related("by", "invitation")


class Remark(Record):
    """讨论: what is said once opinions are open, by account or by an invited guest."""

    studio = models.ForeignKey(Studio, on_delete=models.PROTECT, related_name="+", verbose_name=_("工作室"))
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="remarks", verbose_name=_("会诊单"))
    by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("发言人")
    )
    invitation = models.ForeignKey(
        Invitation, on_delete=models.PROTECT, null=True, blank=True, related_name="remarks", verbose_name=_("外请")
    )
    text = models.CharField(_("说一句"), max_length=500)

    objects = RemarkQuerySet.as_manager()

    class Meta:
        ordering = ["case", "created_at"]
        verbose_name = _("讨论")
        verbose_name_plural = _("讨论")
        constraints = [
            models.CheckConstraint(
                condition=Q(by__isnull=False, invitation=None) | Q(by=None, invitation__isnull=False),
                name="remark_of_one_voice",
            ),
        ]

    def __str__(self):
        return f"{self.case} {self.by or self.invitation}"
