"""Notices to people: an inbox with acknowledgement. Knows no other app: a notice is a kind and its particulars."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from mentorship.accounts.models import User
from mentorship.accounts.permissions import Permission
from mentorship.common.base import Record
from mentorship.places.models import Studio


class NoticeQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Those addressed to me, and, for those who may send, the studio's."""
        if not user.is_authenticated:
            return self.none()
        return self.filter(
            Q(studio__in=user.studios_with(Permission.NOTICE_SEND)) | Q(receipts__recipient=user.pk)
        ).distinct()

    def standing(self):
        """Not withdrawn: what may still be read, signed, reminded of."""
        return self.filter(withdrawn_at=None)


class Notice(Record):
    """One message to an audience. `kind` names the template in templates/notices/, rendered in the reader's language."""

    studio = models.ForeignKey(Studio, on_delete=models.PROTECT, related_name="notices", verbose_name=_("工作室"))
    kind = models.SlugField(_("类别"), max_length=40)
    particulars = models.JSONField(default=dict)
    url = models.CharField(max_length=200, blank=True)
    needs_acknowledgement = models.BooleanField(_("需签收"), default=False)
    sender = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("发送人")
    )
    deadline = models.DateField(_("请在哪天前办好"), null=True, blank=True)
    reminded_at = models.DateTimeField(_("提醒时间"), null=True, blank=True, editable=False)
    withdrawn_at = models.DateTimeField(_("撤回时间"), null=True, blank=True, editable=False)
    withdrawn_by = models.ForeignKey(
        User,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        editable=False,
        verbose_name=_("撤回人"),
    )
    withdraw_reason = models.CharField(_("撤回原因"), max_length=100, blank=True, editable=False)

    objects = NoticeQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at"]
        verbose_name = _("通知")
        verbose_name_plural = _("通知")
        constraints = [
            models.CheckConstraint(
                condition=Q(withdrawn_at=None, withdrawn_by=None, withdraw_reason="")
                | Q(withdrawn_at__isnull=False, withdrawn_by__isnull=False) & ~Q(withdraw_reason=""),
                name="notice_withdrawn_by_someone_with_a_reason",
            ),
        ]

    def __str__(self):
        title = self.particulars.get("title") or self.kind
        return title["zh"] if isinstance(title, dict) else title  # words.in_both


class ReceiptQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(recipient=user.pk) if user.is_authenticated else self.none()

    def unread(self):
        return self.filter(read_at=None, notice__withdrawn_at=None)

    def to_acknowledge(self):
        return self.filter(notice__needs_acknowledgement=True, notice__withdrawn_at=None, acknowledged_at=None)


class Receipt(Record):
    """A notice in one person's inbox: read, then acknowledged (签收) where that is asked."""

    studio = models.ForeignKey(Studio, on_delete=models.PROTECT, related_name="+")
    notice = models.ForeignKey(Notice, on_delete=models.PROTECT, related_name="receipts", verbose_name=_("通知"))
    recipient = models.ForeignKey(User, on_delete=models.PROTECT, related_name="receipts", verbose_name=_("收件人"))
    read_at = models.DateTimeField(_("已读时间"), null=True, blank=True)
    acknowledged_at = models.DateTimeField(_("签收时间"), null=True, blank=True)
    emailed_at = models.DateTimeField(_("邮件时间"), null=True, blank=True)

    objects = ReceiptQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at", "id"]
        verbose_name = _("收件")
        verbose_name_plural = _("收件")
        constraints = [models.UniqueConstraint(fields=["notice", "recipient"], name="one_receipt_each")]

    def __str__(self):
        return f"{self.recipient} · {self.notice}"
