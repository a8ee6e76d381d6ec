from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Method(TextChoices):
    SOLVED = "solved", _("智能配对")
    FIRST_COME = "first_come", _("先到先得")
    RANDOM = "random", _("随机")
    COPIED = "copied", _("另存一稿")


class ProposalStatus(TextChoices):
    DRAFT = "draft", _("草稿")
    PUBLISHED = "published", _("已发布")
    SET_ASIDE = "set_aside", _("已搁置")


class Side(TextChoices):
    MENTOR = "mentor", _("师傅")
    MENTEE = "mentee", _("徒弟")


class BarKind(TextChoices):
    LINE_OF_COMMAND = "line", _("有直接领导关系")
    CONFLICT = "conflict", _("有利害关系")
