"""The audit trail: what was done, by whom, for whom. Rows are only ever added."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class AppendOnly(Exception):
    """An audit entry can't be changed or removed."""


class EntryQuerySet(models.QuerySet):
    def visible_to(self, user):
        if not user.is_authenticated:
            return self.none()
        if user.is_operator:
            return self
        return self.filter(studio_id__in=user.audited_studio_ids)

    def about(self, obj):
        return self.filter(object_type=obj._meta.label_lower, object_id=str(obj.pk))

    def update(self, **kwargs):
        raise AppendOnly

    def delete(self):
        raise AppendOnly


class Entry(models.Model):
    """One act. No foreign keys, so that nothing can cascade into it or hold it back.

    `sequence` counts from 1 within a studio; `digest` covers the row and the digest before it.
    """

    studio_id = models.UUIDField(_("工作室"), editable=False)
    sequence = models.PositiveBigIntegerField(_("序号"), editable=False)
    at = models.DateTimeField(_("时间"), editable=False)
    actor_id = models.CharField(max_length=40, editable=False)
    actor_name = models.CharField(_("操作人"), max_length=60, blank=True, editable=False)
    principal_id = models.CharField(max_length=40, blank=True, editable=False)
    principal_name = models.CharField(_("代谁操作"), max_length=60, blank=True, editable=False)
    verb = models.CharField(_("动作"), max_length=60, editable=False)
    object_type = models.CharField(max_length=60, editable=False)
    object_id = models.CharField(max_length=40, editable=False)
    object_name = models.CharField(_("对象"), max_length=120, editable=False)
    before = models.JSONField(_("之前"), default=dict, editable=False)
    after = models.JSONField(_("之后"), default=dict, editable=False)
    previous_digest = models.CharField(max_length=64, editable=False)
    digest = models.CharField(max_length=64, editable=False)

    objects = EntryQuerySet.as_manager()

    class Meta:
        ordering = ["-sequence"]
        verbose_name = _("操作记录")
        verbose_name_plural = _("操作记录")
        constraints = [models.UniqueConstraint(fields=["studio_id", "sequence"], name="audit_sequence_once")]
        indexes = [
            models.Index(fields=["studio_id", "object_type", "object_id"], name="audit_object"),
        ]

    def __str__(self):
        return f"{self.sequence} {self.verb}"

    def save(self, *args, **kwargs):
        if not self._state.adding:
            raise AppendOnly
        super().save(*args, **kwargs)

    def delete(self, *args, **kwargs):
        raise AppendOnly


class ChainHead(models.Model):
    """The newest entry of a studio's chain; locking this row puts writers in a queue."""

    studio_id = models.UUIDField(primary_key=True)
    sequence = models.PositiveBigIntegerField(default=0)
    digest = models.CharField(max_length=64, blank=True)


class SentForm(models.Model):
    """A form whose work is done, and where its answer led; for two days (`once`)."""

    digest = models.CharField(max_length=64, primary_key=True)
    at = models.DateTimeField(auto_now_add=True, db_index=True)
    location = models.CharField(max_length=500, blank=True)
