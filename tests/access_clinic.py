"""Who may open what in the clinic. The mentor of the world was asked about the case that the mentee presents."""

from .access_rows import EVERYONE, LIAISONS, MENTEES, MENTORS, PAIR, READERS, STRANGERS, THEIRS, WORKERS, Row, row_of

case = row_of("case.pk", "foreign_case.pk")
asked_case = row_of("asked_case.pk", "foreign_asked_case.pk")
released_case = row_of("released_case.pk", "foreign_released_case.pk")
consult = row_of("consult.pk", "foreign_consult.pk")
invitation = row_of("invitation.pk", "foreign_invitation.pk")
sheet_case = row_of("sheet_case.pk", "foreign_sheet_case.pk")
draft_case = row_of("draft_case.pk", "foreign_draft_case.pk")
case_file = row_of("case_file.pk", "foreign_case_file.pk")

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

COURSE: dict[str, Row] = {}

LIBRARY: dict[str, Row] = {}

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
