"""How letter and reply stand on the folded paper, as plain lines: the page, the preview and the PDF read the same ones.

The paper is Chinese in either language of the site, so nothing here is translated.
"""

import datetime
from dataclasses import dataclass, field
from typing import ClassVar

from mentorship.common.dates import in_chinese, lunar_line

from .choices import Style

FOOTER = "拜师重在学艺与作风，不收礼、不宴请"
TITLE = "拜师帖"
VOWS_ARE = {Style.PLAIN: "我和您约定三条：", Style.SEMI_CLASSICAL: "谨立三约：", Style.SHORT: "三条约定："}
ORDINALS = "一二三"
SEASONS = {"正": "春", "二": "春", "三": "春", "四": "夏", "五": "夏", "六": "夏", "七": "秋", "八": "秋", "九": "秋"}
GENUINE = "查验无误"  # on the seal of the page that verifies
CLOSED = "：:，,。.；;！!？?"
# By the number of columns that letter and reply take up: from here on the print is set smaller to stay on one sheet.
LONG, LONGER, LONGEST = 15, 25, 33
ROWS = 24  # characters in a column of the printed sheet, roughly


@dataclass(frozen=True)
class Line:
    """kind: salute, body, flat, sign or small. `seal` are the characters of the name seal after a signature.

    A line breaks before its `tail` rather than inside it.
    """

    text: str
    kind: str = "body"
    seal: str = ""
    tail: str = ""

    @property
    def whole(self) -> str:
        return f"{self.text}　{self.tail}" if self.tail else self.text

    @property
    def columns(self) -> int:
        return -(-(len(self.whole) + (2 if self.kind == "body" else 0) + (4 if self.seal else 0)) // ROWS) or 1


@dataclass(frozen=True)
class Sheet:
    TITLE: ClassVar = TITLE
    FOOTER: ClassVar = FOOTER
    WAITING: ClassVar = "回帖写在这里"
    CODE: ClassVar = "查验码"

    season: str
    letter: list[Line]
    reply: list[Line] = field(default_factory=list)
    stamped: bool = False  # the writer has signed
    answered: bool = False  # the mentor has signed
    waits: bool = False  # the fold for the reply is there, and empty

    @property
    def size(self) -> str:
        """The class that sets a long letter smaller in print."""
        columns = sum(line.columns for line in [*self.letter, *self.reply])
        sizes = [(LONGEST, "letter-longest"), (LONGER, "letter-longer"), (LONG, "letter-long")]
        return next((name for least, name in sizes if columns > least), "")


def seal_text(name: str) -> str:
    """Four characters where it can be: 何嘉怡印, 丁凯之印. A longer name gives its first four."""
    letters = "".join(character for character in name if character.isalnum())
    if len(letters) == 3:
        return f"{letters}印"
    return f"{letters}之印" if len(letters) == 2 else letters[:4]


def season_of(day: datetime.date) -> str:
    """戊戌年秋; empty where the lunar table ends."""
    year, _, rest = lunar_line(day).removeprefix("农历").partition("年")
    month = rest.removeprefix("闰")[:1]
    return f"{year}年{SEASONS.get(month, '冬')}" if year else ""


def lunar_of(day: datetime.date) -> str:
    return lunar_line(day).removeprefix("农历")


def paragraphs(text: str) -> list[Line]:
    return [Line(part.strip()) for part in text.splitlines() if part.strip()]


def addressed(text: str) -> list[Line]:
    """A salutation ends in a colon, whether it was typed or not."""
    text = text.strip()
    return [Line(text if text.endswith(tuple(CLOSED)) else f"{text}：", "salute")] if text else []


def dated(day: datetime.date | None) -> list[Line]:
    """二〇一八年八月十五日　戊戌年七月初五."""
    return [Line(in_chinese(day), "sign", tail=lunar_of(day))] if day else []


def letter_lines(letter, *, name: str, studio: str, day: datetime.date | None) -> list[Line]:
    """`name` is the writer's, for the seal; `studio` stands as witness; `day` is shown in place of a missing date."""
    vows = [vow.strip() for vow in (letter.vow_1, letter.vow_2, letter.vow_3) if vow.strip()]
    lines = addressed(letter.salutation)
    for text in (letter.who_i_am, letter.why_you, letter.wish):
        lines += paragraphs(text)
    if vows:
        lines.append(Line(VOWS_ARE[Style(letter.style)]))
        lines += [Line(f"{ORDINALS[n]}、{vow.rstrip(CLOSED)}。") for n, vow in enumerate(vows)]
    lines += paragraphs(letter.plea)
    lines += [Line(part, "flat") for part in letter.close.split()]
    if letter.sign.strip():
        lines.append(Line(letter.sign.strip(), "sign", seal_text(name)))
    if letter.post.strip():
        lines.append(Line(letter.post.strip(), "small"))
    lines += dated(letter.date or day)
    if letter.introducer.strip():
        lines.append(Line("引荐", "small", tail=letter.introducer.strip()))
    return [*lines, Line("见证", "small", tail=studio)]


def reply_lines(reply, *, name: str) -> list[Line]:
    lines = addressed(reply.addressee) + paragraphs(reply.text)
    if reply.first_lesson.strip():
        lines.append(Line(f"第一课：{reply.first_lesson.strip().rstrip(CLOSED)}。"))
    if reply.rules.strip():
        lines.append(Line(f"先说好：{reply.rules.strip().rstrip(CLOSED)}。"))
    lines.append(Line(reply.sign.strip() or name, "sign", seal_text(name)))
    return lines + dated(reply.date)


def witness_of(studio) -> str:
    return f"{studio.organizer}（书记工作室）" if studio.organizer else studio.name


def sheet_of(letter, reply=None) -> Sheet:
    """The paper as it is now. `reply` is the one that this reader may see, or None."""
    pairing = letter.pairing
    today = letter.studio.today()
    return Sheet(
        season=season_of(letter.date or today),
        letter=letter_lines(
            letter,
            name=pairing.mentee.secretary.name,
            studio=witness_of(letter.studio),
            day=None if letter.date else today,
        ),
        reply=reply_lines(reply, name=pairing.mentor.secretary.name) if reply and reply.sent_at else [],
        stamped=letter.handed_in_at is not None,
        answered=bool(reply and reply.sent_at),
        waits=letter.handed_in_at is not None and not (reply and reply.sent_at),
    )
