"""Dates, ages and telephone numbers as people write them, in the reader's language."""

import datetime

from django import template
from django.utils import dateformat, timezone
from django.utils.translation import get_language

from mentorship.common.dates import full_years

register = template.Library()

# Spelt out rather than taken from the locale: Chinese forms keep digits and no spaces.
PATTERNS = {
    "long": {"zh": "Y年n月j日", "en": "j F Y"},
    "short": {"zh": "n月j日", "en": "j F"},
    "month": {"zh": "Y年n月", "en": "F Y"},
    "weekday": {"zh": "n月j日，l", "en": "l, j F"},
    "moment": {"zh": "Y年n月j日 H:i", "en": "j F Y, H:i"},
}


def _written(value: datetime.date | None, pattern: str) -> str:
    if not value:
        return ""
    if isinstance(value, datetime.datetime) and timezone.is_aware(value):
        value = timezone.localtime(value)
    language = "zh" if (get_language() or "zh").startswith("zh") else "en"
    return dateformat.format(value, PATTERNS[pattern][language])


@register.filter
def long_date(value) -> str:
    """2018年8月15日, 15 August 2018"""
    return _written(value, "long")


@register.filter
def short_date(value) -> str:
    """8月15日, 15 August"""
    return _written(value, "short")


@register.filter
def month_year(value) -> str:
    """2018年8月, August 2018"""
    return _written(value, "month")


@register.filter
def weekday_date(value) -> str:
    """8月15日，星期三, Wednesday, 15 August"""
    return _written(value, "weekday")


@register.filter
def moment(value: datetime.datetime | None) -> str:
    """2018年8月15日 10:42, 15 August 2018, 10:42"""
    return _written(value, "moment")


@register.filter
def masked_phone(value) -> str:
    """138****1234: enough to recognise a number, too little to dial it. A short one is hidden whole."""
    digits = str(value or "").strip()
    if not digits:
        return ""
    return f"{digits[:3]}****{digits[-4:]}" if len(digits) >= 11 else "****"


@register.filter
def age_on(born: datetime.date | None, day: datetime.date | None):
    """Full years on the given day; nothing when either is unknown."""
    return full_years(born, day) if born and day else ""
