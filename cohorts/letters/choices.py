from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Style(TextChoices):
    PLAIN = "plain", _("白话")
    SEMI_CLASSICAL = "semi_classical", _("半文言")
    SHORT = "short", _("短笺")


class LetterState(TextChoices):
    """草稿 → 已呈递 → 师傅已阅 → 已回帖 → 已入档."""

    DRAFT = "draft", _("草稿")
    HANDED_IN = "handed_in", _("已呈递")
    READ = "read", _("师傅已阅")
    ANSWERED = "answered", _("已回帖")
    FILED = "filed", _("已入档")

    @classmethod
    def waiting(cls) -> set[str]:
        """Handed in and not yet answered."""
        return {cls.HANDED_IN, cls.READ}

    @classmethod
    def sealed(cls) -> set[str]:
        """Both have signed: the text is frozen."""
        return {cls.ANSWERED, cls.FILED}


class Decision(TextChoices):
    ACCEPTED = "accepted", _("收下这个徒弟")
    MEET_FIRST = "meet_first", _("先见面再定")


class WrittenBy(TextChoices):
    """How the mentor's answer came in."""

    TYPED = "typed", _("自己输入")
    PHOTO = "photo", _("手写拍照")


class LaunchKind(TextChoices):
    """The steps of a launch: seats, letters of appointment, a letter read and its reply, hands, a photograph."""

    SEATING = "seating", _("入席")
    SPEECH = "speech", _("讲话")
    PAIRS = "pairs", _("宣读师徒名单")
    APPOINT = "appoint", _("颁发聘书")
    LETTER = "letter", _("读拜师帖")
    REPLY = "reply", _("读回帖")
    HANDS = "hands", _("师徒握手")
    AGREEMENT = "agreement", _("签带教协议")
    PHOTO = "photo", _("合影")
    OTHER = "other", _("其他")

    @classmethod
    def readings(cls) -> list[str]:
        """What is read aloud, and so needs a pair."""
        return [cls.LETTER.value, cls.REPLY.value]
