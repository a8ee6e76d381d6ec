"""How much a person has sent in a year, so that one account cannot fill the disk."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .users import User


class UploadTally(models.Model):
    """Bytes of the pictures and papers that this account sent in a year and that we stored. What is taken out again still
    counts: the year begins anew by itself."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="upload_tallies", verbose_name=_("账号"))
    year = models.PositiveSmallIntegerField(_("年份"))
    size = models.PositiveBigIntegerField(_("字节"), default=0)
    at = models.DateTimeField(_("最后一次"), default=timezone.now)

    class Meta:
        verbose_name = _("上传量")
        verbose_name_plural = _("上传量")
        constraints = [models.UniqueConstraint(fields=["user", "year"], name="one_tally_each_year")]

    def __str__(self):
        return f"{self.user} {self.year}"
