from django.urls import path

from .views import (
    cards,
    case,
    closing,
    consulting,
    course,
    days,
    figures,
    files,
    guests,
    helping,
    library,
    plan,
    sheets,
    writing,
)

app_name = "clinic"

# The sheet: lists, writing, sending, files.
SHEET = [
    path("", sheets.cases, name="cases"),
    path("new/", writing.new, name="new"),
    path("blank/", sheets.blank, name="blank"),
    path("similar/", helping.similar, name="similar"),
    path("words/", helping.words, name="words"),
    path("answered/", writing.answered, name="answered"),
    path("files/<uuid:pk>/", files.file, name="file"),
    path("files/<uuid:pk>/delete/", files.file_delete, name="file_delete"),
    path("<uuid:pk>/edit/", writing.edit, name="edit"),
    path("<uuid:pk>/take-back/", writing.take_back, name="take_back"),
    path("<uuid:pk>/send-back/", writing.send_back, name="send_back"),
    path("<uuid:pk>/discard/", writing.discard, name="discard"),
    path("<uuid:pk>/paper/", sheets.paper, name="paper"),
]

# Consultation: triage, opinions, guests.
CONSULT: list = [
    path("<uuid:pk>/", case.case, name="case"),
    path("<uuid:pk>/triage/", consulting.triage, name="triage"),
    path("consults/<uuid:pk>/off/", consulting.call_off, name="call_off"),
    path("<uuid:pk>/advise/", consulting.advise, name="advise"),
    path("<uuid:pk>/decline/", consulting.decline, name="decline"),
    path("<uuid:pk>/open/", consulting.release, name="release"),
    path("<uuid:pk>/discuss/", consulting.discuss, name="discuss"),
    path("<uuid:pk>/invite/", guests.invite, name="invite"),
    path("invitations/<uuid:pk>/revoke/", guests.revoke, name="revoke"),
    path("guest/<str:token>/", guests.guest, name="guest"),
]

# Plan, follow-up, close-out.
COURSE: list = [
    path("<uuid:pk>/plan/", plan.plan, name="plan"),
    path("steps/<uuid:pk>/done/", course.step_done, name="step_done"),
    path("steps/<uuid:pk>/undo/", course.step_undone, name="step_undone"),
    path("<uuid:pk>/settle/", course.settle, name="settle"),
    path("<uuid:pk>/note/", course.note, name="note"),
    path("<uuid:pk>/check/", course.check, name="check"),
    path("<uuid:pk>/escalate/", course.escalate, name="escalate"),
    path("<uuid:pk>/answer/", course.answer, name="answer"),
    path("<uuid:pk>/report/", closing.report, name="report"),
    path("<uuid:pk>/close/", closing.close, name="close"),
    path("<uuid:pk>/not-yet/", closing.not_yet, name="not_yet"),
    path("<uuid:pk>/reopen/", closing.reopen, name="reopen"),
    path("<uuid:pk>/helped/", closing.helped, name="helped"),
    path("cards/", cards.cards, name="cards"),
    path("cards/new/", cards.new_card, name="new_card"),
    path("cards/<uuid:pk>/", cards.card, name="card"),
    path("cards/<uuid:pk>/edit/", cards.edit_card, name="edit_card"),
    path("cards/<uuid:pk>/submit/", cards.submit_card, name="submit_card"),
    path("cards/<uuid:pk>/review/", cards.review_card, name="review_card"),
    path("cards/<uuid:pk>/withdraw/", cards.withdraw_card, name="withdraw_card"),
    path("cards/<uuid:pk>/helped/", cards.card_helped, name="card_helped"),
    path("cards/<uuid:pk>/use/", cards.use_card, name="use_card"),
]

# Cards and the library.
LIBRARY: list = [path("library/", library.library, name="library")]

# Figures and clinic days.
FIGURES: list = [
    path("figures/", figures.figures, name="figures"),
    path("export/", figures.export, name="export"),
    path("days/", days.days, name="days"),
    path("days/<uuid:pk>/", days.day, name="day"),
    path("days/<uuid:pk>/paper/", days.day_paper, name="day_paper"),
    path("days/<uuid:pk>/put/", days.put, name="put_on_day"),
    path("days/<uuid:pk>/take/", days.take, name="take_off_day"),
]

urlpatterns = [*SHEET, *CONSULT, *COURSE, *LIBRARY, *FIGURES]
