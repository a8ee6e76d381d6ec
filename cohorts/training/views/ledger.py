from urllib.parse import quote

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cohorts.access import cohort_for
from cohorts.models import Mentee
from cohorts.training.access import APPRENTICES, READERS
from cohorts.training.choices import Track
from cohorts.training.door import mentee_of_hours
from cohorts.training.filters_ledger import LedgerFilter
from cohorts.training.models import Attendance
from cohorts.training.queries.attendance import attendance_rate
from cohorts.training.queries.ledger import columns_of, held_tracks, ledger_of, subjects_of
from mentorship.accounts.access import StepUp, needs, page
from mentorship.accounts.permissions import Permission
from mentorship.audit.actions import record
from mentorship.common.asked import uuid_or_none
from mentorship.common.spreadsheets import XLSX, write_table

from .common import open_cohorts

VIEWERS = needs(Permission.TRAINING_VIEW)
SUBJECT, TRACK = "subject", "track"


def cohort_asked(request):
    """The cohort that ?cohort= names, else the one that runs now; None where the studio has none."""
    asked = uuid_or_none(request.GET.get("cohort"))
    if not asked:
        found = open_cohorts(request)
        if not found:
            return None
        asked = found[0].pk
    return cohort_for(request.user, asked, Permission.TRAINING_VIEW)


def found_in(request, cohort):
    """The filter and the rows that it leaves, in its order, and everyone's rows before `missing`."""
    people = Mentee.objects.filter(cohort=cohort).in_training().with_mentor_now().for_lists()
    found = LedgerFilter(request.GET, queryset=people, cohort=cohort)
    everyone = ledger_of(cohort, cohort.studio.today(), people=found.qs)
    missing, sort = found.chosen("missing"), found.chosen("sort")
    rows = [row for row in everyone if not missing or missing in row.missed]
    if sort:
        rows.sort(key=lambda row: row.total, reverse=sort == "most")
    return found, everyone, rows


def cells(row, columns) -> list[dict]:
    sums = {TRACK: row.sums.tracks, SUBJECT: row.sums.subjects}
    return [{"hours": sums[each.of].get(each.code), "held": each.held, "of": each.of} for each in columns]


@page(VIEWERS, lagging=True)
def ledger(request):
    cohort = cohort_asked(request)
    if cohort is None:
        return render(request, "training/ledger.html", {"cohort": None})
    found, everyone, rows = found_in(request, cohort)
    today = cohort.studio.today()
    columns = columns_of(cohort, today)
    gaps = [
        {"code": code, "label": Track(code).label, "n": sum(code in row.missed for row in everyone)}
        for code in held_tracks(cohort, today)
    ]
    context = {
        "cohort": cohort, "filter": found, "columns": columns, "gaps": gaps, "rules": cohort.rules, "today": today,
        "rows": [{"row": row, "cells": cells(row, columns)} for row in rows], "missing": found.chosen("missing"),
        "filtered": any(request.GET.get(name) for name in found.filters),
        "count_text": ngettext("%(n)s名", "%(n)s名", len(rows)) % {"n": len(rows)},
    }  # fmt: skip
    return render(request, "training/ledger.html", context)


@page(VIEWERS, step_up=StepUp.OPEN, lagging=True)
def ledger_export(request):
    """Every cell of track by subject, with both kinds of sums."""
    cohort = cohort_asked(request)
    if cohort is None:
        raise Http404
    found, _everyone, rows = found_in(request, cohort)
    if not found.form.is_valid():  # a condition that can't be read must not widen what is taken out
        return redirect("training:ledger")
    subjects = [(each.code, each.short) for each in subjects_of(cohort)] + [("", _("不分领域"))]
    pairs = [(track, code) for track in Track.values for code, _label in subjects]
    heading = [_("学员"), _("师傅")] + [f"{Track(track).label}·{dict(subjects)[code]}" for track, code in pairs]
    heading += [label for _code, label in Track.choices] + [_("合计"), _("要求")]
    lines = [
        [str(row.mentee), row.mentee.mentor_shown, *[row.sums.cells.get(pair, 0) for pair in pairs],
         *[row.sums.tracks.get(track, 0) for track in Track.values], row.total, row.target]
        for row in rows
    ]  # fmt: skip
    content = write_table(str(_("学时总表")), [str(each) for each in heading], lines)
    record(by=request.user, verb="ledger.exported", on=cohort, studio=cohort.studio, after={"rows": len(lines)})
    response = HttpResponse(content, content_type=XLSX)
    response.headers["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(_('学时总表'))}.xlsx"
    response.headers["Cache-Control"] = "private, no-store"
    return response


@page(APPRENTICES)
def my_hours(request):
    """The reader's own, of the cohort that runs now."""
    mine = Mentee.objects.in_training().filter(secretary__user=request.user.pk, studio=request.studio).first()
    if mine is None:
        raise Http404
    return redirect("training:hours", pk=mine.pk)


@page(READERS)
def hours(request, pk):
    """One person: track by subject, and every row behind the sums."""
    mentee = mentee_of_hours(request.user, pk)
    cohort, today = mentee.cohort, mentee.studio.today()
    (row,) = ledger_of(cohort, today, people=Mentee.objects.filter(pk=mentee.pk).for_lists())
    subjects = [(each.code, each.short) for each in subjects_of(cohort)] + [("", _("不分领域"))]
    table = [
        {"label": label, "missed": code in row.missed, "total": row.sums.tracks.get(code),
         "cells": [row.sums.cells.get((code, subject)) for subject, _label in subjects]}
        for code, label in Track.choices
    ]  # fmt: skip
    rows = Attendance.objects.filter(mentee=mentee, session__date__lte=today).for_lists().order_by("-session__date")
    context = {
        "mentee": mentee, "row": row, "subjects": subjects, "table": table, "rows": rows, "today": today,
        "by_subject": [row.sums.subjects.get(code) for code, _label in subjects],
        "rate": attendance_rate(mentee, cohort.starts, today), "own": mentee.secretary.user_id == request.user.pk,
    }  # fmt: skip
    return render(request, "training/hours.html", context)
