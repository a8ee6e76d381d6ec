from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Category(TextChoices):
    """The taxonomy of problems, domain.md §2.17; synonyms and examples stand in `taxonomy`."""

    PARKING = "parking", _("停车与交通")
    PROPERTY = "property_service", _("物业服务")
    OWNERS = "owners_committee", _("业委会与维修资金")
    ELEVATOR = "elevator", _("加装电梯与电梯更新")
    WASTE = "waste_sorting", _("垃圾分类与环境卫生")
    ELDER = "elder_care", _("养老与助困")
    PETS = "pets", _("宠物与流浪动物")
    NOISE = "noise_neighbour", _("噪声与邻里纠纷")
    ILLEGAL = "illegal_construction", _("违建与公共空间")
    FIRE = "fire_safety", _("消防与用电")
    BUILDING = "building_defect", _("房屋与管网")
    RESETTLEMENT = "resettlement_integration", _("动迁融合与人口服务")
    YOUTH = "youth_family", _("青少年与家庭")
    PARTY = "party_team", _("党建与队伍")
    EMERGENCY = "emergency", _("突发与防汛防台")
    PETITION = "petition", _("信访与历史遗留")
    OTHER = "other", pgettext_lazy("case", "其他")


class CaseState(TextChoices):
    """会诊单的状态, domain.md §2.17."""

    DRAFT = "draft", pgettext_lazy("case", "草稿")
    WAITING = "waiting", pgettext_lazy("case", "待会诊")
    CONSULTING = "consulting", pgettext_lazy("case", "会诊中")
    ACTING = "acting", pgettext_lazy("case", "处置中")
    FOLLOWING = "following", pgettext_lazy("case", "跟踪")
    CLOSED = "closed", pgettext_lazy("case", "已销号")
    ESCALATED = "escalated", pgettext_lazy("case", "转上级")

    @classmethod
    def open(cls) -> set[str]:
        """Sent in and not closed out."""
        return {cls.WAITING, cls.CONSULTING, cls.ACTING, cls.FOLLOWING, cls.ESCALATED}

    @classmethod
    def asked(cls) -> set[str]:
        """While opinions are given."""
        return {cls.CONSULTING}

    @classmethod
    def with_plan(cls) -> set[str]:
        """Where steps are planned, done and followed."""
        return {cls.ACTING, cls.FOLLOWING}


class Urgency(TextChoices):
    NORMAL = "normal", pgettext_lazy("urgency", "一般")
    PRESSING = "pressing", pgettext_lazy("urgency", "较急")
    URGENT = "urgent", pgettext_lazy("urgency", "紧急（安全）")


class Level(TextChoices):
    """解决层级, domain.md §2.17."""

    NEIGHBOURHOOD = "neighbourhood", _("居民区自行")
    BLOCK = "block", _("块（片区）")
    SUBDISTRICT = "subdistrict", _("街镇协调")
    DISTRICT = "district", _("区级")
    DEPUTIES = "deputies", _("代表委员帮助")
    NOT_YET = "not_yet", _("暂难解决")

    @classmethod
    def upward(cls) -> set[str]:
        """Where a case can be passed up to."""
        return {cls.SUBDISTRICT, cls.DISTRICT, cls.DEPUTIES}


class Outcome(TextChoices):
    SOLVED = "solved", pgettext_lazy("outcome", "解决了")
    EASED = "eased", pgettext_lazy("outcome", "缓解了")
    UNSOLVED = "unsolved", pgettext_lazy("outcome", "暂难解决")


class Check(TextChoices):
    """How it stands at 30 and 90 days."""

    HOLDS = "holds", pgettext_lazy("check", "稳住了")
    SLIPS = "slips", pgettext_lazy("check", "有反复")
    WORSE = "worse", pgettext_lazy("check", "又回来了")


class NoteKind(TextChoices):
    """What a line of a case's course says."""

    SENT = "sent", pgettext_lazy("case note", "提交")
    RETURNED = "returned", pgettext_lazy("case note", "退回补充")
    TRIAGED = "triaged", pgettext_lazy("case note", "分诊")
    OPENED = "opened", pgettext_lazy("case note", "合议，意见公开")
    PLANNED = "planned", pgettext_lazy("case note", "定了办法")
    STEP = "step", pgettext_lazy("case note", "办好一步")
    NOTE = "note", pgettext_lazy("case note", "跟踪")
    SETTLED = "settled", pgettext_lazy("case note", "办法落实")
    AFTER_30 = "after_30", pgettext_lazy("case note", "30天回访")
    AFTER_90 = "after_90", pgettext_lazy("case note", "90天回访")
    ESCALATED = "escalated", pgettext_lazy("case note", "转上级")
    ANSWERED = "answered", pgettext_lazy("case note", "上级答复")
    REPORTED = "reported", pgettext_lazy("case note", "报办结")
    CLOSED = "closed", pgettext_lazy("case note", "销号")
    REOPENED = "reopened", pgettext_lazy("case note", "重新打开")

    @classmethod
    def checks(cls) -> dict[str, int]:
        """Days after the plan was carried out."""
        return {cls.AFTER_30: 30, cls.AFTER_90: 90}


class FileKind(TextChoices):
    PHOTO = "photo", _("照片")
    DOCUMENT = "document", _("文件")


class CardState(TextChoices):
    DRAFT = "draft", pgettext_lazy("card", "在写")
    REVIEW = "review", pgettext_lazy("card", "待审")
    PUBLISHED = "published", pgettext_lazy("card", "已入库")
    WITHDRAWN = "withdrawn", pgettext_lazy("card", "已撤下")


class UseKind(TextChoices):
    HELPED = "helped", pgettext_lazy("card", "有用")
    ANSWERED = "answered", pgettext_lazy("card", "看了就不用提了")
    TRAINING = "training", pgettext_lazy("card", "用进培训")
    PLAN = "plan", pgettext_lazy("card", "用进补短板计划")


class HitKind(TextChoices):
    """What the search of the clinic finds."""

    CASE = "case", _("会诊单")
    CARD = "card", _("案例卡")
    METHOD = "method", _("工作法")
    LOG = "log", _("教学日志")
