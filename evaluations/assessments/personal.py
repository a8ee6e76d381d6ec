"""What this app holds about people (mentorship.common.personal)."""

from django.utils.translation import gettext_lazy as _

from mentorship.common.personal import ARCHIVE, NOT_YET, OFFICE, PAIR, SELF_OFFICE, Drop, Table

from .choices import RoundStatus

SHEET = ("sheet__mentee__secretary",)
JUDGED = _("半年评估和年度考核")
RAW = _("各评分人的原始打分不给出，大家才敢说真话；您的分数和评语在考核表里")
RELEASED = sorted(RoundStatus.released())
TABLES = [
    Table(
        "assessments.Scheme", JUDGED, links="made_by",
        plain="cohort number note weights level_scores cut_excellent cut_good cut_pass quota quota_small"
        " attendance_floor missing locked_at version",
    ),
    Table(
        "assessments.Round", JUDGED, OFFICE, ARCHIVE, links="studio_rater computed_by released_by",
        plain="cohort kind starts ends due scheme status computed_at released_on digest version",
    ),
    Table(
        "assessments.Sheet", JUDGED, PAIR, ARCHIVE, ("mentee__secretary",),
        links="mentee commented_by", plain="version",
        facts="round reported_at counted_at total grade rank talked_on review_until signed_at",
        paper="report evidence notes tree strength_1 strength_2 weakness suggestion talked_by own_words",
        withheld={"tree": RAW}, only=({"round__status__in": RELEASED}, NOT_YET),
    ),
    Table(
        "assessments.RoundReminder", _("催交评分"), OFFICE, ARCHIVE, ("person",), Drop.NOW,
        links="person sent_by", facts="round week",
    ),
    Table(
        "assessments.VetoItem", _("一票否决事项的核实"), OFFICE, ARCHIVE, SHEET,
        links="raised_by verified_by", facts="sheet kind state", paper="facts finding",
        closed=_("核实中的事情由工作室当面告知；核实的结果写在考核表里"),
    ),
    Table(
        "assessments.ReviewRequest", _("对考核结果申请复核"), SELF_OFFICE, ARCHIVE, SHEET,
        links="filed_by decided_by", paper="ground finding",
        facts="sheet filed_on answer_by state path part_before part_after total_before total_after grade_before"
        " grade_after decided_on",
    ),
    Table(
        "assessments.RaterTask", JUDGED, _("只有评分人；汇总后工作室"), ARCHIVE, ("rater",),
        links="sheet rater entered_by", facts="rater_type state submitted_at", plain="version", paper="source",
        closed=RAW,
    ),
    Table(
        "assessments.Score", JUDGED, _("只有评分人；汇总后工作室"), ARCHIVE, ("task__rater",),
        links="task", facts="path value", closed=RAW,
    ),
]  # fmt: skip
ASKED = {"points": JUDGED, "confirmed upheld reason": JUDGED}
