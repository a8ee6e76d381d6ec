"""Opening and closing accounts, and the passwords of people who have none of their own yet."""

import secrets

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from mentorship.accounts.models import User
from mentorship.audit.actions import changes, record
from mentorship.common.errors import Refused
from mentorship.places.models import Studio

from .sessions import end_sessions

# No 0 O 1 l I: a temporary password is read from paper and typed on a phone.
LETTERS = "abcdefghijkmnpqrstuvwxyz23456789"


def temporary_password() -> str:
    """Three groups of four, about 60 bits: k7fq-m2xw-9hdp."""
    return "-".join("".join(secrets.choice(LETTERS) for _letter in range(4)) for _group in range(3))


@transaction.atomic
def open_account(
    *,
    by: User,
    studio: Studio,
    username: str,
    name: str,
    name_en: str = "",
    phone: str = "",
    email: str = "",
    title: str = "",
) -> tuple[User, str]:
    """A new account and its temporary password, which is told once and must be changed at the first sign-in.

    Raises Refused on a name that is taken.
    """
    if User.objects.filter(username=username).exists():
        raise Refused(_("这个账号已经有人用了，换一个。"), field="username")
    password = temporary_password()
    try:
        with transaction.atomic():
            user = User.objects.create_user(
                username,
                password,
                name=name,
                name_en=name_en,
                phone=phone,
                email=email,
                title=title,
                must_change_password=True,
            )
    except IntegrityError:
        raise Refused(_("这个账号已经有人用了，换一个。"), field="username") from None
    record(by=by, verb="account.opened", on=user, studio=studio, after={"username": username, "name": name})
    return user, password


@transaction.atomic
def change_account(*, by: User, user: User, studio: Studio, **values: str) -> None:
    """New name, phone, email or title. The trail has the old and the new; nothing is written when nothing changed."""
    old = User.objects.select_for_update().get(pk=user.pk)
    for field, value in values.items():
        setattr(user, field, value)
    before, after = changes(old, user, list(values))
    if after:
        user.save(update_fields=[*after, "updated_at"])
        record(by=by, verb="account.changed", on=user, studio=studio, before=before, after=after)


@transaction.atomic
def reset_password(*, by: User, user: User, studio: Studio) -> str:
    """A temporary password in place of a forgotten one. Every session of the person ends."""
    password = temporary_password()
    user.set_password(password)
    user.must_change_password = True
    user.save(update_fields=["password", "must_change_password", "updated_at"])
    end_sessions(user)
    record(by=by, verb="account.password_reset", on=user, studio=studio)
    return password


@transaction.atomic
def change_password(*, by: User, password: str) -> None:
    """One's own new password. Other sessions end; the caller keeps its own."""
    by.set_password(password)
    by.must_change_password = False
    by.save(update_fields=["password", "must_change_password", "updated_at"])
    end_sessions(by)
    if by.grants:
        record(by=by, verb="account.password_changed", on=by, studio=by.grants[0].studio_id)


@transaction.atomic
def deactivate(*, by: User, user: User, studio: Studio) -> None:
    """The person can't sign in any more, and their sessions end for good. A second time changes nothing."""
    if User.objects.filter(pk=user.pk, is_active=True).update(is_active=False):
        user.is_active = False
        end_sessions(user)
        record(by=by, verb="account.deactivated", on=user, studio=studio)


@transaction.atomic
def reactivate(*, by: User, user: User, studio: Studio) -> None:
    if User.objects.filter(pk=user.pk, is_active=False).update(is_active=True):
        user.is_active = True
        record(by=by, verb="account.reactivated", on=user, studio=studio)
