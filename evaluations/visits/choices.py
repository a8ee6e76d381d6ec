from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class VisitState(TextChoices):
    PLANNED = "planned", pgettext_lazy("visit", "已安排")
    RECORDED = "recorded", pgettext_lazy("visit", "待签字")
    SIGNED = "signed", pgettext_lazy("visit", "已签字")
    CANCELLED = "cancelled", pgettext_lazy("visit", "已取消")

    @classmethod
    def open(cls):
        """What may still be written."""
        return {cls.PLANNED, cls.RECORDED}

    @classmethod
    def made(cls):
        """Somebody was there."""
        return {cls.RECORDED, cls.SIGNED}


class Overall(TextChoices):
    GOOD = "good", pgettext_lazy("visit", "好")
    FAIR = "fair", pgettext_lazy("visit", "较好")
    PLAIN = "plain", pgettext_lazy("visit", "一般")
    MEND = "mend", pgettext_lazy("visit", "需整改")


class Severity(TextChoices):
    MINOR = "minor", pgettext_lazy("finding", "一般")
    MAJOR = "major", pgettext_lazy("finding", "较重")


class FindingState(TextChoices):
    """逾期 is no state: it follows from the day and is worked out."""

    OPEN = "open", pgettext_lazy("finding", "待整改")
    DOING = "doing", pgettext_lazy("finding", "整改中")
    REPORTED = "reported", pgettext_lazy("finding", "待验收")
    CLOSED = "closed", pgettext_lazy("finding", "已销号")

    @classmethod
    def to_mend(cls):
        """In the owner's hands."""
        return {cls.OPEN, cls.DOING}

    @classmethod
    def told_done(cls):
        return {cls.REPORTED, cls.CLOSED}


class PhotoKind(TextChoices):
    FOUND = "found", _("当时的样子")
    MENDED = "mended", _("改好的样子")


class StepKind(TextChoices):
    PROGRESS = "progress", _("写了进展")
    REPORTED = "reported", _("报改好了")
    RETURNED = "returned", _("退回再改")
    CLOSED = "closed", _("验收销号")
    ASKED = "asked", _("申请延期")
    GRANTED = "granted", _("同意延期")
    REFUSED = "refused", _("没有同意延期")


class ExtensionState(TextChoices):
    ASKED = "asked", pgettext_lazy("extension", "等答复")
    GRANTED = "granted", pgettext_lazy("extension", "同意")
    DECLINED = "declined", pgettext_lazy("extension", "没有同意")
