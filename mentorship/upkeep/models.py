"""What ran by itself, when, and how it ended."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from .choices import OPEN_STATES, RunState

MOST_TRIES = 5


class JobRunQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self if user.is_authenticated and user.is_operator else self.none()

    def open(self):
        return self.filter(state__in=OPEN_STATES)


class JobRun(models.Model):
    """One job at one hour of its rhythm. A second scheduler finds the row and leaves the job alone; a scheduler that was
    killed leaves a lease that runs out, and the next one takes the run up again.

    `job` is the name of a command; `slot` the moment it was due; `said` its last line.
    """

    job = models.CharField(_("工作"), max_length=60)
    slot = models.DateTimeField(_("该做的时间"))
    state = models.CharField(_("状态"), max_length=8, choices=RunState, default=RunState.RUNNING)
    tries = models.PositiveSmallIntegerField(_("次数"), default=1)
    lease_until = models.DateTimeField(null=True, blank=True)
    retry_at = models.DateTimeField(_("再试时间"), null=True, blank=True)
    started_at = models.DateTimeField(_("开始时间"))
    finished_at = models.DateTimeField(_("结束时间"), null=True, blank=True)
    said = models.CharField(_("最后一句"), max_length=300, blank=True)

    objects = JobRunQuerySet.as_manager()

    class Meta:
        ordering = ["-slot", "job"]
        verbose_name = _("例行工作")
        verbose_name_plural = _("例行工作")
        constraints = [
            models.UniqueConstraint(fields=["job", "slot"], name="job_once_a_slot"),
            models.UniqueConstraint(fields=["job"], condition=Q(state__in=OPEN_STATES), name="job_open_once"),
            models.CheckConstraint(condition=Q(tries__range=(1, MOST_TRIES)), name="job_tries_bounded"),
            models.CheckConstraint(
                condition=Q(state=RunState.RUNNING, lease_until__isnull=False, retry_at=None, finished_at=None)
                | Q(state=RunState.FAILED, lease_until=None, retry_at__isnull=False)
                | Q(state__in=[RunState.DONE, RunState.PARKED], lease_until=None, retry_at=None)
                & Q(finished_at__isnull=False),
                name="job_state_has_its_moments",
            ),
        ]

    def __str__(self):
        return f"{self.job} {self.slot:%Y-%m-%d %H:%M}"
