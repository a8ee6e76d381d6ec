"""Ending what somebody has open elsewhere."""

from django.db.models import F

from mentorship.accounts.models import User


def end_sessions(user: User) -> None:
    """Every session of the person ends at its next step. The caller keeps its own with `update_session_auth_hash`."""
    User.objects.filter(pk=user.pk).update(session_stamp=F("session_stamp") + 1)
    user.refresh_from_db(fields=["session_stamp"])
