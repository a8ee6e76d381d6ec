"""Who rates whom, and what they gave."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from evaluations.assessments.choices import RaterType, RoundStatus, TaskState
from mentorship.accounts.models import User
from mentorship.accounts.permissions import Permission
from mentorship.common.base import Record
from mentorship.places.models import Studio

from .rounds import Sheet, someone


class RaterTaskQuerySet(models.QuerySet):
    def visible_to(self, user):
        """One's own, while one has a role in the studio; and, for officers, those that are entered from paper."""
        if not user.is_authenticated:
            return self.none()
        if user.is_operator:
            return self
        whole = user.scope_of(Permission.ASSESSMENT_EDIT)[0]
        return self.filter(Q(rater=user.pk, studio__in=user.studio_ids) | Q(studio__in=whole, rater=None))

    def progress_for(self, user):
        """Who has and who has not: states only, for those who look after assessments."""
        return self.filter(studio__in=user.studios_with(Permission.ASSESSMENT_VIEW))

    def waiting(self):
        return self.exclude(state=TaskState.SUBMITTED)

    def for_lists(self):
        return self.select_related(
            "studio", "rater", "sheet__round__scheme", "sheet__round__cohort", "sheet__round__studio",
            "sheet__mentee__secretary__community__subdistrict",
        )  # fmt: skip


class RaterTask(Record):
    """One rater, one mentee. Without a rater an officer enters it from paper, with a note of the source."""

    studio = models.ForeignKey(Studio, on_delete=models.PROTECT, related_name="+", verbose_name=_("工作室"))
    sheet = models.ForeignKey(Sheet, on_delete=models.PROTECT, related_name="tasks", verbose_name=_("考核表"))
    rater_type = models.CharField(_("谁来评"), max_length=12, choices=RaterType)
    rater = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="rater_tasks", verbose_name=_("评分人")
    )
    state = models.CharField(_("状态"), max_length=10, choices=TaskState, default=TaskState.OPEN, editable=False)
    source = models.CharField(_("来源说明"), max_length=120, blank=True)
    entered_by = someone(_("录入人"))
    submitted_at = models.DateTimeField(_("交来时间"), null=True, blank=True, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = RaterTaskQuerySet.as_manager()

    class Meta:
        ordering = ["sheet__mentee__secretary__sort_key", "sheet", "rater_type", "id"]
        verbose_name = _("评分任务")
        verbose_name_plural = _("评分任务")
        constraints = [
            models.UniqueConstraint(fields=["sheet", "rater_type", "rater"], name="task_once"),
            models.UniqueConstraint(
                fields=["sheet", "rater_type"], condition=Q(rater=None), name="task_from_paper_once"
            ),
            models.CheckConstraint(
                condition=~Q(state=TaskState.SUBMITTED) | Q(submitted_at__isnull=False), name="task_submitted_has_time"
            ),
            models.CheckConstraint(
                condition=~Q(state=TaskState.SUBMITTED) | Q(rater__isnull=False) | ~Q(source=""),
                name="task_from_paper_names_its_source",
            ),
        ]

    def __str__(self):
        return f"{self.sheet.mentee} {self.get_rater_type_display()}"


class ScoreQuerySet(models.QuerySet):
    def visible_to(self, user):
        """One's own; everyone's for those who sum, once the raters are done, and for readers, once it is released."""
        if not user.is_authenticated:
            return self.none()
        if user.is_operator:
            return self
        status = "task__sheet__round__status__in"
        sums, reads = (user.scope_of(p)[0] for p in (Permission.ASSESSMENT_EDIT, Permission.ASSESSMENT_VIEW))
        return self.filter(
            Q(task__rater=user.pk, studio__in=user.studio_ids)
            | Q(studio__in=sums, task__rater=None)
            | Q(studio__in=sums, **{status: sorted(RoundStatus.closed_to_raters())})
            | Q(studio__in=reads, **{status: sorted(RoundStatus.released())})
        )


class Score(models.Model):
    """One answer, for the part named by `path` without its rater: a level from 1 to 5, or points."""

    studio = models.ForeignKey(Studio, on_delete=models.PROTECT, related_name="+")
    task = models.ForeignKey(RaterTask, on_delete=models.CASCADE, related_name="scores", verbose_name=_("评分任务"))
    path = models.CharField(_("项目"), max_length=60)
    value = models.DecimalField(_("评分"), max_digits=5, decimal_places=2)

    objects = ScoreQuerySet.as_manager()

    class Meta:
        ordering = ["path"]
        verbose_name = _("评分")
        verbose_name_plural = _("评分")
        constraints = [
            models.UniqueConstraint(fields=["task", "path"], name="score_once"),
            models.CheckConstraint(condition=Q(value__range=(0, 100)), name="score_to_100"),
        ]

    def __str__(self):
        return self.path
