"""What an address asks for after its question mark, read with care: anybody can type there."""

import datetime
import uuid

from django.http import Http404
from django.utils.dateparse import parse_date


def uuid_or_404(text: str) -> uuid.UUID:
    try:
        return uuid.UUID(text)
    except ValueError as error:
        raise Http404 from error


def uuid_or_none(text: str | None) -> uuid.UUID | None:
    try:
        return uuid.UUID(text or "")
    except ValueError:
        return None


def date_or(text: str | None, fallback: datetime.date) -> datetime.date:
    try:
        return parse_date(text or "") or fallback
    except ValueError:
        return fallback


def date_or_404(text: str) -> datetime.date:
    try:
        day = parse_date(text)
    except ValueError as error:
        raise Http404 from error
    if day is None:
        raise Http404
    return day
