from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class PartState(TextChoices):
    """How a part of the catalogue stands for one reader."""

    PRESENT = "present", pgettext_lazy("file", "齐")
    MISSING = "missing", pgettext_lazy("file", "缺")
    NOT_YET = "not_yet", _("还没有")
    KEPT = "kept", _("工作室保管")
