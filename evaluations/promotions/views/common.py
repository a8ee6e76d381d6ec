"""What the pages of promotion share."""

from django.contrib import messages
from django.shortcuts import redirect, render

from mentorship.common.errors import Refused
from mentorship.common.forms import add_refusal


def carried(form, act, **facts):
    """What the act makes of a form that was sent and is sound (True when it makes nothing); None otherwise, with the
    act's refusal in the form and nothing typed lost."""
    if not (form.is_bound and form.is_valid()):
        return None
    try:
        return act(**facts, **form.cleaned_data) or True
    except Refused as refused:
        add_refusal(form, refused)
        return None


def pressed(request, act, said: str, to, **facts):
    """A button that is an act: done, or told why not, and back to the page it stands on."""
    try:
        act(by=request.user, **facts)
    except Refused as refused:
        messages.warning(request, refused.message)
    else:
        messages.success(request, said)
    return redirect(to)


def ask(request, form, *, title, back, button, text="", seal=False, **more):
    """A page with one short form."""
    context = {"form": form, "title": title, "back": back, "button": button, "text": text, "seal": seal, **more}
    return render(request, "promotions/ask.html", context)
