from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Source(TextChoices):
    """Where a level comes from."""

    BASELINE = "baseline", _("能力摸底")
    LOG = "log", _("带教中看到")
    ROUND = "round", _("考核评估")
    VISIT = "visit", _("实地督训")
    CASE = "case", _("会诊中看到")
    SELF = "self", _("本人自评")

    @classmethod
    def counted(cls) -> set[str]:
        """What makes a level: others saw it. A self-rating stands beside and moves nothing."""
        return {cls.BASELINE, cls.LOG, cls.ROUND, cls.VISIT, cls.CASE}


class Method(TextChoices):
    FOLLOW = "follow", _("跟师")
    COURSE = "course", _("选训")
    PRACTICE = "practice", _("实做")
    STUDY = "study", _("自学")


class PlanState(TextChoices):
    DRAFT = "draft", _("草拟")
    AGREED = "agreed", _("在做")
    CLOSED = "closed", _("已结")

    @classmethod
    def standing(cls) -> set[str]:
        return {cls.DRAFT, cls.AGREED}


class Result(TextChoices):
    REACHED = "reached", _("达成")
    PARTLY = "partly", pgettext_lazy("result", "部分达成")
    MISSED = "missed", _("未达成")
    CARRIED = "carried", _("转入下一期")

    @classmethod
    def unfinished(cls) -> set[str]:
        """What the next plan takes up again."""
        return {cls.PARTLY, cls.MISSED, cls.CARRIED}


class Answer(TextChoices):
    """What the apprentice said when asked about a log that was drawn."""

    CONFIRMED = "confirmed", _("说的一致")
    DIFFERENT = "different", _("说的有出入")
    UNREACHED = "unreached", _("没有联系上")
