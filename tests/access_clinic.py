"""Who may open what in the clinic. The mentor of the world was asked about the case that the mentee presents."""

from .access_rows import LIAISONS, MENTEES, MENTORS, PAIR, READERS, STRANGERS, WORKERS, Row, row_of

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

CONSULT: dict[str, Row] = {}

COURSE: dict[str, Row] = {}

LIBRARY: dict[str, Row] = {}

FIGURES: dict[str, Row] = {}

CLINIC = SHEET | CONSULT | COURSE | LIBRARY | FIGURES
