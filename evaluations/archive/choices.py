from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class JobState(TextChoices):
    WAITING = "waiting", _("排队")
    RUNNING = "running", _("正在整理")
    DONE = "done", _("已整理好")
    FAILED = "failed", _("没有完成")
    EXPIRED = "expired", _("已过期删除")

    @classmethod
    def unfinished(cls) -> set[str]:
        return {cls.WAITING, cls.RUNNING}


class PartState(TextChoices):
    """How a part of the catalogue stands for one reader."""

    PRESENT = "present", pgettext_lazy("file", "齐")
    MISSING = "missing", pgettext_lazy("file", "缺")
    NOT_YET = "not_yet", _("还没有")
    KEPT = "kept", _("工作室保管")
