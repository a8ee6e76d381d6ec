"""议定事项: what someone is to do by a day; done is said by its owner, and closed out by another."""

from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from cohorts.meetings.choices import ItemState
from mentorship.accounts.models import User
from mentorship.accounts.permissions import Permission
from mentorship.common.base import Record
from mentorship.places.models import Studio

from .meetings import Attendee, Meeting
from .minutes import Minutes


class ActionItemQuerySet(models.QuerySet):
    def visible_to(self, user):
        """The studio's readers; those who were asked to the meeting, once its minutes were issued."""
        if not user.is_authenticated:
            return self.none()
        if user.is_operator:
            return self
        studio = Q(studio__in=user.scope_of(Permission.MEETING_VIEW)[0])
        return self.filter(
            studio | Q(pk__in=self.given().filter(meeting__in=Meeting.objects.visible_to(user)).values("pk"))
        )

    def given(self):
        """Those that stand in issued minutes: before, they are only what somebody is writing."""
        return self.filter(Exists(Minutes.objects.filter(meeting=OuterRef("meeting"))))

    def waiting(self):
        return self.filter(state__in=ItemState.waiting())

    def owned_by(self, user):
        return self.given().filter(Q(owner__secretary__user=user.pk) | Q(owner__user=user.pk))

    def for_lists(self):
        return self.select_related("meeting__studio", "owner__secretary", "owner__user").prefetch_related(
            "helpers__secretary", "helpers__user"
        )


class ActionItem(Record):
    studio = models.ForeignKey(Studio, on_delete=models.PROTECT, related_name="+", verbose_name=_("工作室"))
    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="items", verbose_name=_("会议"))
    number = models.PositiveSmallIntegerField(_("序号"))
    text = models.CharField(_("事项"), max_length=200)
    owner = models.ForeignKey(Attendee, on_delete=models.PROTECT, related_name="owned", verbose_name=_("牵头"))
    helpers = models.ManyToManyField(Attendee, blank=True, related_name="helping", verbose_name=_("配合"))
    due = models.DateField(_("期限"))
    state = models.CharField(_("状态"), max_length=8, choices=ItemState, default=ItemState.OPEN)
    progress = models.TextField(_("进展"), max_length=1000, blank=True)
    reported_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("报完成的人")
    )
    reported_at = models.DateTimeField(_("报完成的时间"), null=True, blank=True)
    closed_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("销号人")
    )
    closed_at = models.DateTimeField(_("销号时间"), null=True, blank=True)
    reminded_on = models.DateField(_("上次提醒"), null=True, blank=True, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = ActionItemQuerySet.as_manager()

    class Meta:
        ordering = ["due", "meeting", "number"]
        verbose_name = _("议定事项")
        verbose_name_plural = _("议定事项")
        constraints = [
            models.UniqueConstraint(fields=["meeting", "number"], name="item_number_once"),
            models.CheckConstraint(condition=Q(state__in=ItemState.values), name="item_state_known"),
            models.CheckConstraint(
                condition=Q(state=ItemState.CLOSED, reported_by__isnull=False, closed_by__isnull=False,
                            closed_at__isnull=False)
                | Q(state=ItemState.DROPPED, closed_by__isnull=False, closed_at__isnull=False)
                | Q(state=ItemState.REPORTED, reported_by__isnull=False, reported_at__isnull=False, closed_by=None,
                    closed_at=None)
                | Q(state=ItemState.OPEN, closed_by=None, closed_at=None),
                name="item_state_with_its_people",
            ),
            models.CheckConstraint(
                condition=~Q(state=ItemState.CLOSED) | ~Q(closed_by=F("reported_by")), name="item_closed_by_another"
            ),
        ]  # fmt: skip

    def __str__(self):
        return self.text

    @property
    def is_waiting(self) -> bool:
        return self.state in ItemState.waiting()

    def is_late(self, today) -> bool:
        return self.is_waiting and self.due < today

    def may_be_kept_by(self, user) -> bool:
        """Who may say how far it is: its owner and those who keep the meetings."""
        return self.owner.account == user or user.can(Permission.MEETING_EDIT, self.studio_id)
