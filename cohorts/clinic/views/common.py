"""What several pages of the clinic share."""

from collections.abc import Callable

from mentorship.common.errors import Refused
from mentorship.common.forms import add_refusal


def acted(form, act: Callable, **facts):
    """What the action returns, True for nothing; None when it refused, with the reason in the form."""
    try:
        return act(**facts) or True
    except Refused as refused:
        add_refusal(form, refused)
        return None
