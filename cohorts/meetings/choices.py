from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class MeetingKind(TextChoices):
    SEMINAR = "seminar", _("带教研讨")
    WORK = "work", _("工作例会")


class MeetingState(TextChoices):
    PLANNED = "planned", pgettext_lazy("meeting", "已排")
    HELD = "held", pgettext_lazy("meeting", "已开")
    ISSUED = "issued", pgettext_lazy("meeting", "纪要已发")
    CANCELLED = "cancelled", pgettext_lazy("meeting", "已取消")

    @classmethod
    def took_place(cls) -> set[str]:
        return {cls.HELD, cls.ISSUED}


class Source(TextChoices):
    """议题来源, domain.md §2.15."""

    CLINIC = "clinic", _("会诊")
    VISIT = "visit", _("督训")
    MENTEE = "mentee", _("学员提交")
    STUDIO = "studio", _("工作室")


class Capacity(TextChoices):
    DUE = "due", _("应到")
    GUEST = "guest", _("列席")


class Presence(TextChoices):
    UNKNOWN = "unknown", _("未点名")
    PRESENT = "present", _("到会")
    LEAVE = "leave", _("请假")
    ABSENT = "absent", pgettext_lazy("meeting", "缺席")


class PointKind(TextChoices):
    """Where a point of the agenda came from: the last meeting's action items, another part of the studio, the organizer."""

    LAST = "last", _("上次议定事项落实")
    RAISED = "raised", _("自动列入")
    OWN = "own", _("议题")


class OutcomeKind(TextChoices):
    DECISION = "decision", _("议定")
    CONSENSUS = "consensus", _("形成共识")
    OPEN = "open", _("未统一")


class ItemState(TextChoices):
    OPEN = "open", _("在办")
    REPORTED = "reported", _("待销号")
    CLOSED = "closed", _("已销号")
    DROPPED = "dropped", _("不再办")

    @classmethod
    def waiting(cls) -> set[str]:
        return {cls.OPEN, cls.REPORTED}


class ProductKind(TextChoices):
    METHOD = "method", _("工作法")
    CARD = "card", _("方法卡")
    LIST = "list", _("清单")
