"""带教档案: it owns no papers. It keeps what was bound when, with the digest of each part, and the export jobs."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from cohorts.models import Cohort, Mentee, Mentor
from mentorship.accounts.models import User
from mentorship.accounts.permissions import Permission
from mentorship.common.base import Record
from mentorship.common.packing import Pack, PackQuerySet, PackState, promises_of
from mentorship.places.models import Studio


class BoundFileQuerySet(models.QuerySet):
    def visible_to(self, user):
        """The studio, and the apprentice whose file it is."""
        if not user.is_authenticated:
            return self.none()
        if user.is_operator:
            return self
        studios = user.scope_of(Permission.ARCHIVE_VIEW)[0]
        rows = self.filter(studio__in=user.studio_ids)
        return rows.filter(Q(studio__in=studios) | Q(mentee__secretary__user=user.pk))


class BoundFile(Record):
    """立卷: the state of one apprentice's file on a day.

    `parts`: [{code, no, title, count, digest}], in catalogue order, of the whole file that the studio keeps.
    """

    studio = models.ForeignKey(Studio, on_delete=models.PROTECT, related_name="+", verbose_name=_("工作室"))
    cohort = models.ForeignKey(Cohort, on_delete=models.PROTECT, related_name="bound_files", verbose_name=_("批次"))
    mentee = models.ForeignKey(Mentee, on_delete=models.PROTECT, related_name="bound_files", verbose_name=_("学员"))
    serial = models.PositiveSmallIntegerField(_("卷号"), help_text=_("一人一号，第一次立卷时定下"))
    number = models.PositiveSmallIntegerField(_("第几次立卷"))
    bound_on = models.DateField(_("立卷日期"))
    parts = models.JSONField(_("各件指纹"))
    digest = models.CharField(_("总指纹"), max_length=64)
    bound_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", verbose_name=_("立卷人"))
    checked_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("检查人")
    )
    checked_on = models.DateField(_("检查日期"), null=True, blank=True)
    retain_until = models.DateField(_("保管到"))

    objects = BoundFileQuerySet.as_manager()

    class Meta:
        ordering = ["mentee", "-number"]
        verbose_name = _("带教档案")
        verbose_name_plural = _("带教档案")
        constraints = [
            models.UniqueConstraint(fields=["mentee", "number"], name="bound_file_number_once"),
            models.UniqueConstraint(fields=["cohort", "serial", "number"], name="bound_file_serial_once"),
            models.CheckConstraint(
                condition=Q(checked_by=None) | ~Q(checked_by=F("bound_by")), name="bound_and_checked_by_two"
            ),
            models.CheckConstraint(
                condition=Q(checked_by=None, checked_on=None) | Q(checked_by__isnull=False, checked_on__isnull=False),
                name="bound_file_checked_has_a_day",
            ),
        ]

    def __str__(self):
        return f"{self.mentee} · {self.number}"

    @property
    def file_number(self) -> str:
        """档号, as it stands on the cover: 梁室档〔2018〕01号."""
        parts = {"prefix": self.studio.doc_prefix, "year": self.cohort.starts.year, "serial": f"{self.serial:02}"}
        return gettext("%(prefix)s档〔%(year)s〕%(serial)s号") % parts


class ExportJobQuerySet(PackQuerySet):
    def visible_to(self, user):
        if not user.is_authenticated:
            return self.none()
        return self.filter(asked_by=user.pk, studio__in=user.studios_with(Permission.ARCHIVE_EXPORT))

    def for_lists(self):
        return self.select_related("studio", "cohort", "mentor__secretary", "asked_by")


class ExportJob(Pack):
    """A ZIP of the files of a cohort, or of one mentor's group, made in the background."""

    studio = models.ForeignKey(Studio, on_delete=models.PROTECT, related_name="+", verbose_name=_("工作室"))
    cohort = models.ForeignKey(Cohort, on_delete=models.PROTECT, related_name="+", verbose_name=_("批次"))
    mentor = models.ForeignKey(
        Mentor, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("师傅")
    )
    asked_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", verbose_name=_("申请人"))
    file = models.FileField(upload_to="exports/", blank=True, editable=False)
    problem = models.CharField(_("原因"), max_length=20, blank=True, editable=False)

    objects = ExportJobQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at"]
        verbose_name = _("档案打包")
        verbose_name_plural = _("档案打包")
        constraints = promises_of("export_job")

    def __str__(self):
        return f"{self.cohort} {self.created_at:%Y-%m-%d}"

    @property
    def may_retry(self) -> bool:
        return (
            self.state in {PackState.FAILED, PackState.EXPIRED}
            or self.is_stalled
            or (self.state == PackState.DONE and not self.is_ready)
        )
