"""Letters, agreements and certificates that wait for a hand."""

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from cohorts.letters.choices import LetterState
from cohorts.letters.models import Agreement, ApprenticeshipLetter, LetterReply
from evaluations.promotions.models import Certificate
from mentorship.accounts.permissions import Permission

from .items import MOST, Reader, Todo


def papers(reader: Reader) -> list[Todo]:
    found = []
    if reader.can(Permission.MENTOR_HOME):
        found += [*to_answer(reader), *replies_to_confirm(reader)]
    if reader.can(Permission.MENTEE_HOME):
        found += letters_begun(reader)
    if reader.can(Permission.LETTER_EDIT):
        found += replies_to_transcribe(reader)
    return [*found, *agreements(reader), *certificates(reader)]


def to_answer(reader: Reader) -> list[Todo]:
    rows = ApprenticeshipLetter.objects.visible_to(reader.user).waiting()
    rows = rows.filter(studio=reader.studio, pairing__mentor__secretary__user=reader.user.pk, pairing__ends=None)
    rows = rows.filter(Q(reply=None) | Q(reply__sent_at=None, reply__photo=""))
    return [
        Todo(None, _("%(name)s的拜师帖") % {"name": row.pairing.mentee}, _("看过，回一帖"),
             reverse("letters:letter", args=[row.pk]), _("打开看看"), soft=True)
        for row in rows.select_related("pairing__mentee__secretary").order_by("handed_in_at")[:MOST]
    ]  # fmt: skip


def replies_to_confirm(reader: Reader) -> list[Todo]:
    rows = LetterReply.objects.filter(
        studio=reader.studio, letter__pairing__mentor__secretary__user=reader.user.pk, letter__pairing__ends=None
    )
    rows = rows.filter(sent_at=None, transcribed_by__isnull=False)
    return [
        Todo(None, _("您手写的回帖打好了，请过目"), str(row.letter.pairing.mentee),
             reverse("letters:letter", args=[row.letter_id]), _("去看看"), soft=True)
        for row in rows.select_related("letter__pairing__mentee__secretary").order_by("updated_at")[:MOST]
    ]  # fmt: skip


def letters_begun(reader: Reader) -> list[Todo]:
    rows = ApprenticeshipLetter.objects.visible_to(reader.user).filter(
        studio=reader.studio,
        state=LetterState.DRAFT,
        pairing__mentee__secretary__user=reader.user.pk,
        pairing__ends=None,
    )
    return [
        Todo(None, _("拜师帖的草稿"), str(row.pairing.mentor),
             reverse("letters:letter_write", args=[row.pairing_id]), _("接着写"), soft=True)
        for row in rows.select_related("pairing__mentor__secretary")[:MOST]
    ]  # fmt: skip


def replies_to_transcribe(reader: Reader) -> list[Todo]:
    rows = LetterReply.objects.visible_to(reader.user).filter(studio=reader.studio, sent_at=None, transcribed_by=None)
    rows = rows.exclude(photo="").select_related("letter__pairing__mentor__secretary")
    return [
        Todo(None, _("手写回帖待誊写"), str(row.letter.pairing.mentor),
             reverse("letters:transcribe", args=[row.letter_id]), _("去誊写"))
        for row in rows.order_by("created_at")[:MOST]
    ]  # fmt: skip


def agreements(reader: Reader) -> list[Todo]:
    """Those in which the reader's own signature is missing."""
    mine = Q(mentor_signed_at=None, pairing__mentor__secretary__user=reader.user.pk)
    mine |= Q(mentee_signed_at=None, pairing__mentee__secretary__user=reader.user.pk)
    if reader.can(Permission.LETTER_EDIT):
        mine |= Q(studio_signed_at=None, mentor_signed_at__isnull=False, mentee_signed_at__isnull=False)
    rows = Agreement.objects.visible_to(reader.user).filter(mine, studio=reader.studio, pairing__ends=None)
    return [
        Todo(None, _("带教协议请签字"), _("%(mentor)s和%(mentee)s") % {
                 "mentor": row.pairing.mentor, "mentee": row.pairing.mentee},
             reverse("letters:agreement", args=[row.pk]), _("去签字"), soft=reader.is_asked_softly)
        for row in rows.select_related("pairing__mentor__secretary", "pairing__mentee__secretary").order_by("date")[:MOST]
    ]  # fmt: skip


def certificates(reader: Reader) -> list[Todo]:
    mine = Q(mentor_signed_at=None, mentor_user=reader.user.pk)
    if reader.can(Permission.PROMOTION_DECIDE):
        mine |= Q(studio_signed_at=None)
    rows = Certificate.objects.visible_to(reader.user).filter(mine, studio=reader.studio).order_by("date", "number")
    return [
        Todo(None, _("出师证书请签章"), row.name, reverse("promotions:certificate", args=[row.pk]), _("去签章"),
             soft=reader.is_asked_softly)
        for row in rows[:MOST]
    ]  # fmt: skip
