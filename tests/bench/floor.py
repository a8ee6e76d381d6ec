"""The floor that pages are measured against: signed in, one query, thirty rows, an inherited template."""

from django.http import HttpResponse
from django.template import Context, engines
from django.urls import include, path

from mentorship.accounts.access import SIGNED_IN, page
from mentorship.places.models import Community

BARE_BASE = (
    "<!doctype html><html lang=zh><head><title>{% block title %}{% endblock %}</title></head>"
    "<body><main>{% block content %}{% endblock %}</main></body></html>"
)
ROWS = (
    "{% block content %}<table>{% for row in rows %}<tr><td>{{ row.code }}</td><td>{{ row.name }}</td>"
    "<td>{{ row.type }}</td></tr>{% endfor %}</table>{% endblock %}"
)


@page(SIGNED_IN)
def floor(request):
    engine = engines["django"].engine
    template = engine.from_string("{% extends base %}" + ROWS)
    context = {"base": engine.from_string(BARE_BASE), "rows": Community.objects.all()[:30]}
    return HttpResponse(template.render(Context(context)))


urlpatterns = [path("floor/", floor), path("", include("mentorship.urls"))]
