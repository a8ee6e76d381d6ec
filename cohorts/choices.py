from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Share(TextChoices):
    """A share of people as a fraction that is exact: two thirds is not 67 %."""

    HALF = "1/2", _("一半")
    TWO_THIRDS = "2/3", _("三分之二")
    THREE_QUARTERS = "3/4", _("四分之三")
    FOUR_FIFTHS = "4/5", _("五分之四")

    @property
    def parts(self) -> tuple[int, int]:
        """Numerator and denominator."""
        of, whole = self.value.split("/")
        return int(of), int(whole)


class MajorityBase(TextChoices):
    DUE = "due", _("应到人数")
    PRESENT = "present", _("实到人数")
    VOTING = "voting", _("投票人数")


class Stage(TextChoices):
    PREPARING = "preparing", _("筹备")
    SELECTING = "selecting", _("选聘")
    PAIRING = "pairing", _("配对中")
    RUNNING = "running", _("带教中")
    CLOSING = "closing", _("收官")
    ARCHIVED = "archived", _("已归档")

    @classmethod
    def after(cls, stage: str) -> str | None:
        stages = list(cls.values)
        place = stages.index(stage) + 1
        return stages[place] if place < len(stages) else None

    @classmethod
    def open_to_selection(cls):
        return {cls.PREPARING, cls.SELECTING, cls.PAIRING}

    @classmethod
    def with_pairs(cls):
        return {cls.RUNNING, cls.CLOSING}


class MentorStatus(TextChoices):
    NOMINATED = "nominated", pgettext_lazy("mentor", "推荐")
    ASSESSED = "assessed", pgettext_lazy("mentor", "已考察")
    APPOINTED = "appointed", pgettext_lazy("mentor", "已聘任")
    DECLINED = "declined", pgettext_lazy("mentor", "未聘")
    ENDED = "ended", pgettext_lazy("mentor", "聘期结束")


class MenteeStatus(TextChoices):
    RECOMMENDED = "recommended", pgettext_lazy("mentee", "街镇推荐")
    CHOSEN = "chosen", pgettext_lazy("mentee", "在培")
    RESERVE = "reserve", pgettext_lazy("mentee", "后备")
    DECLINED = "declined", pgettext_lazy("mentee", "未入选")
    PAUSED = "paused", pgettext_lazy("mentee", "暂停")
    EXTENDED = "extended", pgettext_lazy("mentee", "延期带教")
    WITHDRAWN = "withdrawn", pgettext_lazy("mentee", "退出培养")
    GRADUATED = "graduated", pgettext_lazy("mentee", "出师")

    @classmethod
    def in_training(cls):
        return {cls.CHOSEN, cls.PAUSED, cls.EXTENDED}


class Tier(TextChoices):
    """培养层级, domain.md §3.5."""

    MENTEE = "mentee", _("学员")
    KEY = "key", _("骨干学员")
    TOP = "top", _("尖子学员")
    ASSISTANT = "assistant_mentor", _("助理带教书记")


class Rating(TextChoices):
    GOOD = "good", pgettext_lazy("rating", "好")
    FAIR = "fair", pgettext_lazy("rating", "较好")
    AVERAGE = "average", pgettext_lazy("rating", "一般")


class RosterKind(TextChoices):
    """动态调整, domain.md §2.19."""

    REPAIR = "repair", _("换师傅")
    PAUSE = "pause", _("暂停")
    EXTEND = "extend", _("延期带教")
    WITHDRAW = "withdraw", _("退出培养")
    SUBSTITUTE = "substitute", _("递补")
    RETURN = "return", _("恢复")


class ProposalState(TextChoices):
    OPEN = "open", pgettext_lazy("proposal", "待决定")
    AGREED = "agreed", pgettext_lazy("proposal", "同意")
    REFUSED = "refused", pgettext_lazy("proposal", "不同意")


class WithdrawReason(TextChoices):
    TRANSFER = "transfer", _("工作调动")
    HEALTH = "health", _("健康原因")
    FAILED_TWICE = "failed_twice", _("两次不合格")
    DISCIPLINE = "discipline", _("违纪")
    OWN_REQUEST = "own_request", _("本人申请")

    @classmethod
    def needing_talk(cls):
        """Withdrawals that hurt: no one may decide them before a reminder talk, and no one alone; domain.md §3.7."""
        return {cls.FAILED_TWICE, cls.DISCIPLINE}
