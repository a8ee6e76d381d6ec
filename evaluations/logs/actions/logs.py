"""Writing, correcting, confirming and voiding a teaching log. The audit trail never holds what a log says."""

import datetime
import uuid
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, BinaryIO

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from cohorts.actions.common import locked
from cohorts.models import Mentee, Mentor
from evaluations.logs.choices import HomeworkState, LogKind, PhotoKind, Privacy
from evaluations.logs.models import Attendance, Homework, LogPhoto, LogVersion, TeachingLog
from evaluations.logs.queries import officers_of
from evaluations.logs.searching import keep_log
from mentorship.accounts.actions import count_upload
from mentorship.accounts.models import User
from mentorship.audit.actions import plain, record
from mentorship.common.errors import Refused
from mentorship.common.images import upright_jpeg
from mentorship.notifications.actions import notify

from .checks import check_absent, check_content, check_facts, check_homework, own_hands, refuse_voided
from .drafts import drop_sent

LONGEST_SIDE = 1600
DEFAULTS = {"kind": LogKind.COACHING, "privacy": Privacy.PAIR}
TOLD = ("kind", "date", "minutes", "mode", "important", "privacy", "sensitive")  # facts that the trail may hold
Photo = tuple[uuid.UUID, str, BinaryIO]  # its key from the device, a PhotoKind, the upload


class Stale(Refused):
    """Someone corrected the log after this reader had opened it."""


@transaction.atomic
def write_log(
    *,
    by: User,
    mentor: Mentor,
    client_key: uuid.UUID,
    mentees: Iterable[Mentee],
    date: datetime.date,
    minutes: int,
    mode: str,
    homework: str = "",
    homework_due: datetime.date | None = None,
    photos: Sequence[Photo] = (),
    absent: Mapping[Mentee, str] | None = None,
    subjects: Iterable = (),
    indicators: Iterable = (),
    **words: Any,
) -> TeachingLog:
    """One log; `words` are further fields of TeachingLog.WORDS. Sent twice (same key), the first is returned.

    `mentees` are all who were due; `absent` maps those who did not come to the reason. The mentor confirms what another typed.
    Raises Refused for a day, a person or an amount that cannot be, and for a log that says nothing.
    """
    locked(mentor, "secretary", "cohort__studio")  # the second of two sendings waits here
    drop_sent(by=by, client_key=client_key)
    if first := already_sent(mentor, client_key):
        return first
    refuse_unknown(words)
    mentees, absent = list(dict.fromkeys(mentees)), dict(absent or {})
    facts = DEFAULTS | words | {"date": date, "minutes": minutes, "mode": mode}
    check_facts(mentor, mentees, facts)
    check_absent(mentees, absent)
    check_content(facts.get("text", ""), [kind for _key, kind, _upload in photos])
    check_homework(date, homework, homework_due)
    pictures = checked_pictures(by, photos)
    log = TeachingLog.objects.create(
        studio_id=mentor.studio_id,
        cohort=mentor.cohort,
        mentor=mentor,
        client_key=client_key,
        author=by.acting_user or by,
        confirmed_at=timezone.now() if own_hands(by, mentor.secretary.user_id) else None,
        **facts,
    )
    log.subjects.add(*subjects)
    log.indicators.add(*indicators)
    add_rows(log, mentees, absent, pictures, homework.strip(), homework_due)
    told = {name: getattr(log, name) for name in TOLD} | {"mentees": [str(mentee) for mentee in mentees]}
    record(by=by, verb="log.written", on=log, studio=log.studio_id, after=told)
    make_known(by, log)
    return log


def checked_pictures(by: User, photos) -> list:
    pictures = [(key, kind, upright_jpeg(upload, LONGEST_SIDE, field="photos")) for key, kind, upload in photos]
    count_upload(by=by, files=[picture for _key, _kind, picture in pictures], field="photos")
    return pictures


def make_known(by: User, log: TeachingLog) -> None:
    keep_log(log)
    ask_to_confirm(by, log)
    if log.important:
        tell_officers(by, log)


def already_sent(mentor: Mentor, client_key: uuid.UUID) -> TeachingLog | None:
    """The log that this key made; a key of someone else's opens nothing."""
    first = TeachingLog.objects.filter(studio=mentor.studio_id, client_key=client_key).first()
    if first and first.mentor_id != mentor.pk:
        raise Refused(_("请重新打开这一页再写。"))
    return first


def refuse_unknown(words: Mapping[str, Any]) -> None:
    unknown = set(words) - set(TeachingLog.WORDS)
    if unknown:
        raise TypeError(f"not fields of a log: {sorted(unknown)}")


def add_rows(log: TeachingLog, mentees, absent, pictures, homework: str, due: datetime.date | None) -> None:
    own = {"studio_id": log.studio_id, "log": log}
    Attendance.objects.bulk_create(
        Attendance(mentee=m, present=m not in absent, absent_reason=absent.get(m, "").strip(), **own) for m in mentees
    )
    for order, (key, kind, image) in enumerate(pictures, 1):
        LogPhoto.objects.create(client_key=key, kind=kind, image=image, order=order, **own)
    if homework:
        Homework.objects.bulk_create(
            Homework(cohort_id=log.cohort_id, mentee=mentee, task=homework, set_on=log.date, due=due, **own)
            for mentee in mentees
        )


def address_of(log: TeachingLog) -> str:
    return reverse("logs:log", args=[log.pk])


def ask_to_confirm(by: User, log: TeachingLog) -> None:
    """Words that the mentor has not seen with their own eyes wait for them."""
    if log.confirmed_at or not log.mentor.secretary.user:
        return
    particulars = {"mentor": str(log.mentor), "date": log.date.isoformat(), "sensitive": log.sensitive}
    notify(
        kind="log_to_confirm", studio=log.studio, to=[log.mentor.secretary.user], url=address_of(log),
        particulars=particulars, by=by.acting_user or by,
    )  # fmt: skip


def tell_officers(by: User, log: TeachingLog) -> None:
    """The title only, never the text; of a sensitive log not even the title."""
    particulars = {
        "mentor": "" if log.sensitive else str(log.mentor),
        "date": log.date.isoformat(),
        "words": "" if log.sensitive else log.title,
    }
    hands = by.acting_user or by
    people = [user for user in officers_of(log.studio, sensitive=log.sensitive) if user.pk != hands.pk]
    notify(kind="log_important", studio=log.studio, to=people, url=address_of(log), particulars=particulars, by=hands)


@transaction.atomic
def correct_log(*, by: User, log: TeachingLog, version: int, **changes: Any) -> TeachingLog:
    """Changes fields of TeachingLog.WORDS, and `mentees`, `subjects`, `indicators`; the earlier words are kept.

    `version` is the one that was read. Raises Stale when there is a newer one.
    """
    locked(log)
    refuse_voided(log)
    if version != log.version:
        raise Stale(_("您打开以后，有人改过这一篇。两份都在下面，请看过再交。"))
    sets = {name: list(changes.pop(name)) for name in ("subjects", "indicators") if name in changes}
    mentees = list(changes.pop("mentees", None) or log.mentees.all())
    before = content_of(log)
    was_important = log.important
    check_correction(by, log, mentees, changes)
    for name, value in changes.items():
        setattr(log, name, value)
    after = content_of(log) | {"mentees": sorted(str(mentee) for mentee in mentees)}
    differing = [name for name in after if after[name] != before[name]]
    differing += [name for name, rows in sets.items() if set(rows) != set(getattr(log, name).all())]
    if not differing:
        return log
    replace_people(log, mentees)
    for name, rows in sets.items():
        getattr(log, name).set(rows)
    keep_version(by, log, before)
    facts = {name: getattr(log, name) for name in TOLD if name in differing}
    old = {name: before[name] for name in facts}
    record(
        by=by, verb="log.corrected", on=log, studio=log.studio_id, before=old,
        after=facts | {"fields": differing, "version": log.version},
    )  # fmt: skip
    keep_log(log)
    ask_to_confirm(by, log)
    if log.important and not was_important:
        tell_officers(by, log)
    return log


def check_correction(by: User, log: TeachingLog, mentees: list[Mentee], changes: Mapping[str, Any]) -> None:
    refuse_unknown(changes)
    facts = {name: changes.get(name, getattr(log, name)) for name in TeachingLog.WORDS}
    check_facts(log.mentor, mentees, facts)
    check_content(facts["text"], log.photos.values_list("kind", flat=True))
    if facts["privacy"] != log.privacy and by.pk != log.mentor.secretary.user_id:
        raise Refused(_("谁能看，由师傅本人来定。"), field="privacy")


def content_of(log: TeachingLog) -> dict:
    """The words as they stand, JSON-ready, and the names of the people."""
    words = {name: plain(getattr(log, name)) for name in TeachingLog.WORDS}
    return words | {"mentees": sorted(str(row.mentee) for row in log.attendance.select_related("mentee__secretary"))}


def replace_people(log: TeachingLog, mentees: list[Mentee]) -> None:
    """Someone who answered, or has homework from this session, stays in it."""
    rows = {row.mentee_id: row for row in log.attendance.select_related("mentee__secretary")}
    for pk in set(rows) - {mentee.pk for mentee in mentees}:
        row = rows[pk]
        if row.confirmed_at or log.homework.filter(mentee=pk).exists():
            raise Refused(_("%(name)s已有回应或作业，不能从这一次里去掉。") % {"name": row.mentee}, field="mentees")
        row.delete()
    Attendance.objects.bulk_create(
        Attendance(studio_id=log.studio_id, log=log, mentee=mentee) for mentee in mentees if mentee.pk not in rows
    )


def keep_version(by: User, log: TeachingLog, before: dict) -> None:
    """Saves the changed log as its next version, and what it said before."""
    LogVersion.objects.create(
        studio_id=log.studio_id, log=log, number=log.version, content=before, replaced_by=by.acting_user or by
    )
    log.version += 1
    log.confirmed_at = timezone.now() if own_hands(by, log.mentor.secretary.user_id) else None
    log.save()


@transaction.atomic
def transcribe(*, by: User, log: TeachingLog, text: str) -> TeachingLog:
    """The notebook page, typed by the studio; the mentor is asked to look it over."""
    locked(log)
    refuse_voided(log)
    if log.text or not log.photos.filter(kind=PhotoKind.NOTEBOOK).exists():
        raise Refused(_("这一篇没有要誊写的笔记本页。"), field="text")
    if not text.strip():
        raise Refused(_("照着笔记本写下来，认不出的字留个空。"), field="text")
    before = content_of(log)
    log.text, log.transcribed_by = text.strip(), by.acting_user or by
    keep_version(by, log, before)
    record(by=by, verb="log.transcribed", on=log, studio=log.studio_id, after={"version": log.version})
    keep_log(log)
    ask_to_confirm(by, log)
    return log


@transaction.atomic
def confirm_log(*, by: User, log: TeachingLog) -> TeachingLog:
    """By the mentor's own hands (else PermissionDenied); a second time changes nothing."""
    locked(log)
    if not own_hands(by, log.mentor.secretary.user_id):
        raise PermissionDenied
    refuse_voided(log)
    if log.confirmed_at is None:
        log.confirmed_at = timezone.now()
        log.save(update_fields=["confirmed_at", "updated_at"])
        record(by=by, verb="log.confirmed", on=log, studio=log.studio_id, after={"version": log.version})
    return log


@transaction.atomic
def void_log(*, by: User, log: TeachingLog, reason: str) -> TeachingLog:
    """It stays readable but counts no more; homework from it that nobody handed in is dropped."""
    locked(log)
    refuse_voided(log)
    if not reason.strip():
        raise Refused(_("写一句原因。"), field="reason")
    log.voided_at, log.void_reason = timezone.now(), reason.strip()
    log.save(update_fields=["voided_at", "void_reason", "updated_at"])
    log.homework.filter(state=HomeworkState.OPEN).update(state=HomeworkState.WAIVED, updated_at=timezone.now())
    told = {} if log.sensitive else {"reason": log.void_reason}
    record(by=by, verb="log.voided", on=log, studio=log.studio_id, after=told)
    keep_log(log)
    return log


@transaction.atomic
def acknowledge(*, by: User, log: TeachingLog) -> TeachingLog:
    """工作室签收, with one's own hands; a second time changes nothing."""
    locked(log)
    if by.is_represented:
        raise PermissionDenied
    refuse_voided(log)
    if log.studio_ack_at is None:
        log.studio_ack_at = timezone.now()
        log.save(update_fields=["studio_ack_at", "updated_at"])
        record(by=by, verb="log.acknowledged", on=log, studio=log.studio_id)
    return log


@transaction.atomic
def confirm_attendance(*, by: User, attendance: Attendance, own_words: str = "") -> Attendance:
    """The apprentice says it was so, and may add to it. Only with their own hands (else PermissionDenied)."""
    locked(attendance)
    if not own_hands(by, attendance.mentee.secretary.user_id):
        raise PermissionDenied
    refuse_voided(attendance.log)
    attendance.own_words = own_words.strip()
    attendance.confirmed_at = attendance.confirmed_at or timezone.now()
    attendance.save(update_fields=["own_words", "confirmed_at"])
    record(by=by, verb="log.attendance_confirmed", on=attendance.log, studio=attendance.studio_id)
    return attendance
