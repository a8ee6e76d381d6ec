"""评分方案: the weights and rules of a round. Versions stand beside one another; one that was used never changes."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from cohorts.models import Cohort
from evaluations.assessments.choices import MissingRule
from evaluations.scoring import LEVEL_SCORES
from mentorship.accounts.models import User
from mentorship.accounts.permissions import Permission
from mentorship.common.base import Record
from mentorship.places.models import Studio

# Weights by path; "*" stands for each subject. Those of the four dimensions make 100, as do those inside each group,
# but the ballot's, which say their points of the whole (domain.md §2.18).
DEFAULT_WEIGHTS = {
    "process": "20",
    "process.attendance": "40",
    "process.logs": "20",
    "process.reflections": "20",
    "process.homework": "20",
    "competency": "40",
    "competency.PB": "20",
    "competency.CG": "25",
    "competency.TM": "15",
    "competency.CC": "20",
    "competency.ER": "20",
    "competency.*.mentor": "60",
    "competency.*.studio": "40",
    "competency.*.self": "0",
    "performance": "25",
    "performance.project": "60",
    "performance.project.subdistrict": "50",
    "performance.project.studio": "50",
    "performance.clinic": "20",
    "performance.findings": "20",
    "appraisal": "15",
    "appraisal.mentor": "5",
    "appraisal.subdistrict": "5",
    "appraisal.residents": "5",
    "appraisal.peers": "0",
}


def default_weights() -> dict:
    return dict(DEFAULT_WEIGHTS)


def default_levels() -> list:
    return list(LEVEL_SCORES)


def percent(label, default, low=0):
    return models.PositiveSmallIntegerField(
        label, default=default, validators=[MinValueValidator(low), MaxValueValidator(100)]
    )


class SchemeQuerySet(models.QuerySet):
    def visible_to(self, user):
        if not user.is_authenticated:
            return self.none()
        if user.is_operator:
            return self
        return self.filter(studio__in=user.scope_of(Permission.ASSESSMENT_VIEW)[0])


class Scheme(Record):
    RULES = (
        "cut_excellent", "cut_good", "cut_pass", "quota", "quota_small", "attendance_floor", "missing",
    )  # fmt: skip

    studio = models.ForeignKey(Studio, on_delete=models.PROTECT, related_name="+", verbose_name=_("工作室"))
    cohort = models.ForeignKey(Cohort, on_delete=models.PROTECT, related_name="schemes", verbose_name=_("批次"))
    number = models.PositiveSmallIntegerField(_("版次"))
    note = models.CharField(_("为什么改"), max_length=200, blank=True)
    weights = models.JSONField(_("权重"), default=default_weights)
    level_scores = models.JSONField(_("等级换算分"), default=default_levels)
    cut_excellent = percent(_("优秀线（分）"), 90, 1)
    cut_good = percent(_("良好线（分）"), 80, 1)
    cut_pass = percent(_("合格线（分）"), 60, 1)
    quota = percent(_("优秀比例上限（%）"), 20)
    quota_small = percent(_("不足20人时优秀比例上限（%）"), 30)
    attendance_floor = percent(_("评优良的最低出勤率（%）"), 70)
    missing = models.CharField(_("缺项怎么算"), max_length=8, choices=MissingRule, default=MissingRule.SPREAD)
    made_by = models.ForeignKey(
        User, on_delete=models.PROTECT, related_name="+", editable=False, verbose_name=_("制定人")
    )
    locked_at = models.DateTimeField(_("定稿时间"), null=True, blank=True, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = SchemeQuerySet.as_manager()

    class Meta:
        ordering = ["cohort", "-number"]
        verbose_name = _("评分方案")
        verbose_name_plural = _("评分方案")
        constraints = [
            models.UniqueConstraint(fields=["cohort", "number"], name="scheme_number_once"),
            models.CheckConstraint(
                condition=Q(cut_excellent__gt=F("cut_good")) & Q(cut_good__gt=F("cut_pass")),
                name="scheme_cuts_descend",
            ),
            models.CheckConstraint(
                condition=Q(quota__lte=100, quota_small__lte=100, attendance_floor__lte=100, cut_excellent__lte=100),
                name="scheme_percentages",
            ),
        ]

    def __str__(self):
        return _("评分方案第%(n)s版") % {"n": self.number}

    @property
    def is_locked(self) -> bool:
        return self.locked_at is not None
