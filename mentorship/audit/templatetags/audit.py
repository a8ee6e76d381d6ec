from django import template

from mentorship.audit.models import Entry
from mentorship.audit.presenters import present

register = template.Library()
NEWEST = 30


@register.inclusion_tag("components/audit_trail.html", takes_context=True)
def audit_trail(context, obj, newest: int = NEWEST):
    """What was done to this row, newest first, for readers who may see the trail of its studio; else nothing."""
    user = context["request"].user
    entries = Entry.objects.visible_to(user).about(obj).order_by("-at", "-sequence")[:newest]
    return {"entries": [present(entry) for entry in entries]}
