"""Levels with their evidence, the plan for the gaps, and the draws of logs that are asked about again."""

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cohorts.clinic.models import Case, CaseCard
from cohorts.models import Cohort, Mentee, Pairing
from evaluations.growth.choices import Answer, Method, PlanState, Result, Source
from evaluations.logs.models import TeachingLog
from evaluations.visits.models import Visit
from mentorship.accounts.models import User
from mentorship.accounts.permissions import Permission
from mentorship.common.base import Record
from mentorship.framework.models import HIGHEST, LEVEL_RANGE, LOWEST, Indicator, Subject
from mentorship.places.models import Studio

MOST_ROWS = 5


def rows_of_mentee(user) -> Q:
    """Oneself, the mentor one is paired with now, and the studio."""
    mine = Pairing.objects.filter(mentor__secretary__user=user.pk, ends=None).values("mentee")
    studios = user.scope_of(Permission.RATING_VIEW)[0]
    near = Q(studio__in=user.studio_ids)  # tells the database where to begin
    return near & (Q(studio__in=studios) | Q(mentee__secretary__user=user.pk) | Q(mentee__in=mine))


class OfMentee(models.QuerySet):
    def visible_to(self, user):
        if not user.is_authenticated:
            return self.none()
        return self if user.is_operator else self.filter(rows_of_mentee(user))


class RatingQuerySet(OfMentee):
    def standing(self):
        return self.filter(undone_at=None)

    def counted(self):
        """What makes a level: not taken back, and not one's own opinion of oneself."""
        return self.standing().filter(source__in=Source.counted())

    def until(self, day):
        return self.filter(date__lte=day)

    def in_order(self):
        """Oldest first; of two on one day, the one entered later is the later."""
        return self.order_by("date", "created_at")

    def for_lists(self):
        return self.select_related("indicator__subject", "subject", "rated_by", "log", "visit", "case")


class Rating(Record):
    """One level of one indicator as seen on a day; of a whole subject where a round gave it. Never overwritten: a
    correction is a further rating."""

    studio = models.ForeignKey(Studio, on_delete=models.PROTECT, related_name="+", verbose_name=_("工作室"))
    cohort = models.ForeignKey(Cohort, on_delete=models.PROTECT, related_name="ratings", verbose_name=_("批次"))
    mentee = models.ForeignKey(Mentee, on_delete=models.PROTECT, related_name="ratings", verbose_name=_("学员"))
    indicator = models.ForeignKey(
        Indicator, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("指标")
    )
    subject = models.ForeignKey(
        Subject, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("应知必会")
    )
    level = models.PositiveSmallIntegerField(_("等级"), validators=LEVEL_RANGE)
    date = models.DateField(_("看到的日期"))
    source = models.CharField(_("来源"), max_length=10, choices=Source, default=Source.LOG)
    log = models.ForeignKey(
        TeachingLog, on_delete=models.PROTECT, null=True, blank=True, related_name="ratings", verbose_name=_("日志")
    )
    visit = models.ForeignKey(
        Visit, on_delete=models.PROTECT, null=True, blank=True, related_name="ratings", verbose_name=_("督训")
    )
    case = models.ForeignKey(
        Case, on_delete=models.PROTECT, null=True, blank=True, related_name="ratings", verbose_name=_("会诊单")
    )
    document = models.FileField(_("佐证文件"), upload_to="ratings/", blank=True, editable=False)
    document_name = models.CharField(_("文件名"), max_length=120, blank=True, editable=False)
    note = models.CharField(_("依据"), max_length=200, blank=True)
    rated_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", verbose_name=_("定级人"))
    round_id = models.UUIDField(_("评估"), null=True, blank=True, editable=False)
    undone_at = models.DateTimeField(_("撤回时间"), null=True, blank=True, editable=False)

    objects = RatingQuerySet.as_manager()

    class Meta:
        ordering = ["-date", "-created_at"]
        verbose_name = _("定级")
        verbose_name_plural = _("定级")
        indexes = [
            models.Index(fields=["mentee", "indicator", "-date"], name="rating_by_mentee"),
            models.Index(fields=["cohort", "date"], name="rating_by_cohort_and_date"),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(level__range=(LOWEST, HIGHEST)), name="rating_in_range"),
            models.CheckConstraint(
                condition=Q(log__isnull=False)
                | Q(visit__isnull=False)
                | Q(case__isnull=False)
                | ~Q(document="")
                | ~Q(note=""),
                name="rating_has_evidence",
            ),
            models.CheckConstraint(condition=Q(source__in=Source.values), name="rating_source_known"),
            models.CheckConstraint(
                condition=Q(indicator__isnull=False, subject=None)
                | Q(indicator=None, subject__isnull=False, source=Source.ROUND, round_id__isnull=False),
                name="rating_of_an_indicator_or_by_a_round",
            ),
            models.UniqueConstraint(
                fields=["mentee", "subject", "round_id"],
                condition=Q(subject__isnull=False, undone_at=None),
                name="one_standing_level_a_round",
            ),
        ]

    def __str__(self):
        """Without the note: the audit trail keeps this name."""
        return f"{self.mentee} {self.about.code} {self.level}"

    @property
    def about(self) -> Indicator | Subject:
        return self.indicator or self.subject

    @property
    def may_be_undone(self) -> bool:
        """On the day it was entered, by the clock on the wall; afterwards a further rating corrects it. What a round
        gave stands until its review corrects it."""
        return (
            self.subject_id is None
            and self.undone_at is None
            and timezone.localdate(self.created_at) == timezone.localdate()
        )


class GapPlan(Record):
    """补短板计划 of one apprentice for one period: one page, at most five rows."""

    studio = models.ForeignKey(Studio, on_delete=models.PROTECT, related_name="+", verbose_name=_("工作室"))
    cohort = models.ForeignKey(Cohort, on_delete=models.PROTECT, related_name="gap_plans", verbose_name=_("批次"))
    mentee = models.ForeignKey(Mentee, on_delete=models.PROTECT, related_name="gap_plans", verbose_name=_("学员"))
    starts = models.DateField(_("开始日期"))
    ends = models.DateField(_("结束日期"))
    state = models.CharField(_("状态"), max_length=8, choices=PlanState, default=PlanState.DRAFT, editable=False)
    created_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", verbose_name=_("拟定人"))
    carried_from = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="carried_to", verbose_name=_("接着哪一期")
    )
    mentee_agreed_at = models.DateTimeField(_("学员同意"), null=True, blank=True, editable=False)
    mentor_agreed_at = models.DateTimeField(_("师傅同意"), null=True, blank=True, editable=False)
    closed_at = models.DateTimeField(_("结束时间"), null=True, blank=True, editable=False)
    version = models.PositiveIntegerField(_("版次"), default=1, editable=False)

    objects = OfMentee.as_manager()

    class Meta:
        ordering = ["-starts", "-created_at"]
        verbose_name = _("补短板计划")
        verbose_name_plural = _("补短板计划")
        constraints = [
            models.UniqueConstraint(
                fields=["mentee"], condition=Q(state__in=sorted(PlanState.standing())), name="one_standing_plan"
            ),
            models.CheckConstraint(condition=Q(ends__gt=F("starts")), name="plan_ends_after_start"),
            models.CheckConstraint(condition=Q(state__in=PlanState.values), name="plan_state_known"),
            models.CheckConstraint(
                condition=~Q(state=PlanState.AGREED)
                | Q(mentee_agreed_at__isnull=False, mentor_agreed_at__isnull=False),
                name="plan_agreed_by_both",
            ),
            models.CheckConstraint(
                condition=Q(state=PlanState.CLOSED, closed_at__isnull=False) | ~Q(state=PlanState.CLOSED),
                name="plan_closed_has_a_time",
            ),
        ]

    def __str__(self):
        return f"{self.mentee} {self.starts.isoformat()}"


class GapRowQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(plan__in=GapPlan.objects.visible_to(user))


class GapRow(Record):
    """One gap: where it stands, what is to be seen, how, by when. `basis` is the rating that showed it."""

    studio = models.ForeignKey(Studio, on_delete=models.PROTECT, related_name="+")
    plan = models.ForeignKey(GapPlan, on_delete=models.PROTECT, related_name="rows", verbose_name=_("补短板计划"))
    order = models.PositiveSmallIntegerField(_("次序"))
    indicator = models.ForeignKey(Indicator, on_delete=models.PROTECT, related_name="+", verbose_name=_("指标"))
    level_now = models.PositiveSmallIntegerField(_("现在"), null=True, blank=True, validators=LEVEL_RANGE)
    target = models.PositiveSmallIntegerField(_("目标"), validators=LEVEL_RANGE)
    method = models.CharField(_("方式"), max_length=10, choices=Method)
    action = models.CharField(_("怎么做"), max_length=200)
    evidence = models.CharField(_("佐证"), max_length=120, blank=True, help_text=_("做成了，拿什么来看"))
    basis = models.ForeignKey(
        Rating, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("短板依据")
    )
    card = models.ForeignKey(
        CaseCard, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("可以看的案例卡")
    )
    due = models.DateField(_("期限"))
    result = models.CharField(_("结果"), max_length=8, choices=Result, blank=True)
    result_note = models.CharField(_("结果说明"), max_length=120, blank=True)

    objects = GapRowQuerySet.as_manager()

    class Meta:
        ordering = ["plan", "order"]
        verbose_name = _("短板")
        verbose_name_plural = _("短板")
        constraints = [
            models.UniqueConstraint(fields=["plan", "order"], name="gap_place_once"),
            models.UniqueConstraint(fields=["plan", "indicator"], name="gap_indicator_once"),
            models.CheckConstraint(condition=Q(order__range=(1, MOST_ROWS)), name="gaps_up_to_five"),
            models.CheckConstraint(condition=Q(target__range=(LOWEST, HIGHEST)), name="gap_target_in_range"),
            models.CheckConstraint(
                condition=Q(level_now=None) | Q(level_now__gte=LOWEST, target__gt=F("level_now")),
                name="gap_target_above_now",
            ),
            models.CheckConstraint(condition=Q(method__in=Method.values), name="gap_method_known"),
            models.CheckConstraint(condition=Q(result__in=["", *Result.values]), name="gap_result_known"),
        ]

    def __str__(self):
        return f"{self.plan} {self.order}"


class OfOfficers(models.QuerySet):
    """Draws and answers are for the studio; they are reasons to look, and nobody's record."""

    def visible_to(self, user):
        if not user.is_authenticated:
            return self.none()
        return self if user.is_operator else self.filter(studio__in=user.scope_of(Permission.RATING_VIEW)[0])


class SampleDraw(Record):
    """Logs drawn by lot. Seed and rule give the same list again; `drawn` keeps what came out, in order."""

    studio = models.ForeignKey(Studio, on_delete=models.PROTECT, related_name="+", verbose_name=_("工作室"))
    cohort = models.ForeignKey(Cohort, on_delete=models.PROTECT, related_name="draws", verbose_name=_("批次"))
    seed = models.CharField(_("种子"), max_length=40)
    rule = models.JSONField(_("规则"), help_text=_("从哪天到哪天、抽几篇、池里几篇、池的摘要"))
    drawn = models.JSONField(_("抽到的"))
    drawn_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", verbose_name=_("抽取人"))

    objects = OfOfficers.as_manager()

    class Meta:
        ordering = ["-created_at"]
        verbose_name = _("抽查")
        verbose_name_plural = _("抽查")
        constraints = [models.UniqueConstraint(fields=["cohort", "seed"], name="seed_used_once")]

    def __str__(self):
        return f"{self.cohort} {self.seed}"


class CallBack(Record):
    """What the apprentice said of a drawn log."""

    studio = models.ForeignKey(Studio, on_delete=models.PROTECT, related_name="+", verbose_name=_("工作室"))
    draw = models.ForeignKey(SampleDraw, on_delete=models.PROTECT, related_name="answers", verbose_name=_("抽查"))
    log = models.ForeignKey(TeachingLog, on_delete=models.PROTECT, related_name="+", verbose_name=_("日志"))
    mentee = models.ForeignKey(Mentee, on_delete=models.PROTECT, related_name="+", verbose_name=_("学员"))
    answer = models.CharField(_("回访结果"), max_length=10, choices=Answer)
    note = models.CharField(_("说明"), max_length=200, blank=True)
    asked_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", verbose_name=_("回访人"))
    asked_on = models.DateField(_("回访日期"))

    objects = OfOfficers.as_manager()

    class Meta:
        ordering = ["-asked_on", "-created_at"]
        verbose_name = _("回访")
        verbose_name_plural = _("回访")
        constraints = [
            models.UniqueConstraint(fields=["draw", "log", "mentee"], name="asked_once_a_draw"),
            models.CheckConstraint(condition=Q(answer__in=Answer.values), name="answer_known"),
            models.CheckConstraint(condition=~Q(answer=Answer.DIFFERENT) | ~Q(note=""), name="difference_is_told"),
        ]

    def __str__(self):
        return f"{self.log} {self.mentee}"
