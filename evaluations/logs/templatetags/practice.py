"""The words of reflections and homework in templates, and the card of a preset apprentice."""

from django import template

from evaluations.logs.models import Homework
from evaluations.logs.queries import apprentices_of
from evaluations.logs.queries.practice import Stop, came_in_words, day_in_words, where_we_stopped

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
    """The card of the apprentice that `?mentee=` names, when it is one of the `mentor` that the form is about."""
    request, mentor = context["request"], context.get("mentor")
    chosen = request.GET.get("mentee", "")
    if not (chosen and mentor):
        return None
    mentee = next((mentee for mentee in apprentices_of(mentor) if str(mentee.pk) == chosen), None)
    return where_we_stopped(request.user, mentee, mentor.cohort.studio.today()) if mentee else None
