"""What is being written and not yet sent, kept on the server beside the copy on the device."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from mentorship.accounts.models import User
from mentorship.common.base import Record


class DraftQuerySet(models.QuerySet):
    def of(self, user, form: str):
        return self.filter(owner=user, form=form)


class Draft(Record):
    """One unsent form of one person. Its key is that of the log it will become, so it never shows up in another."""

    owner = models.ForeignKey(User, on_delete=models.PROTECT, related_name="drafts", verbose_name=_("写的人"))
    form = models.CharField(max_length=20)  # "coaching", "session", "reflection"
    client_key = models.UUIDField()
    content = models.JSONField(default=dict)  # field name to str or list of str, as the form sends them

    objects = DraftQuerySet.as_manager()

    class Meta:
        ordering = ["-updated_at"]
        verbose_name = _("草稿")
        verbose_name_plural = _("草稿")
        constraints = [models.UniqueConstraint(fields=["owner", "client_key"], name="draft_once")]

    def __str__(self):
        return f"{self.form} {self.client_key}"
