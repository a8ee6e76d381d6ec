from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from cohorts.choices import Tier
from evaluations.promotions import voting

NEXT = {Tier.MENTEE: Tier.KEY, Tier.KEY: Tier.TOP, Tier.TOP: Tier.ASSISTANT}  # domain.md §3.5
BY_LEAD = {Tier.KEY}  # the project lead names these; a panel votes on all above


class Method(TextChoices):
    ORAL = "oral", _("口头")
    HANDS = "hands", _("举手")
    SECRET = "secret", _("无记名")


class ReviewState(TextChoices):
    PREPARING = "preparing", pgettext_lazy("review", "筹备")
    SITTING = "sitting", pgettext_lazy("review", "评审中")
    CONCLUDED = "concluded", pgettext_lazy("review", "已议定")
    NOTICED = "noticed", pgettext_lazy("review", "公示")
    EFFECTIVE = "effective", pgettext_lazy("review", "已生效")

    @classmethod
    def open(cls):
        return {cls.PREPARING, cls.SITTING}


class CandidateState(TextChoices):
    WAITING = "waiting", pgettext_lazy("candidate", "待议")
    VOTING = "voting", pgettext_lazy("candidate", "表决中")
    DECIDED = "decided", pgettext_lazy("candidate", "已议定")


class Result(TextChoices):
    PASSED = voting.PASSED, pgettext_lazy("result", "通过")
    NOT_PASSED = voting.NOT_PASSED, pgettext_lazy("result", "未通过")
    DEFERRED = voting.DEFERRED, pgettext_lazy("result", "缓议")


class Choice(TextChoices):
    """○ × △, as on paper. There is no abstaining."""

    AGREE = "agree", pgettext_lazy("vote", "同意")
    DISAGREE = "disagree", pgettext_lazy("vote", "不同意")
    DEFER = "defer", pgettext_lazy("vote", "缓议")


class RecusalReason(TextChoices):
    MENTOR = "mentor", _("候选人的师傅")
    RELATIVE = "relative", _("亲属关系")
    SELF = "self", _("本人")
    OTHER = "other", _("其他可能影响公正的关系")


class Channel(TextChoices):
    PAGE = "page", _("公示页")
    LETTER = "letter", _("来信")
    PHONE = "phone", _("来电")
    VISIT = "visit", _("来访")


class ObjectionState(TextChoices):
    RECEIVED = "received", pgettext_lazy("objection", "待受理")
    CHECKING = "checking", pgettext_lazy("objection", "核查中")
    DECIDED = "decided", pgettext_lazy("objection", "已有结论")


class Outcome(TextChoices):
    NOT_UPHELD = "not_upheld", pgettext_lazy("objection", "不成立")
    PARTLY = "partly", pgettext_lazy("objection", "部分成立")
    UPHELD = "upheld", pgettext_lazy("objection", "成立")


class AppealKind(TextChoices):
    REVIEW = "review", _("复核申请")
    APPEAL = "appeal", _("申诉")


class AppealOutcome(TextChoices):
    KEPT = "kept", pgettext_lazy("appeal", "维持原结果")
    AGAIN = "again", pgettext_lazy("appeal", "重新评议")
