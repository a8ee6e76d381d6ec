"""`{% csrf_token %}` of every form, the admin's too: Django's own, and the key by which a second sending is known."""

import uuid

from django import template
from django.template.defaulttags import CsrfTokenNode
from django.utils.html import format_html

from mentorship.audit.once import KEY

register = template.Library()


class FormTokens(CsrfTokenNode):
    def render(self, context):
        token = super().render(context)
        return token and token + format_html('<input type="hidden" name="{}" value="{}">', KEY, uuid.uuid4())


@register.tag
def csrf_token(parser, token):
    return FormTokens()
