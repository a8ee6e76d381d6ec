"""One mentee's sheet: the report, the comment, the talk with its signature, and veto items with two people."""

import datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from cohorts.actions.common import locked
from evaluations.assessments.choices import RoundStatus, VetoKind, VetoState
from evaluations.assessments.models import Sheet, VetoItem
from evaluations.assessments.models.rounds import LONGEST_REPORT
from mentorship.accounts.models import User
from mentorship.audit.actions import record
from mentorship.common.errors import Refused
from mentorship.notifications.actions import notify
from mentorship.notifications.words import in_both
from mentorship.places.deadlines import deadline

from .common import check_version, hands_of, locked_sheet, refuse_own_sheet, refuse_unless


@transaction.atomic
def write_report(*, by: User, sheet: Sheet, version: int, report: str, hand_in: bool = True) -> Sheet:
    """述学, in the mentee's own hands, while the round takes reports and scores."""
    locked_sheet(sheet)
    if sheet.mentee.secretary.user_id != by.pk:
        raise PermissionDenied
    refuse_unless(sheet.round, RoundStatus.reportable())
    check_version(sheet, version)
    report = report.strip()
    if hand_in and not report:
        raise Refused(_("写几句再交，一两百字就好。"), field="report")
    if len(report) > LONGEST_REPORT:
        raise Refused(_("述学最多%(n)s字。") % {"n": LONGEST_REPORT}, field="report")
    sheet.report, sheet.version = report, sheet.version + 1
    if hand_in:
        sheet.reported_at = timezone.now()
    sheet.save(update_fields=["report", "version", "reported_at", "updated_at"])
    if hand_in:
        record(by=by, verb="sheet.reported", on=sheet, studio=sheet.studio_id, after={"characters": len(report)})
    return sheet


@transaction.atomic
def write_comment(
    *, by: User, sheet: Sheet, version: int, strength_1: str, strength_2: str, weakness: str, suggestion: str
) -> Sheet:
    """评语: two strengths, one weakness, one suggestion, before the result is made known."""
    locked_sheet(sheet)
    refuse_own_sheet(by, sheet)
    refuse_unless(sheet.round, {RoundStatus.SCORING, RoundStatus.SUMMING})
    check_version(sheet, version)
    words = {"strength_1": strength_1, "strength_2": strength_2, "weakness": weakness, "suggestion": suggestion}
    for name, text in words.items():
        if not text.strip():
            raise Refused(_("这一项还空着，请补上。"), field=name)
        setattr(sheet, name, text.strip())
    sheet.commented_by = by.acting_user or by
    sheet.version += 1
    sheet.save(update_fields=[*words, "commented_by", "version", "updated_at"])
    record(by=by, verb="sheet.commented", on=sheet, studio=sheet.studio_id, after={"version": sheet.version})
    return sheet


@transaction.atomic
def record_feedback(*, by: User, sheet: Sheet, talked_on: datetime.date, talked_by: str) -> Sheet:
    """反馈谈话 was held; the mentee is asked to sign that they know the result, and may ask for a review until
    `review_until`. Raises Refused too where the holidays of those days are not known yet."""
    locked_sheet(sheet)
    refuse_own_sheet(by, sheet)
    refuse_unless(sheet.round, {RoundStatus.FEEDBACK})
    if sheet.signed_at:
        raise Refused(_("本人已经签了知悉，谈话日期不再改。"))
    if talked_on < sheet.round.released_on:
        raise Refused(_("谈话在结果发布之后。"), field="talked_on")
    if talked_on > sheet.studio.today():
        raise Refused(_("谈过以后再记，日期不能晚于今天。"), field="talked_on")
    sheet.talked_on, sheet.talked_by = talked_on, talked_by.strip()
    sheet.review_until = deadline(sheet.studio, talked_on, sheet.round.cohort.rules.review_days, field="talked_on")
    sheet.version += 1
    sheet.save(update_fields=["talked_on", "talked_by", "review_until", "version", "updated_at"])
    record(by=by, verb="sheet.talked", on=sheet, studio=sheet.studio_id, after={"talked_on": talked_on})
    notify(
        kind="round_sign", studio=sheet.studio, to=[sheet.mentee.secretary.user], by=by.acting_user or by,
        url=reverse("assessments:sheet", args=[sheet.pk]),
        particulars={"round": in_both(sheet.round.get_kind_display)},
    )  # fmt: skip
    return sheet


@transaction.atomic
def sign_sheet(*, by: User, sheet: Sheet, own_words: str = "") -> Sheet:
    """知悉, with the mentee's own hands: they know the result, which is not to say that they agree."""
    locked_sheet(sheet)
    if by.is_represented or sheet.mentee.secretary.user_id != by.pk:
        raise PermissionDenied
    refuse_unless(sheet.round, {RoundStatus.FEEDBACK, RoundStatus.REVIEW})
    if not sheet.talked_on:
        raise Refused(_("谈过话以后再签。"))
    if sheet.signed_at:
        raise Refused(_("您已经签过了。"))
    sheet.signed_at, sheet.own_words = timezone.now(), own_words.strip()
    sheet.version += 1
    sheet.save(update_fields=["signed_at", "own_words", "version", "updated_at"])
    record(by=by, verb="sheet.signed", on=sheet, studio=sheet.studio_id)
    return sheet


@transaction.atomic
def raise_veto(*, by: User, sheet: Sheet, kind: str, facts: str) -> VetoItem:
    """一票否决 is proposed. It counts for nothing until another person has verified it."""
    locked_sheet(sheet)
    refuse_own_sheet(by, sheet)
    refuse_unless(sheet.round, {RoundStatus.REPORTING, RoundStatus.SCORING, RoundStatus.SUMMING})
    if kind not in VetoKind.values:
        raise Refused(_("请选是哪一类事项。"), field="kind")
    if not facts.strip():
        raise Refused(_("写清事实和依据。"), field="facts")
    if sheet.vetoes.filter(kind=kind).exclude(state=VetoState.DISMISSED).exists():
        raise Refused(_("这一类事项已经提过。"), field="kind")
    veto = VetoItem.objects.create(
        studio_id=sheet.studio_id, sheet=sheet, kind=kind, facts=facts.strip(), raised_by=by.acting_user or by
    )
    record(by=by, verb="veto.raised", on=sheet, studio=sheet.studio_id, after={"kind": kind})
    return veto


@transaction.atomic
def settle_veto(*, by: User, veto: VetoItem, confirmed: bool, finding: str) -> VetoItem:
    """A second person verifies it, or finds that it does not hold. Raises Refused for the one who raised it."""
    sheet = locked_sheet(veto.sheet)
    locked(veto)
    refuse_own_sheet(by, sheet)
    refuse_unless(sheet.round, {RoundStatus.REPORTING, RoundStatus.SCORING, RoundStatus.SUMMING})
    if veto.state != VetoState.RAISED:
        raise Refused(_("这一件已经核实过了。"))
    if veto.raised_by_id in hands_of(by):
        raise Refused(_("提出和核实要两个人，请由另一位来核实。"))
    if not finding.strip():
        raise Refused(_("写清核实的情况。"), field="finding")
    veto.state = VetoState.VERIFIED if confirmed else VetoState.DISMISSED
    veto.verified_by, veto.finding = by.acting_user or by, finding.strip()
    veto.save()
    record(by=by, verb="veto.settled", on=sheet, studio=sheet.studio_id, after={"kind": veto.kind, "state": veto.state})
    return veto
