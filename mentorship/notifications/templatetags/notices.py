from django import template

from mentorship.notifications.words import words_of

register = template.Library()


@register.filter
def notice_title(notice) -> str:
    """The notice's title in the reader's language."""
    return words_of(notice).title
