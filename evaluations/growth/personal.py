"""What this app holds about people (mentorship.common.personal)."""

from django.utils.translation import gettext_lazy as _

from mentorship.common.personal import ARCHIVE, OFFICE, PAIR, Table

LEVELS, PLANS, DRAWS = _("能力评级和依据"), _("补短板计划"), _("抽查日志")
TABLES = [
    Table(
        "growth.Rating", LEVELS, PAIR, ARCHIVE, ("mentee__secretary",),
        links="mentee rated_by", facts="cohort indicator subject level date source log visit case round_id undone_at",
        paper="document document_name note",
    ),
    Table(
        "growth.GapPlan", PLANS, PAIR, ARCHIVE, ("mentee__secretary",),
        links="mentee created_by", plain="version",
        facts="cohort starts ends state carried_from mentee_agreed_at mentor_agreed_at closed_at",
    ),
    Table(
        "growth.GapRow", PLANS, PAIR, ARCHIVE, ("plan__mentee__secretary",),
        facts="plan order indicator level_now target method basis card due result", paper="action evidence result_note",
    ),
    Table("growth.SampleDraw", DRAWS, OFFICE, ARCHIVE, plain="cohort seed rule", links="drawn drawn_by"),
    Table(
        "growth.CallBack", DRAWS, OFFICE, ARCHIVE, ("mentee__secretary",),
        links="mentee asked_by", facts="draw log answer asked_on", paper="note",
    ),
]  # fmt: skip
ASKED = {"first last size": DRAWS}
