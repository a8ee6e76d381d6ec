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


def account_for(user: User, pk: uuid.UUID) -> Person:
    """By their account: 403 unless the reader leads one of the studios where they are known."""
    person = Person.of_user(get_object_or_404(User.objects.visible_to(user), pk=pk))
    if not user.is_operator and not any(user.can(Permission.PERSON_ERASE, studio) for studio in person.studios):
        raise PermissionDenied
    return person
