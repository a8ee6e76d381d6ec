from collections.abc import Callable

from mentorship.common.versions import acted


def sent(request):
    """The data of a form that was sent, even an empty one; None while it is only looked at."""
    return request.POST if request.method == "POST" else None


def done(form, act: Callable, **facts) -> bool:
    """Runs the action of a valid form; a refusal goes into the form and nothing that was typed is lost."""
    return acted(form, act, **facts) is not None
