"""Parts of a page that are the same for everyone, in every language."""

from functools import cache

from django import template
from django.conf import settings
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

register = template.Library()


@register.simple_tag
def fixed(name: str) -> SafeString:
    """{% fixed "components/styles.html" %}: written once a process, as some forty addresses of files take a while."""
    return written(name) if not settings.DEBUG else written.__wrapped__(name)


@cache
def written(name: str) -> SafeString:
    return render_to_string(name)
