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
