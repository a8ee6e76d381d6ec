"""The words of reflections and homework in templates, and the card of a preset apprentice."""

from django import template

from evaluations.logs.models import Homework
from evaluations.logs.queries.practice import Stop, came_in_words, day_in_words, taught_by, where_we_stopped

register = template.Library()


@register.simple_tag
def day_mark(work: Homework) -> dict[str, str]:
    """{% day_mark work as day %}: {"kind": for the class of the mark, "words": …}, on the studio's date."""
    kind, words = day_in_words(work, work.studio.today())
    return {"kind": kind, "words": words}


@register.filter
def came(work: Homework) -> str:
    return came_in_words(work)


@register.simple_tag(takes_context=True)
def preset_stop(context) -> Stop | None:
    """The card of the apprentice that `?mentee=` names, while a mentor writes of one of their own."""
    request = context["request"]
    chosen = request.GET.get("mentee", "")
    people = {str(mentee.pk): mentee for mentee in taught_by(request.user, request.studio)} if chosen else {}
    mentee = people.get(chosen)
    return where_we_stopped(request.user, mentee, mentee.cohort.studio.today()) if mentee else None
