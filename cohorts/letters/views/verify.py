"""Open to everyone: whether a printed letter is genuine. A stranger learns surnames and a date, never the text."""

import datetime

from django.shortcuts import redirect, render

from cohorts.letters.forms.letters import CodeForm
from cohorts.letters.queries.letters import UNKNOWN, Verdict, verdict_on
from cohorts.letters.rendering import GENUINE
from cohorts.letters.seal import read_code, spaced
from mentorship.accounts.access import PUBLIC, page
from mentorship.accounts.throttle import Guessing

wrong_codes = Guessing("letter code", most=10, within=datetime.timedelta(minutes=1))


@page(PUBLIC)
def verify(request):
    form = CodeForm(request.GET or None)
    if form.is_bound and form.is_valid() and read_code(form.cleaned_data["code"]):
        return redirect("letters:verify_code", read_code(form.cleaned_data["code"]))
    return render(request, "letters/verify.html", {"form": form})


@page(PUBLIC)
def verify_code(request, code):
    waits = wrong_codes.must_wait(request)
    verdict = Verdict(UNKNOWN) if waits else verdict_on(code)
    letter = verdict.letter
    facts = {"verdict": verdict, "code": spaced(read_code(code)), "form": CodeForm(), "seal": GENUINE, "waits": waits}
    if letter:
        facts |= {
            "mentor": masked(letter.pairing.mentor.secretary.name),
            "mentee": masked(letter.pairing.mentee.secretary.name),
        }
    elif not waits:
        wrong_codes.count(request)
    status = 429 if waits else 200 if letter else 404
    return render(request, "letters/verify_code.html", facts, status=status)


def masked(name: str) -> str:
    """何嘉怡 → 何＊＊: the surname only."""
    return name[:1] + "＊" * (len(name) - 1)
