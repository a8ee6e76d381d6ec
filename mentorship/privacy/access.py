"""Own copies are for the person's own hands; erasing is for who leads the studio."""

import uuid

from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404

from mentorship.accounts.access import needs
from mentorship.accounts.models import User
from mentorship.accounts.permissions import Permission
from mentorship.people.access import secretary_for

from .models import OwnCopy
from .persons import Person

ERASERS = needs(Permission.PERSON_ERASE)


def copy_for(user: User, pk: uuid.UUID) -> OwnCopy:
    return get_object_or_404(OwnCopy.objects.visible_to(user).select_related("user"), pk=pk)


def listed_for(user: User, pk: uuid.UUID) -> Person:
    """By their line in the register."""
    return Person.of_secretary(secretary_for(user, pk, Permission.PERSON_ERASE))


def leads_wherever_known(user: User, person: Person) -> bool:
    """An erasure takes what every studio has of them, also of one where their role is over."""
    return user.is_operator or all(user.can(Permission.PERSON_ERASE, studio) for studio in person.studios)


def account_for(user: User, pk: uuid.UUID) -> Person:
    """By their account: 403 unless the reader leads the studio of their register, or one where they had a role."""
    person = Person.of_user(get_object_or_404(User.objects.visible_to(user), pk=pk))
    homes = [person.secretary.studio] if person.secretary else person.studios
    if not user.is_operator and not any(user.can(Permission.PERSON_ERASE, studio) for studio in homes):
        raise PermissionDenied
    return person
