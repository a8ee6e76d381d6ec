from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Language(TextChoices):
    CHINESE = "zh-hans", "中文"
    ENGLISH = "en", "English"


class TextSize(TextChoices):
    STANDARD = "standard", _("标准")
    LARGE = "large", _("大字")
