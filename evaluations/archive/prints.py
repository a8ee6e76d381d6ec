"""The papers that leave the studio: one person's file, and the keepsake. In Chinese, whoever prints them.

What is printed is what the reader may see; a sensitive log is never in it.
"""

import datetime
import io
from dataclasses import fields
from typing import Any

from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from PIL import Image

from cohorts.models import Mentee
from mentorship.accounts.models import User
from mentorship.common.dates import in_chinese, lunar_line
from mentorship.common.images import UNREADABLE
from mentorship.common.pdf import pdf_of
from mentorship.common.templatetags.wording import long_date, moment, month_year

from .choices import PartState
from .models import BoundFile
from .queries import Item, Line, MentoringFile, Picture, compared, keepsake_items

LONGEST = 900  # pixels of a picture on paper: 80 mm wide at a good 250 dots an inch
CHINESE = "zh-hans"


class Album:
    """The pictures of one print, by the plain names under which the page finds them."""

    def __init__(self):
        self.files: dict[str, bytes] = {}

    def add(self, picture: Picture) -> dict[str, str]:
        content = small_jpeg(picture.file)
        name = f"p{len(self.files) + 1}.jpg" if content else ""
        if content:
            self.files[name] = content
        return {"name": name, "words": picture.words, "instead": _("照片打不开")}


def small_jpeg(file) -> bytes:
    """The picture small enough for paper; nothing when it is gone or can't be read."""
    try:
        with file.open("rb") as stream, Image.open(stream, formats=("JPEG",)) as picture:
            picture.draft("RGB", (LONGEST, LONGEST))
            picture.thumbnail((LONGEST, LONGEST))
            out = io.BytesIO()
            picture.convert("RGB").save(out, "JPEG", quality=82)
            return out.getvalue()
    except UNREADABLE:
        return b""


def paper_of(item: Item, album: Album) -> dict[str, Any]:
    """An Item as the template takes it: texts only."""
    paper = {part.name: getattr(item, part.name) for part in fields(item)}
    if item.letter:
        paper["letter"] = item.letter | {"words": {"first_lesson": _("第一课："), "rules": _("规矩：")}}
    paper["date"] = long_date(item.date) if item.date else ""
    paper["pictures"] = [album.add(picture) for picture in item.pictures]
    return paper


def printed_line(by: User) -> str:
    who = f"{by.acting_user}（{by}）" if by.acting_user else str(by)
    return _("打印人：%(who)s　打印时间：%(at)s") % {"who": who, "at": moment(timezone.now())}


def file_pdf(mentee: Mentee, *, by: User) -> bytes:
    """带教档案 of one person as `by` may see it, with who printed it and when on every page."""
    with translation.override(CHINESE):
        file, album = MentoringFile(mentee, by), Album()
        bound = last_bound(mentee)
        data = {
            "title": _("%(name)s带教档案") % {"name": mentee},
            "studio": str(mentee.studio),
            "cohort": str(mentee.cohort),
            "name": str(mentee),
            "number": bound.file_number if bound else _("还没有立卷"),
            "printed": printed_line(by),
            "printed_by": str(by.acting_user or by),
            "words": words(),
            "cover": cover_of(file, bound),
            "notice": "" if file.look.is_studio else _("本人查阅件，不含工作室保管的材料。"),
            "catalogue": [catalogue_row(line) for line in file.lines],
            "missing": [[line.part.no, str(line.part.title), str(line.part.advice)] for line in file.missing],
            "parts": [
                {"code": line.part.code, "no": line.part.no, "title": str(line.part.title),
                 "items": [paper_of(item, album) for item in line.items]}
                for line in file.present
            ],
            "closing": closing_of(file, bound),
            "digests": [],
            "digest": "",
            "signs": signs_of(bound),
        }  # fmt: skip
        if file.look.is_studio:
            data["digests"] = [row | {"count": str(row["count"])} for row in file.as_bound() if row["count"]]
            data["digest"] = file.digest
        return pdf_of("file", data, album.files)


def name_of_file(mentee: Mentee) -> str:
    with translation.override(CHINESE):
        return _("%(name)s带教档案") % {"name": mentee.secretary.name}


def name_of_keepsake(mentee: Mentee) -> str:
    with translation.override(CHINESE):
        return _("%(name)s的带教留念") % {"name": mentee.secretary.name}


def last_bound(mentee: Mentee) -> BoundFile | None:
    rows = BoundFile.objects.filter(mentee=mentee).select_related("studio", "cohort", "bound_by", "checked_by")
    return rows.order_by("-number").first()


def words() -> dict[str, str]:
    return {
        "file": _("带教档案"), "catalogue": _("卷内目录"), "no": _("序号"), "title": _("材料名称"), "count": _("件数"),
        "by": _("责任者"), "date": _("形成日期"), "at": _("页码"), "note": _("备注"), "missing": _("缺的材料"),
        "colon": _("："), "closing": _("备考表"), "pages": _("总页数"), "digests": _("各件指纹"), "total": _("总指纹"),
        "digests_words": _("每一部分内容算出的SHA-256。改动一个字，指纹就不同。"),
        "page": _("第{n}页，共{all}页"),
    }  # fmt: skip


def cover_of(file: MentoringFile, bound: BoundFile | None) -> list[tuple[str, str]]:
    mentee, pair = file.mentee, file.pair
    since = file.paired_since or mentee.cohort.starts
    until = (pair.ends if pair else None) or mentee.cohort.ends
    rows = [
        (_("居民区"), f"{mentee.secretary.community.subdistrict}{mentee.secretary.community}"),
        (_("师傅"), str(pair.mentor) if pair else ""),
        (_("起止"), _("%(start)s至%(end)s") % {"start": month_year(since), "end": month_year(until)}),
        (_("档号"), bound.file_number if bound else _("还没有立卷")),
    ]
    if bound:
        rows += [
            (_("立卷"), _("第%(n)s次，%(day)s") % {"n": bound.number, "day": long_date(bound.bound_on)}),
            (_("保管到"), long_date(bound.retain_until)),
            (_("立卷人"), str(bound.bound_by)),
            (_("检查人"), str(bound.checked_by or _("还没有检查"))),
        ]
    return rows


def catalogue_row(line: Line) -> dict[str, Any]:
    printed = line.state == PartState.PRESENT
    first, last = line.days if printed else (None, None)
    days = "–".join(dict.fromkeys(day_number(day) for day in (first, last) if day))
    return {
        "code": line.part.code, "no": line.part.no, "title": str(line.part.title), "printed": printed,
        "count": str(line.count) if printed else "", "by": line.makers if printed else "", "date": days,
        "missing": line.is_missing, "note": "" if printed else str(line.state.label),
    }  # fmt: skip


def day_number(day: datetime.date) -> str:
    """The eight digits of a catalogue."""
    return f"{day:%Y%m%d}"


def closing_of(file: MentoringFile, bound: BoundFile | None) -> list[tuple[str, str]]:
    total = sum(line.count for line in file.present)
    rows = [
        (_("材料"), _("%(parts)s类，%(papers)s件") % {"parts": len(file.present), "papers": total}),
        (_("缺的材料"), "、".join(str(line.part.title) for line in file.missing) or _("没有")),
    ]
    if bound and file.look.is_studio:
        changed = [row.title for row in compared(bound) if row.changed]
        rows.append((_("立卷以后改动的"), "、".join(changed) or _("没有")))
    return rows


def signs_of(bound: BoundFile | None) -> list[tuple[str, str]]:
    binder = str(bound.bound_by) if bound else ""
    checker = str(bound.checked_by or "") if bound else ""
    return [(_("立卷人"), binder), (_("检查人"), checker), (_("日期"), "")]


def keepsake_pdf(mentee: Mentee) -> bytes:
    """What an apprentice takes home: the letter with its reply, and the days they were taught."""
    with translation.override(CHINESE):
        album = Album()
        letter, logs = keepsake_items(mentee)
        file = MentoringFile(mentee)
        count = ngettext("%(n)s次带教", "%(n)s次带教", len(logs)) % {"n": len(logs)}
        data = {
            "title": _("%(name)s的带教留念") % {"name": mentee},
            "name": mentee.secretary.name,
            "mentor": file.pair.mentor.secretary.name if file.pair else "",
            "studio": str(mentee.studio),
            "cohort": str(mentee.cohort),
            "made_on": [in_chinese(mentee.studio.today()), lunar_line(mentee.studio.today())],
            "words": {
                "keepsake": _("带教留念"), "master": _("师傅"), "apprentice": _("徒弟"), "letter": _("拜师帖"),
                "reply": _("收徒回帖"),
                "days": _("一起走过的日子"), "count": count, "page": _("第{n}页"),
                "no_letter": _("拜师帖还没有呈递。"), "no_days": _("还没有可以带走的日志。"),
            },
            "letter": paper_of(letter, album)["letter"] if letter else None,
            "logs": [paper_of(item, album) for item in logs],
        }  # fmt: skip
        return pdf_of("keepsake", data, album.files)
