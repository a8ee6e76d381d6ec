"""What is packed in the background for one person to fetch: waiting, running, made, and gone after some days."""

import datetime
from typing import IO

from django.core.files import File
from django.db import models, transaction
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .base import Record

KEPT_DAYS = 7  # how long it may be fetched
STALLED = datetime.timedelta(minutes=10)  # without a word from the work in all this time, it is not coming back


class PackState(models.TextChoices):
    WAITING = "waiting", _("排队")
    RUNNING = "running", _("正在整理")
    DONE = "done", _("已整理好")
    FAILED = "failed", _("没有完成")
    EXPIRED = "expired", _("已过期删除")

    @classmethod
    def unfinished(cls) -> set[str]:
        return {cls.WAITING, cls.RUNNING}


class PackQuerySet(models.QuerySet):
    def to_begin(self):
        """Those that nobody makes: waiting, or left half-way by a worker that was killed."""
        cut_off = Q(state=PackState.RUNNING, updated_at__lt=timezone.now() - STALLED)
        return self.filter(Q(state=PackState.WAITING) | cut_off)

    def begin(self) -> int:
        """How many are the caller's to make now: one that is being made, or was, is left alone."""
        return self.to_begin().update(state=PackState.RUNNING, done=0, updated_at=timezone.now())

    def overdue(self):
        """Made so long ago that the file must go."""
        line = timezone.now() - datetime.timedelta(days=KEPT_DAYS)
        return self.filter(state=PackState.DONE, finished_at__lt=line)


class Pack(Record):
    """The field `file`, and where it is stored, is the model's own."""

    state = models.CharField(_("状态"), max_length=8, choices=PackState, default=PackState.WAITING, editable=False)
    done = models.PositiveSmallIntegerField(_("已完成"), default=0, editable=False)
    total = models.PositiveSmallIntegerField(_("共"), default=0, editable=False)
    finished_at = models.DateTimeField(null=True, blank=True, editable=False)

    class Meta:
        abstract = True

    @property
    def kept_until(self) -> datetime.datetime | None:
        return self.finished_at + datetime.timedelta(days=KEPT_DAYS) if self.finished_at else None

    @property
    def is_ready(self) -> bool:
        """Its file may be fetched: made, and not so long ago."""
        return self.state == PackState.DONE and timezone.now() < self.kept_until

    @property
    def is_stalled(self) -> bool:
        """Nothing was heard of it for so long that the machine must have been stopped under it."""
        return self.state in PackState.unfinished() and timezone.now() - self.updated_at > STALLED

    @property
    def is_going_on(self) -> bool:
        return self.state in PackState.unfinished() and not self.is_stalled

    def keep(self, packed: IO[bytes]) -> None:
        """Stores the ZIP; one that a killed worker had stored, but not noted, makes room."""
        name = f"{self.pk}.zip"
        self.file.storage.delete(self.file.field.generate_filename(self, name))
        self.file.save(name, File(packed), save=False)

    def expire(self) -> None:
        """The row stays and says so; the file goes once that is safely written."""
        name, storage = self.file.name, self.file.storage
        transaction.on_commit(lambda: storage.delete(name))
        self.state, self.file = PackState.EXPIRED, ""
        self.save(update_fields=["state", "file", "updated_at"])


def promises_of(name: str) -> list[models.CheckConstraint]:
    """What the database holds every pack to; names begin with `name`."""
    return [
        models.CheckConstraint(condition=Q(done__lte=F("total")), name=f"{name}_within_total"),
        models.CheckConstraint(
            condition=~Q(state=PackState.DONE) | ~Q(file="") & Q(finished_at__isnull=False),
            name=f"{name}_done_has_a_file",
        ),
    ]
