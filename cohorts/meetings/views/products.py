from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cohorts.meetings import actions
from cohorts.meetings.access import EDITORS, READERS, product_for
from cohorts.meetings.filters import ProductFilter
from cohorts.meetings.forms import ProductForm
from cohorts.meetings.models import Product
from cohorts.training.views.common import open_cohorts
from cohorts.views.common import sent
from mentorship.accounts.access import page
from mentorship.accounts.permissions import Permission
from mentorship.common.asked import uuid_or_none
from mentorship.common.errors import Refused
from mentorship.common.paging import page_of
from mentorship.common.plugs import answers_to
from mentorship.common.versions import acted

from .common import refuse

PER_PAGE = 30


@page(READERS, lagging=True)
def products(request):
    rows = Product.objects.visible_to(request.user).filter(studio=request.studio).distinct()
    found = ProductFilter(request.GET, queryset=rows)
    shown = page_of(request, found.qs.for_lists(), PER_PAGE)
    count = shown.paginator.count
    context = {
        "filter": found, "page": shown, "filtered": any(request.GET.get(name) for name in found.filters),
        "may_edit": bool(request.studio) and request.user.can(Permission.MEETING_EDIT, request.studio),
        "count_text": ngettext("%(n)s件", "%(n)s件", count) % {"n": count},
    }  # fmt: skip
    return render(request, "meetings/products.html", context)


@page(READERS)
def product(request, pk):
    """A card to print; its sources are shown to those who may see them."""
    row = product_for(request.user, pk)
    found = [each for ask in answers_to("sources_of") for each in ask(request.user, row.cohort, row.sources)]
    sources = [each for each in found if each.key in row.sources]
    edits = request.user.can(Permission.MEETING_EDIT, row.studio_id)
    meeting = row.meeting if row.meeting and type(row.meeting).objects.visible_to(request.user).filter(
        pk=row.meeting_id
    ).exists() else None  # fmt: skip
    context = {"product": row, "sources": sources, "edits": edits, "meeting": meeting}
    return render(request, "meetings/product.html", context)


@page(EDITORS)
def keep(request):
    """?meeting= what it came out of."""
    cohorts = open_cohorts(request)
    if not cohorts:
        return render(request, "meetings/product_form.html", {"cohort": None})
    cohort = cohorts[0]
    first = {"meeting": uuid_or_none(request.GET.get("meeting"))}
    form = ProductForm(sent(request), cohort=cohort, reader=request.user, initial=first)
    if form.is_bound and form.is_valid():
        made = acted(form, actions.keep_product, by=request.user, cohort=cohort, **form.facts())
        if made:
            messages.success(request, _("收好了，大家都能用。"))
            return redirect("meetings:product", made.pk)
    return render(request, "meetings/product_form.html", {"form": form, "cohort": cohort})


@page(EDITORS)
def change(request, pk):
    row = product_for(request.user, pk, Permission.MEETING_EDIT)
    form = ProductForm(sent(request), cohort=row.cohort, reader=request.user, instance=row)
    if form.is_bound and form.is_valid():
        version = form.cleaned_data["version"] or 0
        try:
            stored = product_for(request.user, pk)
            actions.change_product(by=request.user, product=stored, version=version, **form.facts())
        except Refused as refused:
            refuse(form, refused, row)
        else:
            messages.success(request, _("改好了。"))
            return redirect("meetings:product", pk)
    return render(request, "meetings/product_form.html", {"form": form, "cohort": row.cohort, "product": row})
