"""占用: a base is taken once for each half-day, by one session or meeting."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from cohorts.training.choices import Half
from mentorship.common.base import Record
from mentorship.places.models import Base, Studio

from .sessions import Session


class BaseBookingQuerySet(models.QuerySet):
    def visible_to(self, user):
        """When a base is taken is known to everyone in the studio."""
        return self.filter(studio__in=Studio.objects.visible_to(user))

    def for_lists(self):
        return self.select_related("session", "base__community")


class BaseBooking(Record):
    """Made and replaced together with its session, or with the meeting that is held there; never by hand."""

    studio = models.ForeignKey(Studio, on_delete=models.PROTECT, related_name="+", verbose_name=_("工作室"))
    base = models.ForeignKey(Base, on_delete=models.PROTECT, related_name="bookings", verbose_name=_("教学基地"))
    date = models.DateField(_("日期"))
    half = models.CharField(_("半天"), max_length=9, choices=Half)
    session = models.ForeignKey(
        Session, on_delete=models.CASCADE, null=True, blank=True, related_name="bookings", verbose_name=_("培训安排")
    )
    other = models.UUIDField(null=True, blank=True, editable=False)  # what a higher app holds there, by its id
    title = models.CharField(_("占用的事"), max_length=40, blank=True)  # what kind of thing, a Chinese message

    objects = BaseBookingQuerySet.as_manager()

    class Meta:
        ordering = ["date", "half"]
        verbose_name = _("基地占用")
        verbose_name_plural = _("基地占用")
        constraints = [
            models.UniqueConstraint(fields=["base", "date", "half"], name="base_taken_once"),
            models.CheckConstraint(condition=Q(half__in=Half.values), name="booking_half_known"),
            models.CheckConstraint(
                condition=Q(session__isnull=False, other=None, title="")
                | Q(session=None, other__isnull=False) & ~Q(title=""),
                name="booking_for_one_thing",
            ),
        ]

    def __str__(self):
        return f"{self.date.isoformat()} {self.get_half_display()}"

    @property
    def what(self) -> str:
        """For everyone in the studio: a session by its name, anything else only by its kind."""
        return str(self.session) if self.session_id else gettext(self.title)
