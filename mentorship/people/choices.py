from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Sex(TextChoices):
    FEMALE = "f", _("女")
    MALE = "m", _("男")


class Post(TextChoices):
    GENERAL_BRANCH = "general_branch", _("居民区党总支书记")
    BRANCH = "branch", _("居民区党支部书记")
    COMMITTEE = "committee", _("居民区党委书记")
    VILLAGE_GENERAL_BRANCH = "village_general_branch", _("村党总支书记")
    VILLAGE_BRANCH = "village_branch", _("村党支部书记")


class WorkingState(TextChoices):
    IN_SERVICE = "in_service", _("在职")
    RETIRED = "retired", _("退休")


class Education(TextChoices):
    SECONDARY = "secondary", _("高中及以下")
    COLLEGE = "college", _("大专")
    BACHELOR = "bachelor", _("本科")
    MASTER = "master", _("硕士")
    DOCTOR = "doctor", _("博士")
