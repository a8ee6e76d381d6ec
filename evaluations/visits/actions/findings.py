"""What was found, mended, looked at again and closed out (销号)."""

import datetime
from collections.abc import Sequence
from typing import BinaryIO

from django.core.files.base import ContentFile
from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from cohorts.actions.common import locked
from evaluations.visits.choices import ExtensionState, FindingState, PhotoKind, Severity, StepKind, VisitState
from evaluations.visits.models import MOST_PHOTOS, Finding, FindingPhoto, Visit
from evaluations.visits.queries.rules import latest_due
from mentorship.accounts.actions import count_upload
from mentorship.accounts.models import User
from mentorship.audit.actions import record
from mentorship.common.errors import Refused
from mentorship.common.images import upright_jpeg
from mentorship.people.models import Secretary

from .common import add_step, both_of, day_of, hands_of
from .telling import checkers_of, mentor_of, tell_of_finding

LONGEST_SIDE = 1600


@transaction.atomic
def add_finding(
    *,
    by: User,
    visit: Visit,
    text: str,
    level: str,
    action: str,
    evidence: str = "",
    due: datetime.date | None = None,
    owner: Secretary | None = None,
    photos: Sequence[BinaryIO] = (),
) -> Finding:
    """One finding of a visit that is written down and not signed yet: first the strengths, then this. Without a day it
    is due when the rules say, and never later. The apprentice owns it unless `owner` is named."""
    locked(visit)
    if visit.state == VisitState.PLANNED:
        raise Refused(_("先写亮点，再写发现的问题。"))
    refuse_unless_recorded(visit)
    last = visit.findings.aggregate(last=Max("number"))["last"] or 0
    finding = Finding(studio_id=visit.studio_id, visit=visit, number=last + 1, found_on=visit.date)
    put(finding, text=text, level=level, action=action, evidence=evidence, due=due, owner=owner)
    images = checked_photos(by, finding, PhotoKind.FOUND, photos)
    finding.save()
    keep_photos(by, finding, PhotoKind.FOUND, images)
    record(by=by, verb="finding.raised", on=finding, studio=finding.studio_id, after=told(finding, len(images)))
    return finding


@transaction.atomic
def change_finding(
    *,
    by: User,
    finding: Finding,
    text: str,
    level: str,
    action: str,
    evidence: str = "",
    due: datetime.date | None = None,
    owner: Secretary | None = None,
    photos: Sequence[BinaryIO] = (),
) -> Finding:
    """Until the visit is signed. `photos` are added."""
    locked(finding.visit)
    locked(finding)
    refuse_unless_recorded(finding.visit)
    before = told(finding, finding.photos.count())
    put(finding, text=text, level=level, action=action, evidence=evidence, due=due, owner=owner)
    images = checked_photos(by, finding, PhotoKind.FOUND, photos)
    finding.save()
    keep_photos(by, finding, PhotoKind.FOUND, images)
    after = told(finding, before["photos"] + len(images))
    changed = [name for name in after if before[name] != after[name]]
    record(
        by=by, verb="finding.changed", on=finding, studio=finding.studio_id,
        before={name: before[name] for name in changed}, after={name: after[name] for name in changed},
    )  # fmt: skip
    return finding


@transaction.atomic
def remove_finding(*, by: User, finding: Finding) -> None:
    """Taken back before the visit is signed; the numbers of the others stand."""
    locked(finding.visit)
    locked(finding)
    refuse_unless_recorded(finding.visit)
    record(by=by, verb="finding.removed", on=finding, studio=finding.studio_id, before=told(finding, 0))
    for photo in finding.photos.all():
        drop_file(photo)
    finding.photos.all().delete()
    finding.delete()


def drop_file(photo: FindingPhoto) -> None:
    name, storage = photo.image.name, photo.image.storage
    transaction.on_commit(lambda: storage.delete(name))


def refuse_unless_recorded(visit: Visit) -> None:
    if visit.state != VisitState.RECORDED:
        raise Refused(_("签字以后，记录不再改动。") if visit.is_signed else _("这次督训已经取消。"))


def put(finding: Finding, *, text, level, action, evidence, due, owner) -> None:
    """Sets the words and the day on the row, unsaved, once they hold together."""
    if not text.strip():
        raise Refused(_("写一句发现了什么。"), field="text")
    if not action.strip():
        raise Refused(_("写一句怎么改。"), field="action")
    if level not in Severity.values:
        raise Refused(_("请选一般还是较重。"), field="level")
    latest = latest_due(finding.visit, level)
    due = due or latest
    if due < finding.found_on:
        raise Refused(_("整改期限不能早于督训那天。"), field="due")
    if due > latest:
        raise Refused(_("整改期限最晚是%(day)s。") % {"day": latest.isoformat()}, field="due")
    finding.text, finding.level, finding.action = text.strip(), level, action.strip()
    finding.evidence, finding.due = evidence.strip(), due
    finding.owner = owner or finding.visit.mentee.secretary
    if finding.owner.studio_id != finding.studio_id:
        raise Refused(_("负责人要在本工作室的名册里。"), field="owner")


def told(finding: Finding, photos: int) -> dict:
    """Facts only, never the words."""
    due = finding.due.isoformat()
    return {"level": finding.level, "due": due, "owner": str(finding.owner), "photos": photos}


def checked_photos(by: User, finding: Finding, kind: str, uploads: Sequence[BinaryIO]) -> list[ContentFile]:
    there = finding.photos.filter(kind=kind).count() if not finding._state.adding else 0
    if there + len(uploads) > MOST_PHOTOS:
        raise Refused(_("照片最多%(n)s张。") % {"n": MOST_PHOTOS}, field="photos")
    images = [upright_jpeg(upload, LONGEST_SIDE, field="photos") for upload in uploads]
    count_upload(by=by, files=images, field="photos")
    return images


def keep_photos(by: User, finding: Finding, kind: str, images: list[ContentFile]) -> None:
    last = finding.photos.filter(kind=kind).aggregate(last=Max("order"))["last"] or 0
    for order, image in enumerate(images, last + 1):
        FindingPhoto.objects.create(
            studio_id=finding.studio_id, finding=finding, kind=kind, image=image, order=order, taken_by=hands_of(by)
        )


@transaction.atomic
def note_progress(
    *, by: User, finding: Finding, text: str, photos: Sequence[BinaryIO] = (), on: datetime.date | None = None
) -> Finding:
    """How far it is; 待整改 becomes 整改中."""
    day = to_mend(finding, on)
    if not text.strip():
        raise Refused(_("写一句做到哪一步了。"), field="text")
    images = checked_photos(by, finding, PhotoKind.MENDED, photos)
    keep_photos(by, finding, PhotoKind.MENDED, images)
    finding.status = FindingState.DOING
    finding.save(update_fields=["status", "updated_at"])
    add_step(by, finding, StepKind.PROGRESS, day, text.strip())
    record(by=by, verb="finding.progress_noted", on=finding, studio=finding.studio_id, after={"photos": len(images)})
    return finding


@transaction.atomic
def report_done(
    *, by: User, finding: Finding, text: str, photos: Sequence[BinaryIO] = (), on: datetime.date | None = None
) -> Finding:
    """It is mended and asks to be looked at; an extension that waits is no longer needed. Those who check are told."""
    day = to_mend(finding, on)
    if not text.strip():
        raise Refused(_("写一句是怎么改好的。"), field="text")
    images = checked_photos(by, finding, PhotoKind.MENDED, photos)
    keep_photos(by, finding, PhotoKind.MENDED, images)
    finding.extensions.filter(state=ExtensionState.ASKED).delete()
    finding.status, finding.reported_by, finding.reported_on = FindingState.REPORTED, hands_of(by), day
    finding.save()
    add_step(by, finding, StepKind.REPORTED, day, text.strip())
    record(by=by, verb="finding.reported", on=finding, studio=finding.studio_id, after={"photos": len(images)})
    tell_of_finding("finding_reported", by=by, finding=finding, to=checkers_of(finding))
    return finding


def to_mend(finding: Finding, on: datetime.date | None) -> datetime.date:
    """The day of the act, with the row held. Raises Refused unless it is in the owner's hands."""
    locked(finding)
    if not finding.visit.is_signed or finding.status not in FindingState.to_mend():
        raise Refused(_("这一项现在是“%(state)s”，不能这样改。") % {"state": finding.get_status_display()})
    return max(day_of(finding.studio, on), finding.found_on)


@transaction.atomic
def send_back(*, by: User, finding: Finding, text: str, on: datetime.date | None = None) -> Finding:
    """Not mended yet, and why. By neither the owner nor the one who reported it."""
    day = to_check(by, finding, on)
    if not text.strip():
        raise Refused(_("写一句还差什么。"), field="text")
    finding.status, finding.reported_by, finding.reported_on = FindingState.DOING, None, None
    finding.save()
    add_step(by, finding, StepKind.RETURNED, day, text.strip())
    record(by=by, verb="finding.sent_back", on=finding, studio=finding.studio_id)
    tell_of_finding("finding_sent_back", by=by, finding=finding, to=owners_of(finding))
    return finding


@transaction.atomic
def close_finding(*, by: User, finding: Finding, text: str = "", on: datetime.date | None = None) -> Finding:
    """验收销号: seen by another that it is mended. The owner and the mentor are told."""
    day = to_check(by, finding, on)
    finding.status, finding.verified_by, finding.verified_on = FindingState.CLOSED, hands_of(by), day
    finding.save()
    add_step(by, finding, StepKind.CLOSED, day, text.strip())
    after = {"due": finding.due.isoformat(), "in_time": finding.in_time}
    record(by=by, verb="finding.closed", on=finding, studio=finding.studio_id, after=after)
    people = [*owners_of(finding), mentor_of(finding.visit.mentee)]
    tell_of_finding("finding_closed", by=by, finding=finding, to=people)
    return finding


def to_check(by: User, finding: Finding, on: datetime.date | None) -> datetime.date:
    """The day of the act, with the row held. Raises Refused for one that isn't reported done, and for the same person."""
    locked(finding)
    if finding.status != FindingState.REPORTED:
        raise Refused(_("这一项现在是“%(state)s”，还不用验收。") % {"state": finding.get_status_display()})
    mine = {finding.reported_by_id, finding.owner.user_id, finding.visit.mentee.secretary.user_id}
    if mine & both_of(by):
        raise Refused(_("验收要换一个人：不能是负责人，也不能是报改好的人。"))
    return max(day_of(finding.studio, on), finding.reported_on)


def owners_of(finding: Finding) -> list[User | None]:
    return [finding.owner.user, finding.visit.mentee.secretary.user]
