"""The code at the door, and the page that it opens on a phone."""

import datetime
import time

from django.contrib import messages
from django.http import JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from cohorts.training.access import APPRENTICES, session_for
from cohorts.training.actions.attendance import sign_in
from cohorts.training.codes import Seen, code_of, look_at, seconds_left
from cohorts.training.door import KEEPERS, session_to_keep
from cohorts.training.queries import own_row
from cohorts.training.queries.attendance import door_trouble, list_of, now_at, tally
from mentorship.accounts.access import page
from mentorship.accounts.throttle import Guessing, key_of
from mentorship.common.errors import Refused
from mentorship.common.qr import qr_of

TO_CONFIRM = 120  # seconds between opening a good code and confirming
TRIES = 12  # bad codes a person may open in ten minutes; a whole class comes by one address
wrong_codes = Guessing(
    "training door",
    TRIES,
    within=datetime.timedelta(minutes=10),
    whose=lambda request: key_of(f"door:{request.user.pk}"),
)


def at_the_door(session) -> dict:
    """The code of this moment and who has come."""
    now = time.time()
    listed = list_of(session)
    counted = tally(listed)
    here = [str(each.mentee) for each in listed if each.state == "present"]
    address = reverse("training:sign_in", args=[session.pk, code_of(session.pk, now)])
    trouble = door_trouble(session, now_at(session))
    return {
        "qr": "" if trouble else qr_of(address), "trouble": trouble, "seconds": seconds_left(now), "names": here,
        "count": _("已到%(n)s／应到%(m)s") % {"n": counted.present, "m": counted.due}, "address": address,
    }  # fmt: skip


@page(KEEPERS)
def door(request, pk):
    session = session_to_keep(request.user, pk)
    return render(request, "training/door.html", {"session": session, **at_the_door(session)})


@page(KEEPERS)
def door_now(request, pk):
    """The same for the page to draw anew."""
    shown = at_the_door(session_to_keep(request.user, pk))
    del shown["address"]
    return JsonResponse(shown, headers={"Cache-Control": "no-store"})


@page(APPRENTICES)
def arrive(request, pk, code):
    """A good code opens the question; the answer signs the reader in, and nobody else."""
    session = session_for(request.user, pk)
    mentee = own_row(request.user, session)
    trouble = door_trouble(session, now_at(session)) or trouble_with(request, session, code)
    if not trouble and mentee is None:
        trouble = _("您不在这次培训的应到名单上。要是弄错了，请找门口的工作人员。")
    if request.user.is_represented:
        trouble = _("签到要本人来签，不能代签。")
    if request.method == "POST" and not trouble:
        try:
            new = sign_in(by=request.user, session=session, mentee=mentee)
        except Refused as refused:
            trouble = str(refused.message)
        else:
            messages.success(request, _("签到了。") if new else _("先前已经签到了，只算一次。"))
            return redirect("training:session", pk=session.pk)
    context = {"session": session, "mentee": mentee, "trouble": trouble}
    return render(
        request, "training/door_arrive.html", context, status=422 if trouble and request.method == "POST" else 200
    )


def trouble_with(request, session, code: str) -> str:
    """Empty for a good code, and for a minute or two after this reader opened a good one."""
    opened = f"door:{session.pk}"
    now = time.time()
    if request.method == "POST" and now - request.session.get(opened, 0) <= TO_CONFIRM:
        return ""
    if wrong_codes.must_wait(request):
        return _("试得太多了，过十分钟再来，或者请门口的工作人员在名单上记。")
    seen = look_at(code, session.pk, now)
    if seen is Seen.GOOD:
        request.session[opened] = now
        return ""
    wrong_codes.count(request)
    if seen is Seen.OLD:
        return _("这个码已经过时了，一分钟一换。请到门口扫屏幕上现在的码。")
    return _("这个码不是这次培训的。请到门口扫屏幕上现在的码。")
