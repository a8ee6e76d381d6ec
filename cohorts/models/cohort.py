"""A cohort (批次) and every parameter of its year, with the defaults of domain.md §3.2."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Case, F, Q, When
from django.utils.translation import gettext_lazy as _

from cohorts.choices import MajorityBase, MenteeStatus, MentorStatus, Share, Stage
from mentorship.accounts.permissions import Permission
from mentorship.common.base import Record
from mentorship.framework.models import Framework
from mentorship.places.models import Studio, in_language


def begun_first(studio: Studio | None, path: str = "cohort__") -> list:
    """An order: the newest cohort begun by the studio's today, then those to come. `path` leads to the cohort."""
    if studio is None:
        return [f"-{path}starts"]
    to_come = Case(When(**{f"{path}starts__lte": studio.today()}, then=0), default=1)
    return [to_come, f"-{path}starts"]


class CohortQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Everyone with a role in the studio knows its cohorts; members are another matter."""
        return self.filter(studio__in=Studio.objects.visible_to(user))

    def current(self):
        return self.exclude(stage=Stage.ARCHIVED)

    def taught(self):
        """Those whose pairs are or were published."""
        return self.filter(stage__in=Stage.with_pairs() | {Stage.ARCHIVED})

    def begun_first(self, studio):
        return self.order_by(*begun_first(studio, path=""), "name")

    def with_counts(self):
        """Adds `mentors_now` and `mentees_now`: appointed, and in training."""
        appointed, trained = [MentorStatus.APPOINTED, MentorStatus.ENDED], MenteeStatus.in_training()
        return self.annotate(
            mentors_now=models.Count("mentors", filter=Q(mentors__status__in=appointed), distinct=True),
            mentees_now=models.Count("mentees", filter=Q(mentees__status__in=trained), distinct=True),
        )


class Cohort(Record):
    studio = models.ForeignKey(Studio, on_delete=models.PROTECT, related_name="cohorts", verbose_name=_("工作室"))
    name = models.CharField(_("名称"), max_length=30, help_text=_("例如“第一批”"))
    name_en = models.CharField(_("英文名"), max_length=40, blank=True)
    starts = models.DateField(_("开始日期"))
    ends = models.DateField(_("结束日期"))
    stage = models.CharField(_("阶段"), max_length=12, choices=Stage, default=Stage.PREPARING, editable=False)
    framework = models.ForeignKey(
        Framework, on_delete=models.PROTECT, related_name="cohorts", verbose_name=_("应知必会")
    )
    mentors_planned = models.PositiveSmallIntegerField(
        _("计划带教书记"), default=6, validators=[MinValueValidator(1), MaxValueValidator(200)]
    )
    mentees_planned = models.PositiveSmallIntegerField(
        _("计划学员"), default=30, validators=[MinValueValidator(1), MaxValueValidator(1000)]
    )

    objects = CohortQuerySet.as_manager()

    class Meta:
        ordering = ["-starts", "name"]
        verbose_name = _("批次")
        verbose_name_plural = _("批次")
        constraints = [
            models.UniqueConstraint(fields=["studio", "name"], name="cohort_name_once"),
            models.CheckConstraint(condition=Q(ends__gt=F("starts")), name="cohort_ends_after_start"),
            models.CheckConstraint(condition=Q(stage__in=Stage.values), name="cohort_stage_known"),
            models.CheckConstraint(
                condition=Q(mentors_planned__gte=1, mentees_planned__gte=1), name="cohort_has_a_size"
            ),
        ]

    def __str__(self):
        return in_language(self.name, self.name_en)

    @property
    def is_open_to_selection(self) -> bool:
        return self.stage in Stage.open_to_selection()

    @property
    def weeks(self) -> int:
        return max(1, round((self.ends - self.starts).days / 7))

    def week_on(self, day) -> int:
        """Weeks begun by that day, 0 before the start and `weeks` from the end on."""
        return min(self.weeks, max(0, (day - self.starts).days // 7 + 1)) if day >= self.starts else 0


def number(label, default, low, high, help_text=""):
    """A parameter with its default and range; both reach the form, the admin and the model's own check."""
    return models.PositiveSmallIntegerField(
        label, default=default, validators=[MinValueValidator(low), MaxValueValidator(high)], help_text=help_text
    )


def choice(label, options, default, help_text):
    """A parameter picked from a few."""
    return models.CharField(label, max_length=8, choices=options, default=default, help_text=help_text)


class CohortRulesQuerySet(models.QuerySet):
    def visible_to(self, user):
        if not user.is_authenticated:
            return self.none()
        return self.filter(studio__in=user.studios_with(Permission.COHORT_VIEW))


class CohortRules(models.Model):
    """Parameters of one cohort. Units stand in the labels; ranges in the validators."""

    cohort = models.OneToOneField(
        Cohort, on_delete=models.PROTECT, primary_key=True, related_name="rules", verbose_name=_("批次")
    )
    studio = models.ForeignKey(Studio, on_delete=models.PROTECT, related_name="+", verbose_name=_("工作室"))

    months = number(_("带教期限（月）"), 12, 6, 36)
    mentees_per_mentor = number(_("每师带徒（名）"), 5, 1, 6)
    coaching_per_month = number(_("个别指导（每徒每月次数）"), 1, 1, 4)
    coaching_visit_interval = number(_("到徒弟居民区（几个月一次）"), 2, 1, 3)
    reflections_per_month = number(_("学习心得（每月篇数）"), 1, 1, 4)
    base_sessions = number(_("基地教学（每月次数）"), 1, 0, 2)
    elective_every = number(_("双月选训（几个月一次）"), 2, 2, 2)
    intensive = number(_("集中培训（每年次数）"), 2, 1, 3)
    supervision_rounds = number(_("实地督训（每年轮数）"), 2, 1, 4)
    finding_due_minor = number(_("一般问题整改期限（工作日）"), 15, 1, 60)
    finding_due_major = number(_("较重问题整改期限（工作日）"), 30, 1, 90)
    seminar_every = number(_("带教研讨（几个月一次）"), 3, 1, 4)
    work_meeting_every = number(_("工作例会（几个月一次）"), 2, 1, 3)
    clinic_days_every = number(_("会诊日（几个月一次）"), 2, 1, 2)
    clinic_reply_urgent = number(_("紧急会诊答复（工作日）"), 2, 1, 5)
    clinic_reply_normal = number(_("一般会诊答复（工作日）"), 10, 1, 30)
    log_deadline = number(_("日志归档期限（工作日）"), 5, 1, 20)
    hours_target = number(_("年度学时（要求）"), 56, 1, 200)
    hours_goal = number(_("年度学时（争取）"), 100, 1, 300)
    half_year_month = number(_("半年评估（第几个月）"), 6, 5, 18)
    annual_month = number(_("年度考核（第几个月）"), 12, 11, 36)
    cut_excellent = number(_("优秀线（分）"), 90, 1, 100)
    cut_good = number(_("良好线（分）"), 80, 1, 100)
    cut_pass = number(_("合格线（分）"), 60, 1, 100)
    excellent_quota = number(_("优秀比例上限（%）"), 20, 1, 100)
    excellent_quota_small = number(_("不足20人时优秀比例上限（%）"), 30, 1, 100)
    fail_extension_months = number(_("首次不合格后延长（月）"), 3, 1, 12)
    absence_limit = number(_("无故缺席几次后谈话"), 3, 1, 10)
    attendance_floor = number(_("评优良的最低出勤率（%）"), 70, 1, 100)
    substitute_within = number(_("空缺后多少天内递补"), 60, 1, 180)
    substitute_before_month = number(_("递补截止（第几个月前）"), 8, 1, 36)
    quorum = choice(
        _("评审到会下限（应到的几分之几）"), Share, Share.TWO_THIRDS,
        _("不到这么多人，不能开始表决；回避的也算应到。9位应到，三分之二就是6位"),
    )  # fmt: skip
    majority = choice(
        _("通过线"), Share, Share.HALF, _("同意票要超过这个数，刚好等于不算通过。9位应到，超过一半就是5票")
    )
    majority_base = choice(
        _("通过线按什么人数算"), MajorityBase, MajorityBase.DUE,
        _("一般按应到人数。改动只管以后新开的评审，已经开的照当时的规则"),
    )  # fmt: skip
    publicity_days = number(_("公示（工作日）"), 5, 5, 7)
    review_days = number(_("复核受理（工作日）"), 5, 5, 30)
    mentor_hours_week = number(_("师傅每周带教上限（小时）"), 10, 1, 40)

    weight_gap = number(_("补短板权重"), 40, 0, 100)
    weight_wish = number(_("双方意愿权重"), 20, 0, 100)
    weight_kind = number(_("小区类型权重"), 20, 0, 100)
    weight_distance = number(_("路程权重"), 20, 0, 100)
    low_score = number(_("匹配分偏低线"), 60, 0, 100)

    objects = CohortRulesQuerySet.as_manager()

    class Meta:
        verbose_name = _("批次参数")
        verbose_name_plural = _("批次参数")
        constraints = [
            models.CheckConstraint(
                condition=Q(cut_excellent__gt=F("cut_good")) & Q(cut_good__gt=F("cut_pass")), name="rules_cuts_descend"
            ),
            models.CheckConstraint(condition=Q(mentees_per_mentor__range=(1, 6)), name="rules_mentees_per_mentor"),
            models.CheckConstraint(
                condition=Q(weight_gap__gt=0) | Q(weight_wish__gt=0) | Q(weight_kind__gt=0) | Q(weight_distance__gt=0),
                name="rules_some_weight",
            ),
            models.CheckConstraint(
                condition=Q(quorum__in=Share.values)
                & Q(majority__in=Share.values)
                & Q(majority_base__in=MajorityBase.values),
                name="rules_of_the_panel_known",
            ),
        ]

    def __str__(self):
        return str(self.cohort)
