"""Papers of the daily work: teaching logs, reflections, homework, and the pictures of the logs.

A sensitive log never leaves the studio (domain.md §7), and neither does what was written or set because of it.
"""

from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from evaluations.logs.choices import Privacy
from evaluations.logs.models import Homework, LogPhoto, Reflection, TeachingLog
from mentorship.common.templatetags.wording import long_date

from .base import Item, Look, Picture, Source, digest_of_file, each, kept, label, worded

HARMLESS = Q(log=None) | Q(log__sensitive=False)
REFLECTION = ["date", "title", "text", "one_event", "one_number", "one_regret", "state", "mark", "comment"]
HOMEWORK = ["task", "set_on", "due", "state", "answer", "handed_in_on", "mark", "comment"]


def logs():
    rows = TeachingLog.objects.standing().searchable().for_lists().prefetch_related("photos")
    return rows.order_by("date", "created_at", "pk")


def show_log(row: TeachingLog, look: Look) -> Item:
    mine, others = attendance_of(row, look)
    facts = [(_("师傅"), str(row.mentor)), *worded(row, ["place", "materials", "weather"])]
    subjects = "、".join(str(subject) for subject in row.subjects.all())
    facts += [(_("领域"), subjects)] if subjects else []
    facts.append((_("到场"), presence(mine, others)))
    pictures = len(row.photos.all())
    facts += [(_("照片"), ngettext("%(n)s张", "%(n)s张", pictures) % {"n": pictures})] if pictures else []
    texts = [("", row.text or _("看笔记本页，还没有誊写。"))]
    texts += worded(row, ["questions", "highlights", "problems", "improve"])
    texts += [(_("学员补充"), mine.own_words)] if mine and mine.own_words else []
    meta = [row.get_kind_display(), row.get_mode_display(), minutes(row.minutes)]
    meta += [] if row.confirmed_at else [_("待师傅确认")]
    return Item(
        row.title or str(row.get_mode_display()), row.date, str(row.mentor), " · ".join(map(str, meta)), facts=facts, brief=True,
        texts=texts, note=row.advice, note_by=str(row.mentor),
    )  # fmt: skip


def attendance_of(row: TeachingLog, look: Look):
    """Their own, and how many others: of these a file says no more."""
    people = list(row.attendance.all())
    mine = next((person for person in people if person.mentee_id == look.mentee.pk), None)
    return mine, len(people) - bool(mine)


def presence(mine, others: int) -> str:
    words = _("到场") if mine is None or mine.present else _("缺席")
    if mine and mine.absent_reason:
        words += _("（%(reason)s）") % {"reason": mine.absent_reason}
    if others:
        words += _("，") + ngettext("同场另有%(n)s名", "同场另有%(n)s名", others) % {"n": others}
    return words


def minutes(n: int) -> str:
    return ngettext("%(n)s分钟", "%(n)s分钟", n) % {"n": n}


def log_facts(row: TeachingLog, look: Look) -> dict:
    mine, _others = attendance_of(row, look)
    return kept(row, TeachingLog.WORDS) | {
        "mentor": row.mentor_id,
        "subjects": sorted(subject.code for subject in row.subjects.all()),
        "attendance": kept(mine, ["present", "absent_reason", "own_words"]) if mine else None,
    }


def show_reflection(row: Reflection, look: Look) -> Item:
    texts = [("", row.text)] if row.text else []
    texts += worded(row, ["one_event", "one_number", "one_regret"])
    return Item(
        row.title or _("学习心得"), row.date, str(row.mentee), str(row.get_mark_display()), texts=texts,
        note=row.comment, note_by=str(row.commented_by or ""),
    )  # fmt: skip


def show_homework(row: Homework, look: Look) -> Item:
    files = list(row.files.all())
    facts = [(label(Homework, name), long_date(getattr(row, name))) for name in ("set_on", "due", "handed_in_on")]
    facts = [(name, words) for name, words in facts if words] + worded(row, ["state", "mark"])
    facts += [(_("文件"), "、".join(file.name for file in files))] if files else []
    return Item(
        row.task, row.set_on, str(row.mentee), facts=facts, brief=True, texts=worded(row, ["answer"]), note=row.comment,
        note_by=str(row.commented_by or ""), pictures=[Picture(file.file, file.name) for file in files if file.is_picture],
    )  # fmt: skip


def homework_facts(row: Homework, look: Look) -> dict:
    return kept(row, HOMEWORK) | {"files": [[file.name, digest_of_file(file.file)] for file in row.files.all()]}


def photos():
    return (
        LogPhoto.objects.filter(log__voided_at=None, log__sensitive=False)
        .select_related("log")
        .order_by("log__date", "log__created_at", "order")
    )


def show_album(rows: list[LogPhoto], look: Look) -> list[Item]:
    pictures = [
        Picture(row.image, f"{long_date(row.log.date)} {row.log.title or row.log.get_mode_display()}") for row in rows
    ]
    return [Item(_("日志照片"), by=_("师傅"), pictures=pictures)] if rows else []


LOGS = Source(logs, each(show_log), log_facts, owner="attendance__mentee")
REFLECTIONS = Source(
    lambda: (
        Reflection.objects.handed_in()
        .filter(HARMLESS)
        .select_related("mentee__secretary", "commented_by")
        .order_by("date", "created_at")
    ),
    each(show_reflection),
    lambda row, look: kept(row, REFLECTION),
)
HOMEWORKS = Source(
    lambda: (
        Homework.objects.filter(HARMLESS)
        .select_related("mentee__secretary", "commented_by")
        .prefetch_related("files")
        .order_by("set_on", "created_at")
    ),
    each(show_homework),
    homework_facts,
)
PHOTOS = Source(
    photos,
    show_album,
    lambda row, look: kept(row, ["log", "kind", "order"]) | {"file": digest_of_file(row.image)},
    owner="log__attendance__mentee",
)


def sharable_logs(mentee):
    """What the apprentice may take home: neither sensitive nor for the studio alone, and they were there."""
    return logs().exclude(privacy=Privacy.STUDIO).filter(attendance__mentee=mentee, attendance__present=True)
