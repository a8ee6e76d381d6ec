"""Logs, reflections, homework, drafts and photographed pages."""

from django.urls import reverse
from django.utils.translation import gettext as _

from cohorts.models import Pairing
from evaluations.logs.choices import HomeworkState, ReflectionState
from evaluations.logs.models import Draft, DraftKind, Homework, Reflection, TeachingLog
from mentorship.accounts.permissions import Permission
from mentorship.common.templatetags.wording import short_date

from .items import MOST, Reader, Todo

WRITTEN_AT = {
    DraftKind.COACHING: ("logs:write", ""),
    DraftKind.SESSION: ("logs:write", "?kind=session"),
    DraftKind.REFLECTION: ("logs:reflection_write", ""),
}


def practice(reader: Reader) -> list[Todo]:
    found = []
    if reader.can(Permission.MENTOR_HOME):
        found += [*logs_to_confirm(reader), *reflections_to_mark(reader), *homework_to_mark(reader)]
    if reader.can(Permission.MENTEE_HOME):
        found += [*homework_to_do(reader), *reflections_begun(reader)]
    if reader.can(Permission.LOG_EDIT):
        found += [*logs_to_transcribe(reader), *logs_to_acknowledge(reader)]
    return found + drafts(reader)


def logs_to_confirm(reader: Reader) -> list[Todo]:
    rows = TeachingLog.objects.filter(studio=reader.studio, mentor__secretary__user=reader.user.pk).to_confirm()
    return [
        Todo(None, _("替您记的日志，请确认"), f"{short_date(row.date)} {row.title}".strip(),
             reverse("logs:log", args=[row.pk]), _("去看看"), soft=True)
        for row in rows.order_by("date")[:MOST]
    ]  # fmt: skip


def mine_now(reader: Reader):
    return (
        Pairing.objects.current().filter(studio=reader.studio, mentor__secretary__user=reader.user.pk).values("mentee")
    )


def reflections_to_mark(reader: Reader) -> list[Todo]:
    rows = Reflection.objects.visible_to(reader.user).to_answer().filter(mentee__in=mine_now(reader))
    return [
        Todo(None, _("%(name)s的心得") % {"name": row.mentee}, row.title or _("看过批一句就好"),
             reverse("logs:reflection_answer", args=[row.pk]), _("去批"), soft=True)
        for row in rows.select_related("mentee__secretary").order_by("handed_in_at")[:MOST]
    ]  # fmt: skip


def homework_to_mark(reader: Reader) -> list[Todo]:
    rows = Homework.objects.visible_to(reader.user).to_answer().filter(mentee__in=mine_now(reader))
    return [
        Todo(None, _("%(name)s的作业") % {"name": row.mentee}, row.task,
             reverse("logs:homework_answer", args=[row.pk]), _("去批"), soft=True)
        for row in rows.select_related("mentee__secretary").order_by("handed_in_on", "created_at")[:MOST]
    ]  # fmt: skip


def homework_to_do(reader: Reader) -> list[Todo]:
    rows = Homework.objects.filter(
        studio=reader.studio, mentee__secretary__user=reader.user.pk, state=HomeworkState.OPEN
    )
    return [
        Todo(row.due, _("交作业"), row.task, reverse("logs:homework_hand_in", args=[row.pk]), _("交作业"), soft=True)
        for row in rows.order_by("due", "set_on")[:MOST]
    ]


def reflections_begun(reader: Reader) -> list[Todo]:
    rows = Reflection.objects.filter(
        studio=reader.studio, mentee__secretary__user=reader.user.pk, state=ReflectionState.DRAFT
    )
    return [
        Todo(None, _("师傅请再写一写") if row.was_sent_back else _("心得的草稿，还没有交"),
             row.title or short_date(row.date), reverse("logs:reflection_edit", args=[row.pk]), _("接着写"), soft=True)
        for row in rows.order_by("-date")[:MOST]
    ]  # fmt: skip


def logs_to_transcribe(reader: Reader) -> list[Todo]:
    rows = TeachingLog.objects.visible_to(reader.user).filter(studio=reader.studio).standing().to_transcribe()
    return [
        Todo(None, _("笔记照片待誊写"), f"{row.mentor} {short_date(row.date)}",
             reverse("logs:transcribe", args=[row.pk]), _("去誊写"))
        for row in rows.select_related("mentor__secretary").order_by("date")[:MOST]
    ]  # fmt: skip


def logs_to_acknowledge(reader: Reader) -> list[Todo]:
    rows = TeachingLog.objects.visible_to(reader.user).standing()
    rows = rows.filter(studio=reader.studio, important=True, studio_ack_at=None)
    return [
        Todo(None, _("要紧的日志，请看"), f"{row.mentor} {short_date(row.date)}",
             reverse("logs:log", args=[row.pk]), _("去看看"))
        for row in rows.select_related("mentor__secretary").order_by("date")[:MOST]
    ]  # fmt: skip


def drafts(reader: Reader) -> list[Todo]:
    """What was begun on some device and not sent; of logs, only in one's own name."""
    rows = Draft.objects.visible_to(reader.user).order_by("-saved_at")
    found = []
    for row in rows[:MOST]:
        name, query = WRITTEN_AT[row.form]
        url = reverse(name) + query
        found.append(Todo(None, _("没写完的草稿"), row.get_form_display(), url, _("接着写"), soft=True))
    return found
