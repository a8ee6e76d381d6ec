"""Drawings for templates. The geometry is in drawings.py; here it meets the reader's language."""

from django import template
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _

from mentorship.common import drawings, icons, scenes

register = template.Library()


def _drawn(svg: str) -> SafeString:
    return mark_safe(svg)  # noqa: S308 - numbers of ours; every text in it was escaped where it was drawn  # nosec B703 B308


@register.simple_tag
def icon(name: str) -> SafeString:
    return _drawn(icons.icon(name))


@register.simple_tag
def logo() -> SafeString:
    return _drawn(drawings.logo())


@register.simple_tag
def post(percent: float, state: str = "way", due: float | None = None) -> SafeString:
    """{% post 75 "way" due=70.8 %}: shares in per cent; state is way, stale, done or hollow."""
    return _drawn(drawings.post(percent, state, due))


@register.simple_tag
def datum(percent: float | None) -> SafeString:
    return _drawn("" if percent is None else drawings.datum(percent))


@register.simple_tag
def bay(posts) -> SafeString:
    return _drawn(drawings.bay(posts))


@register.simple_tag
def key_mark(kind: str) -> SafeString:
    return _drawn(drawings.key_mark(kind))


@register.simple_tag
def eave(weeks: int = 52, week: int = 0, start="", today="", end="") -> SafeString:
    return _drawn(drawings.eave(weeks, week, str(start), str(today), str(end)))


@register.simple_tag
def radar(now, then, labels, title=None) -> SafeString:
    """The radar of the five subjects. Without a title, one sentence with the values is made from the labels."""
    labels = [str(label) for label in labels]
    if title is None:
        values = _("，").join(f"{label} {drawings.number(value)}" for label, value in zip(labels, now, strict=True))
        title = _("现在：%(values)s") % {"values": values}
    return _drawn(drawings.radar(now, then, labels, str(title)))


@register.simple_tag
def curve(values, cohort, labels, title) -> SafeString:
    return _drawn(drawings.curve(values, cohort, [str(label) for label in labels], str(title)))


@register.simple_tag
def month_strip(counts) -> SafeString:
    return _drawn(drawings.month_strip(counts))


@register.simple_tag
def frame_art() -> SafeString:
    words = {
        "big": pgettext("drawing", "大梁"),
        "small": pgettext("drawing", "小梁"),
        "caption": pgettext("drawing", "一根大梁，带五根小梁"),
    }
    if (get_language() or "").startswith("zh"):
        words |= {"right": "老将扶梁传实学", "left": "新枝立柱担千家"}
    return _drawn(scenes.frame(words))


@register.simple_tag
def empty_art(name: str) -> SafeString:
    """{% empty_art "pairing" %}: pairing, letter, search, notices, list; missing and closed for error pages."""
    return _drawn(scenes.scene(name))
