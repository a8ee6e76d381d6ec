"""Questions over several account models."""

from django.db.models import Q

from mentorship.places.models import Studio

from .models import Assistant, RoleGrant, User
from .permissions import Permission
from .roles import ROLES

MENTOR_ROLES = [role for role, data in ROLES.items() if Permission.MENTOR_HOME in data.permissions]
MENTEE_ROLES = [role for role, data in ROLES.items() if Permission.MENTEE_HOME in data.permissions]
SUBDISTRICT_ROLES = [role for role, data in ROLES.items() if data.needs_subdistrict]


def mentor_grants_to_act_for(user: User):
    """Roles as mentor that this person may type for: a whole studio's for its officers, else of those who named them."""
    grants = RoleGrant.objects.current().filter(role__in=MENTOR_ROLES, user__is_active=True, user__is_operator=False)
    rows = Q(studio__in=user.studios_with(Permission.ACT_FOR_MENTOR))
    for studio_id, principal_id in Assistant.objects.current().filter(helper=user).values_list("studio", "principal"):
        rows |= Q(studio=studio_id, user=principal_id)
    return grants.filter(rows).exclude(user=user.pk)


def principals_for(user: User):
    """Mentors for whom this person may type."""
    return User.objects.filter(pk__in=mentor_grants_to_act_for(user).values("user"))


def studios_to_act_in(user: User, principal: User) -> set:
    """Ids of the studios in which `user`, signed in as themselves, may type for `principal` right now."""
    if not user.is_active or not principal.is_active:
        return set()
    return set(mentor_grants_to_act_for(user).filter(user=principal.pk).values_list("studio_id", flat=True))


def may_act_for(user: User, principal: User) -> bool:
    return bool(studios_to_act_in(user, principal))


def people_of(studio: Studio, roles: list | None = None):
    """Active people with a role held now in the studio, or with one of these roles."""
    grants = RoleGrant.objects.current().filter(studio=studio)
    if roles is not None:
        grants = grants.filter(role__in=roles)
    return User.objects.filter(pk__in=grants.values("user"), is_active=True)
