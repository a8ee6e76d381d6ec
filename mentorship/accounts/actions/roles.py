"""Roles are granted and ended, never deleted."""

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from mentorship.accounts.models import RoleGrant, User
from mentorship.accounts.roles import ROLES
from mentorship.audit.actions import record
from mentorship.common.errors import Refused
from mentorship.places.models import Studio, Subdistrict

from .passwords import open_account
from .sessions import end_sessions


@transaction.atomic
def grant_role(*, by: User, user: User, studio: Studio, role: str, subdistrict: Subdistrict | None = None) -> RoleGrant:
    """The person signs in again to use it. Raises Refused: to oneself, a role held already, a liaison without a 街镇 of this studio."""
    if by.pk == user.pk:
        raise Refused(_("不能给自己授予角色。"))
    needs_subdistrict = ROLES[role].needs_subdistrict
    if needs_subdistrict and subdistrict is None:
        raise Refused(_("请选联络员负责的街镇。"), field="subdistrict")
    if subdistrict and not studio.subdistricts.filter(pk=subdistrict.pk).exists():
        raise Refused(_("这个街镇不属于本工作室。"), field="subdistrict")
    try:
        with transaction.atomic():
            grant = RoleGrant.objects.create(
                user=user,
                studio=studio,
                role=role,
                subdistrict=subdistrict if needs_subdistrict else None,
                granted_by=by,
            )
    except IntegrityError:
        raise Refused(_("已经有这个角色了。"), field="role") from None
    end_sessions(user)
    record(
        by=by,
        verb="role.granted",
        on=user,
        studio=studio,
        after={"role": str(grant.get_role_display()), "subdistrict": str(subdistrict or "")},
    )
    return grant


@transaction.atomic
def revoke_role(*, by: User, grant: RoleGrant) -> None:
    """Ends a role now, and what the person has open. Raises Refused on one's own; a role that has ended stays as it is."""
    if by.pk == grant.user_id:
        raise Refused(_("不能结束自己的角色，请另一位负责人来办。"))
    if RoleGrant.objects.filter(pk=grant.pk, revoked_at=None).update(revoked_at=timezone.now()):
        end_sessions(grant.user)
        record(
            by=by,
            verb="role.revoked",
            on=grant.user,
            studio=grant.studio_id,
            before={"role": str(grant.get_role_display()), "subdistrict": str(grant.subdistrict or "")},
        )


@transaction.atomic
def open_account_with_role(
    *, by: User, studio: Studio, role: str, subdistrict: Subdistrict | None = None, **account: str
) -> tuple[User, str]:
    """An account and its first role, or neither. `account` is what `open_account` takes. Raises Refused."""
    user, password = open_account(by=by, studio=studio, **account)
    grant_role(by=by, user=user, studio=studio, role=role, subdistrict=subdistrict)
    return user, password
