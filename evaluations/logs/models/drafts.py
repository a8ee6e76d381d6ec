"""What is being written and not yet sent, kept on the server beside the copy on the device."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cohorts.models import Mentor
from mentorship.accounts.models import User
from mentorship.common.base import Record


class DraftKind(models.TextChoices):
    COACHING = "coaching", _("个别指导")
    SESSION = "session", _("基地教学或小组活动")
    REFLECTION = "reflection", _("学习心得")

    @classmethod
    def about_a_mentor(cls) -> set[str]:
        return {cls.COACHING, cls.SESSION}


class DraftQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Private: those in whose name it is written, and while someone types for them only what that person typed.

        No office opens a draft, and the operator reads none either.
        """
        if not user.is_authenticated:
            return self.none()
        mine = self.filter(owner=user.pk)
        return mine.filter(hands=user.acting_user.pk) if user.is_represented else mine

    def of(self, user, form: str, mentor=None):
        """What this reader can go on with in this form, newest first; of logs, only those of this mentor."""
        return self.visible_to(user).filter(form=form, mentor=mentor).order_by("-saved_at")


class Draft(Record):
    """One unsent form of one person. Its key is that of the log it will become, so it never shows up in another."""

    owner = models.ForeignKey(User, on_delete=models.PROTECT, related_name="drafts", verbose_name=_("写的人"))
    hands = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", verbose_name=_("打字的人"))
    mentor = models.ForeignKey(
        Mentor, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("带教书记")
    )
    form = models.CharField(max_length=20, choices=DraftKind)
    client_key = models.UUIDField()
    content = models.JSONField(default=dict)  # field name to the list of str that the form sends for it
    saved_at = models.DateTimeField()  # when it was typed, by the clock of the device, never in the future

    objects = DraftQuerySet.as_manager()

    class Meta:
        ordering = ["-saved_at"]
        verbose_name = _("草稿")
        verbose_name_plural = _("草稿")
        constraints = [
            models.UniqueConstraint(fields=["owner", "hands", "client_key"], name="draft_once"),
            models.CheckConstraint(
                condition=Q(form=DraftKind.REFLECTION, mentor=None)
                | Q(form__in=[DraftKind.COACHING, DraftKind.SESSION], mentor__isnull=False),
                name="draft_of_a_log_names_its_mentor",
            ),
        ]

    def __str__(self):
        return f"{self.form} {self.client_key}"
