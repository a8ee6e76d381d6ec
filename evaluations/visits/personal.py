"""What this app holds about people (mentorship.common.personal)."""

from django.utils.translation import gettext_lazy as _

from mentorship.common.personal import ARCHIVE, PAIR, SELF_OFFICE, Drop, Table

VISITS, MENDING = _("督训走访"), _("问题和整改")
TABLES = [
    Table(
        "visits.Visit", VISITS, PAIR, ARCHIVE, ("mentee__secretary",),
        links="mentee recorded_by signed_by", plain="version",
        facts="cohort number round date community unannounced branch_book rounds_book emergency_plan duty households"
        " overall stated_on state signed_on",
        paper="also_looked_at positives mentee_statement cancel_reason",
    ),
    Table(
        "visits.TeamMember", VISITS, PAIR, ARCHIVE, ("user",), links="user", facts="visit order", paper_name="name",
    ),
    Table(
        "visits.Finding", MENDING, SELF_OFFICE, ARCHIVE, ("owner",),
        links="owner reported_by verified_by",
        facts="visit number found_on level due status reported_on verified_on reminded_on", paper="text evidence action",
    ),
    Table(
        "visits.FindingPhoto", MENDING, SELF_OFFICE, ARCHIVE, ("finding__owner",), Drop.LATER,
        links="taken_by", facts="finding kind order", paper="image",
    ),
    Table(
        "visits.FindingStep", MENDING, SELF_OFFICE, ARCHIVE, ("finding__owner",),
        links="by", facts="finding kind on", paper="text",
    ),
    Table(
        "visits.Extension", MENDING, SELF_OFFICE, ARCHIVE, ("finding__owner",),
        links="asked_by decided_by", facts="finding old_due new_due asked_on state decided_on", paper="reason answer",
    ),
]  # fmt: skip
ASKED = {"guests team": VISITS, "how photos": MENDING}
