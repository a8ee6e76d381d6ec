"""会诊单: written as a draft, sent in, changed while it waits, taken or sent back, or not sent at all. Neither the trail nor
a notice of a sensitive one holds a word of it."""

import uuid
from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.urls import reverse
from django.utils.translation import gettext as _

from cohorts.clinic.access import may_write
from cohorts.clinic.choices import CaseState, NoteKind, Urgency
from cohorts.clinic.models import Case, CaseCard
from cohorts.clinic.queries.sheets import TEXTS, cohort_for, own_secretary, pointed_at
from cohorts.clinic.taxonomy import sub_name
from mentorship.accounts.models import User
from mentorship.accounts.permissions import Permission
from mentorship.audit.actions import record
from mentorship.common.errors import PermissionDenied, Refused
from mentorship.notifications.models import Notice
from mentorship.notifications.words import in_both
from mentorship.people.models import Secretary
from mentorship.places.models import Studio

from .common import Stale, locked, note, refuse_unless, stir
from .files import drop_all
from .telling import tell, tell_office
from .uses import say_case_helped, say_helped

NEEDED = ("category", *TEXTS)


@transaction.atomic
def save_draft(
    *,
    by: User,
    studio: Studio,
    client_key: uuid.UUID,
    version: int = 0,
    presenter: Secretary | None = None,
    **words: Any,
) -> Case:
    """Begins the draft of this key or goes on with it; `words` are of Case.WORDS, what is left out stays as it is.

    An office holder names the `presenter`; everybody else presents their own. Saved twice with the same words, it stays
    as it is. Raises Stale when `version` is not the present one, Refused beside the field, PermissionDenied for others.
    """
    case = Case.objects.filter(studio=studio, client_key=client_key).first()
    if case is None:
        Studio.objects.select_for_update(of=("self",)).get(pk=studio.pk)  # a form sent twice at once makes one draft
        case = Case.objects.filter(studio=studio, client_key=client_key).first()
    if case is None:
        return begin(by, studio, client_key, presenter, words)
    locked(case)
    refuse_others(by, case)
    moved = presenter is not None and presenter.pk != case.presenter_id
    changed = put(case, words)
    if not changed and not moved:
        return case
    if not case.is_draft or case.version != version:
        raise Stale(_("您打开以后，这张会诊单有了变动。下面是您写的，再存一次就以您的为准。"))
    if moved:
        stand(case, presenter_for(by, studio, presenter))
        changed += ["presenter", "community", "cohort"]
    stir(case, *changed)
    return case


def begin(by: User, studio: Studio, client_key: uuid.UUID, presenter: Secretary | None, words: dict) -> Case:
    case = Case(studio=studio, client_key=client_key, filed_by=by)
    stand(case, presenter_for(by, studio, presenter))
    put(case, words)
    if not case.category:
        raise Refused(_("先选一个类别，草稿就存得下。"), field="category")
    case.save()
    record(by=by, verb="case.drafted", on=case, studio=studio, after={"presenter": str(case.presenter)})
    return case


def stand(case: Case, presenter: Secretary) -> None:
    """Who presents it, for which neighbourhood, in which cohort."""
    cohort = cohort_for(presenter)
    if cohort is None:
        raise Refused(_("工作室还没有开着的批次，请先建好批次。"))
    case.presenter, case.community, case.cohort = presenter, presenter.community, cohort


def presenter_for(by: User, studio: Studio, chosen: Secretary | None) -> Secretary:
    """The office files for anyone of the register who is still on it; a mentee only for themselves."""
    own = own_secretary(by, studio)
    files_for_others = by.can(Permission.CLINIC_EDIT, studio)
    presents_own = own is not None and by.can(Permission.MENTEE_HOME, studio)
    presenter = chosen or (own if presents_own else None)
    if not files_for_others and (not presents_own or presenter != own):
        raise PermissionDenied
    if presenter is None:
        raise Refused(_("请选是哪位书记的难题。"), field="presenter")
    if presenter.studio_id != studio.pk or presenter.left_on:
        raise Refused(_("请从名册里选一位在任的书记。"), field="presenter")
    return presenter


@transaction.atomic
def send(*, by: User, case: Case, confirmed: bool = False) -> Case:
    """The number is given, and those who look after the clinic are told. Sent twice, the first counts.

    Raises Refused beside what is missing, and, unless `confirmed`, when a text may lead to a person.
    """
    Studio.objects.select_for_update(of=("self",)).get(pk=case.studio_id)  # numbers are given out one at a time
    locked(case)
    refuse_others(by, case)
    if not case.is_draft:
        return case
    refuse_gaps(case)
    refuse_unseen(case, TEXTS, confirmed)
    case.number = case.number or next_number(case)
    case.date, case.state = case.studio.today(), CaseState.WAITING
    note(case, NoteKind.SENT, by=by)
    stir(case, "number", "date", "state")
    record(by=by, verb="case.sent", on=case, studio=case.studio_id, after={"number": case.number})
    tell_office(
        "case_sent", by=by, case=case, urgent=case.urgency == Urgency.URGENT, who=in_both(lambda: case.presenter),
        community=in_both(lambda: case.community),
    )  # fmt: skip
    return case


@transaction.atomic
def change_sheet(*, by: User, case: Case, version: int, confirmed: bool = False, **words: Any) -> None:
    """While it waits. The trail keeps which fields changed, never what they say. Raises Stale and Refused as above."""
    locked(case)
    refuse_others(by, case)
    refuse_unless(case, [CaseState.WAITING])
    was_sensitive = case.sensitive
    changed = put(case, words)
    if not changed:
        return
    if case.version != version:
        raise Stale(_("您打开以后，这张会诊单有了变动。下面是您写的，再存一次就以您的为准。"))
    refuse_gaps(case)
    refuse_unseen(case, [name for name in TEXTS if name in changed], confirmed)
    stir(case, *changed)
    if case.sensitive and not was_sensitive:
        unsay(case)
    record(by=by, verb="case.changed", on=case, studio=case.studio_id, after={"fields": changed})


@transaction.atomic
def take_back(*, by: User, case: Case) -> None:
    """Whoever presents or wrote it goes on writing; the number stays. Until somebody was asked."""
    locked(case)
    if by.pk not in {case.presenter.user_id, case.filed_by_id}:
        raise PermissionDenied
    refuse_unless(case, [CaseState.WAITING])
    case.state = CaseState.DRAFT
    stir(case, "state")
    record(by=by, verb="case.taken_back", on=case, studio=case.studio_id, after={"number": case.number})


@transaction.atomic
def send_back(*, by: User, case: Case, reason: str) -> None:
    """Something is missing: the presenter reads what, adds it and sends it again. Only those who look after the clinic."""
    if not by.can(Permission.CLINIC_EDIT, case.studio_id):
        raise PermissionDenied
    locked(case)
    refuse_unless(case, [CaseState.WAITING])
    if not reason.strip():
        raise Refused(_("写一句还差什么。"), field="reason")
    case.state = CaseState.DRAFT
    note(case, NoteKind.RETURNED, by=by, text=reason.strip())
    stir(case, "state")
    record(by=by, verb="case.sent_back", on=case, studio=case.studio_id, after={"number": case.number})
    people = [case.presenter.user, case.filed_by]
    told = "" if case.sensitive else reason.strip()
    tell("case_sent_back", by=by, case=case, to=people, url=reverse("clinic:edit", args=[case.pk]), reason=told)


@transaction.atomic
def discard(*, by: User, case: Case) -> None:
    """A draft that was never sent, with its files. Raises Refused for one that has a number."""
    locked(case)
    if by.pk not in {case.presenter.user_id, case.filed_by_id}:
        raise PermissionDenied
    refuse_unless(case, [CaseState.DRAFT])
    if case.number:
        raise Refused(_("提交过的会诊单要留底，不能删。不想提了，可以空着不交。"))
    drop_all(case)
    record(by=by, verb="case.discarded", on=case, studio=case.studio_id, before={"presenter": str(case.presenter)})
    case.delete()


@transaction.atomic
def answered_by(*, by: User, case: Case | None = None, card: CaseCard | None = None, draft: Case | None = None) -> None:
    """A closed `case` or a `card` was enough, no new case is needed: that is counted, and the draft goes unless it was
    sent before. Of one's own nothing is counted."""
    own = {by.pk, getattr(by.acting_user, "pk", None)}
    if case and not own & {case.presenter.user_id, case.filed_by_id}:
        say_case_helped(by=by, case=case, instead=True)
    if card and card.written_by_id not in own:
        say_helped(by=by, card=card, instead=True)
    if draft and draft.is_draft and not draft.number:
        discard(by=by, case=draft)


def refuse_others(by: User, case: Case) -> None:
    """The sheet is its writers' and the office's; once it has moved on it is only looked at again, by its writers."""
    own = by.pk in {case.presenter.user_id, case.filed_by_id}
    if not own and not may_write(by, case):
        raise PermissionDenied


def put(case: Case, words: dict) -> list[str]:
    """The words into the case, not saved yet; the names of those that are new. Raises Refused for a figure of nothing."""
    unknown = set(words) - set(Case.WORDS)
    if unknown:
        raise TypeError(f"not words of a case: {sorted(unknown)}")
    before = {name: getattr(case, name) for name in Case.WORDS}
    for name, value in words.items():
        setattr(case, name, value.strip() if isinstance(value, str) else value)
    case.title = " ".join(case.title.split())
    if not sub_name(case.category, case.sub_category):
        case.sub_category = ""
    if case.figure_before is not None and not case.measure:
        raise Refused(_("写了数字，也写一下看的是哪个数。"), field="measure")
    return [name for name in Case.WORDS if getattr(case, name) != before[name]]


def refuse_gaps(case: Case) -> None:
    for name in NEEDED:
        if not getattr(case, name):
            raise Refused(_("这一项还空着，请补上。"), field=name)


def refuse_unseen(case: Case, names: Iterable[str], confirmed: bool) -> None:
    """Raises Refused when one of these texts may lead to a person and nobody said that they saw it."""
    if not confirmed and pointed_at(case.studio, {name: getattr(case, name) for name in names}):
        raise Refused(
            _("有几处会让人认出是谁，标在各栏下面。改好再交；确实要这样写，就勾上“照样提交”。"), field="confirmed"
        )


def next_number(case: Case) -> int:
    return (Case.objects.filter(studio=case.studio_id).aggregate(last=Max("number"))["last"] or 0) + 1


def unsay(case: Case) -> None:
    """Notices that were sent before it became sensitive lose its title."""
    for notice in Notice.objects.filter(studio=case.studio_id, url__contains=str(case.pk)):
        notice.particulars |= {name: "" for name in ("title", "reason") if name in notice.particulars}
        notice.save(update_fields=["particulars", "updated_at"])
