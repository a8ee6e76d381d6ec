from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Audience(TextChoices):
    ALL = "all", _("工作室全体")
    MENTORS = "mentors", _("带教书记")
    MENTEES = "mentees", _("学员")
    LIAISONS = "liaisons", _("街镇联络员")
    CHOSEN = "chosen", _("选几个人")
