from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class LogKind(TextChoices):
    COACHING = "coaching", _("个别指导")
    BASE_SESSION = "base_session", _("基地教学")
    GROUP_SESSION = "group_session", _("小组活动")

    @classmethod
    def sessions(cls) -> set[str]:
        """Written on the full form, with who was due and who came."""
        return {cls.BASE_SESSION, cls.GROUP_SESSION}


class Mode(TextChoices):
    ON_SITE = "on_site", _("实地指导")
    TALK = "talk", _("谈心")
    SHADOWING = "shadowing", _("跟班")
    MEDIATION = "mediation", _("陪同调解")
    PHONE = "phone", _("电话")
    MUTUAL = "mutual", _("师徒互学")
    CASE = "case", _("案例分析")
    DEMONSTRATION = "demonstration", _("现场教学")
    ROLE_PLAY = "role_play", _("情景模拟")
    REVIEW = "review", _("复盘提高")

    @classmethod
    def of_coaching(cls) -> list["Mode"]:
        return [cls.ON_SITE, cls.TALK, cls.SHADOWING, cls.MEDIATION, cls.PHONE, cls.MUTUAL]


class Privacy(TextChoices):
    """Who reads a log, said before it is written."""

    PAIR = "pair", _("师徒和工作室能看")
    SHARED = "shared", _("全批师徒都能看")
    STUDIO = "studio", _("只有我和工作室能看")


class PhotoKind(TextChoices):
    SCENE = "scene", _("现场照片")
    NOTEBOOK = "notebook", _("笔记本页")


class Mark(TextChoices):
    READ = "read", _("阅")
    GOOD = "good", _("好")
    REWRITE = "rewrite", _("重写")


class ReflectionState(TextChoices):
    DRAFT = "draft", _("草稿")
    HANDED_IN = "handed_in", _("已交")
    ANSWERED = "answered", _("已批")


class HomeworkState(TextChoices):
    OPEN = "open", _("待交")
    HANDED_IN = "handed_in", _("已交")
    ANSWERED = "answered", _("已批")
    WAIVED = "waived", _("不用交了")

    @classmethod
    def unfinished(cls) -> set[str]:
        return {cls.OPEN}

    @classmethod
    def changing(cls) -> set[str]:
        """The apprentice may still hand in, or hand in anew."""
        return {cls.OPEN, cls.HANDED_IN}
