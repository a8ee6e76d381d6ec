"""The floor that pages are measured against: what plain Django costs for the same (settings: bare.py).

/floor/?size=N: signed in, one query, thirty rows, an inherited template, about N bytes. The bytes beyond the row's own are a
text of each row, put together anew for each request from the row and rendered and escaped by the template like the rest: a
page that is as long as ours is compared with one that has as much to say, not with a constant.
/floor/post/: a ModelForm of a teaching log, checked and saved, and a redirect.
"""

import uuid

from django.contrib.auth.decorators import login_required
from django.forms import ModelForm
from django.shortcuts import redirect, render
from django.urls import path

from evaluations.logs.models import TeachingLog
from mentorship.places.models import Community

ROWS = 30
BARE = 2_600  # bytes of the page without the texts


@login_required
def floor(request):
    each = max(0, int(request.GET.get("size", 0)) - BARE) // ROWS
    rows = list(Community.objects.all()[:ROWS])
    for row in rows:
        words = f"{row.official_name}，{row.code} & {row.name}。"
        row.text = (words * (each // len(words.encode()) + 1)).encode()[:each].decode(errors="ignore")
    return render(request, "floor.html", {"rows": rows})


class LogForm(ModelForm):
    class Meta:
        model = TeachingLog
        fields = ["cohort", "mentor", "kind", "date", "minutes", "mode", "title", "text", "privacy"]


@login_required
def post(request):
    form = LogForm(request.POST or None)
    if form.is_valid():
        log = form.save(commit=False)
        log.studio, log.author, log.client_key = log.cohort.studio, request.user, uuid.UUID(request.POST["client_key"])
        log.save()
        return redirect("/floor/")
    return render(request, "floor_form.html", {"form": form})


urlpatterns = [path("floor/", floor), path("floor/post/", post)]
