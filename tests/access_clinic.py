"""Who may open what in the clinic. The mentor of the world was asked about the case that the mentee presents."""

from .access_rows import EVERYONE, PAIR, READERS, WORKERS, Row, row_of

case = row_of("case.pk", "foreign_case.pk")
asked_case = row_of("asked_case.pk", "foreign_asked_case.pk")
released_case = row_of("released_case.pk", "foreign_released_case.pk")
consult = row_of("consult.pk", "foreign_consult.pk")
invitation = row_of("invitation.pk", "foreign_invitation.pk")

SHEET: dict[str, Row] = {}

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

FIGURES: dict[str, Row] = {}

CLINIC = SHEET | CONSULT | COURSE | LIBRARY | FIGURES
