"""Every change of the register."""

import copy
import datetime
from typing import Any

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils.translation import gettext as _

from mentorship.accounts.actions import count_upload
from mentorship.accounts.models import User
from mentorship.audit.actions import changes, record
from mentorship.common.errors import Refused
from mentorship.common.templatetags.wording import masked_phone
from mentorship.places.models import Community, Studio

from .importing import Plan, State
from .models import Secretary
from .portraits import small_name

FACTS = [
    "name", "name_en", "sex", "birth", "community_id", "post", "post_since", "working_state", "service_years", "phone",
    "education", "dual_post", "prior_job", "strengths", "note",
]  # fmt: skip


def told(values: dict[str, Any]) -> dict[str, Any]:
    """Facts as the trail keeps them: in words, and phones too short to be called."""
    kept = {}
    for name, value in values.items():
        field = Secretary._meta.get_field(name)
        if name == "phone":
            value = masked_phone(value) if value else ""
        elif name == "community_id":
            value = Community.objects.get(pk=value).official_name
        kept[field.name] = dict(field.flatchoices).get(value, value)
    return kept


def refuse_twins(person: Secretary) -> None:
    others = Secretary.objects.filter(studio=person.studio_id).exclude(pk=person.pk)
    if person.phone and others.filter(phone=person.phone).exists():
        raise Refused(_("名册里已有人用这个手机号。"), field="phone")
    if others.filter(name=person.name, birth=person.birth, community=person.community_id).exists():
        raise Refused(_("名册里已有同名、同年月、同居民区的人。"), field="name")
    if person.post_since <= person.birth:
        raise Refused(_("任职时间早于出生年月。"), field="post_since")
    if not person.studio.communities.filter(pk=person.community_id).exists():
        raise Refused(_("这个居民区不在本工作室的范围里。"), field="community")


@transaction.atomic
def add_secretary(*, by: User, studio: Studio, **facts: Any) -> Secretary:
    """Enters someone in the register. `facts` holds any of FACTS; community by its code. Refused for a twin."""
    person = Secretary(studio=studio, **facts)
    refuse_twins(person)
    person.save()
    record(by=by, verb="secretary.added", on=person, studio=studio, after=told(known(person)))
    return person


def known(person: Secretary) -> dict[str, Any]:
    return {name: getattr(person, name) for name in FACTS if getattr(person, name) not in ("", None)}


@transaction.atomic
def change_secretary(*, by: User, secretary: Secretary, verb: str = "secretary.changed", **facts: Any) -> Secretary:
    """Changes what differs; nothing is written, nor recorded, when nothing does."""
    person = Secretary.objects.select_for_update(of=("self",)).select_related("studio").get(pk=secretary.pk)
    old = copy.copy(person)
    for name, value in facts.items():
        if name not in FACTS:
            raise ValueError(name)
        setattr(person, name, value)
    before, after = changes(old, person, FACTS)
    if after:
        refuse_twins(person)
        person.save()
        record(by=by, verb=verb, on=person, studio=person.studio_id, before=told(before), after=told(after))
    return person


@transaction.atomic
def set_portrait(*, by: User, secretary: Secretary, picture: ContentFile, small: ContentFile | None = None) -> None:
    """Stores our own JPEG of the portrait, and its small square; the earlier files go once the new are safely in."""
    count_upload(by=by, files=[picture], field="portrait")
    earlier = secretary.portrait.name
    secretary.portrait.save(picture.name, picture, save=False)
    if small:
        secretary.portrait.storage.save(small_name(secretary.portrait.name), small)
    secretary.save(update_fields=["portrait", "updated_at"])
    verb = "secretary.portrait_changed" if earlier else "secretary.portrait_added"
    record(by=by, verb=verb, on=secretary, studio=secretary.studio_id)
    drop_file(secretary, earlier)


@transaction.atomic
def remove_portrait(*, by: User, secretary: Secretary) -> None:
    earlier = secretary.portrait.name
    if not earlier:
        return
    secretary.portrait = ""
    secretary.save(update_fields=["portrait", "updated_at"])
    record(by=by, verb="secretary.portrait_removed", on=secretary, studio=secretary.studio_id)
    drop_file(secretary, earlier)


def drop_file(secretary: Secretary, name: str) -> None:
    if name:
        storage = secretary._meta.get_field("portrait").storage
        transaction.on_commit(lambda: [storage.delete(file) for file in (name, small_name(name))])


@transaction.atomic
def mark_left(*, by: User, secretary: Secretary, on: datetime.date, reason: str) -> None:
    """Takes someone off the register. The person and their history stay."""
    if secretary.left_on:
        raise Refused(_("已经离开名册。"))
    if on > secretary.studio.today():
        raise Refused(_("离开日期不能晚于今天。"), field="left_on")
    secretary.left_on, secretary.left_reason = on, reason
    secretary.save(update_fields=["left_on", "left_reason", "updated_at"])
    record(
        by=by, verb="secretary.left", on=secretary, studio=secretary.studio_id,
        after={"left_on": on, "left_reason": reason},
    )  # fmt: skip


@transaction.atomic
def mark_back(*, by: User, secretary: Secretary) -> None:
    if not secretary.left_on:
        raise Refused(_("就在名册上。"))
    before = {"left_on": secretary.left_on, "left_reason": secretary.left_reason}
    secretary.left_on, secretary.left_reason = None, ""
    secretary.save(update_fields=["left_on", "left_reason", "updated_at"])
    record(by=by, verb="secretary.returned", on=secretary, studio=secretary.studio_id, before=before)


@transaction.atomic
def import_rows(*, by: User | None, plan: Plan) -> dict[str, int]:
    """Applies a plan: new and changed rows; the rest stays as it is. Returns the four counts. `by=None`: command line.

    Raises Refused, and writes nothing at all, when the register has changed so that a row no longer fits.
    """
    Studio.objects.select_for_update().get(pk=plan.studio.pk)  # one import at a time
    for row in plan.rows:
        if row.state == State.NEW:
            add_secretary(by=by, studio=plan.studio, **row.values)
        elif row.state == State.CHANGED:
            values = {name: after for name, (_before, after) in row.changes.items()}
            change_secretary(by=by, secretary=row.person, verb="secretary.imported", **values)
    counts = plan.counts
    record(by=by, verb="register.imported", on=plan.studio, studio=plan.studio, after=counts)
    return counts
