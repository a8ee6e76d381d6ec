"""The two histories of one person, and small helps for the pages of promotion."""

from django import template
from django.utils.html import format_html
from django.utils.translation import gettext as _

from cohorts.models import Mentee, Mentor
from evaluations.promotions.certificates import seal_of
from evaluations.promotions.models import Certificate, TierStep

register = template.Library()


@register.filter
def at(table: dict, key):
    return table.get(key)


@register.simple_tag
def seal(name: str) -> str:
    """A person's seal: white letters on cinnabar, always four characters."""
    words = seal_of(name)
    label = _("印章：%(words)s") % {"words": words}
    return format_html(
        '<span class="seal" role="img" aria-label="{}"><span aria-hidden="true">{}</span></span>', label, words
    )


@register.inclusion_tag("promotions/histories.html", takes_context=True)
def histories(context, secretary):
    """{% histories secretary %}: apprentice, steps, certificate, and mentor again; each only to those who may see it."""
    user = context["request"].user
    apprenticeships = Mentee.objects.visible_to(user).filter(secretary=secretary).select_related("cohort")
    return {
        "apprenticeships": apprenticeships.order_by("cohort__starts"),
        "steps": TierStep.objects.visible_to(user).filter(mentee__secretary=secretary).order_by("date"),
        "certificates": Certificate.objects.visible_to(user).filter(mentee__secretary=secretary),
        "mentorships": Mentor.objects.visible_to(user).filter(secretary=secretary).select_related("cohort"),
    }
