from django.contrib import messages
from django.db.models import Prefetch
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from mentorship.accounts.access import page, require
from mentorship.accounts.permissions import Permission
from mentorship.common.errors import Refused

from . import actions
from .access import EDITORS, READERS
from .models import Framework, Indicator, Subject


@page(READERS)
def framework(request, pk=None):
    """One version, the newest unless one is named, with every indicator and level."""
    versions = Framework.objects.visible_to(request.user).filter(studio=request.studio)
    chosen = get_object_or_404(Framework.objects.visible_to(request.user), pk=pk) if pk else versions.first()
    indicators = Prefetch("indicators", Indicator.objects.order_by("order").prefetch_related("levels"))
    subjects = Subject.objects.filter(framework=chosen).prefetch_related(indicators).order_by("order")
    return render(
        request,
        "framework/framework.html",
        {
            "framework": chosen,
            "versions": versions,
            "subjects": subjects if chosen else [],
            "may_edit": chosen and request.user.can(Permission.FRAMEWORK_EDIT, chosen.studio_id),
        },
    )


@require_POST
@page(EDITORS)
def new_version(request, pk):
    old = get_object_or_404(Framework.objects.visible_to(request.user), pk=pk)
    require(request.user, Permission.FRAMEWORK_EDIT, old.studio_id)
    copy = actions.new_version(by=request.user, framework=old)
    messages.success(request, _("第%(n)s版建好了，可以在后台逐项改，改好再启用。") % {"n": copy.version})
    return redirect("framework:version", copy.pk)


@require_POST
@page(EDITORS)
def lock(request, pk):
    framework = get_object_or_404(Framework.objects.visible_to(request.user), pk=pk)
    require(request.user, Permission.FRAMEWORK_EDIT, framework.studio_id)
    try:
        actions.lock(by=request.user, framework=framework)
        messages.success(request, _("第%(n)s版启用了，以后不再改动。") % {"n": framework.version})
    except Refused as refused:
        messages.error(request, refused.message)
    return redirect("framework:version", framework.pk)
