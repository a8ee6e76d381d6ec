"""Logs as a spreadsheet, for the studio. Sensitive ones are never in it, whoever asks."""

from django.utils.translation import gettext as _

from mentorship.common.spreadsheets import write_table

from .models import Attendance, TeachingLog


def logs_xlsx(logs) -> bytes:
    """One row a log, in the order given; `logs` is a queryset of TeachingLog."""
    heading = [
        _("日期"), _("师傅"), _("到场"), _("缺席"), _("种类"), _("方式"), _("时长（分钟）"), _("地点"), _("领域"), _("题目"),
        _("经过"), _("师傅一句话"), _("要紧"), _("师傅确认"),
    ]  # fmt: skip
    return write_table(_("教学日志"), heading, (cells_of(log) for log in logs.searchable().for_lists()))


def names_of(rows: list[Attendance]) -> str:
    return "、".join(str(row.mentee) for row in rows)


def cells_of(log: TeachingLog) -> list:
    people = list(log.attendance.all())
    return [
        log.date.isoformat(), str(log.mentor), names_of([row for row in people if row.present]),
        names_of([row for row in people if not row.present]), log.get_kind_display(), log.get_mode_display(),
        log.minutes, log.place, "、".join(str(subject) for subject in log.subjects.all()), log.title, log.text,
        log.advice, _("是") if log.important else "", _("是") if log.confirmed_at else _("待确认"),
    ]  # fmt: skip
