"""What this app holds about people (mentorship.common.personal)."""

from django.utils.translation import gettext_lazy as _

from mentorship.common.personal import ARCHIVE, GROUP, PAIR, SELF_OFFICE, Drop, Table, ten_years

MENTEE, MENTOR = "pairing__mentee__secretary", "pairing__mentor__secretary"
LETTERS, AGREED, APPOINTED, LAUNCH = _("拜师帖和回帖"), _("带教协议"), _("聘书"), _("启动仪式")
TABLES = [
    Table(
        "letters.LaunchSheet", LAUNCH, GROUP, ten_years("date"),
        plain="cohort title date starts_at place version", paper="host notes",
    ),
    Table(
        "letters.LaunchItem", LAUNCH, GROUP, ten_years("sheet__date"),
        plain="sheet order kind title minutes", links="pairing", paper="who",
    ),
    Table(
        "letters.LetterReminder", _("催写帖子"), SELF_OFFICE, ARCHIVE, ("recipient",), Drop.NOW,
        links="recipient sent_by", facts="cohort day week notice",
    ),
    Table(
        "letters.AppointmentLetter", APPOINTED, SELF_OFFICE, ARCHIVE, ("mentor__secretary",),
        links="mentor", facts="year serial number studio_name term_from term_to issuer date voided_at",
        paper_name="name", paper="reason signer void_reason",
    ),
    Table(
        "letters.ApprenticeshipLetter", LETTERS, PAIR, ARCHIVE, (MENTEE,),
        links="pairing", facts="cohort state style date handed_in_at read_at sealed_at", plain="digest code version",
        paper="salutation who_i_am why_you wish vow_1 vow_2 vow_3 plea close sign post introducer",
    ),
    Table(
        "letters.LetterReply", LETTERS, PAIR, ARCHIVE, ("letter__pairing__mentor__secretary",),
        links="letter transcribed_by", facts="decision written_by date sent_at", plain="version",
        paper="addressee text first_lesson rules sign photo",
    ),
    Table(
        "letters.Agreement", AGREED, PAIR, ARCHIVE, (MENTEE, MENTOR),
        links="pairing studio_signed_by", plain="digest version",
        facts="term_from term_to date mentor_signed_at mentee_signed_at studio_signed_at",
        paper="names goals mentor_duties mentee_duties frequency assessment_basis confidentiality integrity"
        " change_clause",
    ),
]  # fmt: skip
ASKED = {"first": _("聘书从几号编起")}
