"""The letter as a PDF: one A4 sheet, folded once to A5. Outside the cover and the seal of verification, inside the text.

Columns run from right to left. The sheet folds between two columns: their pitch divides the half page evenly.
"""

import datetime
import io
from dataclasses import dataclass

import segno
from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from mentorship.common.dates import in_chinese
from mentorship.common.pdf import pdf_of

from .models import ApprenticeshipLetter, LetterReply
from .rendering import FOOTER, TITLE, Line, Sheet, sheet_of
from .seal import spaced

HALF, HEIGHT = 132.5, 158.0  # millimetres: half the sheet between its margin and the fold, and the length of a column
GAP = 15.0  # between the two frames, where both stand on one half
COLUMNS = range(13, 27)  # columns on half a sheet, from the largest type to the smallest
CELL = 1.08  # height of a character's place, in units of the type size
HANGING = set("，。、；：？！）》」』”’,.;:?!")
SEAL_ROWS = 3
MM_PER_POINT = 25.4 / 72


@dataclass(frozen=True)
class Plan:
    """How large the letters are set: pitch of the columns and cell in mm, rows in a column."""

    pitch: float

    @property
    def size(self) -> float:
        """Type size in mm."""
        return self.pitch / 1.66

    @property
    def cell(self) -> float:
        return self.size * CELL

    @property
    def rows(self) -> int:
        return int(HEIGHT / self.cell)


def cut(line: Line, rows: int) -> list[dict]:
    """One line as columns of the sheet. A mark that closes a sentence hangs below the column rather than opening one."""
    if line.kind in {"sign", "small"}:
        room = rows - (SEAL_ROWS if line.seal else 0)
        text = line.whole[:room]
        return [{"text": text, "skip": room - len(text), "seal": line.seal, "kind": line.kind}]
    columns, rest, skip = [], line.whole, 2 if line.kind == "body" else 0
    while rest:
        take = rows - skip
        if len(rest) > take and rest[take] in HANGING:
            take += 1
        columns.append({"text": rest[:take], "skip": skip, "seal": "", "kind": line.kind})
        rest, skip = rest[take:], 0
    return columns


def set_in(lines: list[Line], plan: Plan) -> list[dict]:
    return [column for line in lines for column in cut(line, plan.rows)]


def fits(letter: int, reply: int, on_half: int, pitch: float) -> bool:
    """Columns of both on one sheet with `on_half` columns to a half."""
    if letter <= on_half:
        return reply <= on_half - 1
    return (letter - on_half + reply) * pitch + GAP <= HALF


def planned(sheet: Sheet) -> tuple[Plan, list[dict], list[dict]]:
    """The largest type in which letter and reply stand on one sheet, and their columns."""
    for on_half in COLUMNS:
        plan = Plan(HALF / on_half)
        letter, reply = set_in(sheet.letter, plan), set_in(sheet.reply, plan)
        if fits(len(letter), max(len(reply), 3), on_half, plan.pitch):
            break
    return plan, letter, reply


def pdf_of_letter(
    letter: ApprenticeshipLetter, reply: LetterReply | None, *, printed_by: str, at: datetime.datetime
) -> bytes:
    """`reply` is the one that the reader may see, or None; `at` is printed with the name of who printed it."""
    sheet = sheet_of(letter, reply)
    plan, written, answered = planned(sheet)
    mentor, mentee = letter.pairing.mentor.secretary.name, letter.pairing.mentee.secretary.name
    address = f"{settings.SITE_URL}{reverse('letters:verify_code', args=[letter.code])}" if letter.code else ""
    return pdf_of(
        "letter",
        {
            "title": f"{TITLE}：{mentee}致{mentor}",
            "heading": TITLE,
            "season": sheet.season,
            "names": f"{mentee}　呈　{mentor}",
            "letter": written,
            "reply": answered,
            "on_half": round(HALF / plan.pitch),
            "pitch": plan.pitch,
            "size": plan.size,
            "cell": plan.cell,
            "rows": plan.rows,
            "stamped": sheet.stamped,
            "footer": FOOTER,
            "studio": letter.studio.name,
            "sealed": in_chinese(timezone.localdate(letter.sealed_at)) if letter.sealed_at else "",
            "code": spaced(letter.code),
            "digest": letter.digest,
            "address": address,
            "qr": qr_of(address) if address else "",
            "printed": f"打印：{printed_by}　{timezone.localtime(at):%Y-%m-%d %H:%M}",
        },
    )


def qr_of(address: str) -> str:
    """An SVG."""
    out = io.BytesIO()
    segno.make(address, error="m").save(out, kind="svg", border=0, dark="#1a1b1c")
    return out.getvalue().decode()
