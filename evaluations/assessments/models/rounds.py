"""一轮考核 and the sheet of each mentee in it."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from cohorts.models import Cohort, Mentee, Pairing
from evaluations.assessments.choices import Grade, RoundKind, RoundStatus
from mentorship.accounts.models import User
from mentorship.accounts.permissions import Permission
from mentorship.common.base import Record
from mentorship.places.models import Studio

from .schemes import Scheme

LONGEST_REPORT = 800


def someone(label, **more):
    return models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+", editable=False, verbose_name=label,
        **more,
    )  # fmt: skip


class RoundQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Those who look after assessments; who rates in it; who is rated in it."""
        if not user.is_authenticated:
            return self.none()
        if user.is_operator:
            return self
        return self.filter(studio__in=user.studio_ids).filter(
            Q(studio__in=user.scope_of(Permission.ASSESSMENT_VIEW)[0])
            | Q(pk__in=Sheet.objects.filter(mentee__secretary__user=user.pk).values("round"))
            | Q(pk__in=Sheet.objects.filter(tasks__rater=user.pk).values("round"))
        )

    def for_lists(self):
        return self.select_related("studio", "cohort", "scheme", "computed_by", "released_by")


class Round(Record):
    """`starts` to `ends` is the time that is judged; `due` the day by which the scores should be in."""

    studio = models.ForeignKey(Studio, on_delete=models.PROTECT, related_name="+", verbose_name=_("工作室"))
    cohort = models.ForeignKey(Cohort, on_delete=models.PROTECT, related_name="rounds", verbose_name=_("批次"))
    kind = models.CharField(_("种类"), max_length=12, choices=RoundKind)
    starts = models.DateField(_("从哪天"))
    ends = models.DateField(_("到哪天"))
    due = models.DateField(_("哪天前评完"))
    scheme = models.ForeignKey(Scheme, on_delete=models.PROTECT, related_name="rounds", verbose_name=_("评分方案"))
    status = models.CharField(
        _("阶段"), max_length=12, choices=RoundStatus, default=RoundStatus.PREPARING, editable=False
    )
    studio_rater = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("工作室由谁评分")
    )
    computed_by = someone(_("汇总人"))
    computed_at = models.DateTimeField(_("汇总时间"), null=True, blank=True, editable=False)
    released_by = someone(_("发布人"))
    released_on = models.DateField(_("发布日期"), null=True, blank=True, editable=False)
    digest = models.CharField(_("结果指纹"), max_length=64, blank=True, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = RoundQuerySet.as_manager()

    class Meta:
        ordering = ["-starts", "kind"]
        verbose_name = _("考核")
        verbose_name_plural = _("考核")
        constraints = [
            models.CheckConstraint(condition=Q(ends__gt=F("starts")), name="round_ends_after_start"),
            models.CheckConstraint(condition=Q(due__gte=F("starts")), name="round_due_after_start"),
            models.CheckConstraint(condition=Q(status__in=RoundStatus.values), name="round_status_known"),
            models.UniqueConstraint(
                fields=["cohort", "kind"], condition=~Q(status=RoundStatus.ARCHIVED), name="one_open_round_of_a_kind"
            ),
            models.CheckConstraint(
                condition=Q(released_by=None) | Q(computed_by__isnull=False) & ~Q(released_by=F("computed_by")),
                name="round_released_by_another",
            ),
            models.CheckConstraint(
                condition=~Q(status__in=sorted(RoundStatus.released()))
                | Q(released_by__isnull=False, released_on__isnull=False) & ~Q(digest=""),
                name="round_released_is_signed",
            ),
        ]

    def __str__(self):
        return f"{self.get_kind_display()}（{self.cohort}）"

    @property
    def is_released(self) -> bool:
        return self.status in RoundStatus.released()


class SheetQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Those who look after assessments; oneself; and, once released, the mentor one has now."""
        if not user.is_authenticated:
            return self.none()
        if user.is_operator:
            return self
        mine = Pairing.objects.current().filter(mentor__secretary__user=user.pk).values("mentee")
        return self.filter(studio__in=user.studio_ids).filter(
            Q(studio__in=user.scope_of(Permission.ASSESSMENT_VIEW)[0])
            | Q(mentee__secretary__user=user.pk)
            | Q(mentee__in=mine, round__status__in=sorted(RoundStatus.released()))
        )

    def for_lists(self):
        return self.select_related(
            "round__scheme", "round__cohort", "round__studio", "studio", "mentee__secretary__community__subdistrict",
            "mentee__cohort__rules", "mentee__studio",
        )  # fmt: skip


class Sheet(Record):
    """What is known of one mentee in a round. Total, grade, rank and `tree` are frozen when the round is released."""

    studio = models.ForeignKey(Studio, on_delete=models.PROTECT, related_name="+", verbose_name=_("工作室"))
    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="sheets", verbose_name=_("考核"))
    mentee = models.ForeignKey(Mentee, on_delete=models.PROTECT, related_name="sheets", verbose_name=_("学员"))
    report = models.TextField(_("述学"), blank=True)
    reported_at = models.DateTimeField(_("述学交来时间"), null=True, blank=True, editable=False)
    evidence = models.JSONField(_("系统清点"), default=dict, editable=False)
    counted_at = models.DateTimeField(_("清点时间"), null=True, blank=True, editable=False)
    total = models.DecimalField(_("总分"), max_digits=4, decimal_places=1, null=True, blank=True, editable=False)
    grade = models.CharField(_("等次"), max_length=10, choices=Grade, blank=True, editable=False)
    rank = models.PositiveSmallIntegerField(_("位次"), null=True, blank=True, editable=False)
    notes = models.JSONField(_("说明"), default=list, editable=False)
    tree = models.JSONField(_("分数由来"), default=dict, editable=False)
    strength_1 = models.CharField(_("优点一"), max_length=120, blank=True)
    strength_2 = models.CharField(_("优点二"), max_length=120, blank=True)
    weakness = models.CharField(_("不足"), max_length=120, blank=True)
    suggestion = models.CharField(_("建议"), max_length=120, blank=True)
    commented_by = someone(_("评语由谁写"))
    talked_on = models.DateField(_("反馈谈话日期"), null=True, blank=True)
    talked_by = models.CharField(_("谈话人"), max_length=60, blank=True)
    review_until = models.DateField(_("复核受理到"), null=True, blank=True, editable=False)
    signed_at = models.DateTimeField(_("本人知悉"), null=True, blank=True, editable=False)
    own_words = models.TextField(_("本人的话"), blank=True)
    version = models.PositiveIntegerField(default=1, editable=False)

    COMMENT = ("strength_1", "strength_2", "weakness", "suggestion")

    objects = SheetQuerySet.as_manager()

    class Meta:
        ordering = ["round", "mentee__secretary__sort_key", "mentee"]
        verbose_name = _("考核表")
        verbose_name_plural = _("考核表")
        constraints = [
            models.UniqueConstraint(fields=["round", "mentee"], name="sheet_once"),
            models.CheckConstraint(condition=Q(total=None) | Q(total__range=(0, 100)), name="sheet_total_to_100"),
            models.CheckConstraint(condition=Q(grade="") | Q(total__isnull=False), name="sheet_grade_needs_a_total"),
            models.CheckConstraint(
                condition=Q(signed_at=None) | Q(talked_on__isnull=False), name="sheet_signed_after_talk"
            ),
            models.CheckConstraint(
                condition=Q(talked_on=None, review_until=None) | Q(review_until__gte=F("talked_on")),
                name="sheet_talk_opens_the_window",
            ),
        ]

    def __str__(self):
        return f"{self.mentee} {self.round.get_kind_display()}"

    @property
    def has_comment(self) -> bool:
        return all(getattr(self, name) for name in self.COMMENT)


class RoundReminder(models.Model):
    """One polite reminder a week to one rater."""

    studio = models.ForeignKey(Studio, on_delete=models.PROTECT, related_name="+")
    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="reminders")
    person = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    week = models.DateField(_("哪一周（星期一）"))
    sent_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["round", "person", "week"], name="round_reminded_once_a_week")]

    def __str__(self):
        return f"{self.person} {self.week.isoformat()}"
