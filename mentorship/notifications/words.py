"""A notice in words: its template rendered in one language."""

from typing import NamedTuple

from django.template.loader import render_to_string
from django.utils import translation

from .models import Notice


class Words(NamedTuple):
    title: str
    text: str


def words_of(notice: Notice, language: str | None = None) -> Words:
    """Title (first line) and text of templates/notices/<kind>.txt, in `language` or the reader's own."""
    with translation.override(language or translation.get_language()):
        lines = render_to_string(f"notices/{notice.kind}.txt", notice.particulars).strip().splitlines()
    return Words(lines[0].strip(), "\n".join(lines[1:]).strip())
