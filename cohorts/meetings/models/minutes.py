"""纪要: what was issued, word for word, with its digest. A correction is a new version beside the old one."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from mentorship.accounts.models import User
from mentorship.common.base import Record
from mentorship.notifications.models import Notice
from mentorship.places.models import Studio

from .meetings import Meeting, OfMeeting


class Minutes(Record):
    """`body` is the text as issued (see queries.minutes.body_of); `digest` its SHA-256. Never changed."""

    studio = models.ForeignKey(Studio, on_delete=models.PROTECT, related_name="+", verbose_name=_("工作室"))
    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="minutes", verbose_name=_("会议"))
    version = models.PositiveSmallIntegerField(_("版次"))
    body = models.JSONField(_("正文"))
    digest = models.CharField(_("指纹"), max_length=64)
    date = models.DateField(_("印发日期"))
    written_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", verbose_name=_("执笔"))
    issued_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", verbose_name=_("签发"))
    reason = models.CharField(_("更正原因"), max_length=120, blank=True)
    notice = models.ForeignKey(
        Notice, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("传阅")
    )

    objects = OfMeeting.as_manager()

    class Meta:
        ordering = ["meeting", "-version"]
        verbose_name = _("会议纪要")
        verbose_name_plural = _("会议纪要")
        constraints = [
            models.UniqueConstraint(fields=["meeting", "version"], name="minutes_version_once"),
            models.CheckConstraint(condition=~Q(written_by=F("issued_by")), name="minutes_by_two_people"),
            models.CheckConstraint(
                condition=Q(version=1, reason="") | Q(version__gt=1) & ~Q(reason=""),
                name="minutes_corrected_with_a_reason",
            ),
            models.CheckConstraint(condition=~Q(digest=""), name="minutes_have_a_digest"),
        ]

    def __str__(self):
        return self.body.get("title", "")
