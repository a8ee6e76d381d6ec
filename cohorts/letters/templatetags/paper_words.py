"""Words that several pages of papers share."""

from django import template
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mentorship.common.dates import in_chinese

register = template.Library()

PARTIES = {"mentor": gettext_lazy("师傅"), "mentee": gettext_lazy("徒弟"), "studio": gettext_lazy("工作室")}


@register.filter
def chinese_date(value) -> str:
    """二〇一八年八月十五日, in every language of the page: a document is in Chinese."""
    return in_chinese(value) if value else ""


@register.filter
def awaited(agreement) -> str:
    """The parties who have not signed yet."""
    return _("、").join(str(words) for party, words in PARTIES.items() if party not in agreement.signed)
