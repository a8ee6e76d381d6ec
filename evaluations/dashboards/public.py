"""Pages for everyone: health for machines, help and accessibility for people."""

from django.conf import settings
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache

from mentorship.accounts.access import PUBLIC, SIGNED_IN, page
from mentorship.accounts.roles import ROLES
from mentorship.audit import guards
from mentorship.upkeep.sizes import LEAST_FREE, percent_free

HOMES = {
    "overview": "dashboards:overview",
    "mentor": "dashboards:mentor_home",
    "mentee": "dashboards:mentee_home",
    "liaison": "dashboards:liaison_home",
    "reviewer": "dashboards:reviewer_home",
}


@never_cache
@page(PUBLIC)
def healthz(request):
    """200 when the database answers, every migration is applied and every guard stands, else 503; no detail either way.

    A disk that fills up is said and no more: with it full, people still read, and a balancer must not turn them away.
    """
    try:
        executor = MigrationExecutor(connection)
        ready = not executor.migration_plan(executor.loader.graph.leaf_nodes()) and not guards.faults()
    except DatabaseError:
        ready = False
    words = "unavailable" if not ready else "ok" if percent_free(settings.VAR_DIR) >= LEAST_FREE else "disk low"
    return HttpResponse(words, content_type="text/plain", status=200 if ready else 503)


@page(SIGNED_IN)
def home(request):
    """Each to their own home, by the first role held in the present studio."""
    grants = [grant for grant in request.user.grants if grant.studio_id == getattr(request.studio, "pk", None)]
    homes = [HOMES[ROLES[grant.role].home] for grant in grants if grant.role in ROLES]
    ordered = [name for name in HOMES.values() if name in homes]
    if ordered:
        return redirect(ordered[0])
    if request.user.is_operator:
        return redirect("admin:index")
    return render(request, "dashboards/no_role.html")


@page(PUBLIC)
def help_page(request):
    return render(request, "dashboards/help.html")


@page(PUBLIC)
def accessibility(request):
    return render(request, "dashboards/accessibility.html")
