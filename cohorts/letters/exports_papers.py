"""Papers as PDFs, set from the same words as their pages."""

from mentorship.common.dates import in_chinese
from mentorship.common.pdf import pdf_of

from .models import Agreement, AppointmentLetter
from .papers import (
    APPOINTMENT_CLOSE,
    APPOINTMENT_HOPE,
    agreement_clauses,
    appointment_body,
    seal_of,
)
from .queries.papers import agreement_words, parties_of


def appointment_pdf(letter: AppointmentLetter) -> bytes:
    return pdf_of(
        "appointment",
        {
            "title": f"聘书 {letter.number}",
            "number": letter.number,
            "name": letter.name,
            "body": appointment_body(
                reason=letter.reason, studio=letter.studio_name, term_from=letter.term_from, term_to=letter.term_to
            ),
            "hope": APPOINTMENT_HOPE,
            "close": APPOINTMENT_CLOSE,
            "issuer": letter.issuer,
            "signer": letter.signer,
            "date": in_chinese(letter.date),
            "seal": seal_of(letter.studio.short_name),
            "voided": letter.voided_at is not None,
        },
    )


def agreement_pdf(agreement: Agreement) -> bytes:
    parties = [
        party | {"signed": in_chinese(day) if (day := party["day"]) else "", "day": ""}
        for party in parties_of(agreement)
    ]
    clauses = [
        {"heading": clause.heading, "text": clause.text, "points": list(clause.points)}
        for clause in agreement_clauses(agreement_words(agreement))
    ]
    names = f"{agreement.names['mentor']['name']}与{agreement.names['mentee']['name']}"
    return pdf_of(
        "agreement",
        {
            "title": f"带教协议 {names}",
            "parties": parties,
            "clauses": clauses,
            "date": in_chinese(agreement.date),
            "digest": agreement.digest,
        },
    )
