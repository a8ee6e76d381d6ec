"""处置方案: steps with an owner and a day; and the course of a case, line by line, never changed."""

import datetime

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cohorts.clinic.choices import Check, NoteKind
from mentorship.accounts.models import User
from mentorship.common.base import Record
from mentorship.people.models import Secretary
from mentorship.places.models import Studio

from .cases import Case, OfCase

MOST_STEPS = 8


class StepQuerySet(OfCase):
    def undone(self):
        return self.filter(done_on=None)

    def for_lists(self):
        return self.select_related("owner", "done_by")


class PlanStep(Record):
    studio = models.ForeignKey(Studio, on_delete=models.PROTECT, related_name="+", verbose_name=_("工作室"))
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="steps", verbose_name=_("会诊单"))
    order = models.PositiveSmallIntegerField(_("次序"))
    text = models.CharField(_("做什么"), max_length=120)
    owner = models.ForeignKey(
        Secretary, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("谁来做")
    )
    owner_name = models.CharField(_("谁来做（不在名册的写名称）"), max_length=40, blank=True)
    due = models.DateField(_("期限"))
    done_on = models.DateField(_("办好日期"), null=True, blank=True, editable=False)
    done_by = models.ForeignKey(
        User,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        editable=False,
        verbose_name=_("报完成的人"),
    )
    reminded_on = models.DateField(_("上次提醒"), null=True, blank=True, editable=False)

    objects = StepQuerySet.as_manager()

    class Meta:
        ordering = ["case", "order"]
        verbose_name = _("处置步骤")
        verbose_name_plural = _("处置步骤")
        indexes = [models.Index(fields=["studio", "done_on", "due"], name="step_by_due")]
        constraints = [
            models.UniqueConstraint(fields=["case", "order"], name="step_place_once"),
            models.CheckConstraint(condition=Q(order__range=(1, MOST_STEPS)), name="steps_up_to_eight"),
            models.CheckConstraint(
                condition=Q(owner__isnull=False, owner_name="") | Q(owner=None) & ~Q(owner_name=""),
                name="step_has_one_owner",
            ),
            models.CheckConstraint(
                condition=Q(done_on=None, done_by=None) | Q(done_on__isnull=False, done_by__isnull=False),
                name="step_done_by_someone",
            ),
        ]

    def __str__(self):
        return f"{self.case} · {self.order}"

    @property
    def who(self) -> str:
        return str(self.owner) if self.owner_id else self.owner_name

    def is_late(self, today: datetime.date) -> bool:
        return self.done_on is None and self.due < today


class NoteQuerySet(OfCase):
    def for_lists(self):
        return self.select_related("by")


class CaseNote(Record):
    """One line of a case's course. `turn`: how often the case had been opened again; the checks are made once a turn."""

    studio = models.ForeignKey(Studio, on_delete=models.PROTECT, related_name="+", verbose_name=_("工作室"))
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="notes", verbose_name=_("会诊单"))
    kind = models.CharField(_("种类"), max_length=10, choices=NoteKind)
    on = models.DateField(_("日期"))
    by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("经手人")
    )
    text = models.TextField(_("说明"), max_length=1000, blank=True)
    figure = models.DecimalField(_("数字"), max_digits=10, decimal_places=1, null=True, blank=True)
    check_result = models.CharField(_("稳不稳"), max_length=6, choices=Check, blank=True)
    turn = models.PositiveSmallIntegerField(_("第几回"), default=0)

    objects = NoteQuerySet.as_manager()

    class Meta:
        ordering = ["case", "on", "created_at"]
        verbose_name = _("经过")
        verbose_name_plural = _("经过")
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=NoteKind.values), name="case_note_known"),
            models.UniqueConstraint(
                fields=["case", "kind", "turn"], condition=Q(kind__in=sorted(NoteKind.checks())),
                name="case_checked_once_a_turn",
            ),
            models.CheckConstraint(
                condition=Q(kind__in=sorted(NoteKind.checks())) & Q(check_result__in=Check.values)
                | ~Q(kind__in=sorted(NoteKind.checks())) & Q(check_result=""),
                name="case_check_has_a_result",
            ),
        ]  # fmt: skip

    def __str__(self):
        return f"{self.case} {self.get_kind_display()}"
