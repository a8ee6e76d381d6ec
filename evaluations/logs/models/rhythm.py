"""Rhythm: that a mentor was reminded of a month without a log, once."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from cohorts.models import Cohort, Mentor
from mentorship.accounts.models import User
from mentorship.common.base import Record
from mentorship.notifications.models import Notice
from mentorship.places.models import Studio


class LogReminder(Record):
    """One polite reminder to one mentor for one month (`month` is its first day)."""

    studio = models.ForeignKey(Studio, on_delete=models.PROTECT, related_name="+")
    cohort = models.ForeignKey(Cohort, on_delete=models.PROTECT, related_name="+")
    mentor = models.ForeignKey(Mentor, on_delete=models.PROTECT, related_name="log_reminders", verbose_name=_("师傅"))
    month = models.DateField(_("月份"))
    notice = models.ForeignKey(Notice, on_delete=models.PROTECT, null=True, related_name="+")
    sent_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+", verbose_name=_("发送人"))

    class Meta:
        ordering = ["-month"]
        verbose_name = _("补记提醒")
        verbose_name_plural = _("补记提醒")
        constraints = [models.UniqueConstraint(fields=["mentor", "month"], name="log_reminder_once_a_month")]

    def __str__(self):
        return f"{self.mentor} {self.month:%Y-%m}"


class LogDigest(Record):
    """The week's account of one cohort, sent to its officers once (`week` is its Monday)."""

    studio = models.ForeignKey(Studio, on_delete=models.PROTECT, related_name="+")
    cohort = models.ForeignKey(Cohort, on_delete=models.PROTECT, related_name="+")
    week = models.DateField(_("周一"))
    notice = models.ForeignKey(Notice, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["-week"]
        verbose_name = _("每周一报")
        verbose_name_plural = _("每周一报")
        constraints = [models.UniqueConstraint(fields=["cohort", "week"], name="log_digest_once_a_week")]

    def __str__(self):
        return f"{self.cohort} {self.week.isoformat()}"
