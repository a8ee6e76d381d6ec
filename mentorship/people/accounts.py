"""An account for someone on the register."""

from django.db import transaction
from django.utils.translation import gettext as _

from mentorship.accounts.actions import grant_role, open_account
from mentorship.accounts.models import User
from mentorship.audit.actions import record
from mentorship.common.errors import Refused

from .models import Secretary
from .names import spelling_of


def suggested_username(name: str) -> str:
    """The spelling of the name, with a number where it is taken: hejiayi, hejiayi2."""
    plain = "".join(letter for letter in spelling_of(name) if letter.isalnum())[:34] or "shuji"
    taken = set(User.objects.filter(username__startswith=plain).values_list("username", flat=True))
    number, candidate = 1, plain
    while candidate in taken:
        number += 1
        candidate = f"{plain}{number}"
    return candidate


@transaction.atomic
def open_account_for(*, by: User, secretary: Secretary, username: str, role: str) -> tuple[User, str]:
    """Opens the account with the register's name and phone, and its temporary password, told once.

    Raises Refused: there is one already, the name is taken, the person has left.
    """
    secretary = Secretary.objects.select_for_update(of=("self",)).select_related("studio").get(pk=secretary.pk)
    if secretary.user_id:
        raise Refused(_("已经有账号了。"))
    if secretary.left_on:
        raise Refused(_("已离开名册，不再开账号。"))
    user, password = open_account(
        by=by,
        studio=secretary.studio,
        username=username,
        name=secretary.name,
        name_en=secretary.name_en,
        phone=secretary.phone,
        title=str(secretary.get_post_display()),
    )
    grant_role(by=by, user=user, studio=secretary.studio, role=role)
    secretary.user = user
    secretary.save(update_fields=["user", "updated_at"])
    record(by=by, verb="secretary.account_opened", on=secretary, studio=secretary.studio, after={"username": username})
    return user, password
