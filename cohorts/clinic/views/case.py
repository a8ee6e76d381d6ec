from django.shortcuts import render

from cohorts.clinic.access import CASE_READERS, case_for, may_do
from cohorts.clinic.forms.consulting import AdviseForm, RemarkForm
from cohorts.clinic.models import CaseNote
from cohorts.clinic.queries.case import (
    Reader,
    asked_about,
    cards_for,
    files_for,
    notes_of,
    notes_told,
    opinions_for,
    reader_of,
    stages_of,
    subjects_in_words,
)
from cohorts.clinic.queries.ways import ways_of
from mentorship.accounts.access import page

WAYS_ON_TOP = 2  # what else may be done stands in the panel


@page(CASE_READERS)
def case(request, pk):
    row = case_for(request.user, pk)
    reader = reader_of(request.user, row)
    notes, steps, today = notes_of(row), list(row.steps.for_lists()), row.studio.today()
    context = {
        "case": row,
        "today": today,
        "late": row.is_late(today),
        "reader": reader,
        "stages": stages_of(reader, notes, row.given),
        "affected": subjects_in_words(row),
        "notes": notes_told(reader, notes),
        "planned": next((note for note in notes if note.kind == "planned"), None),
        "steps": [(step, not reader.lesson and may_do(reader.user, step)) for step in steps],
        "undone": sum(step.done_on is None for step in steps),
        "cards": cards_for(request.user, row),
        **consultation(reader),
        **papers(reader),
        **ways_in(reader, notes, steps, row.given),
    }
    return render(request, "clinic/case.html", context)


def consultation(reader: Reader) -> dict:
    """Opinions, one's own, who was asked as far as this reader may know, and what was said."""
    row = reader.case
    opinions = opinions_for(reader.user, row)
    own = next((each for each in opinions if reader.consult and each.consult_id == reader.consult.pk), None)
    if not row.is_released and reader.typist_apart:
        opinions, own = [], None
    advises = reader.may_advise(own)
    first = {"version": own.version, "text": own.text} if own else {}
    asked = asked_about(row)
    return {
        "opinions": opinions if row.is_released else [],
        "own": own,
        "advise": AdviseForm(initial=first, auto_id="advise_%s") if advises else None,
        "asked": asked if reader.office else [],
        "asked_count": sum(each.declined_at is None for each in asked),
        "invitations": list(row.invitations.select_related("invited_by")) if reader.office else [],
        "remarks": list(row.remarks.for_lists()) if row.is_released and reader.whole else [],
        "say": RemarkForm(auto_id="say_%s") if reader.discusses else None,
    }


def papers(reader: Reader) -> dict:
    photos, documents = files_for(reader.user, reader.case)
    return {"photos": photos, "documents": documents}


def ways_in(reader: Reader, notes: list[CaseNote], steps: list, given: int) -> dict:
    helps = helps_of(reader)
    ways = [way for way in ways_of(reader, notes, steps, given) if not (way.name == "helped" and helps["mine"])]
    return {"ways": ways[:WAYS_ON_TOP], "more_ways": ways[WAYS_ON_TOP:], "helps": helps}


def helps_of(reader: Reader) -> dict:
    """How many say that the closed case helped them, and whether this reader does."""
    people = list(reader.case.helps.values_list("by", flat=True)) if reader.case.is_closed else []
    return {"count": len(people), "mine": reader.user.pk in people}
