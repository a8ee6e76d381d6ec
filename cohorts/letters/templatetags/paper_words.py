"""Dates as a document writes them, in every language of the page."""

from django import template

from mentorship.common.dates import in_chinese

register = template.Library()


@register.filter
def chinese_date(value) -> str:
    """二〇一八年八月十五日"""
    return in_chinese(value) if value else ""
