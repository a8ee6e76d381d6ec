"""Who may open what in the clinic. The mentor of the world was asked about the case that the mentee presents."""

from .access_rows import EVERYONE, LIAISONS, MENTEES, MENTORS, PAIR, READERS, STRANGERS, THEIRS, WORKERS, Row, row_of

acting = row_of("acting_case.pk", "foreign_acting_case.pk")
following = row_of("following_case.pk", "foreign_following_case.pk")
reported = row_of("reported_case.pk", "foreign_reported_case.pk")
closed = row_of("closed_case.pk", "foreign_closed_case.pk")
passed_up = row_of("passed_up_case.pk", "foreign_passed_up_case.pk")
step = row_of("step.pk", "foreign_step.pk")
in_library = row_of("case_card.pk", "foreign_case_card.pk")
draft_card = row_of("draft_card.pk", "foreign_draft_card.pk")
card_to_review = row_of("card_to_review.pk", "foreign_card_to_review.pk")
case = row_of("case.pk", "foreign_case.pk")
asked_case = row_of("asked_case.pk", "foreign_asked_case.pk")
released_case = row_of("released_case.pk", "foreign_released_case.pk")
consult = row_of("consult.pk", "foreign_consult.pk")
invitation = row_of("invitation.pk", "foreign_invitation.pk")
sheet_case = row_of("sheet_case.pk", "foreign_sheet_case.pk")
draft_case = row_of("draft_case.pk", "foreign_draft_case.pk")
case_file = row_of("case_file.pk", "foreign_case_file.pk")

CARRIERS = WORKERS | {"mentee"}
CARD_READERS = READERS | MENTORS | MENTEES
WRITERS = WORKERS | MENTEES | STRANGERS

SHEET: dict[str, Row] = {
    "clinic:cases": Row(READERS | MENTORS | MENTEES | LIAISONS | STRANGERS),
    "clinic:new": Row(WRITERS),
    "clinic:blank": Row(READERS | MENTORS | MENTEES | LIAISONS | STRANGERS),
    "clinic:similar": Row(WRITERS),
    "clinic:words": Row(WRITERS, post=True),
    "clinic:answered": Row(WRITERS, post=True),
    "clinic:edit": sheet_case(WORKERS | {"mentee"}),
    "clinic:take_back": sheet_case({"mentee"}, post=True),
    "clinic:send_back": sheet_case(WORKERS),
    "clinic:discard": draft_case({"mentee"}),
    "clinic:paper": sheet_case(READERS | PAIR),
    "clinic:file": case_file(READERS | PAIR),
    "clinic:file_delete": case_file(WORKERS | {"mentee"}, post=True),
}

CONSULT: dict[str, Row] = {
    "clinic:case": case(READERS | PAIR),
    "clinic:triage": case(WORKERS),
    "clinic:call_off": consult(WORKERS, post=True),
    "clinic:advise": asked_case({"mentor"}),
    "clinic:decline": asked_case({"mentor"}),
    "clinic:release": asked_case(WORKERS),
    "clinic:discuss": released_case(READERS | PAIR, post=True),
    "clinic:invite": asked_case(WORKERS),
    "clinic:revoke": invitation(WORKERS, post=True),
    "clinic:guest": Row(EVERYONE, of=lambda w: [w.guest_token], writes_on_get=True),
}

COURSE: dict[str, Row] = {
    "clinic:plan": acting(CARRIERS),
    "clinic:step_done": step(WORKERS | PAIR, post=True),
    "clinic:step_undone": step(WORKERS | PAIR, post=True),
    "clinic:settle": acting(CARRIERS),
    "clinic:note": acting(CARRIERS),
    "clinic:check": following(CARRIERS),
    "clinic:escalate": acting(WORKERS),
    "clinic:answer": passed_up(WORKERS | {"liaison"}),
    "clinic:report": following(CARRIERS),
    "clinic:close": reported(WORKERS),
    "clinic:not_yet": reported(WORKERS),
    "clinic:reopen": closed(WORKERS | PAIR),
    "clinic:helped": closed(CARD_READERS, post=True),
    "clinic:cards": Row(CARD_READERS | STRANGERS),
    "clinic:new_card": Row(WORKERS | MENTORS | THEIRS),
    "clinic:card": in_library(CARD_READERS),
    "clinic:edit_card": draft_card(WORKERS | {"mentor"}),
    "clinic:submit_card": draft_card(WORKERS | {"mentor"}, post=True),
    "clinic:review_card": card_to_review(WORKERS),
    "clinic:withdraw_card": in_library(WORKERS),
    "clinic:card_helped": in_library(CARD_READERS, post=True),
    "clinic:use_card": in_library(WORKERS | MENTORS),
}

LIBRARY: dict[str, Row] = {"clinic:library": Row(READERS | MENTORS | MENTEES | STRANGERS)}

day = row_of("clinic_day.pk", "foreign_clinic_day.pk")

FIGURES: dict[str, Row] = {
    "clinic:figures": Row(READERS | THEIRS),
    "clinic:export": Row(READERS | THEIRS, writes_on_get=True),
    "clinic:days": Row(READERS | MENTORS | MENTEES | STRANGERS),
    "clinic:day": day(READERS | MENTORS | MENTEES),
    "clinic:day_paper": day(READERS | MENTORS | MENTEES),
    "clinic:put_on_day": day(WORKERS, post=True),
    "clinic:take_off_day": day(WORKERS, post=True),
}

CLINIC = SHEET | CONSULT | COURSE | LIBRARY | FIGURES
