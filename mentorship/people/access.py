import uuid

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404

from mentorship.accounts.access import SIGNED_IN, needs, require
from mentorship.accounts.models import User
from mentorship.accounts.permissions import Permission
from mentorship.places.models import Studio, Subdistrict

from .models import Secretary

READERS = needs(Permission.REGISTER_VIEW)
EDITORS = needs(Permission.REGISTER_EDIT)
ONESELF_TOO = SIGNED_IN  # rows decide: the register's readers, and each person their own entry


def subdistricts_for(user: User, studio: Studio) -> QuerySet[Subdistrict]:
    """The 街镇 whose secretaries the reader may see: a liaison's own, else all of the studio's."""
    whole, part = user.scope_of(Permission.REGISTER_VIEW)
    if user.is_operator or studio.pk in whole:
        return studio.subdistricts
    return studio.subdistricts.filter(pk__in=[subdistrict for of, subdistrict in part if of == studio.pk])


def secretary_for(user: User, pk: uuid.UUID, permission: Permission | None = None) -> Secretary:
    """The person, if the reader may see them (else 404) and holds the permission in their studio (else 403)."""
    person = get_object_or_404(Secretary.objects.visible_to(user).for_lists(), pk=pk)
    if permission:
        require(user, permission, person.studio)
    return person
