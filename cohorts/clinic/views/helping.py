"""What helps while a sheet is typed: what was solved before, and where a text leads to a person. Pieces of a page."""

from typing import NamedTuple

from django.core.exceptions import PermissionDenied
from django.shortcuts import render
from django.views.decorators.http import require_POST

from cohorts.clinic.access import PRESENTERS
from cohorts.clinic.choices import Category, HitKind
from cohorts.clinic.models import Case
from cohorts.clinic.privacy import Pointer, pointers, sentence_around
from cohorts.clinic.queries.sheets import lessons_of, names_of
from cohorts.clinic.searching.similar import similar as similar_to
from mentorship.accounts.access import page
from mentorship.accounts.permissions import Permission

LONGEST_TITLE = Case._meta.get_field("title").max_length
LONGEST_TEXT = Case._meta.get_field("background").max_length


class Place(NamedTuple):
    """A pointer with its sentence around it."""

    before: str
    pointer: Pointer
    behind: str


class Offer(NamedTuple):
    """Something that may answer it already; `lesson`: in a sentence how."""

    hit: object
    lesson: str


def may_present(request) -> bool:
    can = request.user.can
    return bool(request.studio) and (
        can(Permission.MENTEE_HOME, request.studio) or can(Permission.CLINIC_EDIT, request.studio)
    )


def shown_places(text: str, places: list[Pointer]) -> list[Place]:
    rows = [(place, *sentence_around(text, place)) for place in places]
    return [Place(before, place, behind) for place, before, behind in rows]


def offers(request, title: str, category: str) -> list[Offer]:
    """Best first; what the reader may open, with its lesson."""
    category = category if category in Category.values else ""
    hits = similar_to(request.user, request.studio, title[:LONGEST_TITLE], category=category)
    of_kind = {kind: [hit.object_id for hit in hits if hit.kind == kind] for kind in (HitKind.CASE, HitKind.CARD)}
    lessons = lessons_of(of_kind[HitKind.CASE], of_kind[HitKind.CARD])
    return [Offer(hit, lessons.get(hit.object_id, "")) for hit in hits]


@page(PRESENTERS)
def similar(request):
    """?title= as far as it is typed; ?category= when one is chosen."""
    if not may_present(request):
        raise PermissionDenied
    found = offers(request, request.GET.get("title", ""), request.GET.get("category", ""))
    return render(request, "clinic/_similar.html", {"offers": found})


@page(PRESENTERS)
@require_POST
def words(request):
    """`text`: of one field, as far as it is typed."""
    if not may_present(request):
        raise PermissionDenied
    text = request.POST.get("text", "")[:LONGEST_TEXT]
    places = shown_places(text, pointers(text, names_of(request.studio)))
    return render(request, "clinic/_pointers.html", {"places": places})
