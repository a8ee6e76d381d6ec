"""The month, the weeks to come, and one entry to take along. ?on= names a day in what is shown; today without it."""

import datetime
from dataclasses import dataclass

from django.http import Http404, HttpResponse
from django.shortcuts import render

from evaluations.calendar.access import may_see_conflicts
from evaluations.calendar.filters import CalendarFilter
from evaluations.calendar.ics import calendar_of
from evaluations.calendar.queries import Conflict, Mark, conflicts_among, entries_between, marks_of, weeks_of
from evaluations.calendar.queries.sheets import grid_of
from mentorship.accounts.access import SIGNED_IN, page
from mentorship.common.asked import date_or, date_or_404
from mentorship.common.dates import add_months, month_of
from mentorship.common.entries import Entry

ONE_DAY = datetime.timedelta(days=1)
WEEKS = 6
EARLIEST, LATEST = datetime.date(1990, 1, 1), datetime.date(2099, 12, 31)


@dataclass(frozen=True)
class ListedDay:
    date: datetime.date
    entries: list[Entry]
    mark: Mark | None
    is_today: bool
    is_past: bool


@page(SIGNED_IN)
def month(request):
    if request.studio is None:
        return render(request, "calendar/empty.html")
    today = request.studio.today()
    first = month_of(asked_day(request, today))
    since, until = grid_of(first)
    sieve, entries, marks, conflicts = gathered(request, since, until)
    inside = [entry for entry in entries if entry.first < add_months(first, 1) and entry.last >= first]
    context = {
        "view": "month", "month": first, "today": today, "is_now": first == month_of(today), "filter": sieve,
        "weeks": weeks_of(first, entries, marks, today), "days": listed(inside, marks, today, first),
        "count": len(inside), "conflicts": conflicts, "clashing": uids_in(conflicts),
        "before": sieve.query(on=add_months(first, -1)), "after": sieve.query(on=add_months(first, 1)),
        "now": sieve.query(), "other": sieve.query(on=first),
    }  # fmt: skip
    return render(request, "calendar/month.html", context)


@page(SIGNED_IN)
def agenda(request):
    """Week by week from the one that the day is in."""
    if request.studio is None:
        return render(request, "calendar/empty.html")
    today = request.studio.today()
    day = asked_day(request, today)
    since = day - ONE_DAY * day.weekday()
    until = since + datetime.timedelta(weeks=WEEKS) - ONE_DAY
    sieve, entries, marks, conflicts = gathered(request, since, until)
    step = datetime.timedelta(weeks=WEEKS)
    weeks: dict[datetime.date, list[ListedDay]] = {}
    for each in listed(entries, marks, today, since):
        weeks.setdefault(each.date - ONE_DAY * each.date.weekday(), []).append(each)
    context = {
        "view": "agenda", "since": since, "until": until, "today": today, "filter": sieve, "month": month_of(day),
        "weeks": [(monday, monday + 6 * ONE_DAY, days) for monday, days in weeks.items()],
        "count": len(entries), "conflicts": conflicts, "clashing": uids_in(conflicts), "is_now": since <= today <= until,
        "line_at": next((each.date for days in weeks.values() for each in days if not each.is_past), None),
        "before": sieve.query(on=since - step), "after": sieve.query(on=since + step), "now": sieve.query(),
        "other": sieve.query(on=day),
    }  # fmt: skip
    return render(request, "calendar/agenda.html", context)


@page(SIGNED_IN)
def entry(request, on, uid):
    """One entry as a file for the reader's own calendar; `on` is a day it lasts on."""
    day = date_or_404(on)
    if request.studio is None:
        raise Http404
    found = next((each for each in entries_between(request.user, request.studio, day, day) if each.uid == uid), None)
    if found is None:
        raise Http404
    site = request.build_absolute_uri("/").rstrip("/")
    content = calendar_of([found], name=str(request.studio), site=site)
    response = HttpResponse(content, content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{uid}.ics"'
    return response


def asked_day(request, today: datetime.date) -> datetime.date:
    """Within the years that have months on both sides."""
    return min(max(date_or(request.GET.get("on"), today), EARLIEST), LATEST)


def gathered(
    request, since: datetime.date, until: datetime.date
) -> tuple[CalendarFilter, list[Entry], dict[datetime.date, Mark], list[Conflict]]:
    """The filter, what it lets through, the marks of the days; and, for those who plan, every clash of these days."""
    user, studio = request.user, request.studio
    sieve = CalendarFilter(request.GET, user=user, studio=studio)
    entries = entries_between(user, studio, since, until)
    marks = marks_of(studio, since, until)
    conflicts = conflicts_among(entries, marks) if may_see_conflicts(user, studio) else []
    return sieve, sieve.sift(entries), marks, [each for each in conflicts if since <= each.day <= until]


def uids_in(conflicts: list[Conflict]) -> set[str]:
    return {each.uid for conflict in conflicts for each in (conflict.entry, conflict.other) if each}


def listed(
    entries: list[Entry], marks: dict[datetime.date, Mark], today: datetime.date, since: datetime.date
) -> list[ListedDay]:
    """By days; what began before `since` stands on the first."""
    days: dict[datetime.date, list[Entry]] = {}
    for each in entries:
        days.setdefault(max(each.first, since), []).append(each)
    return [
        ListedDay(day, rows, marks.get(day), day == today, max(row.last for row in rows) < today)
        for day, rows in sorted(days.items())
    ]
