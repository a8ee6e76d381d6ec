"""Whose a device's drafts are."""

from mentorship.accounts.models import User


def device_owner(user: User) -> str:
    """Who types and in whose name: nobody else's pages show what is kept on the device under this name."""
    return f"{(user.acting_user or user).pk}:{user.pk}"
