"""Who may open what in the clinic. The mentor of the world was asked about the case that the mentee presents."""

from .access_rows import MENTEES, MENTORS, READERS, STRANGERS, Row

SHEET: dict[str, Row] = {}

CONSULT: dict[str, Row] = {}

COURSE: dict[str, Row] = {}

LIBRARY: dict[str, Row] = {"clinic:library": Row(READERS | MENTORS | MENTEES | STRANGERS)}

FIGURES: dict[str, Row] = {}

CLINIC = SHEET | CONSULT | COURSE | LIBRARY | FIGURES
