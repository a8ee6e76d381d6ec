"""What this app holds about people (mentorship.common.personal)."""

from django.utils.translation import gettext_lazy as _

from mentorship.common.personal import ARCHIVE, NOT_YET, OFFICE, SELF_OFFICE, SYSTEM, Table, plain, ten_years

from .choices import ReviewState

MENTEE, CANDIDATE = ("mentee__secretary",), ("candidate__mentee__secretary",)
PANEL, VOTES, DIPLOMA = _("晋级评审"), _("评审表决"), _("出师证书")
SEEN = _("评委、工作室；公示后本人")
BALLOT = _("表决保密：谁投了什么，不给任何人看")
DONE = sorted({ReviewState.NOTICED, ReviewState.EFFECTIVE})
TABLES = [
    Table(
        "promotions.Review", PANEL, SEEN, ARCHIVE, links="concluded_by",
        plain="cohort from_tier to_tier date place method quorum_of quorum_in majority_of majority_in majority_base"
        " state concluded_at digest effective_on",
    ),
    Table(
        "promotions.PanelMember", PANEL, SEEN, ARCHIVE, ("user",),
        links="user", facts="review is_convener present order", paper_name="name", paper="post",
    ),
    Table(
        "promotions.Candidate", PANEL, SEEN, ARCHIVE, MENTEE,
        links="mentee", plain="dossier_digest digest version",
        facts="review order state result due present agree disagree defer recused needed round withdrawn_on",
        paper="recommendation subdistrict_opinion integrity own_summary dossier discussion reason earlier",
        withheld={
            "discussion earlier": _("评审时别人说的话，只记给评审组"),
            "due present agree disagree defer recused needed": BALLOT,
            "dossier": _("评审用的材料汇总，里面的每一份都单独给出了"),
        },
        only=({"review__state__in": DONE}, NOT_YET),
    ),
    Table(
        "promotions.Recusal", VOTES, SEEN, ARCHIVE, CANDIDATE, links="candidate member", facts="reason", closed=BALLOT,
    ),
    Table(
        "promotions.TierStep", PANEL, SELF_OFFICE, ARCHIVE, MENTEE,
        links="mentee candidate decided_by", facts="from_tier to_tier date", paper="basis",
    ),
    Table(
        "promotions.PublicNotice", _("公示"), _("公示期内所有人"), ten_years("ends"), links="published_by",
        plain="review starts ends days venues contact public", paper="subject text",
    ),
    plain("promotions.LetterSent", "place at"),
    Table(
        "promotions.Objection", _("对公示的意见和核查"), _("两位核查人、项目负责人"), ten_years("received"), CANDIDATE,
        links="candidate checker_1 checker_2 found_by",
        facts="notice received channel signed state proposed_outcome outcome decided_on replied_on",
        paper="name contact content finding reply",
        closed=_("要保护反映情况的人：有没有、说了什么，都只有核查人知道"),
    ),
    Table(
        "promotions.Appeal", _("复核和申诉"), SELF_OFFICE, ARCHIVE, CANDIDATE,
        links="candidate decided_by", facts="kind filed_on due outcome decided_on", paper="ground decision",
    ),
    plain("promotions.CertificateNumbers", "year last"),
    Table(
        "promotions.Certificate", DIPLOMA, SELF_OFFICE, ARCHIVE, MENTEE,
        links="mentee mentor_user studio_signed_by", plain="prefix code digest",
        facts="cohort year number date cohort_name starts ends grade mentor_signed_at studio_signed_at reissued"
        " reissued_on",
        paper_name="name", paper="text mentor_name",
    ),
    Table(
        "promotions.Ballot", VOTES, SYSTEM, ARCHIVE, CANDIDATE,
        links="candidate", facts="round agree disagree defer", closed=BALLOT,
    ),
    Table(
        "promotions.SecretMark", VOTES, OFFICE, ARCHIVE, ("member__user",),
        links="candidate member", facts="round voted", closed=BALLOT,
    ),
    Table(
        "promotions.OpenVote", VOTES, SEEN, ARCHIVE, ("member__user",),
        links="candidate member entered_by", facts="round choice", paper="reason", closed=BALLOT,
    ),
    Table(
        "promotions.HandCount", VOTES, SEEN, ARCHIVE, CANDIDATE,
        links="candidate entered_by confirmed_by", facts="round agree disagree defer", closed=BALLOT,
    ),
]  # fmt: skip
ASKED = {"exception in_favour": VOTES, "checker_1 checker_2": _("对公示的意见和核查"), "mentees user": PANEL}
