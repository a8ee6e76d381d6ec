"""The minutes as they are printed, and the register as a table."""

import datetime
from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _

from cohorts.meetings.choices import MeetingKind
from cohorts.meetings.models import ActionItem, Minutes
from mentorship.common.pdf import pdf_of
from mentorship.common.spreadsheets import write_table
from mentorship.places.models import Studio

COUNTED = "一二三四五六七八九十"


def in_figures(number: int) -> str:
    """1 -> 一, 12 -> 十二; up to 99."""
    tens, ones = divmod(number, 10)
    head = "" if tens == 0 else ("十" if tens == 1 else f"{COUNTED[tens - 1]}十")
    return head + (COUNTED[ones - 1] if ones else "")


def long_day(iso: str) -> str:
    day = datetime.date.fromisoformat(iso)
    return f"{day.year}年{day.month}月{day.day}日"


def sheet_of(studio: Studio, body: dict[str, Any], issued: datetime.date | None = None) -> dict[str, Any]:
    """The paper in Chinese, part by part: heading, number, title, facts [(label, words)], parts [(heading, lines)],
    issued_to, issuer, date. domain.md §2.16 and §7."""
    seminar = body["kind"] == MeetingKind.SEMINAR
    absent = "、".join(
        f"{each['name']}（{each['reason']}）" if each["reason"] else each["name"] for each in body["absent"]
    )
    facts = [
        ("时间", f"{long_day(body['date'])}{body['starts_at']}至{body['ends_at']}"),
        ("地点", body["place"]),
        ("主持", body["chair"]),
        ("出席", "、".join(body["present"])),
        ("列席", "、".join(body["guests"])),
        ("缺席", absent),
        ("应到实到", f"应到{body['due']}，实到{len(body['present'])}"),
        ("记录", body["recorder"]),
    ]
    parts = [
        ("议程", body["agenda"]),
        ("发言要点", [f"{each['name']}：{each['text']}" for each in body["speeches"]]),
        ("形成共识" if seminar else "共识", body["consensus"]),
        ("议定事项", body["decisions"]),
        ("未统一", body["open"]),
        ("落实分工", [item_line(each) for each in body["items"]]),
    ]
    return {
        "issuer": studio.name,
        "heading": "带教研讨纪要" if seminar else "工作例会纪要",
        "number": body["number"],
        "title": body["title"],
        "facts": [(label, words) for label, words in facts if words],
        "parts": [
            (f"{in_figures(place)}、{heading}", [f"（{in_figures(n)}）{line}" for n, line in enumerate(lines, 1)])
            for place, (heading, lines) in enumerate([part for part in parts if part[1]], 1)
        ],
        "issued_to": body["issued_to"],
        "date": long_day(issued.isoformat()) if issued else "",
    }


def item_line(item: dict[str, Any]) -> str:
    helpers = f"，{'、'.join(item['helpers'])}配合" if item["helpers"] else ""
    return f"{item['text']}：{item['owner']}牵头{helpers}，{long_day(item['due'])}前办好"


def minutes_pdf_of(minutes: Minutes) -> bytes:
    """A4 in the office format, with version and digest in its foot."""
    sheet = sheet_of(minutes.studio, minutes.body, minutes.date)
    version = f"第{minutes.version}版，" if minutes.version > 1 else ""
    return pdf_of("minutes", sheet | {"foot": f"{version}指纹{minutes.digest[:16]}"})


def items_table_of(rows: Sequence[ActionItem]) -> bytes:
    heading = [_("会议"), _("日期"), _("序号"), _("事项"), _("牵头"), _("配合"), _("期限"), _("状态"), _("进展")]
    lines = [
        [str(row.meeting), row.meeting.date, row.number, row.text, str(row.owner),
         "、".join(str(each) for each in row.helpers.all()), row.due, row.get_state_display(), row.progress]
        for row in rows
    ]  # fmt: skip
    return write_table(str(_("议定事项")), [str(each) for each in heading], lines)
