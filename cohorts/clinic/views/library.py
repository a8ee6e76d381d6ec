from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cohorts.clinic.access import PRESENTERS, READERS
from cohorts.clinic.choices import Category, HitKind
from cohorts.clinic.forms.library import LibraryForm
from cohorts.clinic.queries.library import helped, most_helpful, subjects_of_studio
from cohorts.clinic.searching.finding import find, newest_shared
from mentorship.accounts.access import page
from mentorship.common.paging import page_of

PER_PAGE = 20
MOST = 100
AT_FIRST = 5


@page(READERS, lagging=True)
def library(request):
    """Before a search: what helped most and what is newest."""
    form = LibraryForm(request.GET, subjects=subjects_of_studio(request.studio) if request.studio else [])
    asked = form.asked
    context = {"form": form, "asked": asked, "presents": PRESENTERS.allows(request.user, request.studio)}
    if asked:
        context |= found(request, asked)
    elif request.studio:
        context |= at_first(request)
    return render(request, "clinic/library.html", context)


def found(request, asked: dict) -> dict:
    facets = {name: value for name, value in asked.items() if name not in ("q", "kind")}
    kinds = [asked["kind"]] if "kind" in asked else []
    words = asked.get("q", "")
    hits = find(request.user, request.studio, words, kinds=kinds, most=MOST, **facets) if request.studio else []
    shown = page_of(request, hits, PER_PAGE)
    return {"page": shown, "rows": with_help(shown.object_list), "count_text": count_text(len(hits))}


def count_text(count: int) -> str:
    if count >= MOST:
        return _("最接近的%(n)s条结果") % {"n": MOST}
    return ngettext("%(n)s条结果", "%(n)s条结果", count) % {"n": count}


def at_first(request) -> dict:
    useful = most_helpful(request.user, request.studio, AT_FIRST)
    newest = newest_shared(request.user, request.studio, (HitKind.CARD, HitKind.CASE), AT_FIRST)
    return {"useful": with_help(useful), "newest": with_help(newest), "categories": Category.choices}


def with_help(hits: list) -> list[tuple]:
    """(hit, how many it helped)."""
    people = helped(hits)
    return [(hit, people.get(hit.object_id, 0)) for hit in hits]
