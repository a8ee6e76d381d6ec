"""What this app holds about people (mentorship.common.personal). Minutes belong to the studio, not to one person: they
count their own ten years."""

from django.utils.translation import gettext_lazy as _

from mentorship.common.personal import ARCHIVE, GROUP, Table, ten_years

PAPERS, DUTIES, METHODS = _("研讨会和工作例会的记录、纪要"), _("议定事项谁办、办到哪里"), _("会上总结的工作法")
OF_MEETING = ten_years("meeting__date")
TABLES = [
    Table(
        "meetings.Meeting", PAPERS, GROUP, ten_years("date"),
        plain="cohort kind year number topic topic_en date starts_at ends_at base place source issued_to state"
        " cancel_reason version",
        links="chair recorder written_by", paper="opening_case notes",
    ),
    Table(
        "meetings.Attendee", PAPERS, GROUP, ARCHIVE, ("secretary", "user"),
        links="secretary user", facts="meeting capacity presence order", paper="reason",
        paper_name="name",
    ),
    Table(
        "meetings.AgendaItem", PAPERS, GROUP, OF_MEETING, plain="meeting kind order url key", paper="title detail",
    ),
    Table(
        "meetings.Speech", PAPERS, GROUP, ARCHIVE, ("speaker__secretary", "speaker__user"),
        links="speaker", facts="meeting order", paper="text",
    ),
    Table("meetings.Outcome", PAPERS, GROUP, OF_MEETING, plain="meeting kind order", paper="text"),
    Table(
        "meetings.Minutes", PAPERS, GROUP, OF_MEETING,
        plain="meeting version digest date notice", links="written_by issued_by", paper="body reason",
    ),
    Table(
        "meetings.ActionItem", DUTIES, GROUP, ARCHIVE, ("owner__secretary", "owner__user"),
        links="owner helpers reported_by closed_by", facts="meeting number due state reported_at closed_at reminded_on",
        plain="version", paper="text progress",
    ),
    Table(
        "meetings.Product", METHODS, GROUP, ten_years("created_at"),
        plain="cohort meeting kind title use steps caution subject sources version", links="made_by", paper="author",
    ),
]  # fmt: skip
ASKED = {"guests offices staff consensus item open points speeches mentees mentors decision": PAPERS}
