"""Gap plans, assessment rounds, reviews of results; panels, objections and appeals."""

from django.db.models import Count, Exists, OuterRef, Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from evaluations.assessments.choices import RoundStatus, VetoState
from evaluations.assessments.models import RaterTask, ReviewRequest, Sheet, VetoItem
from evaluations.growth.choices import PlanState
from evaluations.growth.models import GapPlan
from evaluations.promotions.choices import CandidateState, ObjectionState
from evaluations.promotions.models import Appeal, Objection, OpenVote, PanelMember, Recusal, SecretMark
from mentorship.accounts.permissions import Permission

from .items import MOST, Reader, Todo


def judging(reader: Reader) -> list[Todo]:
    found = [*plans(reader), *ratings(reader), *sheets(reader), *votes(reader), *objections_to_check(reader)]
    if reader.can(Permission.ASSESSMENT_EDIT):
        found += from_paper(reader)
    if reader.can(Permission.ASSESSMENT_DECIDE):
        found += [*reviews(reader), *vetoes(reader)]
    if reader.can(Permission.PROMOTION_DECIDE):
        found += [*objections_to_assign(reader), *appeals(reader)]
    return found


def plans(reader: Reader) -> list[Todo]:
    user = reader.user.pk
    mine = Q(mentee_agreed_at=None, mentee__secretary__user=user)
    mine |= Q(mentor_agreed_at=None, mentee__pairings__mentor__secretary__user=user, mentee__pairings__ends=None)
    rows = GapPlan.objects.visible_to(reader.user).filter(mine, studio=reader.studio, state=PlanState.DRAFT)
    return [
        Todo(None, _("补短板计划请看过、同意"), str(row.mentee), reverse("growth:plan", args=[row.pk]), _("去看看"),
             soft=True)
        for row in rows.distinct().select_related("mentee__secretary").order_by("starts")[:MOST]
    ]  # fmt: skip


def by_round(rows):
    return rows.values("sheet__round", "sheet__round__due").annotate(n=Count("pk")).order_by("sheet__round__due")[:MOST]


def ratings(reader: Reader) -> list[Todo]:
    """One row a round, however many are rated in it."""
    rows = RaterTask.objects.visible_to(reader.user).waiting()
    rows = rows.filter(rater=reader.user.pk, studio=reader.studio, sheet__round__status=RoundStatus.SCORING)
    return [
        Todo(
            row["sheet__round__due"], _("请评分"),
            ngettext("%(n)s名学员等着评分", "%(n)s名学员等着评分", row["n"]) % {"n": row["n"]},
            reverse("assessments:mine"), _("去评分"), soft=reader.is_asked_softly,
        )
        for row in by_round(rows)
    ]  # fmt: skip


def from_paper(reader: Reader) -> list[Todo]:
    rows = RaterTask.objects.visible_to(reader.user).waiting()
    rows = rows.filter(rater=None, studio=reader.studio, sheet__round__status=RoundStatus.SCORING)
    return [
        Todo(
            row["sheet__round__due"], _("纸质评分待录入"),
            ngettext("%(n)s份", "%(n)s份", row["n"]) % {"n": row["n"]},
            reverse("assessments:round", args=[row["sheet__round"]]), _("去录入"),
        )
        for row in by_round(rows)
    ]  # fmt: skip


def sheets(reader: Reader) -> list[Todo]:
    """Of one's own: the report to write, and the feedback to take note of."""
    to_write = Q(round__status=RoundStatus.REPORTING, reported_at=None)
    to_sign = Q(round__status__in=sorted(RoundStatus.released()), talked_on__isnull=False, signed_at=None)
    rows = Sheet.objects.filter(to_write | to_sign, studio=reader.studio, mentee__secretary__user=reader.user.pk)
    found = []
    for row in rows.select_related("round").order_by("round__due")[:MOST]:
        kind = row.round.get_kind_display()
        if row.talked_on:
            url = reverse("assessments:sheet", args=[row.pk])
            found.append(Todo(row.review_until, _("反馈请签知悉"), kind, url, _("去看看"), True, True))
        else:
            url = reverse("assessments:report", args=[row.pk])
            found.append(Todo(row.round.due, _("写述学"), kind, url, _("去写"), soft=True))
    return found


def reviews(reader: Reader) -> list[Todo]:
    """Never one's own: another decides."""
    rows = ReviewRequest.objects.visible_to(reader.user).open().filter(studio=reader.studio)
    rows = rows.exclude(filed_by=reader.user.pk).select_related("sheet__mentee__secretary")
    return [
        Todo(row.answer_by, _("复核申请请答复"), str(row.sheet.mentee), reverse("assessments:review", args=[row.pk]),
             _("去答复"), by_working_days=True)
        for row in rows.order_by("answer_by")[:MOST]
    ]  # fmt: skip


def vetoes(reader: Reader) -> list[Todo]:
    rows = VetoItem.objects.visible_to(reader.user).filter(studio=reader.studio, state=VetoState.RAISED)
    rows = rows.exclude(raised_by=reader.user.pk).select_related("sheet__mentee__secretary")
    return [
        Todo(None, _("一票否决事项请核实"), str(row.sheet.mentee), reverse("assessments:settle", args=[row.pk]),
             _("去核实"))
        for row in rows.order_by("created_at")[:MOST]
    ]  # fmt: skip


def votes(reader: Reader) -> list[Todo]:
    """Votes that are open now, where the reader sits and has not spoken. Nobody votes through another's hands."""
    if reader.user.is_represented:
        return []
    of_this = {"candidate": OuterRef("review__candidates")}
    rows = PanelMember.objects.filter(
        user=reader.user.pk, studio=reader.studio, present=True, review__candidates__state=CandidateState.VOTING
    )
    this_time = {**of_this, "round": OuterRef("review__candidates__round"), "member": OuterRef("pk")}
    rows = rows.exclude(
        Exists(OpenVote.objects.filter(**this_time))
        | Exists(SecretMark.objects.filter(**this_time, voted=True))
        | Exists(Recusal.objects.filter(**of_this, member=OuterRef("pk")))
    )
    named = rows.values_list("review__candidates", "review__candidates__mentee__secretary__name")
    return [
        Todo(reader.today, _("正在表决"), name, reverse("promotions:vote", args=[pk]), _("去表决"))
        for pk, name in named[:MOST]
    ]


def objections_to_check(reader: Reader) -> list[Todo]:
    mine = Q(checker_1=reader.user.pk) | Q(checker_2=reader.user.pk)
    rows = Objection.objects.visible_to(reader.user).filter(mine, studio=reader.studio, state=ObjectionState.CHECKING)
    rows = rows.exclude(found_by=reader.user.pk).order_by("received")
    return [
        Todo(None, _("反映的问题请核查"), str(row), reverse("promotions:objection", args=[row.pk]), _("去核查"))
        for row in rows[:MOST]
    ]


def objections_to_assign(reader: Reader) -> list[Todo]:
    rows = Objection.objects.visible_to(reader.user).filter(studio=reader.studio, state=ObjectionState.RECEIVED)
    return [
        Todo(None, _("收到反映，请定两位核查人"), str(row), reverse("promotions:objection", args=[row.pk]), _("去受理"))
        for row in rows.order_by("received")[:MOST]
    ]


def appeals(reader: Reader) -> list[Todo]:
    rows = Appeal.objects.visible_to(reader.user).filter(studio=reader.studio, outcome="")
    return [
        Todo(row.due, row.get_kind_display(), str(row.candidate.mentee),
             reverse("promotions:appeal_decide", args=[row.pk]), _("去答复"), by_working_days=True)
        for row in rows.select_related("candidate__mentee__secretary").order_by("due")[:MOST]
    ]  # fmt: skip
