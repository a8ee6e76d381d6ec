"""一票否决 and 复核: what may change a result, each with two people."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from evaluations.assessments.choices import Grade, ReviewState, VetoKind, VetoState
from mentorship.accounts.models import User
from mentorship.accounts.permissions import Permission
from mentorship.common.base import Record
from mentorship.places.models import Studio

from .rounds import Sheet, someone


class VetoItemQuerySet(models.QuerySet):
    def visible_to(self, user):
        if not user.is_authenticated:
            return self.none()
        if user.is_operator:
            return self
        return self.filter(studio__in=user.scope_of(Permission.ASSESSMENT_VIEW)[0])

    def verified(self):
        return self.filter(state=VetoState.VERIFIED)


class VetoItem(Record):
    """Raised by one, settled by another."""

    studio = models.ForeignKey(Studio, on_delete=models.PROTECT, related_name="+", verbose_name=_("工作室"))
    sheet = models.ForeignKey(Sheet, on_delete=models.PROTECT, related_name="vetoes", verbose_name=_("考核表"))
    kind = models.CharField(_("事项"), max_length=12, choices=VetoKind)
    facts = models.TextField(_("事实和依据"), max_length=600)
    state = models.CharField(_("状态"), max_length=10, choices=VetoState, default=VetoState.RAISED, editable=False)
    raised_by = models.ForeignKey(
        User, on_delete=models.PROTECT, related_name="+", editable=False, verbose_name=_("提出人")
    )
    verified_by = someone(_("核实人"))
    finding = models.TextField(_("核实情况"), blank=True)

    objects = VetoItemQuerySet.as_manager()

    class Meta:
        ordering = ["created_at"]
        verbose_name = _("一票否决事项")
        verbose_name_plural = _("一票否决事项")
        constraints = [
            models.CheckConstraint(
                condition=Q(verified_by=None) | ~Q(verified_by=F("raised_by")), name="veto_verified_by_another"
            ),
            models.CheckConstraint(
                condition=Q(state=VetoState.RAISED) | Q(verified_by__isnull=False), name="veto_settled_by_someone"
            ),
            models.UniqueConstraint(
                fields=["sheet", "kind"], condition=~Q(state=VetoState.DISMISSED), name="veto_kind_once"
            ),
        ]

    def __str__(self):
        return f"{self.sheet.mentee} {self.get_kind_display()}"


class ReviewRequestQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Those who look after assessments, and the one who asked."""
        if not user.is_authenticated:
            return self.none()
        if user.is_operator:
            return self
        return self.filter(studio__in=user.studio_ids).filter(
            Q(studio__in=user.scope_of(Permission.ASSESSMENT_VIEW)[0]) | Q(sheet__mentee__secretary__user=user.pk)
        )

    def open(self):
        return self.filter(state=ReviewState.FILED)

    def for_lists(self):
        return self.select_related("studio", "sheet__round__cohort__rules", "sheet__mentee__secretary", "decided_by")


class ReviewRequest(Record):
    studio = models.ForeignKey(Studio, on_delete=models.PROTECT, related_name="+", verbose_name=_("工作室"))
    sheet = models.ForeignKey(Sheet, on_delete=models.PROTECT, related_name="reviews", verbose_name=_("考核表"))
    filed_by = models.ForeignKey(
        User, on_delete=models.PROTECT, related_name="+", editable=False, verbose_name=_("申请人")
    )
    filed_on = models.DateField(_("申请日期"))
    ground = models.TextField(_("理由"), max_length=600)
    answer_by = models.DateField(_("最晚答复"))
    state = models.CharField(_("状态"), max_length=10, choices=ReviewState, default=ReviewState.FILED, editable=False)
    path = models.CharField(_("更正的项目"), max_length=60, blank=True)
    part_before = models.DecimalField(_("该项原分"), max_digits=4, decimal_places=1, null=True, blank=True)
    part_after = models.DecimalField(_("该项更正为"), max_digits=4, decimal_places=1, null=True, blank=True)
    total_before = models.DecimalField(_("原总分"), max_digits=4, decimal_places=1, null=True, blank=True)
    total_after = models.DecimalField(_("更正后总分"), max_digits=4, decimal_places=1, null=True, blank=True)
    grade_before = models.CharField(_("原等次"), max_length=10, choices=Grade, blank=True)
    grade_after = models.CharField(_("更正后等次"), max_length=10, choices=Grade, blank=True)
    finding = models.TextField(_("核查情况"), blank=True)
    decided_by = someone(_("决定人"))
    decided_on = models.DateField(_("决定日期"), null=True, blank=True)

    objects = ReviewRequestQuerySet.as_manager()

    class Meta:
        ordering = ["-filed_on", "-created_at"]
        verbose_name = _("复核申请")
        verbose_name_plural = _("复核申请")
        constraints = [
            models.UniqueConstraint(fields=["sheet"], name="review_once_a_sheet"),
            models.CheckConstraint(
                condition=Q(decided_by=None) | ~Q(decided_by=F("filed_by")), name="review_decided_by_another"
            ),
            models.CheckConstraint(
                condition=Q(state=ReviewState.FILED)
                | Q(decided_by__isnull=False, decided_on__isnull=False) & ~Q(finding=""),
                name="review_decided_in_full",
            ),
            models.CheckConstraint(condition=Q(answer_by__gte=F("filed_on")), name="review_answer_after_filing"),
        ]

    def __str__(self):
        return f"{self.sheet.mentee} {self.filed_on.isoformat()}"
