from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class CopyState(TextChoices):
    WAITING = "waiting", _("排队")
    RUNNING = "running", _("正在整理")
    DONE = "done", _("已整理好")
    FAILED = "failed", _("没有完成")
    EXPIRED = "expired", _("已过期删除")

    @classmethod
    def unfinished(cls) -> set[str]:
        return {cls.WAITING, cls.RUNNING}
