"""What the search of the clinic knows: one text for each thing that can be found. The index beside it (FTS5, or GIN over
tsvector) is made by the first migration and kept by `searching.index`."""

import datetime

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cohorts.clinic.choices import HitKind
from mentorship.places.models import Studio


class SearchText(models.Model):
    """A row for each closed or open case, published card, method and shared log; never for anything sensitive. The id
    grows with time: newer things have higher ones. `open_to_all`: everyone who teaches or learns in the studio may read
    it; else only those who read the whole clinic. Facets are empty where they don't apply."""

    studio = models.ForeignKey(Studio, on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=8, choices=HitKind)
    object_id = models.UUIDField()
    title = models.CharField(max_length=120)
    keywords = models.CharField(max_length=300, blank=True)
    body = models.TextField(blank=True)
    category = models.CharField(max_length=24, blank=True)
    subjects = models.CharField(max_length=60, blank=True)  # codes with commas between
    neighbourhood = models.CharField(max_length=12, blank=True)
    outcome = models.CharField(max_length=8, blank=True)
    open_to_all = models.BooleanField(default=False)
    date = models.DateField(default=datetime.date.today)

    class Meta:
        ordering = ["-id"]
        verbose_name = _("检索文本")
        verbose_name_plural = _("检索文本")
        constraints = [
            models.UniqueConstraint(fields=["kind", "object_id"], name="search_text_once"),
            models.CheckConstraint(condition=Q(kind__in=HitKind.values), name="search_text_kind_known"),
        ]

    def __str__(self):
        return self.title
