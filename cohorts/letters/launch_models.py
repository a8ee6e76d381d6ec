"""The day a cohort is launched: its run sheet, and the polite words to those whose letters are still out."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cohorts.models import Cohort, Pairing
from mentorship.accounts.models import User
from mentorship.accounts.permissions import Permission
from mentorship.common.base import Record
from mentorship.notifications.models import Notice
from mentorship.places.models import Studio

from .choices import LaunchKind


class LaunchQuerySet(models.QuerySet):
    """The run sheet and its reminders are the studio's own paper."""

    def visible_to(self, user):
        if not user.is_authenticated:
            return self.none()
        return self if user.is_operator else self.filter(studio__in=user.scope_of(Permission.LETTER_VIEW)[0])


class LaunchSheet(Record):
    """开班流程: when and where the cohort's ceremony is, and in `items` what comes after what."""

    WORDS = ("title", "date", "starts_at", "place", "host", "notes")

    studio = models.ForeignKey(Studio, on_delete=models.PROTECT, related_name="+", verbose_name=_("工作室"))
    cohort = models.OneToOneField(Cohort, on_delete=models.PROTECT, related_name="launch_sheet", verbose_name=_("批次"))
    title = models.CharField(_("名称"), max_length=60)
    date = models.DateField(_("日期"))
    starts_at = models.TimeField(_("开始时间"))
    place = models.CharField(_("地点"), max_length=60, blank=True)
    host = models.CharField(_("主持人"), max_length=40, blank=True)
    notes = models.TextField(_("备注"), blank=True)
    version = models.PositiveIntegerField(_("版次"), default=1, editable=False)

    objects = LaunchQuerySet.as_manager()

    class Meta:
        verbose_name = _("开班流程")
        verbose_name_plural = _("开班流程")

    def __str__(self):
        return self.title


class LaunchItem(Record):
    """One step of the ceremony. A reading names the pair whose letter or reply is read aloud."""

    studio = models.ForeignKey(Studio, on_delete=models.PROTECT, related_name="+", verbose_name=_("工作室"))
    sheet = models.ForeignKey(LaunchSheet, on_delete=models.PROTECT, related_name="items", verbose_name=_("开班流程"))
    order = models.PositiveSmallIntegerField(_("次序"))
    kind = models.CharField(_("环节"), max_length=12, choices=LaunchKind)
    title = models.CharField(_("怎么说"), max_length=60)
    who = models.CharField(_("谁来"), max_length=60, blank=True)
    minutes = models.PositiveSmallIntegerField(_("分钟"), default=5)
    pairing = models.ForeignKey(
        Pairing, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("师徒")
    )

    objects = LaunchQuerySet.as_manager()

    class Meta:
        ordering = ["sheet", "order"]
        verbose_name = _("开班环节")
        verbose_name_plural = _("开班环节")
        constraints = [
            models.UniqueConstraint(fields=["sheet", "order"], name="launch_one_at_a_time"),
            models.UniqueConstraint(
                fields=["sheet", "kind", "pairing"], condition=Q(pairing__isnull=False), name="launch_read_once"
            ),
            models.CheckConstraint(
                condition=Q(kind__in=LaunchKind.readings(), pairing__isnull=False)
                | ~Q(kind__in=LaunchKind.readings()) & Q(pairing=None),
                name="launch_reading_names_a_pair",
            ),
            models.CheckConstraint(condition=Q(kind__in=LaunchKind.values), name="launch_kind_known"),
            models.CheckConstraint(condition=Q(minutes__range=(1, 120)), name="launch_minutes_1_to_120"),
        ]

    def __str__(self):
        return self.title


class LetterReminder(Record):
    """One polite word to one person about letters or replies that are still out: at most one a week."""

    studio = models.ForeignKey(Studio, on_delete=models.PROTECT, related_name="+", verbose_name=_("工作室"))
    cohort = models.ForeignKey(
        Cohort, on_delete=models.PROTECT, related_name="letter_reminders", verbose_name=_("批次")
    )
    recipient = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", verbose_name=_("提醒谁"))
    day = models.DateField(_("日期"))
    week = models.DateField(_("星期"), help_text=_("那一周的星期一"), editable=False)
    notice = models.ForeignKey(Notice, on_delete=models.PROTECT, related_name="+", verbose_name=_("通知"))
    sent_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", verbose_name=_("提醒人"))

    objects = LaunchQuerySet.as_manager()

    class Meta:
        ordering = ["-day"]
        verbose_name = _("催帖提醒")
        verbose_name_plural = _("催帖提醒")
        constraints = [models.UniqueConstraint(fields=["recipient", "week"], name="one_letter_reminder_a_week")]

    def __str__(self):
        return f"{self.recipient} {self.day}"
