"""Papers that are signed: the mentor's appointment, the apprenticeship letter with its reply, the agreement."""

from django.utils.translation import gettext as _

from cohorts.letters.choices import LetterState
from cohorts.letters.models import Agreement, AppointmentLetter, ApprenticeshipLetter, LetterReply
from mentorship.common.dates import in_chinese, lunar_line
from mentorship.common.templatetags.wording import long_date

from .base import Item, Look, Source, each, kept, label, worded

APPOINTMENT = ["number", "mentor", "term_from", "term_to", "reason", "issuer", "signer", "date"]
LETTER = [*ApprenticeshipLetter.WORDS, "style", "date", "handed_in_at", "digest"]
REPLY = [*LetterReply.WORDS, "decision", "date", "sent_at"]
AGREEMENT = [
    "term_from", "term_to", "goals", "mentor_duties", "mentee_duties", "frequency", "assessment_basis",
    "confidentiality", "integrity", "change_clause", "date", "mentor_signed_at", "mentee_signed_at", "studio_signed_at",
    "studio_signed_by", "digest",
]  # fmt: skip


def show_appointment(row: AppointmentLetter, look: Look) -> Item:
    facts = [
        *worded(row, ["number", "mentor"]),
        (_("聘期"), _("%(start)s至%(end)s") % {"start": long_date(row.term_from), "end": long_date(row.term_to)}),
        *worded(row, ["reason", "issuer", "signer"]),
    ]
    return Item(_("聘书"), row.date, row.issuer, facts=facts)


def handed_in():
    letters = ApprenticeshipLetter.objects.exclude(state=LetterState.DRAFT)
    return letters.for_lists().select_related("reply").order_by("date", "pk")


def reply_of(letter: ApprenticeshipLetter) -> LetterReply | None:
    """What the mentor has sent; what is still being written belongs to nobody's file."""
    reply = getattr(letter, "reply", None)
    return reply if reply and reply.sent_at else None


def written_date(day) -> list[str]:
    return [in_chinese(day), lunar_line(day)] if day else []


def show_letter(row: ApprenticeshipLetter, look: Look) -> Item:
    reply = reply_of(row)
    written = {name: getattr(row, name) for name in ("salutation", "plea", "close", "sign", "post", "introducer")}
    written |= {
        "body": [words for words in (row.who_i_am, row.why_you, row.wish) if words],
        "vows": [words for name in row.VOWS if (words := getattr(row, name))],
        "date": written_date(row.date),
        "name": row.pairing.mentee.secretary.name,
        "mentor": row.pairing.mentor.secretary.name,
        "reply": None,
    }
    if reply:
        written["reply"] = {name: getattr(reply, name) for name in reply.WORDS} | {
            "date": written_date(reply.date),
            "decision": str(reply.get_decision_display()),
        }
    meta = row.get_state_display()
    return Item(_("拜师帖及回帖"), row.date, str(row.pairing.mentee), str(meta), letter=written)


def letter_facts(row: ApprenticeshipLetter, look: Look) -> dict:
    reply = reply_of(row)
    return kept(row, LETTER) | {"pairing": row.pairing_id, "reply": kept(reply, REPLY) if reply else None}


def show_agreement(row: Agreement, look: Look) -> Item:
    facts = [
        (_("师傅"), str(row.pairing.mentor)),
        (_("徒弟"), str(row.pairing.mentee)),
        (_("期限"), _("%(start)s至%(end)s") % {"start": long_date(row.term_from), "end": long_date(row.term_to)}),
        *worded(row, ["frequency", "assessment_basis", "confidentiality", "integrity", "change_clause"]),
        *((label(Agreement, name), day(row, name)) for name in [f"{party}_signed_at" for party in Agreement.PARTIES]),
    ]
    lists = [(label(Agreement, name), getattr(row, name)) for name in ("goals", "mentor_duties", "mentee_duties")]
    texts = [(title, "\n".join(f"{n}. {line}" for n, line in enumerate(lines, 1))) for title, lines in lists if lines]
    return Item(_("带教协议"), row.date, _("师徒和工作室"), facts=facts, texts=texts)


def day(row, name: str) -> str:
    return long_date(getattr(row, name)) or _("还没有签")


APPOINTMENTS = Source(
    lambda: AppointmentLetter.objects.filter(voided_at=None).select_related("mentor__secretary").order_by("date", "pk"),
    each(show_appointment),
    lambda row, look: kept(row, APPOINTMENT),
    owner="mentor__pairings__mentee",
)
LETTERS = Source(handed_in, each(show_letter), letter_facts, owner="pairing__mentee")
AGREEMENTS = Source(
    lambda: Agreement.objects.select_related("pairing__mentor__secretary", "pairing__mentee__secretary").order_by(
        "date", "pk"
    ),
    each(show_agreement),
    lambda row, look: kept(row, AGREEMENT) | {"pairing": row.pairing_id},
    owner="pairing__mentee",
)
