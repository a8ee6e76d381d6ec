from django.http import HttpResponse
from django.views.decorators.cache import never_cache

from mentorship.accounts.access import PUBLIC, page

from .ready import is_ready


@never_cache
@page(PUBLIC)
def readyz(request):
    """For a balancer: 200 or 503 within 3 seconds, no detail either way."""
    ready = is_ready()
    return HttpResponse("ready" if ready else "not ready", content_type="text/plain", status=200 if ready else 503)
