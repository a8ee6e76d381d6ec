"""Who may open what in the clinic. The mentor of the world was asked about the case that the mentee presents."""

from .access_rows import MENTEES, MENTORS, READERS, STRANGERS, THEIRS, WORKERS, Row, row_of

SHEET: dict[str, Row] = {}

CONSULT: dict[str, Row] = {}

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
