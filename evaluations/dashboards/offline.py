"""What the browser keeps for when there is no network: the service worker and the page it shows then."""

import hashlib
import json
from functools import lru_cache
from pathlib import Path

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import render
from django.templatetags.static import static
from django.urls import reverse
from django.views.decorators.cache import never_cache

from mentorship.accounts.access import PUBLIC, page

STATIC = Path(settings.BASE_DIR) / "static"
KEPT_KINDS = ("css/*.css", "js/*.js", "img/*.svg", "vendor/**/*.css")
NOT_KEPT = ("admin", "kai")  # the back office needs a network; the letter face is large


@never_cache
@page(PUBLIC)
def service_worker(request):
    """Served at the root, so that it may look after every page; its text changes when any kept file does."""
    return HttpResponse(worker_text(), content_type="text/javascript", headers={"Service-Worker-Allowed": "/"})


@lru_cache(maxsize=1)
def worker_text() -> str:
    source = (STATIC / "js" / "sw.js").read_text(encoding="utf-8")
    files = [static(name) for name in kept_files()]
    facts = {
        "files": files,
        "prefix": settings.STATIC_URL if settings.STATIC_URL.startswith("/") else f"/{settings.STATIC_URL}",
        "version": hashlib.sha256("\n".join([source, *files]).encode()).hexdigest()[:12],
        "form": reverse("logs:write"),
        "offline": reverse("dashboards:offline"),
    }
    return f"const STUDIO = {json.dumps(facts)};\n{source}"


def kept_files() -> list[str]:
    found = {path.relative_to(STATIC).as_posix() for kind in KEPT_KINDS for path in STATIC.glob(kind)}
    return sorted(name for name in found - {"js/sw.js"} if not Path(name).stem.startswith(NOT_KEPT))


@page(PUBLIC)
def offline_page(request):
    """Kept on the device before it is needed, without a name on it, in both languages at once."""
    return render(request, "dashboards/offline.html", {"form_kept": "form" in request.GET})
