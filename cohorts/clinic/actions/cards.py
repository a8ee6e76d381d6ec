"""A case card on its way into the library: written, submitted, reviewed by a second person, withdrawn."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from cohorts.clinic.access import may_draw_card, may_review_card, may_write_card
from cohorts.clinic.choices import CardState
from cohorts.clinic.models import Case, CaseCard
from cohorts.clinic.searching.keeping import keep_card
from mentorship.accounts.models import User
from mentorship.accounts.permissions import Permission
from mentorship.accounts.queries import people_of
from mentorship.accounts.roles import ROLES
from mentorship.audit.actions import record
from mentorship.common.errors import Refused
from mentorship.notifications.actions import notify
from mentorship.places.models import Studio

from .common import Stale, hands_of, locked
from .following import said

WORDS = ("category", "neighbourhood", "title", "situation", "worked", "steps", "pitfalls")
LINKS = ("subjects", "indicators")


@transaction.atomic
def write_card(*, by: User, studio: Studio, case: Case | None = None, **facts: Any) -> CaseCard:
    """A draft by the office or a mentor; out of a closed `case` also by its presenter. Raises Refused, PermissionDenied."""
    may = may_draw_card(by, case) if case else may_write(by, studio)
    if not may:
        raise PermissionDenied
    card = CaseCard(studio=studio, case=case, written_by=by)
    put(card, facts)
    record(by=by, verb="card.written", on=card, studio=card.studio_id)
    return card


def may_write(user: User, studio: Studio) -> bool:
    return any(user.can(permission, studio) for permission in (Permission.CLINIC_EDIT, Permission.MENTOR_HOME))


@transaction.atomic
def change_card(*, by: User, card: CaseCard, version: int, **facts: Any) -> None:
    """A draft or one in review, by its writer or the office; one of the library by the office, and it is reviewed again.
    Whoever changes another's words after they were submitted stands for them from then on, so that a second person
    still reviews. Raises Stale and Refused."""
    locked(card)
    if not may_write_card(by, card):
        raise PermissionDenied
    if card.state == CardState.WITHDRAWN:
        raise Refused(_("这张卡已经撤下，不能再改。"))
    if card.is_published and not by.can(Permission.CLINIC_EDIT, card.studio_id):
        raise Refused(_("卡片已经入库。要改，请和工作室说一声。"))
    if card.version != version:
        raise Stale(_("刚才有人改过。下面是您填的，再存一次就以您的为准。"))
    before = card.state
    if before != CardState.DRAFT:
        refuse_others_hands(by)
        card.written_by = by
    if card.is_published:
        card.state, card.reviewed_by, card.published_on = CardState.REVIEW, None, None
    card.version += 1
    put(card, facts)
    record(
        by=by, verb="card.changed", on=card, studio=card.studio_id, before={"state": CardState(before).label},
        after={"state": CardState(card.state).label},
    )  # fmt: skip
    if before == CardState.PUBLISHED:
        keep_card(card)
        tell_reviewers(by, card)


@transaction.atomic
def submit_card(*, by: User, card: CaseCard) -> None:
    """送审. Whoever submits it stands for its words; the others who look after the clinic are told. Raises Refused."""
    locked(card)
    if not may_write_card(by, card):
        raise PermissionDenied
    refuse_unless_card(card, {CardState.DRAFT})
    refuse_others_hands(by)
    card.state, card.written_by = CardState.REVIEW, by
    save(card, "state", "written_by")
    record(by=by, verb="card.submitted", on=card, studio=card.studio_id)
    tell_reviewers(by, card)


@transaction.atomic
def publish_card(*, by: User, card: CaseCard, note: str = "") -> None:
    """入库, by a second person of the office. Its writer is told. Raises Refused."""
    to_review(by, card)
    card.state, card.reviewed_by, card.published_on = CardState.PUBLISHED, hands_of(by), card.studio.today()
    card.review_note = note.strip()
    save(card, "state", "reviewed_by", "published_on", "review_note")
    keep_card(card)
    record(by=by, verb="card.published", on=card, studio=card.studio_id)
    tell_writer("card_published", by, card)


@transaction.atomic
def send_back_card(*, by: User, card: CaseCard, note: str) -> None:
    """退回, with what is missing, to its writer. Raises Refused."""
    to_review(by, card)
    card.state, card.review_note = CardState.DRAFT, said(note, _("还差什么，写一句。"), "note")
    save(card, "state", "review_note")
    record(by=by, verb="card.sent_back", on=card, studio=card.studio_id)
    tell_writer("card_sent_back", by, card)


@transaction.atomic
def withdraw_card(*, by: User, card: CaseCard, reason: str) -> None:
    """Out of the library, by the office, and why. What it was used for stands. Raises Refused."""
    locked(card)
    if not by.can(Permission.CLINIC_EDIT, card.studio_id):
        raise PermissionDenied
    refuse_unless_card(card, {CardState.PUBLISHED})
    card.state, card.review_note = CardState.WITHDRAWN, said(reason, _("为什么撤下，写一句。"), "reason")
    save(card, "state", "review_note")
    keep_card(card)
    record(by=by, verb="card.withdrawn", on=card, studio=card.studio_id, after={"reason": card.review_note})
    tell_writer("card_withdrawn", by, card)


def put(card: CaseCard, facts: dict[str, Any]) -> None:
    """The words and links on the row, saved. Raises Refused for a title that is taken."""
    if missing := {*WORDS, *LINKS} ^ set(facts):
        raise TypeError(f"a card has all of its fields and no others: {sorted(missing)}")
    if any(row.studio_id != card.studio_id for name in LINKS for row in facts[name]):
        raise Refused(_("请选本工作室的领域和指标。"), field="indicators")
    for name in WORDS:
        setattr(card, name, facts[name].strip())
    try:
        with transaction.atomic():
            card.save()
    except IntegrityError as error:
        raise Refused(_("已经有同名的卡了，换个题目。"), field="title") from error
    for name in LINKS:
        getattr(card, name).set(facts[name])


def save(card: CaseCard, *changed: str) -> None:
    card.version += 1
    card.save(update_fields=[*changed, "version", "updated_at"])


def refuse_unless_card(card: CaseCard, states: set[str]) -> None:
    if card.state not in states:
        raise Refused(_("这张卡现在是“%(state)s”，不能这样办。") % {"state": CardState(card.state).label})


def refuse_others_hands(by: User) -> None:
    """What somebody stands for is not typed for them."""
    if by.is_represented:
        raise Refused(_("请本人来交，或者用您自己的账号交。"))


def to_review(by: User, card: CaseCard) -> None:
    """The card is held. Raises Refused for one that doesn't wait and for the writer's own hands, PermissionDenied."""
    locked(card)
    refuse_unless_card(card, {CardState.REVIEW})
    if may_review_card(by, card):
        return
    if by.can(Permission.CLINIC_EDIT, card.studio_id):
        raise Refused(_("自己写的，请别人来审。"))
    raise PermissionDenied


def is_from_sensitive(card: CaseCard) -> bool:
    return card.case_id is not None and card.case.sensitive


def tell_reviewers(by: User, card: CaseCard) -> None:
    """Those who look after the clinic but the writer; of a sensitive case they are told that it is one."""
    roles = [role for role, data in ROLES.items() if Permission.CLINIC_EDIT in data.permissions]
    people = [user for user in people_of(card.studio, roles) if user.pk != card.written_by_id]
    tell_of_card("card_to_review", by, card, people, reverse("clinic:review_card", args=[card.pk]))


def tell_writer(kind: str, by: User, card: CaseCard) -> None:
    tell_of_card(kind, by, card, [card.written_by], reverse("clinic:card", args=[card.pk]))


def tell_of_card(kind: str, by: User, card: CaseCard, to: list[User], url: str) -> None:
    hands = hands_of(by)
    people = [user for user in to if user.pk != hands.pk]
    particulars = {"title": card.title, "sensitive": is_from_sensitive(card)}
    notify(kind=kind, studio=card.studio, to=people, by=hands, url=url, particulars=particulars)
