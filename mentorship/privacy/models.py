"""People's own copies, and that somebody was erased. The table of fields is code: see table.py."""

import datetime

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from mentorship.accounts.choices import Language
from mentorship.accounts.models import User
from mentorship.accounts.permissions import Permission
from mentorship.common.base import Record
from mentorship.people.models import Secretary
from mentorship.places.models import Studio

from .choices import CopyState

KEPT_DAYS = 7  # how long a made copy may be fetched
STALLED = datetime.timedelta(minutes=10)  # without a word from the work in all this time, it is not coming back


class OwnCopyQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Nobody but the person, not even an operator."""
        return self.filter(user=user.pk) if user.is_authenticated else self.none()

    def to_begin(self):
        """Those that nobody makes: waiting, or left half-way by a worker that was killed."""
        return self.filter(
            Q(state=CopyState.WAITING) | Q(state=CopyState.RUNNING, updated_at__lt=timezone.now() - STALLED)
        )

    def overdue(self):
        line = timezone.now() - datetime.timedelta(days=KEPT_DAYS)
        return self.filter(state=CopyState.DONE, finished_at__lt=line)


class OwnCopy(Record):
    """What the studio holds about a person, put together for them in the background."""

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="own_copies", verbose_name=_("账号"))
    language = models.CharField(_("语言"), max_length=10, choices=Language)
    state = models.CharField(_("状态"), max_length=8, choices=CopyState, default=CopyState.WAITING, editable=False)
    done = models.PositiveSmallIntegerField(_("已完成"), default=0, editable=False)
    total = models.PositiveSmallIntegerField(_("共"), default=0, editable=False)
    file = models.FileField(upload_to="own_copies/", blank=True, editable=False)
    finished_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects = OwnCopyQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at"]
        verbose_name = _("本人资料副本")
        verbose_name_plural = _("本人资料副本")
        constraints = [
            models.CheckConstraint(condition=Q(done__lte=F("total")), name="own_copy_within_total"),
            models.CheckConstraint(
                condition=~Q(state=CopyState.DONE) | ~Q(file="") & Q(finished_at__isnull=False),
                name="own_copy_done_has_a_file",
            ),
            models.UniqueConstraint(
                fields=["user"], condition=Q(state__in=sorted(CopyState.unfinished())), name="own_copy_one_at_a_time"
            ),
        ]

    def __str__(self):
        return f"{self.user} {self.created_at:%Y-%m-%d}"

    @property
    def kept_until(self) -> datetime.datetime | None:
        return self.finished_at + datetime.timedelta(days=KEPT_DAYS) if self.finished_at else None

    @property
    def is_ready(self) -> bool:
        return self.state == CopyState.DONE and timezone.now() < self.kept_until

    @property
    def is_stalled(self) -> bool:
        """Nothing was heard of it for so long that the machine must have been stopped under it."""
        return self.state in CopyState.unfinished() and timezone.now() - self.updated_at > STALLED

    @property
    def is_going_on(self) -> bool:
        return self.state in CopyState.unfinished() and not self.is_stalled


class ErasureQuerySet(models.QuerySet):
    def visible_to(self, user):
        if not user.is_authenticated:
            return self.none()
        if user.is_operator:
            return self
        return self.filter(studio__in=user.scope_of(Permission.PERSON_ERASE)[0])

    def due(self, today: datetime.date):
        """Erased but for their papers, whose archive period is over now."""
        return self.filter(finished_on=None, papers_until__lt=today)


class Erasure(Record):
    """注销: that somebody was erased, without a name. `papers_until`: the last day on which the papers that carry their
    name are kept; on `finished_on` nothing of them was left. `by` is empty when the time was simply over."""

    studio = models.ForeignKey(Studio, on_delete=models.PROTECT, related_name="+", verbose_name=_("工作室"))
    secretary = models.ForeignKey(
        Secretary, on_delete=models.PROTECT, null=True, blank=True, related_name="erasures", verbose_name=_("书记")
    )
    user = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="erasures", verbose_name=_("账号")
    )
    reason = models.CharField(_("原因"), max_length=120)
    done_on = models.DateField(_("注销日期"))
    papers_until = models.DateField(_("档案留到"), null=True, blank=True)
    finished_on = models.DateField(_("全部隐去"), null=True, blank=True)
    by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("经办人")
    )

    objects = ErasureQuerySet.as_manager()

    class Meta:
        ordering = ["-done_on", "-created_at"]
        verbose_name = _("注销记录")
        verbose_name_plural = _("注销记录")
        constraints = [
            models.UniqueConstraint(fields=["secretary"], name="erased_once_from_the_register"),
            models.UniqueConstraint(fields=["user"], name="erased_once_as_an_account"),
            models.CheckConstraint(
                condition=Q(secretary__isnull=False) | Q(user__isnull=False), name="erasure_is_of_somebody"
            ),
            models.CheckConstraint(
                condition=Q(papers_until__isnull=False) | Q(finished_on__isnull=False),
                name="erasure_is_finished_or_waits",
            ),
        ]

    def __str__(self):
        return f"{self.done_on} {self.pk.hex[:8]}"
