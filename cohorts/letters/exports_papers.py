"""Papers as PDFs, set from the same words as their pages."""

from django.utils import timezone

from mentorship.common.dates import in_chinese
from mentorship.common.pdf import pdf_of

from .models import Agreement, AppointmentLetter
from .papers import (
    APPOINTMENT_CLOSE,
    APPOINTMENT_HOPE,
    PARTY_WORDS,
    agreement_clauses,
    appointment_body,
    seal_of,
    seal_of_person,
)
from .queries.papers import agreement_words


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
    seals = {
        "mentor": seal_of_person(agreement.names["mentor"]["name"]),
        "mentee": seal_of_person(agreement.names["mentee"]["name"]),
        "studio": seal_of(agreement.studio.short_name),
    }
    parties = []
    for party in Agreement.PARTIES:
        moment = getattr(agreement, f"{party}_signed_at")
        signer = agreement.studio_signed_by.name if party == "studio" and moment else ""
        parties.append(
            {
                "role": PARTY_WORDS[party],
                **agreement.names[party],
                "signer": signer,
                "signed": in_chinese(timezone.localtime(moment).date()) if moment else "",
                "seal": seals[party],
            }
        )
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
