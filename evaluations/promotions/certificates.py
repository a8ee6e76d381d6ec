"""The certificate as a sheet: A4 landscape, set by typst."""

import io

import segno
from django.conf import settings
from django.urls import reverse

from mentorship.common.dates import in_chinese, lunar_line
from mentorship.common.pdf import pdf_of

from .models import Certificate


def certificate_pdf(certificate: Certificate) -> bytes:
    """The certificate in Chinese, whoever asks for it; a proof says so across the sheet."""
    return pdf_of("certificate", sheet_of(certificate))


def sheet_of(certificate: Certificate) -> dict:
    address = f"{settings.SITE_URL}{reverse('promotions:verify', args=[certificate.code])}"
    return {
        "title": f"出师证书 {certificate.full_number}",
        "number": certificate.full_number,
        "reissued": bool(certificate.reissued),
        "text": certificate.text,
        "studio": certificate.studio.name,
        "organizer": certificate.studio.organizer,
        "mentor": certificate.mentor_name,
        "mentor_seal": seal_of(certificate.mentor_name) if certificate.mentor_signed_at else "",
        "studio_seal": "书记工作室印" if certificate.studio_signed_at else "",
        "date": in_chinese(certificate.date),
        "lunar": lunar_line(certificate.date),
        "code": certificate.code,
        "address": address,
        "qr": qr_drawing(address),
        "proof": not certificate.is_signed,
    }


def seal_of(name: str) -> str:
    """Four characters: 3 + 印, 2 + 之印."""
    return f"{name}之印" if len(name) == 2 else f"{name}印"


def qr_drawing(address: str) -> str:
    """A whole SVG file, as typst wants it."""
    out = io.BytesIO()
    segno.make(address, error="m", micro=False).save(out, kind="svg", border=0, xmldecl=False)
    return out.getvalue().decode()
