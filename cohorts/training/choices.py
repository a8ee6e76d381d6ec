from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class SessionKind(TextChoices):
    CLASS = "class", _("集中培训课")
    ELECTIVE = "elective", _("双月选训")
    BASE = "base", _("基地教学")
    GROUP = "group", _("小组课")
    MUTUAL = "mutual", _("师徒互学")
    CEREMONY = "ceremony", pgettext_lazy("session", "仪式")
    SUPERVISED = "supervised", _("实地督训")
    CLINIC = "clinic", _("会诊日")
    ASSESSMENT = "assessment", _("考核评估")
    REVIEW_WINDOW = "review_window", _("复核受理")
    PROMOTION = "promotion", _("评审会")
    PUBLICITY = "publicity", _("公示")
    OTHER = "other", pgettext_lazy("session", "其他")

    @classmethod
    def with_attendance(cls) -> set[str]:
        """Where it is kept who came."""
        return {cls.CLASS, cls.ELECTIVE, cls.BASE, cls.GROUP, cls.MUTUAL, cls.CEREMONY, cls.SUPERVISED, cls.CLINIC}

    @classmethod
    def usual_track(cls, kind: str) -> str:
        """The track that a session of this kind belongs to unless said otherwise; empty where there is none."""
        return {
            cls.CLASS: Track.INTENSIVE,
            cls.ELECTIVE: Track.ELECTIVE,
            cls.SUPERVISED: Track.SUPERVISED,
            cls.BASE: Track.SMALL_CLASS,
            cls.GROUP: Track.SMALL_CLASS,
            cls.MUTUAL: Track.SMALL_CLASS,
        }.get(kind, "")


class Track(TextChoices):
    """四训, domain.md §1.3."""

    INTENSIVE = "intensive", _("集中培训")
    ELECTIVE = "elective", _("双月选训")
    SUPERVISED = "supervised", _("实地督训")
    SMALL_CLASS = "small_class", _("小班带训")


class SessionState(TextChoices):
    PLANNED = "planned", pgettext_lazy("session", "已排")
    HELD = "held", pgettext_lazy("session", "已办")
    CANCELLED = "cancelled", pgettext_lazy("session", "已取消")

    @classmethod
    def standing(cls) -> set[str]:
        return {cls.PLANNED, cls.HELD}


class Half(TextChoices):
    """Parts of a day in which a base can be taken once each."""

    MORNING = "morning", _("上午")
    AFTERNOON = "afternoon", _("下午")
    EVENING = "evening", _("晚上")


class EnrolmentState(TextChoices):
    PLACED = "placed", pgettext_lazy("enrolment", "已录取")
    WAITING = "waiting", pgettext_lazy("enrolment", "候补")
    LEFT = "left", pgettext_lazy("enrolment", "已退选")


class AttendanceState(TextChoices):
    PRESENT = "present", pgettext_lazy("attendance", "出席")
    LEAVE = "leave", pgettext_lazy("attendance", "请假")
    DUTY = "duty", pgettext_lazy("attendance", "公差")
    ABSENT = "absent", pgettext_lazy("attendance", "缺席")


class MarkSource(TextChoices):
    """Who says so. `SETTLED` is the studio's word after two sources differed."""

    ASKED = "asked", _("本人事先请假")
    QR = "qr", _("扫码签到")
    LIST = "list", _("现场名单")
    PAPER = "paper", _("纸质签到表")
    SETTLED = "settled", _("工作室核定")
