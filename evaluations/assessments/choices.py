from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class RoundKind(TextChoices):
    HALF_YEAR = "half_year", _("半年评估")
    ANNUAL = "annual", _("年度考核")
    GRADUATION = "graduation", _("出师考核")


class RoundStatus(TextChoices):
    PREPARING = "preparing", pgettext_lazy("round", "准备")
    REPORTING = "reporting", pgettext_lazy("round", "填报")
    SCORING = "scoring", pgettext_lazy("round", "评分")
    SUMMING = "summing", pgettext_lazy("round", "汇总")
    FEEDBACK = "feedback", pgettext_lazy("round", "反馈")
    REVIEW = "review", pgettext_lazy("round", "复核")
    ARCHIVED = "archived", pgettext_lazy("round", "归档")

    @classmethod
    def released(cls) -> set[str]:
        """Totals and grades are known to those whom they concern."""
        return {cls.FEEDBACK, cls.REVIEW, cls.ARCHIVED}

    @classmethod
    def reportable(cls) -> set[str]:
        return {cls.REPORTING, cls.SCORING}

    @classmethod
    def closed_to_raters(cls) -> set[str]:
        return {cls.SUMMING} | cls.released()

    @classmethod
    def commentable(cls) -> set[str]:
        return {cls.SCORING, cls.SUMMING, cls.FEEDBACK}


class Grade(TextChoices):
    EXCELLENT = "excellent", pgettext_lazy("grade", "优秀")
    GOOD = "good", pgettext_lazy("grade", "良好")
    PASS = "pass", pgettext_lazy("grade", "合格")
    FAIL = "fail", pgettext_lazy("grade", "不合格")

    @classmethod
    def passing(cls) -> list["Grade"]:
        return [cls.EXCELLENT, cls.GOOD, cls.PASS]


class RaterType(TextChoices):
    MENTOR = "mentor", pgettext_lazy("rater", "师傅")
    STUDIO = "studio", pgettext_lazy("rater", "工作室")
    SUBDISTRICT = "subdistrict", pgettext_lazy("rater", "街镇")
    RESIDENTS = "residents", pgettext_lazy("rater", "居民代表")
    PEERS = "peers", pgettext_lazy("rater", "学员互评")
    SELF = "self", pgettext_lazy("rater", "本人")


class TaskState(TextChoices):
    OPEN = "open", pgettext_lazy("task", "待评")
    DRAFT = "draft", pgettext_lazy("task", "草稿")
    SUBMITTED = "submitted", pgettext_lazy("task", "已交")


class MissingRule(TextChoices):
    SPREAD = "spread", _("缺的一项，权重由同一部分的其他项分担")
    STRICT = "strict", _("缺一项，总分就是“不完整”")


class VetoKind(TextChoices):
    DISCIPLINE = "discipline", _("违纪")
    ACCIDENT = "accident", _("负有责任的安全事故")
    FORGED_LOG = "forged_log", _("日志造假")


class VetoState(TextChoices):
    RAISED = "raised", _("待核实")
    VERIFIED = "verified", _("已核实")
    DISMISSED = "dismissed", _("查不属实")


class ReviewState(TextChoices):
    FILED = "filed", pgettext_lazy("review", "已受理")
    UPHELD = "upheld", pgettext_lazy("review", "成立，已更正")
    REJECTED = "rejected", pgettext_lazy("review", "不成立，维持")


COUNTED = {
    "attendance": _("出勤"),
    "logs": _("带教日志"),
    "reflections": _("学习心得"),
    "homework": _("作业"),
    "clinic": _("会诊办结"),
    "findings": _("督训整改"),
}  # filled in by the app
DIMENSIONS = {
    "process": _("过程表现"),
    "competency": _("应知必会"),
    "performance": _("岗位实绩"),
    "appraisal": _("民主测评"),
}
PARTS = {**DIMENSIONS, **COUNTED, "project": _("开门一件事")} | dict(RaterType.choices)
