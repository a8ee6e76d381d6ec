"""Questions over several account models."""

from django.db.models import Q

from .models import Assistant, RoleGrant, User
from .permissions import Permission
from .roles import ROLES

MENTOR_ROLES = [role for role, data in ROLES.items() if Permission.MENTOR_HOME in data.permissions]


def principals_for(user: User):
    """Mentors for whom this person may type: all of a studio for its officers, else those who named them."""
    mentors = RoleGrant.objects.current().filter(role__in=MENTOR_ROLES)
    whole_studio = mentors.filter(studio__in=user.studios_with(Permission.ACT_FOR_MENTOR)).values("user")
    named = Assistant.objects.current().filter(
        helper=user, principal__role_grants__in=mentors
    ).values("principal")
    return User.objects.filter(Q(pk__in=whole_studio) | Q(pk__in=named), is_active=True).exclude(pk=user.pk)


def may_act_for(user: User, principal: User) -> bool:
    """Whether `user`, signed in as themselves, may type for `principal` right now."""
    return user.is_active and principals_for(user).filter(pk=principal.pk).exists()
