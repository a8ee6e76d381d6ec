"""Errors that actions raise and views turn into words beside a field."""

from django.core.exceptions import PermissionDenied

__all__ = ["PermissionDenied", "Refused"]


class Refused(Exception):
    """An action that can't be done, with the reason in the reader's language.

    `field` names the form field that the reason belongs to, or None for the whole form.
    """

    def __init__(self, message, *, field: str | None = None):
        super().__init__(str(message))
        self.message = message
        self.field = field
