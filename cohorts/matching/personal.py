"""What this app holds about people (mentorship.common.personal)."""

from django.utils.translation import gettext_lazy as _

from mentorship.common.personal import ARCHIVE, OFFICE, SELF_OFFICE, Drop, Table

WISHES, PLACES = _("师徒双方的意愿"), _("配对方案")
BOTH = _("说的是两个人；请当面问工作室")
TABLES = [
    Table(
        "matching.Wish", WISHES, SELF_OFFICE, ARCHIVE, ("mentor__secretary", "mentee__secretary"), Drop.NOW,
        links="mentor mentee", facts="cohort side rank", closed=BOTH,
    ),
    Table(
        "matching.Bar", _("哪两个人不配在一起"), OFFICE, ARCHIVE, ("mentor__secretary", "mentee__secretary"), Drop.NOW,
        links="mentor mentee", facts="cohort kind", erase="note", closed=BOTH,
    ),
    Table(
        "matching.Proposal", PLACES, OFFICE, ARCHIVE, links="made_by published_by",
        plain="cohort number method status based_on weights seed version published_at",
    ),
    Table(
        "matching.Placement", PLACES, OFFICE, ARCHIVE, ("mentor__secretary", "mentee__secretary"),
        links="mentee mentor", facts="proposal pinned score parts", closed=BOTH,
    ),
    Table("matching.Step", PLACES, OFFICE, ARCHIVE, links="before", plain="proposal number kind"),
]  # fmt: skip
ASKED = {"first second third": WISHES, "max_moves other starts": PLACES}
