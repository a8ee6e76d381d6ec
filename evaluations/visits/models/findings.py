"""What a visit found, followed until somebody else has seen that it is mended (销号)."""

import datetime

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from evaluations.visits.choices import ExtensionState, FindingState, PhotoKind, Severity, StepKind, VisitState
from mentorship.accounts.models import User
from mentorship.common.base import Record
from mentorship.people.models import Secretary
from mentorship.places.models import Studio

from .visits import Visit

MOST_PHOTOS = 6  # of each kind


class FindingQuerySet(models.QuerySet):
    def visible_to(self, user):
        """With the visit; and once it is signed, to whoever is to mend it."""
        if not user.is_authenticated:
            return self.none()
        mine = Q(owner__user=user.pk, visit__state=VisitState.SIGNED)
        return self.filter(mine | Q(visit__in=Visit.objects.visible_to(user).values("pk")))

    def followed(self):
        """Those of signed visits: only these are asked after, listed and counted."""
        return self.filter(visit__state=VisitState.SIGNED)

    def unclosed(self):
        return self.followed().exclude(status=FindingState.CLOSED)

    def overdue(self, on: datetime.date):
        return self.unclosed().filter(due__lt=on)

    def to_mend(self):
        return self.followed().filter(status__in=FindingState.to_mend())

    def to_verify(self):
        return self.followed().filter(status=FindingState.REPORTED)

    def for_lists(self):
        return self.select_related("studio", "visit__cohort", "visit__mentee__secretary", "visit__community", "owner")


class Finding(Record):
    """发现问题. `found_on` is the day of the visit, kept here so that the database can hold the days against it."""

    studio = models.ForeignKey(Studio, on_delete=models.PROTECT, related_name="+", verbose_name=_("工作室"))
    visit = models.ForeignKey(Visit, on_delete=models.PROTECT, related_name="findings", verbose_name=_("督训"))
    number = models.PositiveSmallIntegerField(_("序号"), editable=False)
    found_on = models.DateField(_("发现日期"), editable=False)
    text = models.CharField(_("发现的问题"), max_length=200)
    level = models.CharField(_("程度"), max_length=6, choices=Severity, default=Severity.MINOR)
    evidence = models.CharField(_("依据"), max_length=200, blank=True)
    action = models.CharField(_("整改措施"), max_length=200)
    owner = models.ForeignKey(Secretary, on_delete=models.PROTECT, related_name="+", verbose_name=_("负责人"))
    due = models.DateField(_("整改期限"))
    status = models.CharField(_("状态"), max_length=10, choices=FindingState, default=FindingState.OPEN, editable=False)
    reported_by = models.ForeignKey(
        User,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        editable=False,
        verbose_name=_("报告人"),
    )
    reported_on = models.DateField(_("报告日期"), null=True, blank=True, editable=False)
    verified_by = models.ForeignKey(
        User,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        editable=False,
        verbose_name=_("验收人"),
    )
    verified_on = models.DateField(_("销号日期"), null=True, blank=True, editable=False)
    reminded_on = models.DateField(_("上次提醒"), null=True, blank=True, editable=False)

    objects = FindingQuerySet.as_manager()

    class Meta:
        ordering = ["found_on", "visit", "number"]
        verbose_name = _("发现问题")
        verbose_name_plural = _("发现问题")
        indexes = [models.Index(fields=["studio", "status", "due"], name="finding_by_due")]
        constraints = [
            models.UniqueConstraint(fields=["visit", "number"], name="finding_number_once"),
            models.CheckConstraint(condition=Q(level__in=Severity.values), name="finding_level_known"),
            models.CheckConstraint(condition=Q(status__in=FindingState.values), name="finding_status_known"),
            models.CheckConstraint(condition=~Q(text="") & ~Q(action=""), name="finding_says_what_and_how"),
            models.CheckConstraint(condition=Q(due__gte=F("found_on")), name="finding_due_after_visit"),
            models.CheckConstraint(
                condition=Q(
                    status__in=sorted(FindingState.told_done()), reported_by__isnull=False, reported_on__isnull=False
                )
                | ~Q(status__in=sorted(FindingState.told_done())) & Q(reported_by=None, reported_on=None),
                name="finding_done_by_someone",
            ),
            models.CheckConstraint(
                condition=Q(status=FindingState.CLOSED, verified_by__isnull=False, verified_on__isnull=False)
                | ~Q(status=FindingState.CLOSED) & Q(verified_by=None, verified_on=None),
                name="finding_closed_by_someone",
            ),
            models.CheckConstraint(
                condition=Q(verified_by=None) | ~Q(verified_by=F("reported_by")), name="finding_closed_by_another"
            ),
            models.CheckConstraint(
                condition=(Q(reported_on=None) | Q(reported_on__gte=F("found_on")))
                & (Q(verified_on=None) | Q(verified_on__gte=F("reported_on"))),
                name="finding_days_in_order",
            ),
        ]

    def __str__(self):
        """Never what was found: the audit trail and notices keep this name."""
        return f"{self.visit} · {self.number}"

    @property
    def is_closed(self) -> bool:
        return self.status == FindingState.CLOSED

    def is_overdue(self, today: datetime.date) -> bool:
        return not self.is_closed and self.due < today

    @property
    def in_time(self) -> bool:
        """Mended by its day: the report that was accepted came by then, however long the check took afterwards."""
        return self.is_closed and self.reported_on <= self.due


class OfFindingQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(finding__in=Finding.objects.visible_to(user))


class FindingPhoto(Record):
    """A picture of how it was or how it is now; our own JPEG, private."""

    studio = models.ForeignKey(Studio, on_delete=models.PROTECT, related_name="+")
    finding = models.ForeignKey(Finding, on_delete=models.PROTECT, related_name="photos", verbose_name=_("发现问题"))
    kind = models.CharField(_("种类"), max_length=8, choices=PhotoKind)
    image = models.FileField(_("照片"), upload_to="findings/")
    order = models.PositiveSmallIntegerField(_("次序"), default=1)
    taken_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", verbose_name=_("上传人"))

    objects = OfFindingQuerySet.as_manager()

    class Meta:
        ordering = ["finding", "kind", "order"]
        verbose_name = _("整改照片")
        verbose_name_plural = _("整改照片")
        constraints = [
            models.UniqueConstraint(fields=["finding", "kind", "order"], name="finding_photo_place_once"),
            models.CheckConstraint(condition=Q(order__range=(1, MOST_PHOTOS)), name="finding_photos_up_to_six"),
            models.CheckConstraint(condition=Q(kind__in=PhotoKind.values), name="finding_photo_kind_known"),
        ]

    def __str__(self):
        return f"{self.finding} {self.get_kind_display()}{self.order}"


class FindingStep(Record):
    """One line of a finding's history, which its owner reads too. Written with each act, never changed."""

    studio = models.ForeignKey(Studio, on_delete=models.PROTECT, related_name="+")
    finding = models.ForeignKey(Finding, on_delete=models.PROTECT, related_name="steps", verbose_name=_("发现问题"))
    kind = models.CharField(_("种类"), max_length=10, choices=StepKind)
    text = models.TextField(_("说明"), blank=True)
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", verbose_name=_("经手人"))
    on = models.DateField(_("日期"))

    objects = OfFindingQuerySet.as_manager()

    class Meta:
        ordering = ["on", "created_at"]
        verbose_name = _("整改经过")
        verbose_name_plural = _("整改经过")
        constraints = [models.CheckConstraint(condition=Q(kind__in=StepKind.values), name="finding_step_known")]

    def __str__(self):
        return f"{self.finding} {self.get_kind_display()}"


class Extension(Record):
    """延期申请: asked by the day it is due at the latest, decided by another person."""

    studio = models.ForeignKey(Studio, on_delete=models.PROTECT, related_name="+")
    finding = models.ForeignKey(
        Finding, on_delete=models.PROTECT, related_name="extensions", verbose_name=_("发现问题")
    )
    old_due = models.DateField(_("原来的期限"))
    new_due = models.DateField(_("延到哪一天"))
    reason = models.CharField(_("为什么要延期"), max_length=200)
    asked_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", verbose_name=_("申请人"))
    asked_on = models.DateField(_("申请日期"))
    state = models.CharField(_("状态"), max_length=10, choices=ExtensionState, default=ExtensionState.ASKED)
    decided_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("答复人")
    )
    decided_on = models.DateField(_("答复日期"), null=True, blank=True)
    answer = models.CharField(_("答复"), max_length=200, blank=True)

    objects = OfFindingQuerySet.as_manager()

    class Meta:
        ordering = ["asked_on", "created_at"]
        verbose_name = _("延期申请")
        verbose_name_plural = _("延期申请")
        constraints = [
            models.UniqueConstraint(
                fields=["finding"], condition=Q(state=ExtensionState.ASKED), name="one_open_extension"
            ),
            models.CheckConstraint(condition=Q(state__in=ExtensionState.values), name="extension_state_known"),
            models.CheckConstraint(condition=Q(new_due__gt=F("old_due")), name="extension_is_later"),
            models.CheckConstraint(condition=Q(asked_on__lte=F("old_due")), name="extension_asked_before_due"),
            models.CheckConstraint(condition=~Q(reason=""), name="extension_says_why"),
            models.CheckConstraint(
                condition=Q(state=ExtensionState.ASKED, decided_by=None, decided_on=None)
                | ~Q(state=ExtensionState.ASKED) & Q(decided_by__isnull=False, decided_on__isnull=False),
                name="extension_decided_by_someone",
            ),
            models.CheckConstraint(
                condition=Q(decided_by=None) | ~Q(decided_by=F("asked_by")), name="extension_decided_by_another"
            ),
            models.CheckConstraint(
                condition=~Q(state=ExtensionState.DECLINED) | ~Q(answer=""), name="extension_declined_says_why"
            ),
        ]

    def __str__(self):
        return f"{self.finding} {self.new_due.isoformat()}"
