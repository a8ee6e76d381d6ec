"""A notice in words: its template rendered in one language."""

from collections.abc import Callable
from typing import Any, NamedTuple

from django.template.loader import render_to_string
from django.utils import translation

from .models import Notice


class Words(NamedTuple):
    title: str
    text: str


def in_both(say: Callable[[], Any]) -> dict[str, str]:
    """A particular as both languages have it: {"zh": …, "en": …}; `say` is asked once in each."""
    with translation.override("zh-hans"):
        zh = str(say())
    with translation.override("en"):
        return {"zh": zh, "en": str(say())}


def localized(value: Any, language: str) -> Any:
    """The particulars with every `in_both` value put into one language, however deep it stands."""
    if isinstance(value, dict) and value.keys() == {"zh", "en"}:
        return value["en" if language.startswith("en") else "zh"]
    if isinstance(value, dict):
        return {name: localized(item, language) for name, item in value.items()}
    return [localized(item, language) for item in value] if isinstance(value, list) else value


def words_of(notice: Notice, language: str | None = None) -> Words:
    """Title (first line) and text of templates/notices/<kind>.txt, in `language` or the reader's own."""
    language = language or translation.get_language()
    with translation.override(language):
        particulars = localized(notice.particulars, language)
        lines = render_to_string(f"notices/{notice.kind}.txt", particulars).strip().splitlines()
    return Words(lines[0].strip(), "\n".join(lines[1:]).strip())
