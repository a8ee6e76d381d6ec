"""Who may open what in the clinic. The mentor of the world was asked about the case that the mentee presents."""

from .access_rows import Row

SHEET: dict[str, Row] = {}

CONSULT: dict[str, Row] = {}

COURSE: dict[str, Row] = {}

LIBRARY: dict[str, Row] = {}

FIGURES: dict[str, Row] = {}

CLINIC = SHEET | CONSULT | COURSE | LIBRARY | FIGURES
