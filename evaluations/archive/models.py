"""带教档案: it owns no papers. It keeps what was bound when, with the digest of each part, and the export jobs."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from cohorts.models import Cohort, Mentee, Mentor
from mentorship.accounts.models import User
from mentorship.accounts.permissions import Permission
from mentorship.common.base import Record
from mentorship.places.models import Studio

from .choices import JobState


class BoundFileQuerySet(models.QuerySet):
    def visible_to(self, user):
        """The studio, and the apprentice whose file it is."""
        if not user.is_authenticated:
            return self.none()
        if user.is_operator:
            return self
        studios = user.scope_of(Permission.ARCHIVE_VIEW)[0]
        return self.filter(Q(studio__in=studios) | Q(mentee__secretary__user=user.pk))


class BoundFile(Record):
    """立卷: the state of one apprentice's file on a day. `parts`: [{no, title, count, digest}], in catalogue order."""

    studio = models.ForeignKey(Studio, on_delete=models.PROTECT, related_name="+", verbose_name=_("工作室"))
    mentee = models.ForeignKey(Mentee, on_delete=models.PROTECT, related_name="bound_files", verbose_name=_("学员"))
    number = models.PositiveSmallIntegerField(_("卷号"))
    parts = models.JSONField(_("各件指纹"))
    digest = models.CharField(_("总指纹"), max_length=64)
    bound_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", verbose_name=_("立卷人"))
    checked_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("检查人")
    )
    retain_until = models.DateField(_("保管到"))

    objects = BoundFileQuerySet.as_manager()

    class Meta:
        ordering = ["mentee", "-number"]
        verbose_name = _("带教档案")
        verbose_name_plural = _("带教档案")
        constraints = [
            models.UniqueConstraint(fields=["mentee", "number"], name="bound_file_number_once"),
            models.CheckConstraint(
                condition=Q(checked_by=None) | ~Q(checked_by=F("bound_by")), name="bound_and_checked_by_two"
            ),
        ]

    def __str__(self):
        return f"{self.mentee} · {self.number}"


class ExportJobQuerySet(models.QuerySet):
    def visible_to(self, user):
        if not user.is_authenticated:
            return self.none()
        return self.filter(asked_by=user.pk, studio__in=user.scope_of(Permission.ARCHIVE_EXPORT)[0])


class ExportJob(Record):
    """A ZIP of the files of a cohort, or of one mentor's group, made in the background."""

    studio = models.ForeignKey(Studio, on_delete=models.PROTECT, related_name="+", verbose_name=_("工作室"))
    cohort = models.ForeignKey(Cohort, on_delete=models.PROTECT, related_name="+", verbose_name=_("批次"))
    mentor = models.ForeignKey(
        Mentor, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("师傅")
    )
    asked_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", verbose_name=_("申请人"))
    state = models.CharField(_("状态"), max_length=8, choices=JobState, default=JobState.WAITING, editable=False)
    done = models.PositiveSmallIntegerField(_("已完成"), default=0, editable=False)
    total = models.PositiveSmallIntegerField(_("共"), default=0, editable=False)
    file = models.FileField(upload_to="exports/", blank=True, editable=False)
    finished_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects = ExportJobQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at"]
        verbose_name = _("档案打包")
        verbose_name_plural = _("档案打包")
        constraints = [
            models.CheckConstraint(condition=Q(done__lte=F("total")), name="export_job_within_total"),
            models.CheckConstraint(
                condition=~Q(state=JobState.DONE) | ~Q(file="") & Q(finished_at__isnull=False),
                name="export_job_done_has_a_file",
            ),
        ]

    def __str__(self):
        return f"{self.cohort} {self.created_at:%Y-%m-%d}"
