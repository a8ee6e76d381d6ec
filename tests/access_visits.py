"""Who may open what in supervision visits."""

from .access_rows import MENTEES, MENTORS, PAIR, READERS, STRANGERS, THEIRS, WORKERS, Row, row_of

planned = row_of("planned_visit.pk", "foreign_planned_visit.pk")
recorded = row_of("recorded_visit.pk", "foreign_recorded_visit.pk")
signed = row_of("visit.pk", "foreign_visit.pk")
finding = row_of("finding.pk", "foreign_finding.pk")
draft = row_of("draft_finding.pk", "foreign_draft_finding.pk")
reported = row_of("reported_finding.pk", "foreign_reported_finding.pk")
photo = row_of("finding_photo.pk", "foreign_finding_photo.pk")
extension = row_of("extension.pk", "foreign_extension.pk")

EVERY_READER = READERS | MENTORS | MENTEES | STRANGERS
TEAM = WORKERS | {"mentor"}
OWNER = WORKERS | {"mentee"}

VISITS: dict[str, Row] = {
    "visits:visits": Row(EVERY_READER),
    "visits:plan": Row(WORKERS | THEIRS),
    "visits:export": Row(READERS | THEIRS, writes_on_get=True),
    "visits:mine": Row(MENTEES | {"stranger_mentee"}),
    "visits:visit": signed(READERS | PAIR),
    "visits:change": planned(WORKERS),
    "visits:record": planned(TEAM),
    "visits:cancel": planned(WORKERS),
    "visits:paper": planned(TEAM),
    "visits:sign": recorded(TEAM, post=True),
    "visits:finding_add": recorded(TEAM),
    "visits:statement": signed({"mentee"}),
    "visits:findings": Row(EVERY_READER),
    "visits:finding": finding(READERS | PAIR),
    "visits:finding_change": draft(TEAM),
    "visits:finding_remove": draft(TEAM, post=True),
    "visits:report": finding(OWNER),
    "visits:extend": finding(OWNER),
    "visits:check": reported(TEAM),
    "visits:decide": extension(WORKERS),
    "visits:photo": photo(READERS | PAIR),
}
