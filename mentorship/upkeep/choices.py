from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class RunState(TextChoices):
    RUNNING = "running", _("正在做")
    FAILED = "failed", _("没做成，会再试")
    DONE = "done", _("做完了")
    PARKED = "parked", _("试了几次没做成，停下了")


OPEN_STATES = [RunState.RUNNING, RunState.FAILED]
