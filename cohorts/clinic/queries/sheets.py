"""What a sheet is looked at for before it is sent, and who is standing in it."""

from collections.abc import Iterable, Mapping

from django.db.models import Q
from django.utils.translation import gettext

from cohorts.clinic.choices import Category
from cohorts.clinic.models import Case, CaseCard, Consult
from cohorts.clinic.privacy import Pointer, pointers
from cohorts.clinic.taxonomy import KINDS
from cohorts.models import Cohort, Mentee, Pairing
from mentorship.accounts.models import User
from mentorship.accounts.permissions import Permission
from mentorship.people.models import Secretary
from mentorship.places.models import Studio

TEXTS = ("title", "background", "already_tried", "stuck_at")


def names_of(studio: Studio) -> list[str]:
    """Everyone on the register, those who left too."""
    return list(Secretary.objects.filter(studio=studio).order_by().values_list("name", flat=True))


def pointed_at(studio: Studio, texts: Mapping[str, str]) -> dict[str, list[Pointer]]:
    """By the name of the text, only where something leads to a person."""
    names = names_of(studio)
    found = {field: pointers(text or "", names) for field, text in texts.items()}
    return {field: places for field, places in found.items() if places}


def own_secretary(user: User, studio: Studio) -> Secretary | None:
    return Secretary.objects.filter(studio=studio, user=user.pk).for_lists().first()


def cohort_for(presenter: Secretary) -> Cohort | None:
    """The newest cohort they are in training in, else the one that the studio works with now."""
    own = Mentee.objects.in_training().filter(secretary=presenter).select_related("cohort").order_by("-cohort__starts")
    membership = own.first()
    if membership:
        return membership.cohort
    studio = presenter.studio
    return Cohort.objects.filter(studio=studio).current().begun_first(studio).first()


def taxonomy_shown() -> list[tuple[str, list[str]]]:
    """(category, its sub-categories), in the reader's language."""
    return [(Category(kind.code).label, [gettext(name) for name in kind.subs.values()]) for kind in KINDS]


def lessons_of(cases: Iterable, cards: Iterable) -> dict:
    """By id: the one lesson of these closed cases, what worked of these cards."""
    lessons = dict(Case.objects.filter(pk__in=cases).values_list("pk", "lesson"))
    return lessons | dict(CaseCard.objects.filter(pk__in=cards).values_list("pk", "worked"))


def near_to(user: User, studio: Studio | None, cases: Iterable[Case]) -> set:
    """Ids of those of these cases that the reader knows whole: their own, those they were asked about, their apprentices',
    and for readers of the whole clinic all. The rest are closed ones, read for the lesson and not for whose it was."""
    ids = [case.pk for case in cases]
    if studio and user.can(Permission.CLINIC_VIEW, studio):
        return set(ids)
    mine = Pairing.objects.filter(ends=None, mentor__secretary__user=user.pk)
    near = Q(presenter__user=user.pk) | Q(filed_by=user.pk) | Q(consults__in=Consult.objects.of(user))
    near |= Q(presenter__in=mine.values("mentee__secretary"))
    return set(Case.objects.filter(near, pk__in=ids).order_by().values_list("pk", flat=True).distinct())
