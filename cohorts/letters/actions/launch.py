"""The run sheet of a launch, and one polite word a week to whoever has a letter still out."""

import datetime
from collections.abc import Sequence
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from cohorts.actions.common import locked
from cohorts.letters.choices import LaunchKind, LetterState
from cohorts.letters.models import ApprenticeshipLetter, LaunchItem, LaunchSheet, LetterReminder
from cohorts.letters.queries.launch import WEEK
from cohorts.models import Cohort, Mentor, Pairing
from mentorship.accounts.models import User
from mentorship.audit.actions import changes, record
from mentorship.common.errors import Refused
from mentorship.notifications.actions import notify
from mentorship.notifications.hours import next_polite_moment

from .papers import Stale

STARTS_AT = datetime.time(9, 30)
# The usual order: letter, reply, hands, photograph; then the rest of the programme around it.
BEFORE = [
    (LaunchKind.SEATING, "签到入席，师傅与徒弟按组就座", "专员", 15),
    (LaunchKind.SPEECH, "说明来意，宣布开班", "主办单位", 10),
    (LaunchKind.APPOINT, "按编号颁发聘书", "主办单位", 15),
    (LaunchKind.PAIRS, "按组宣读师徒名单，师徒起立相认", "主持人", 10),
]
AFTER = [
    (LaunchKind.HANDS, "师徒握手", "全体", 5),
    (LaunchKind.AGREEMENT, "签带教协议，一式三份", "师傅、徒弟、工作室", 15),
    (LaunchKind.PHOTO, "合影", "全体", 10),
]
MOST_ITEMS = 40


@transaction.atomic
def open_sheet(*, by: User, cohort: Cohort, read: Sequence[Pairing] = ()) -> LaunchSheet:
    """The usual order on the cohort's first day. `read` are the pairs whose letter and reply are read aloud; without
    any, the first whose letter was handed in.
    """
    locked(cohort)
    if LaunchSheet.objects.filter(cohort=cohort).exists():
        raise Refused(_("流程已经排过了。"))
    sheet = LaunchSheet.objects.create(
        studio_id=cohort.studio_id, cohort=cohort, title=f"{cohort.studio.name}{cohort.name}启动暨拜师仪式",
        date=cohort.starts, starts_at=STARTS_AT,
    )  # fmt: skip
    rows = [(*row, None) for row in BEFORE]
    for pairing in read or first_handed_in(cohort):
        rows += readings_of(pairing)
    rows += [(*row, None) for row in AFTER]
    LaunchItem.objects.bulk_create(
        LaunchItem(studio_id=cohort.studio_id, sheet=sheet, order=n, kind=kind, title=title, who=who, minutes=minutes,
                   pairing=pairing)
        for n, (kind, title, who, minutes, pairing) in enumerate(rows, 1)
    )  # fmt: skip
    record(by=by, verb="launch.planned", on=sheet, studio=sheet.studio_id, after={"items": len(rows)})
    return sheet


def first_handed_in(cohort: Cohort) -> list[Pairing]:
    letters = ApprenticeshipLetter.objects.filter(cohort=cohort, pairing__ends=None).exclude(state=LetterState.DRAFT)
    rows = letters.select_related("pairing__mentor__secretary", "pairing__mentee__secretary")[:1]
    return [letter.pairing for letter in rows]


def readings_of(pairing: Pairing) -> list[tuple]:
    mentor, mentee = pairing.mentor.secretary.name, pairing.mentee.secretary.name
    return [
        (LaunchKind.LETTER, reading_title(LaunchKind.LETTER, pairing), mentee, 5, pairing),
        (LaunchKind.REPLY, reading_title(LaunchKind.REPLY, pairing), mentor, 5, pairing),
    ]


def reading_title(kind: str, pairing: Pairing) -> str:
    mentor, mentee = pairing.mentor.secretary.name, pairing.mentee.secretary.name
    return f"{mentee}读给{mentor}的拜师帖" if kind == LaunchKind.LETTER else f"{mentor}读给{mentee}的回帖"


@transaction.atomic
def change_sheet(*, by: User, sheet: LaunchSheet, version: int, **words: Any) -> None:
    """Fields of LaunchSheet.WORDS. Raises Stale when someone changed them since `version`."""
    locked(sheet)
    if sheet.version != version:
        raise Stale(_("您打开以后，有人改过这一页。两份都在下面，请看过再存。"))
    stood = LaunchSheet.objects.get(pk=sheet.pk)
    for name in LaunchSheet.WORDS:
        setattr(sheet, name, words[name])
    before, after = changes(stood, sheet, list(LaunchSheet.WORDS))
    if after:
        sheet.version += 1
        sheet.save()
        record(by=by, verb="launch.changed", on=sheet, studio=sheet.studio_id, before=before, after=after)


@transaction.atomic
def add_item(
    *, by: User, sheet: LaunchSheet, kind: str, minutes: int, title: str = "", who: str = "",
    pairing: Pairing | None = None,
) -> LaunchItem:  # fmt: skip
    """At the end of the order. A reading takes a current pair of the cohort, once; its words come from the pair."""
    locked(sheet)
    if sheet.items.count() >= MOST_ITEMS:
        raise Refused(_("流程太长了，先删几项。"))
    if kind in LaunchKind.readings():
        check_reading(sheet, kind, pairing)
        reader = pairing.mentee if kind == LaunchKind.LETTER else pairing.mentor
        title, who = title.strip() or reading_title(kind, pairing), who.strip() or reader.secretary.name
    elif pairing:
        raise Refused(_("只有读帖才选师徒。"), field="pairing")
    if not title.strip():
        raise Refused(_("写一下这一项做什么。"), field="title")
    last = sheet.items.aggregate(last=Max("order"))["last"] or 0
    item = LaunchItem.objects.create(
        studio_id=sheet.studio_id, sheet=sheet, order=last + 1, kind=kind, title=title.strip(), who=who.strip(),
        minutes=minutes, pairing=pairing,
    )  # fmt: skip
    record(by=by, verb="launch.changed", on=sheet, studio=sheet.studio_id, after={"added": item.title})
    return item


def check_reading(sheet: LaunchSheet, kind: str, pairing: Pairing | None) -> None:
    if pairing is None or pairing.cohort_id != sheet.cohort_id or pairing.ends:
        raise Refused(_("选一下读哪一对的帖子。"), field="pairing")
    if sheet.items.filter(kind=kind, pairing=pairing).exists():
        raise Refused(_("这一封已经在流程里了。"), field="pairing")


@transaction.atomic
def move_item(*, by: User, item: LaunchItem, up: bool) -> None:
    """Changes places with the neighbour above or below; the first and the last stay where they are."""
    sheet = locked(item.sheet)
    locked(item)
    others = sheet.items.filter(order__lt=item.order) if up else sheet.items.filter(order__gt=item.order)
    other = others.order_by("-order" if up else "order").first()
    if other is None:
        return
    mine, theirs = item.order, other.order
    aside = sheet.items.aggregate(last=Max("order"))["last"] + 1  # two may never stand on one place
    for row, place in [(item, aside), (other, mine), (item, theirs)]:
        row.order = place
        row.save(update_fields=["order", "updated_at"])
    record(by=by, verb="launch.changed", on=sheet, studio=sheet.studio_id, after={"moved": item.title})


@transaction.atomic
def remove_item(*, by: User, item: LaunchItem) -> None:
    sheet = locked(item.sheet)
    record(by=by, verb="launch.changed", on=sheet, studio=sheet.studio_id, before={"removed": item.title})
    item.delete()


@transaction.atomic
def remind_mentee(*, by: User, pairing: Pairing) -> LetterReminder:
    """Asks the apprentice for the letter. Raises Refused: at night, twice in a week, or when it is handed in."""
    locked(pairing)
    letter = ApprenticeshipLetter.objects.filter(pairing=pairing).exclude(state=LetterState.DRAFT)
    if pairing.ends or letter.exists():
        raise Refused(_("%(name)s的帖子已经呈递，不用提醒。") % {"name": pairing.mentee})
    particulars = {"name": pairing.mentee.secretary.name, "mentor": pairing.mentor.secretary.name}
    return remind(by, pairing.cohort, pairing.mentee, "letter_awaited", particulars, on=pairing)


@transaction.atomic
def remind_mentor(*, by: User, mentor: Mentor) -> LetterReminder:
    """Asks the mentor for the replies, all in one word. Raises Refused as `remind_mentee` does."""
    locked(mentor)
    waiting = ApprenticeshipLetter.objects.waiting().filter(pairing__mentor=mentor, pairing__ends=None)
    names = list(waiting.values_list("pairing__mentee__secretary__name", flat=True))
    if not names:
        raise Refused(_("%(name)s没有等着回的帖子，不用提醒。") % {"name": mentor})
    particulars = {"mentor": mentor.secretary.name, "names": "、".join(names)}
    return remind(by, mentor.cohort, mentor, "reply_awaited", particulars, on=mentor)


def remind(by: User, cohort: Cohort, member, kind: str, particulars: dict, *, on) -> LetterReminder:
    """One notice with acknowledgement to the member of the cohort, and what keeps a second from following."""
    if next_polite_moment(timezone.now()):
        raise Refused(_("现在晚了，请在7:30到20:00之间提醒。"))
    today, user, hands = cohort.studio.today(), member.secretary.user, by.acting_user or by
    if user is None:
        raise Refused(_("%(name)s没有能登录的账号，请打个电话。") % {"name": member})
    User.objects.select_for_update(no_key=True).get(pk=user.pk)  # two officers at once: one of them waits
    monday = today - datetime.timedelta(days=today.weekday())
    if LetterReminder.objects.filter(recipient=user, day__gt=today - WEEK).exists():
        raise Refused(_("这一周已经提醒过%(name)s了。再要紧的事，打个电话更好。") % {"name": member})
    notice = notify(
        kind=kind, studio=cohort.studio, to=[user], by=hands, particulars=particulars, needs_acknowledgement=True,
        url=reverse("dashboards:home"),
    )  # fmt: skip
    if notice is None:
        raise Refused(_("%(name)s没有能登录的账号，请打个电话。") % {"name": member})
    reminder = LetterReminder.objects.create(
        studio_id=cohort.studio_id, cohort=cohort, recipient=user, day=today, week=monday, notice=notice, sent_by=hands
    )
    record(by=by, verb="letter.reminded", on=on, studio=cohort.studio_id, after={"name": member.secretary.name})
    return reminder
