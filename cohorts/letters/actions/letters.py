"""Writing, handing in, reading, answering, sealing and filing an apprenticeship letter.

The mentee signs by handing in, the mentor by answering; when the mentor takes the apprentice on, both texts are sealed
in one save. Notices never hold what a letter says.
"""

import datetime
import uuid
from typing import Any, BinaryIO

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from cohorts.actions.common import locked
from cohorts.letters.choices import Decision, LetterState, Style, WrittenBy
from cohorts.letters.models import ApprenticeshipLetter, LetterReply
from cohorts.letters.queries.letters import SEALED, officers_of
from cohorts.letters.seal import digest_of, new_code
from cohorts.letters.taboos import hints_in
from cohorts.models import Pairing
from mentorship.accounts.actions import count_upload
from mentorship.accounts.models import User
from mentorship.audit.actions import record
from mentorship.common.errors import Refused
from mentorship.common.images import upright_jpeg
from mentorship.notifications.actions import notify
from mentorship.places.models import Studio

LONGEST_SIDE = 2000  # a page of handwriting stays readable
MOST_CHARACTERS = 800  # more than fits one folded sheet
NEEDED = ("salutation", "who_i_am", "why_you", "wish", "vow_1", "vow_2", "vow_3", "close", "sign")
WORDS = (*ApprenticeshipLetter.WORDS, "style")


class Stale(Refused):
    """Someone, or the same person in another window, saved after this reader had opened the page."""


def moment_in(studio: Studio) -> datetime.datetime:
    """Now, on the studio's own day: a demonstration stands still on one date."""
    return datetime.datetime.combine(studio.today(), timezone.localtime().timetz())


def own_hands(by: User, user_id: uuid.UUID | None) -> bool:
    return by.pk == user_id and not by.is_represented


def refuse_other_hands(by: User, user_id: uuid.UUID | None) -> None:
    """Nobody signs for another; the one who types for them is told why."""
    if by.pk != user_id:
        raise PermissionDenied
    if by.is_represented:
        raise Refused(_("签字要本人来。代填的人可以拍下手写的回帖，请师傅自己登录后盖章。"))


def refuse_stale(seen: int, current: int) -> None:
    if seen != current:
        raise Stale(_("您打开以后，这里又存过一次。两份都在下面，请看过再存。"))


def same_words(row: Any, words: dict[str, Any]) -> bool:
    return all(getattr(row, name) == value for name, value in words.items())


@transaction.atomic
def save_draft(*, by: User, pairing: Pairing, version: int, **words: str) -> ApprenticeshipLetter:
    """Keeps the writer's draft; the first saving begins the letter. `words` are fields of WORDS.

    `version` is the one that was read, 0 for none. Raises Stale when there is a newer one, Refused once handed in.
    """
    unknown = set(words) - set(WORDS)
    if unknown:
        raise TypeError(f"not fields of a letter: {sorted(unknown)}")
    locked(pairing)
    refuse_other_hands(by, pairing.mentee.secretary.user_id)
    letter = ApprenticeshipLetter.objects.select_for_update().filter(pairing=pairing).first()
    if letter is None:
        refuse_ended(pairing)
        letter = ApprenticeshipLetter(
            pairing=pairing, studio_id=pairing.studio_id, cohort_id=pairing.cohort_id, version=0
        )
    refuse_unless_draft(letter)
    refuse_stale(version, letter.version)
    if letter.version and same_words(letter, words):
        return letter
    for name, value in words.items():
        setattr(letter, name, value)
    if letter.style not in Style.values:
        raise Refused(_("请选一种文体。"), field="style")
    begun = letter.version == 0
    letter.version += 1
    letter.save()
    if begun:  # an entry for every saving of a draft would bury the trail
        record(by=by, verb="letter.begun", on=letter, studio=letter.studio_id)
    return letter


def refuse_ended(pairing: Pairing) -> None:
    if pairing.ends:
        raise Refused(_("这一对已经结束，不用再写拜师帖。"))


def refuse_unless_draft(letter: ApprenticeshipLetter) -> None:
    if letter.state != LetterState.DRAFT:
        raise Refused(_("帖子已经递出。师傅还没看的，可以先收回再改。"))


def check_whole(letter: ApprenticeshipLetter) -> None:
    """Every part is there, it fits one sheet, and it says nothing that this house does not say."""
    for name in NEEDED:
        if not getattr(letter, name).strip():
            raise Refused(_("这一项还空着，请补上。"), field=name)
    if letter.length > MOST_CHARACTERS:
        words = _("一张帖子写不下，请压到%(most)s字以内，现在%(now)s字。")
        raise Refused(words % {"most": MOST_CHARACTERS, "now": letter.length}, field="wish")
    for name in ApprenticeshipLetter.WORDS:
        for hint in hints_in(getattr(letter, name)):
            if hint.forbidden:
                raise Refused(_("“%(found)s”：%(words)s") % {"found": hint.found, "words": hint.words}, field=name)


@transaction.atomic
def hand_in(
    *, by: User, letter: ApprenticeshipLetter, version: int, at: datetime.datetime | None = None
) -> ApprenticeshipLetter:
    """呈递: the writer signs, dates the letter and gives it to the mentor. Raises Refused beside the first gap."""
    locked(letter)
    refuse_other_hands(by, letter.pairing.mentee.secretary.user_id)
    refuse_unless_draft(letter)
    refuse_stale(version, letter.version)
    refuse_ended(letter.pairing)
    check_whole(letter)
    letter.handed_in_at = at or moment_in(letter.studio)
    letter.date = timezone.localdate(letter.handed_in_at)
    letter.state = LetterState.HANDED_IN
    letter.version += 1
    letter.save()
    record(by=by, verb="letter.handed_in", on=letter, studio=letter.studio_id, after={"date": letter.date})
    tell(by, letter, "letter_handed_in", letter.pairing.mentor.secretary.user)
    return letter


@transaction.atomic
def take_back(*, by: User, letter: ApprenticeshipLetter) -> ApprenticeshipLetter:
    """撤回: only while the mentor has not opened it."""
    locked(letter)
    refuse_other_hands(by, letter.pairing.mentee.secretary.user_id)
    if letter.state != LetterState.HANDED_IN:
        raise Refused(_("师傅已经看过，收不回来了。"))
    letter.state, letter.handed_in_at, letter.date = LetterState.DRAFT, None, None
    letter.version += 1
    letter.save()
    record(by=by, verb="letter.taken_back", on=letter, studio=letter.studio_id)
    return letter


@transaction.atomic
def open_for_reading(
    *, by: User, letter: ApprenticeshipLetter, at: datetime.datetime | None = None
) -> ApprenticeshipLetter:
    """The mentor has it open, with their own eyes; anyone else's look changes nothing."""
    if letter.state != LetterState.HANDED_IN or not own_hands(by, letter.pairing.mentor.secretary.user_id):
        return letter
    locked(letter)
    if letter.state == LetterState.HANDED_IN:
        mark_read(letter, at or moment_in(letter.studio))
        letter.save(update_fields=["state", "read_at", "updated_at"])
        record(by=by, verb="letter.read", on=letter, studio=letter.studio_id)
    return letter


def mark_read(letter: ApprenticeshipLetter, at: datetime.datetime) -> None:
    letter.state, letter.read_at = LetterState.READ, letter.read_at or at


def reply_under(letter: ApprenticeshipLetter, version: int) -> LetterReply:
    """The one reply of a letter that waits, locked; a new one is not saved yet. Raises Refused, Stale."""
    if letter.state == LetterState.DRAFT:
        raise Refused(_("徒弟刚把帖子收回去改，改好会再递来。"))
    if letter.state not in LetterState.waiting():
        raise Refused(_("这张帖子已经回过了。"))
    reply = LetterReply.objects.select_for_update().filter(letter=letter).first()
    if reply is None:
        reply = LetterReply(letter=letter, studio_id=letter.studio_id, version=0)
    refuse_stale(version, reply.version)
    return reply


def words_of(reply: LetterReply) -> dict[str, str]:
    return {name: getattr(reply, name) for name in (*LetterReply.WORDS, "decision", "written_by")}


@transaction.atomic
def answer(
    *,
    by: User,
    letter: ApprenticeshipLetter,
    version: int,
    decision: str,
    text: str,
    addressee: str = "",
    first_lesson: str = "",
    rules: str = "",
    sign: str = "",
    at: datetime.datetime | None = None,
) -> LetterReply:
    """收徒回帖, or "let us meet first", typed by the mentor, who signs by sending it. Accepting seals both texts.

    An earlier "let us meet first" is written over; its words stay in the trail.
    """
    locked(letter)
    refuse_other_hands(by, letter.pairing.mentor.secretary.user_id)
    reply = reply_under(letter, version)
    check_decision(decision)
    if not text.strip():
        raise Refused(_("写一两句就好；也可以拍一张手写的。"), field="text")
    before, old_photo = words_of(reply) if reply.version else {}, reply.photo.name
    reply.decision, reply.written_by = decision, WrittenBy.TYPED
    reply.addressee, reply.text = addressee.strip(), text.strip()
    reply.first_lesson, reply.rules, reply.sign = first_lesson.strip(), rules.strip(), sign.strip()
    reply.photo, reply.transcribed_by = "", None
    forget_photo(reply, old_photo)
    send(by, letter, reply, at or moment_in(letter.studio), before)
    return reply


def check_decision(decision: str) -> None:
    if decision not in Decision.values:
        raise Refused(_("请选收下，还是先见面。"), field="decision")


def forget_photo(reply: LetterReply, name: str) -> None:
    if name:
        storage = reply.photo.storage
        transaction.on_commit(lambda: storage.delete(name))


def send(by: User, letter: ApprenticeshipLetter, reply: LetterReply, at: datetime.datetime, before: dict) -> None:
    """The mentor has signed: the mentee sees the reply, and an acceptance is sealed at once."""
    reply.sent_at, reply.date = at, timezone.localdate(at)
    reply.version += 1
    reply.save()
    record(
        by=by, verb="letter.answered", on=letter, studio=letter.studio_id, before=before,
        after={"decision": reply.decision, "written_by": reply.written_by},
    )  # fmt: skip
    mark_read(letter, at)
    if reply.decision == Decision.ACCEPTED:
        seal(by, letter, reply, at)
    else:
        letter.save(update_fields=["state", "read_at", "updated_at"])
    tell(by, letter, "letter_answered", letter.pairing.mentee.secretary.user)


def seal(by: User, letter: ApprenticeshipLetter, reply: LetterReply, at: datetime.datetime) -> None:
    """Freezes both texts: state, moment, code and digest in one save, and the digest into the trail."""
    letter.state, letter.sealed_at, letter.code = LetterState.ANSWERED, at, new_code()
    letter.digest = digest_of(letter, reply)
    letter.save(update_fields=["state", "read_at", "sealed_at", "code", "digest", "updated_at"])
    record(by=by, verb=SEALED, on=letter, studio=letter.studio_id, after={"digest": letter.digest})


@transaction.atomic
def attach_photo(
    *, by: User, letter: ApprenticeshipLetter, version: int, decision: str, upload: BinaryIO
) -> LetterReply:
    """A handwritten answer, photographed. The office transcribes it; it counts when the mentor has confirmed.

    A helper may send the photo too: nothing is signed by it. Raises Refused for a file that is no picture.
    """
    locked(letter)
    if by.pk != letter.pairing.mentor.secretary.user_id:
        raise PermissionDenied
    reply = reply_under(letter, version)
    check_decision(decision)
    picture = upright_jpeg(upload, LONGEST_SIDE, field="photo")
    count_upload(by=by, files=[picture], field="photo")
    before, old_photo = words_of(reply) if reply.version else {}, reply.photo.name
    for name in LetterReply.WORDS:
        setattr(reply, name, "")
    reply.decision, reply.written_by, reply.photo = decision, WrittenBy.PHOTO, picture
    reply.transcribed_by = reply.sent_at = reply.date = None
    reply.version += 1
    reply.save()
    forget_photo(reply, old_photo)
    record(by=by, verb="letter.photo_sent", on=letter, studio=letter.studio_id, before=before)
    tell(by, letter, "reply_to_transcribe", *officers_of(letter.studio))
    return reply


def refuse_unless_photo(reply: LetterReply | None) -> None:
    if reply is None or not reply.photo or reply.sent_at:
        raise Refused(_("现在没有要誊写的手写回帖。"))


def waiting_photo(letter: ApprenticeshipLetter, version: int) -> LetterReply:
    reply = LetterReply.objects.select_for_update().filter(letter=letter).first()
    refuse_unless_photo(reply)
    refuse_stale(version, reply.version)
    return reply


@transaction.atomic
def transcribe(
    *, by: User, letter: ApprenticeshipLetter, version: int, text: str, addressee: str = "", sign: str = ""
) -> LetterReply:
    """The photographed answer in letters that can be read, typed by the office; the mentor is asked to look it over."""
    locked(letter)
    reply = waiting_photo(letter, version)
    if not text.strip():
        raise Refused(_("照着手写的誊下来，认不出的字留个空。"), field="text")
    reply.addressee, reply.text, reply.sign = addressee.strip(), text.strip(), sign.strip()
    reply.transcribed_by = by.acting_user or by
    reply.version += 1
    reply.save()
    record(by=by, verb="letter.transcribed", on=letter, studio=letter.studio_id)
    tell(by, letter, "reply_to_confirm", letter.pairing.mentor.secretary.user)
    return reply


@transaction.atomic
def confirm_transcript(
    *, by: User, letter: ApprenticeshipLetter, version: int, at: datetime.datetime | None = None
) -> LetterReply:
    """The mentor has read the transcript and signs it."""
    locked(letter)
    refuse_other_hands(by, letter.pairing.mentor.secretary.user_id)
    reply = waiting_photo(letter, version)
    if not reply.text:
        raise Refused(_("工作室还在誊写，誊好了会告诉您。"))
    send(by, letter, reply, at or moment_in(letter.studio), {})
    return reply


@transaction.atomic
def file_letter(*, by: User, letter: ApprenticeshipLetter) -> ApprenticeshipLetter:
    """入档, by the office; a letter that is not sealed cannot be filed."""
    locked(letter)
    if letter.state != LetterState.ANSWERED:
        raise Refused(_("师徒都签过的帖子才能入档。"))
    letter.state = LetterState.FILED
    letter.save(update_fields=["state", "updated_at"])
    record(by=by, verb="letter.filed", on=letter, studio=letter.studio_id)
    return letter


def tell(by: User, letter: ApprenticeshipLetter, kind: str, *people: User | None) -> None:
    hands = by.acting_user or by
    particulars = {"mentor": str(letter.pairing.mentor), "mentee": str(letter.pairing.mentee)}
    notify(
        kind=kind, studio=letter.studio, to=[person for person in people if person and person.pk != hands.pk],
        url=reverse("letters:letter", args=[letter.pk]), particulars=particulars, by=hands,
    )  # fmt: skip
