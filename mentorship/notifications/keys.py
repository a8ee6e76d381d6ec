"""A person hears at once when the keys of their account change: if it was not them, they can act."""

from mentorship.accounts.models import User

from .actions import notify

OWN = "second_factor_changed"
BY_ANOTHER = "second_factor_cleared"


def tell_of_keys(*, by: User | None, user: User, studio, what: str) -> None:
    """Answers `keys_changed` (mentorship.common.plugs); `what` is the verb of the trail."""
    by_another = by is None or by.pk != user.pk
    notify(kind=BY_ANOTHER if by_another else OWN, studio=studio, to=[user], by=by, particulars={"what": what})
