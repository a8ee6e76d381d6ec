"""The page of one case: who reads it, what they see, and how far the case has come."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Exists, OuterRef
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from cohorts.clinic.access import consult_of, is_presenter, mentors_presenter
from cohorts.clinic.choices import CaseState, Level, NoteKind
from cohorts.clinic.models import Case, CaseCard, CaseFile, CaseNote, Consult, Opinion
from mentorship.accounts.models import User
from mentorship.accounts.permissions import Permission
from mentorship.common.templatetags.wording import short_date

# What of a case's course is told to those who read a closed case as a lesson.
LESSON_NOTES = {NoteKind.SETTLED, NoteKind.NOTE, *NoteKind.checks()}


@dataclass(frozen=True)
class Reader:
    """What one reader is to one case, asked once for the whole page."""

    user: User
    case: Case
    consult: Consult | None  # as a mentor who was asked
    typist_apart: bool  # whoever types for that mentor has a part of their own
    presents: bool
    filed: bool
    edits: bool  # looks after the clinic
    views: bool
    teaches: bool  # the presenter's own mentor

    @property
    def whole(self) -> bool:
        """As `access.may_read_whole`."""
        return self.presents or self.filed or self.consult is not None or self.views or self.teaches

    @property
    def lesson(self) -> bool:
        """Reads a closed case for what it teaches: not whose it was."""
        return self.case.is_closed and not self.whole

    @property
    def office(self) -> bool:
        """Decides on the case: looks after the clinic, and neither presents it nor was asked."""
        return self.edits and not self.presents and self.consult is None

    @property
    def carries(self) -> bool:
        return self.presents or self.edits

    @property
    def answers(self) -> bool:
        """What was passed up: the office, and the liaison of the 街镇 it was passed up to."""
        case = self.case
        if case.state != CaseState.ESCALATED:
            return False
        place = case.community.subdistrict_id
        liaison = self.user.can(Permission.RECOMMEND, case.studio_id, subdistrict_id=place)
        return self.edits or (liaison and case.level == Level.SUBDISTRICT and not case.sensitive)

    @property
    def draws(self) -> bool:
        """Makes a card of what a closed case has taught."""
        teaches = self.presents or self.user.can(Permission.MENTOR_HOME, self.case.studio_id)
        return self.case.is_closed and (self.edits or (teaches and not self.case.sensitive))

    @property
    def sees_given(self) -> bool:
        """How many have answered. Mentors hear only how many were asked."""
        return self.case.is_released or (self.consult is None and (self.presents or self.filed or self.views))

    @property
    def discusses(self) -> bool:
        return self.case.is_released and not self.case.is_closed and self.whole

    def may_advise(self, own: Opinion | None) -> bool:
        """Gives an opinion, or changes it until all are open."""
        if self.consult is None or self.typist_apart:
            return False
        if self.case.is_released:
            return own is None and self.case.is_open
        return self.case.state == CaseState.CONSULTING


def reader_of(user: User, case: Case) -> Reader:
    typist = user.acting_user
    apart = typist is not None and (is_presenter(typist, case) or consult_of(typist, case) is not None)
    return Reader(
        user=user, case=case, consult=consult_of(user, case), typist_apart=apart, presents=is_presenter(user, case),
        filed=case.filed_by_id == user.pk, edits=user.can(Permission.CLINIC_EDIT, case.studio_id),
        views=user.can(Permission.CLINIC_VIEW, case.studio_id), teaches=mentors_presenter(user, case),
    )  # fmt: skip


def opinions_for(user: User, case: Case) -> list[Opinion]:
    """All once they are open; before, one's own."""
    return list(Opinion.objects.visible_to(user).filter(case=case).for_lists())


def asked_about(case: Case) -> list[Consult]:
    """Each with `has_answered`, not with what they said; those who declined last."""
    answered = Opinion.objects.filter(consult=OuterRef("pk")).order_by()
    rows = case.consults.select_related("mentor__secretary").annotate(has_answered=Exists(answered))
    return sorted(rows, key=lambda row: row.declined_at is not None)


def files_for(user: User, case: Case) -> tuple[list[CaseFile], list[CaseFile]]:
    """Photos, and documents."""
    rows = list(CaseFile.objects.visible_to(user).filter(case=case).order_by("order"))
    return [row for row in rows if row.kind == "photo"], [row for row in rows if row.kind != "photo"]


def notes_of(case: Case) -> list[CaseNote]:
    return list(case.notes.for_lists().order_by("on", "created_at"))


def notes_told(reader: Reader, notes: list[CaseNote]) -> list[CaseNote]:
    """To those who read a closed case as a lesson only what came of the plan."""
    return [note for note in notes if note.kind in LESSON_NOTES] if reader.lesson else notes


def cards_for(user: User, case: Case) -> list[CaseCard]:
    return list(CaseCard.objects.visible_to(user).filter(case=case).order_by("title"))


def subjects_in_words(case: Case) -> str:
    """涉及：18户、52人."""
    said = []
    if case.households is not None:
        said.append(ngettext("%(n)s户", "%(n)s户", case.households) % {"n": case.households})
    if case.people is not None:
        said.append(ngettext("%(n)s人", "%(n)s人", case.people) % {"n": case.people})
    return _("、").join(said)


@dataclass(frozen=True)
class Stage:
    label: str
    small: str
    state: str  # done, now, or empty


def stages_of(reader: Reader, notes: Iterable[CaseNote], given: int) -> list[Stage]:
    """提诊 → 会诊 → 开方 → 回访, each with its day."""
    case = reader.case
    days = {note.kind: note.on for note in notes}
    here = {
        CaseState.DRAFT: 0, CaseState.WAITING: 0, CaseState.CONSULTING: 1, CaseState.ACTING: 2, CaseState.FOLLOWING: 3,
        CaseState.CLOSED: 4, CaseState.ESCALATED: 2 if case.is_released else 1,
    }[case.state]  # fmt: skip
    followed = case.closed_on or case.settled_on
    rows = [
        (pgettext("case stage", "提诊"), short_date(case.date) or case.get_state_display()),
        (pgettext("case stage", "会诊"), consulted_in_words(reader, given, days.get(NoteKind.OPENED))),
        (pgettext("case stage", "开方"), short_date(days.get(NoteKind.PLANNED))),
        (pgettext("case stage", "回访"), short_date(followed)),
    ]
    return [
        Stage(label, small, "done" if place < here else "now" if place == here else "")
        for place, (label, small) in enumerate(rows)
    ]


def consulted_in_words(reader: Reader, given: int, opened: datetime.date | None) -> str:
    case = reader.case
    if case.is_released:
        return short_date(opened or case.released_at)
    if case.reply_due is None or case.state in (CaseState.DRAFT, CaseState.WAITING):
        return ""
    if given and reader.sees_given:
        return ngettext("%(n)s份方子", "%(n)s份方子", given) % {"n": given}
    return _("%(day)s前答复") % {"day": short_date(case.reply_due)}
