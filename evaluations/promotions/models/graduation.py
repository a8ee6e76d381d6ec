"""出师证书: numbered once and for all, signed by two, open to anyone's check."""

import secrets

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from cohorts.models import Cohort, Mentee
from evaluations.assessments.choices import Grade
from mentorship.accounts.models import User
from mentorship.accounts.permissions import Permission
from mentorship.common.base import Record
from mentorship.places.models import Studio


def new_code() -> str:
    """What stands in the QR code: short enough to type, too long to guess."""
    alphabet = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
    return "".join(secrets.choice(alphabet) for _ in range(12))


class CertificateNumbers(models.Model):
    """The last number of a year. It only ever grows: a number is never handed out twice."""

    id = models.BigAutoField(primary_key=True)
    studio = models.ForeignKey(Studio, on_delete=models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField()
    last = models.PositiveSmallIntegerField(default=0)

    class Meta:
        verbose_name = _("证书编号")
        verbose_name_plural = _("证书编号")
        constraints = [models.UniqueConstraint(fields=["studio", "year"], name="one_number_row_a_year")]

    def __str__(self):
        return f"{self.year} {self.last}"


class CertificateQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Readers of promotions; the graduate; the mentor whose name is on it."""
        if not user.is_authenticated:
            return self.none()
        if user.is_operator:
            return self
        mine = (Q(mentee__secretary__user=user.pk) | Q(mentor_user=user.pk)) & Q(studio__in=user.studio_ids)
        return self.filter(Q(studio__in=user.scope_of(Permission.PROMOTION_VIEW)[0]) | mine)

    def for_lists(self):
        return self.select_related("studio", "cohort", "mentee__secretary__community__subdistrict")


class Certificate(Record):
    """What it says is fixed when it is issued; both signatures stand beside. A re-issue keeps the number and says 补."""

    FACTS = ("full_number", "name", "cohort_name", "starts", "ends", "grade", "mentor_name", "date", "text")

    studio = models.ForeignKey(Studio, on_delete=models.PROTECT, related_name="+", verbose_name=_("工作室"))
    cohort = models.ForeignKey(Cohort, on_delete=models.PROTECT, related_name="certificates", verbose_name=_("批次"))
    mentee = models.OneToOneField(Mentee, on_delete=models.PROTECT, related_name="certificate", verbose_name=_("学员"))
    year = models.PositiveSmallIntegerField(_("年度"))
    number = models.PositiveSmallIntegerField(_("号"))
    prefix = models.CharField(_("文号前缀"), max_length=10)
    date = models.DateField(_("发证日期"))
    name = models.CharField(_("姓名"), max_length=40)
    cohort_name = models.CharField(_("批次名称"), max_length=30)
    starts = models.DateField(_("带教起"))
    ends = models.DateField(_("带教止"))
    grade = models.CharField(_("等次"), max_length=12, choices=Grade, default=Grade.PASS)
    text = models.TextField(_("正文"))
    mentor_name = models.CharField(_("师傅"), max_length=40)
    mentor_user = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("师傅账号")
    )
    mentor_signed_at = models.DateTimeField(_("师傅签章"), null=True, blank=True, editable=False)
    studio_signed_at = models.DateTimeField(_("工作室签章"), null=True, blank=True, editable=False)
    studio_signed_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("工作室签章人")
    )
    code = models.CharField(_("查验码"), max_length=12, unique=True, default=new_code, editable=False)
    digest = models.CharField(_("校验码"), max_length=64, editable=False)
    reissued = models.PositiveSmallIntegerField(_("补发次数"), default=0, editable=False)
    reissued_on = models.DateField(_("补发日期"), null=True, blank=True, editable=False)

    objects = CertificateQuerySet.as_manager()

    class Meta:
        ordering = ["-year", "number"]
        verbose_name = _("出师证书")
        verbose_name_plural = _("出师证书")
        constraints = [
            models.UniqueConstraint(fields=["studio", "year", "number"], name="certificate_number_once"),
            models.CheckConstraint(condition=Q(number__gte=1), name="certificate_numbers_start_at_one"),
            models.CheckConstraint(condition=Q(ends__gte=F("starts")), name="certificate_period_runs_forward"),
        ]

    def __str__(self):
        return self.full_number

    @property
    def full_number(self) -> str:
        """梁室出〔2019〕01号"""
        return f"{self.prefix}出〔{self.year}〕{self.number:02}号"

    @property
    def shown_number(self) -> str:
        return f"{self.full_number}（补）" if self.reissued else self.full_number

    @property
    def is_signed(self) -> bool:
        return bool(self.mentor_signed_at and self.studio_signed_at)
