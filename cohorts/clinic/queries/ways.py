"""What the reader of a case may do now, the most urgent first. One of them at most is the page's first button."""

import datetime
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from cohorts.clinic.access import hands_of
from cohorts.clinic.choices import CaseState, NoteKind
from cohorts.clinic.models import CaseNote, PlanStep
from mentorship.accounts.permissions import Permission

from .case import Reader


@dataclass(frozen=True)
class Way:
    """`first`: worth the page's one filled button."""

    name: str
    words: str
    icon: str
    first: bool = False
    post: bool = False


def ways_of(reader: Reader, notes: Iterable[CaseNote], steps: Iterable[PlanStep], given: int) -> list[Way]:
    case, notes, steps = reader.case, list(notes), list(steps)
    if case.state in (CaseState.DRAFT, CaseState.WAITING):
        ways = before_it(reader)
    elif case.state == CaseState.CONSULTING:
        ways = while_asked(reader, given)
    elif case.state == CaseState.CLOSED:
        ways = after_all(reader, notes)
    else:
        ways = under_way(reader, notes, steps)
    return one_first([*ways, *to_seminar(reader)])


def to_seminar(reader: Reader) -> Iterator[Way]:
    """A case whose opinions are open makes a seminar's topic; a sensitive one never does."""
    case = reader.case
    if case.is_released and not case.sensitive and reader.user.can(Permission.MEETING_EDIT, case.studio_id):
        yield Way("seminar", _("拿到研讨会上讲"), "people")


def one_first(ways: Iterable[Way]) -> list[Way]:
    found, taken = [], False
    for way in ways:
        found.append(replace(way, first=way.first and not taken))
        taken = taken or way.first
    return sorted(found, key=lambda way: not way.first)


def before_it(reader: Reader) -> Iterator[Way]:
    draft = reader.case.is_draft
    if reader.office and not draft:
        yield Way("triage", _("分诊，请师傅会诊"), "people", first=True)
        yield Way("send_back", _("退回补充"), "undo")
    if reader.presents or reader.filed or reader.edits:
        yield Way("edit", _("接着写") if draft else _("修改"), "log", first=draft)
        if draft:
            yield Way("discard", _("不写了，删去"), "close")
        elif reader.presents or reader.filed:
            yield Way("take_back", _("撤回来改"), "undo")


def while_asked(reader: Reader, given: int) -> Iterator[Way]:
    case = reader.case
    if case.is_released:
        if reader.carries:
            yield Way("plan", _("理出合议的办法"), "list", first=True)
        if reader.office:
            yield from outside(reader)
        return
    if reader.office:
        if given:
            yield Way("release", _("公开意见，合议"), "mail", first=case.is_late(case.studio.today()))
        yield Way("triage", _("再请一位"), "people")
        yield from outside(reader)


def outside(reader: Reader) -> Iterator[Way]:
    if not reader.case.sensitive:
        yield Way("invite", _("外请部门或专家"), "mail")
    yield Way("escalate", _("转上级"), "upload")


def under_way(reader: Reader, notes: list[CaseNote], steps: list[PlanStep]) -> Iterator[Way]:
    case = reader.case
    if reader.answers:
        yield Way("answer", _("记上级的答复"), "mail", first=True)
    if case.awaits_close and reader.edits and not {case.presenter.user_id, case.reported_by_id} & hands_of(reader.user):
        yield Way("close", _("看过了，销号"), "check", first=True)
    if reader.carries:
        if case.state == CaseState.ACTING:
            all_done = bool(steps) and all(step.done_on for step in steps)
            yield Way("settle", _("办法都落实了"), "check", first=all_done)
            yield Way("plan", _("改办法") if steps else _("理出合议的办法"), "log", first=not steps)
        if case.state == CaseState.FOLLOWING:
            if checks_due(reader, notes):
                yield Way("check", pgettext("case", "记回访"), "calendar", first=True)
            if not case.awaits_close:
                yield Way("report", _("报办结"), "check", first=True)
        yield Way("note", _("记一笔跟踪"), "log")
    if reader.office and case.state != CaseState.ESCALATED:
        yield from outside(reader)


def after_all(reader: Reader, notes: list[CaseNote]) -> Iterator[Way]:
    if reader.carries and checks_due(reader, notes):
        yield Way("check", pgettext("case", "记回访"), "calendar", first=True)
    if not reader.presents and not reader.filed and not reader.office:
        yield Way("helped", pgettext("case", "对我有用"), "check", first=True, post=True)
    if reader.draws:
        yield Way("new_card", _("写成案例卡"), "file", first=reader.office)
    if reader.presents or reader.edits or reader.teaches:
        yield Way("reopen", _("又反复了，重新打开"), "undo")


def checks_due(reader: Reader, notes: list[CaseNote]) -> list[str]:
    """Which of the checks after 30 and 90 days can be made today."""
    case = reader.case
    if case.settled_on is None:
        return []
    made = {note.kind for note in notes if note.turn == case.reopened}
    passed = case.studio.today() - case.settled_on
    return [
        kind for kind, days in NoteKind.checks().items() if passed >= datetime.timedelta(days=days) and kind not in made
    ]
