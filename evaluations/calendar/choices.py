from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class EntryKind(TextChoices):
    """What an entry is, in the few words that a calendar is filtered by. Apps below name these by their codes."""

    TRAINING = "training", _("培训")
    MEETING = "meeting", _("研讨与例会")
    VISIT = "visit", _("督训")
    ASSESSMENT = "assessment", _("考核评估")
    PROMOTION = "promotion", _("评审与公示")
    MILESTONE = "milestone", pgettext_lazy("calendar", "节点")
    DUE = "due", pgettext_lazy("calendar", "到期")
    AGREED = "agreed", pgettext_lazy("calendar", "约好的")
    OTHER = "other", pgettext_lazy("calendar", "其他")
