"""Apprenticeship letters of the demo: those of demo.yaml word for word, and further fictional ones from letters.yaml.

They are written, handed in and answered by the same actions that the pages use, at the hours of the story.
"""

import datetime
import io

import yaml
from django.utils import timezone
from PIL import Image, ImageDraw, ImageFont

from cohorts.letters.actions import letters as actions
from cohorts.letters.choices import Decision, LetterState
from cohorts.letters.examples import beginnings
from cohorts.letters.models import ApprenticeshipLetter
from cohorts.models import Mentee, Mentor, Pairing
from mentorship.accounts.models import User
from mentorship.common.pdf import FONTS
from mentorship.notifications.models import Receipt

from .reader import DATA

TURN = "您是搞技术的"  # where the body of the shortest letter turns to the mentor
KINDS = ("letter_handed_in", "letter_answered", "reply_to_transcribe", "reply_to_confirm")
FIRST_DAY = "2018-08-15"
FIRST_LESSON = "第一课："


class Letters:
    """Writes the letters of one cohort, pair by pair."""

    def __init__(self, data: dict, mentors: dict[str, Mentor], mentees: dict[str, Mentee], officer: User):
        self.data, self.mentors, self.mentees, self.officer = data, mentors, mentees, officer
        self.further = yaml.safe_load((DATA / "letters.yaml").read_text(encoding="utf-8"))

    def write(self) -> None:
        """All letters of the pairs that stand now and have none yet."""
        told = {row["from"]: row for row in self.data["letters"]}
        replies = {row["letter"]: row for row in self.data["replies"]}
        for minute, (name, mentee) in enumerate(self.mentees.items()):
            pairing = self.pairing_of(mentee)
            if pairing is None:
                continue
            if name in told:
                self.tell(pairing, told_parts(told[name]), minute, told_reply(replies[told[name]["id"]]))
            elif name in self.further:
                row = self.further[name]
                self.tell(pairing, further_parts(pairing, row), minute, row)
        self.file_some()
        self.read_notices()

    def pairing_of(self, mentee: Mentee) -> Pairing | None:
        rows = Pairing.objects.current().filter(mentee=mentee, letter=None)
        return rows.select_related("studio", "mentor__secretary__user", "mentee__secretary__user").first()

    def tell(self, pairing: Pairing, words: dict, minute: int, row: dict) -> None:
        writer, mentor = pairing.mentee.secretary.user, pairing.mentor.secretary.user
        letter = actions.save_draft(by=writer, pairing=pairing, version=0, **words)
        state = row.get("state")
        if state == LetterState.DRAFT:
            return
        day = row.get("date", FIRST_DAY) if state else FIRST_DAY
        actions.hand_in(by=writer, letter=letter, version=letter.version, at=moment(day, 9, minute))
        if state == LetterState.HANDED_IN:
            return
        actions.open_for_reading(by=mentor, letter=letter, at=moment(day, 19, minute))
        if "reply" in row:
            self.answer(letter, row, minute)

    def answer(self, letter: ApprenticeshipLetter, row: dict, minute: int) -> None:
        mentor = letter.pairing.mentor.secretary
        addressee, _, text = row["reply"].partition("：")
        at = moment(row["answered"], 20, minute)
        decision = Decision.MEET_FIRST if row.get("meet_first") else Decision.ACCEPTED
        words = {"addressee": f"{addressee}：", "text": text.strip(), "sign": mentor.name}
        if row.get("photo"):
            text = f"{text.strip()}{FIRST_LESSON}{row['first_lesson']}。"
            note = handwritten([f"{addressee}：", text, mentor.name])
            reply = actions.attach_photo(
                by=mentor.user, letter=letter, version=0, decision=decision, upload=note
            )  # the note as it was photographed, then its transcript
            words["text"] = text
            reply = actions.transcribe(by=self.officer, letter=letter, version=reply.version, **words)
            actions.confirm_transcript(by=mentor.user, letter=letter, version=reply.version, at=at)
            return
        extra = {name: row.get(name, "") for name in ("first_lesson", "rules")}
        actions.answer(by=mentor.user, letter=letter, version=0, decision=decision, at=at, **words, **extra)

    def file_some(self) -> None:
        """The first two groups are bound already; the others wait for the officer."""
        rows = ApprenticeshipLetter.objects.filter(pairing__mentor__in=[self.mentors["M2"], self.mentors["M3"]])
        for letter in rows.filter(state=LetterState.ANSWERED).select_related("studio"):
            actions.file_letter(by=self.officer, letter=letter)

    def read_notices(self) -> None:
        """Whoever has opened a letter has seen the notice of it; what waits now stays new."""
        now = timezone.now()
        waiting = [f"/letters/{pk}/" for pk in ApprenticeshipLetter.objects.waiting().values_list("pk", flat=True)]
        seen = Receipt.objects.filter(notice__kind__in=KINDS, read_at=None).exclude(notice__url__in=waiting)
        seen.update(read_at=now)


def moment(day: str, hour: int, minute: int) -> datetime.datetime:
    return timezone.make_aware(
        datetime.datetime.combine(datetime.date.fromisoformat(day), datetime.time(hour, minute % 60))
    )


def told_parts(row: dict) -> dict:
    """One letter of demo.yaml by the parts of the form; its body is three paragraphs, or two that turn at TURN."""
    body = row["body"].strip().split("\n")
    if len(body) == 2:
        before, turn, after = body[1].partition(TURN)
        body[1:] = [before, turn + after]
    plea, *close = row["closing"].strip().split("\n")
    vows = row["vows"]
    return {
        "style": row["style"],
        "salutation": row["salutation"],
        "who_i_am": body[0],
        "why_you": body[1],
        "wish": body[2],
        "vow_1": vows[0],
        "vow_2": vows[1],
        "vow_3": vows[2],
        "plea": plea,
        "close": " ".join(close),
        "sign": row["sign"],
        "post": row["post"],
    }


def told_reply(row: dict) -> dict:
    """One reply of demo.yaml: its last two lines are signature and date; a first lesson stands on its own."""
    text = row["text"].strip().split("\n")[0]
    text, _, lesson = text.partition(FIRST_LESSON)
    return {"answered": row["date"], "reply": text, "first_lesson": lesson.rstrip("。")}


def further_parts(pairing: Pairing, row: dict) -> dict:
    """One letter of letters.yaml; what it does not say is as a new letter begins."""
    own = {name: row[name] for name in ("style", "salutation", "who_i_am", "why_you", "wish", "plea") if name in row}
    own |= {f"vow_{number}": vow for number, vow in enumerate(row["vows"], 1)}
    begun = beginnings(pairing)
    name = pairing.mentee.secretary.name
    signs = {"plain": f"学生 {name} 敬上", "semi_classical": f"后学 {name} 谨呈", "short": f"徒弟 {name}"}
    close = row.get("close") or ("此致 敬礼" if row["style"] == "short" else "敬颂 教安")
    return begun | own | {"sign": signs[row["style"]], "close": close}


def handwritten(lines: list[str]) -> io.BytesIO:
    """A photograph of a note, as a mentor would send it: ruled paper, blue-black ink."""
    font = ImageFont.truetype(str(next(FONTS.glob("*.ttf"))), 44)
    sheet = Image.new("RGB", (900, 1200), "#f4efe2")
    draw = ImageDraw.Draw(sheet)
    for y in range(140, 1160, 78):
        draw.line((60, y, 840, y), fill="#c9bfa8", width=2)
    y = 84
    for number, line in enumerate(lines):
        last = number == len(lines) - 1
        indent = 0 if number == 0 else 2
        rest = line
        while rest:
            take = 17 - indent
            x = 660 if last else 64 + 44 * indent
            draw.text((x, y), rest[:take], font=font, fill="#27344f")
            rest, indent, y = rest[take:], 0, y + 78
    out = io.BytesIO()
    sheet.rotate(0.8, fillcolor="#8c8477", expand=True).save(out, "JPEG", quality=85)
    out.seek(0)
    return out
