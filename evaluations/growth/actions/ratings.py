"""Rating with evidence. A rating is never changed: a later one corrects it, and one's own can be taken back that day."""

import datetime
import uuid
from collections.abc import Mapping
from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from cohorts.actions.common import locked
from cohorts.clinic.models import Case
from cohorts.models import Mentee
from evaluations.growth.choices import Source
from evaluations.growth.models import Rating
from evaluations.growth.queries.evidence import cases_for
from evaluations.logs.actions.logs import LONGEST_SIDE
from evaluations.logs.models import TeachingLog
from evaluations.visits.choices import VisitState
from evaluations.visits.models import Visit
from mentorship.accounts.actions import count_upload
from mentorship.accounts.models import User
from mentorship.audit.actions import record
from mentorship.common.attachments import checked_file
from mentorship.common.errors import Refused
from mentorship.framework.models import HIGHEST, LOWEST, Indicator

NOT_SAID: Any = object()
LONGEST_NOTE = 200
DAYS_BACK = 400


class Stale(Refused):
    """Someone else rated the same indicator after this reader had opened the page."""


@transaction.atomic
def rate(
    *,
    by: User,
    mentee: Mentee,
    indicator: Indicator,
    level: int,
    date: datetime.date,
    source: str,
    log: TeachingLog | None = None,
    note: str = "",
    round_id: uuid.UUID | None = None,
    seen: uuid.UUID | None = NOT_SAID,
) -> Rating:
    """One level, 1 to 5, as seen on `date`, with a log or a note as its evidence.

    `seen` is the id of the rating that the page showed for this indicator (None: none); when another has been added
    since, Stale. Left out, the rating is added whatever stands. Raises Refused for evidence or a day that cannot be.
    """
    locked(mentee)
    return add_rating(by, mentee, indicator, level, facts(mentee, date, source, log, note), round_id, seen)


@transaction.atomic
def rate_several(
    *,
    by: User,
    mentee: Mentee,
    levels: Mapping[Indicator, int],
    date: datetime.date,
    source: str,
    log: TeachingLog | None = None,
    note: str = "",
    visit: Visit | None = None,
    case: Case | None = None,
    document: UploadedFile | None = None,
    seen: Mapping[uuid.UUID, uuid.UUID | None] | None = None,
) -> list[Rating]:
    """Several indicators on one evidence: all or none. `seen` is indicator id to the rating that the page showed.

    `visit`: one of this mentee that is signed. `case`: a closed one that they presented and `by` may read. `document`: a picture or a paper, kept once for all of
    them. Raises Refused for what can't be taken.
    """
    locked(mentee)
    if not levels:
        raise Refused(_("至少给一项定个级。"))
    given = facts(mentee, date, source, log, note, visit, document, readable_case(by, mentee, case))
    given |= kept(by, document)
    try:
        return [
            add_rating(by, mentee, indicator, level, given, None, NOT_SAID if seen is None else seen.get(indicator.pk))
            for indicator, level in levels.items()
        ]
    except (Refused, PermissionDenied):
        discard(given.get("document", ""))
        raise


def facts(
    mentee: Mentee,
    date: datetime.date,
    source: str,
    log: TeachingLog | None,
    note: str,
    visit: Visit | None = None,
    document: UploadedFile | None = None,
    case: Case | None = None,
) -> dict:
    """What holds for every indicator rated at once, checked."""
    note = note.strip()
    if not (log or visit or case or document or note):
        raise Refused(_("写一句看到了什么，或从日志里来定级。"), field="note")
    if len(note) > LONGEST_NOTE:
        raise Refused(_("依据最多200字。"), field="note")
    if log and (log.voided_at or not log.attendance.filter(mentee=mentee, present=True).exists()):
        raise Refused(_("这一篇日志里没有这位学员，不能作依据。"), field="note")
    if visit and (visit.mentee_id != mentee.pk or visit.state != VisitState.SIGNED):
        raise Refused(_("请选这位学员已经签字的督训。"), field="visit")
    check_day(mentee, date)
    source = Source.VISIT if visit else Source.CASE if case else source
    return {"date": date, "source": source, "log": log, "visit": visit, "case": case, "note": note}


def readable_case(by: User, mentee: Mentee, case: Case | None) -> Case | None:
    if case and not cases_for(by, mentee).filter(pk=case.pk).exists():
        raise Refused(_("请选这位学员提诊、已经销号、您看得到的会诊单。"), field="case")
    return case


def kept(by: User, document: UploadedFile | None) -> dict:
    """The paper in its store; several ratings name the one file."""
    if document is None:
        return {}
    paper, _is_picture = checked_file(document, LONGEST_SIDE, field="document")
    count_upload(by=by, files=[paper.file], field="document")
    field = Rating._meta.get_field("document")
    name = field.storage.save(field.generate_filename(None, paper.file.name), paper.file)
    return {"document": name, "document_name": paper.name}


def discard(name: str) -> None:
    """The store knows no transactions: what no rating came to name is taken out again."""
    if name:
        Rating._meta.get_field("document").storage.delete(name)


def check_day(mentee: Mentee, date: datetime.date) -> None:
    today = mentee.cohort.studio.today()
    if date > today:
        raise Refused(_("日期不能晚于今天。"), field="date")
    if date < today - datetime.timedelta(days=DAYS_BACK) or date < mentee.cohort.starts - datetime.timedelta(days=60):
        raise Refused(_("日期太早了，请核对。"), field="date")


def add_rating(by: User, mentee: Mentee, indicator: Indicator, level: int, given: dict, round_id, seen) -> Rating:
    if not LOWEST <= level <= HIGHEST:
        raise Refused(_("等级是1到5。"))
    if indicator.subject.framework_id != mentee.cohort.framework_id:
        raise Refused(_("这一项不在本批的应知必会里。"))
    refuse_own_rating(by, mentee, given["source"])
    rows = Rating.objects.counted().filter(mentee=mentee, indicator=indicator).order_by("-date", "-created_at")
    before = rows.select_related("rated_by").first()
    if seen is not NOT_SAID and getattr(before, "pk", None) != seen:
        refuse_stale(before, indicator)
    rating = Rating.objects.create(
        studio_id=mentee.studio_id, cohort=mentee.cohort, mentee=mentee, indicator=indicator, level=level,
        round_id=round_id, rated_by=by.acting_user or by, **given,
    )  # fmt: skip
    told = {"indicator": indicator.code, "date": rating.date, "source": rating.source}
    old = {"level": before.level} if before else None
    record(by=by, verb="rating.given", on=rating, studio=mentee.studio_id, before=old, after={"level": level, **told})
    return rating


def refuse_stale(before: Rating | None, indicator: Indicator) -> None:
    if before is None:
        raise Stale(_("%(name)s刚才的定级撤回了，请看过再定。") % {"name": indicator.words})
    raise Stale(
        _("%(who)s刚给%(name)s定了%(level)s级，请看过再定。")
        % {"who": before.rated_by, "name": indicator.words, "level": before.level}
    )


def refuse_own_rating(by: User, mentee: Mentee, source: str) -> None:
    """Oneself only by a self-rating; a self-rating only by oneself."""
    hands = {by.pk, getattr(by.acting_user, "pk", None)} - {None}
    own = mentee.secretary.user_id in hands
    if own != (source == Source.SELF):
        raise PermissionDenied


@transaction.atomic
def undo_rating(*, by: User, rating: Rating) -> Rating:
    """Takes back one's own rating on the day it was entered; it stays in the history. Else Refused."""
    locked(rating)
    if rating.rated_by_id != (by.acting_user or by).pk:
        raise PermissionDenied
    if rating.undone_at:
        return rating
    if not rating.may_be_undone:
        raise Refused(_("当天定的级当天能撤回；过了当天，请另定一次来更正。"))
    rating.undone_at = timezone.now()
    rating.save(update_fields=["undone_at", "updated_at"])
    before = {"level": rating.level, "indicator": rating.indicator.code}
    record(by=by, verb="rating.undone", on=rating, studio=rating.studio_id, before=before)
    return rating
