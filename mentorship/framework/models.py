"""应知必会: five subjects, five indicators each, five levels each, versioned as a whole."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from mentorship.common.base import Record
from mentorship.places.models import Studio, in_language

LOWEST, HIGHEST = 1, 5
LEVEL_RANGE = [MinValueValidator(LOWEST), MaxValueValidator(HIGHEST)]


class OfStudio(models.QuerySet):
    def visible_to(self, user):
        return self.filter(studio__in=Studio.objects.visible_to(user))


class Framework(Record):
    """One version. A cohort keeps the version it began with."""

    studio = models.ForeignKey(Studio, on_delete=models.PROTECT, related_name="frameworks", verbose_name=_("工作室"))
    version = models.PositiveSmallIntegerField(_("版本"))
    note = models.CharField(_("说明"), max_length=120, blank=True)
    scale = models.JSONField(_("等级名称"), default=list, help_text=_("五个等级，各有中文名和英文名"))
    locked = models.BooleanField(_("已启用"), default=False, help_text=_("启用后不再改动，要改就出新版"))

    objects = OfStudio.as_manager()

    class Meta:
        ordering = ["studio", "-version"]
        verbose_name = _("应知必会")
        verbose_name_plural = _("应知必会")
        constraints = [models.UniqueConstraint(fields=["studio", "version"], name="framework_version_once")]

    def __str__(self):
        return str(_("第%(n)s版") % {"n": self.version})

    def level_name(self, level: int) -> str:
        entry = self.scale[level - 1]
        return in_language(entry["zh"], entry["en"])

    @property
    def level_names(self) -> list[str]:
        return [self.level_name(level) for level in range(LOWEST, len(self.scale) + 1)]


class Subject(Record):
    """领域: one of the five must-know subjects, e.g. PB 党建业务知识. `short_name` labels charts (党建)."""

    studio = models.ForeignKey(Studio, on_delete=models.PROTECT, related_name="+", verbose_name=_("工作室"))
    framework = models.ForeignKey(
        Framework, on_delete=models.PROTECT, related_name="subjects", verbose_name=_("应知必会")
    )
    code = models.CharField(_("代码"), max_length=4)
    name = models.CharField(_("名称"), max_length=40)
    name_en = models.CharField(_("英文名"), max_length=60)
    short_name = models.CharField(_("短名"), max_length=8)
    short_name_en = models.CharField(_("英文短名"), max_length=20)
    weight = models.PositiveSmallIntegerField(_("权重"))
    order = models.PositiveSmallIntegerField(_("次序"))

    objects = OfStudio.as_manager()

    class Meta:
        ordering = ["framework", "order"]
        verbose_name = _("领域")
        verbose_name_plural = _("领域")
        constraints = [models.UniqueConstraint(fields=["framework", "code"], name="subject_code_once")]

    def __str__(self):
        return in_language(self.name, self.name_en)

    @property
    def short(self) -> str:
        return in_language(self.short_name, self.short_name_en)


class Indicator(Record):
    """指标, e.g. PB1 组织生活规范."""

    studio = models.ForeignKey(Studio, on_delete=models.PROTECT, related_name="+", verbose_name=_("工作室"))
    subject = models.ForeignKey(Subject, on_delete=models.PROTECT, related_name="indicators", verbose_name=_("领域"))
    code = models.CharField(_("代码"), max_length=6)
    name = models.CharField(_("名称"), max_length=60)
    name_en = models.CharField(_("英文名"), max_length=80)
    order = models.PositiveSmallIntegerField(_("次序"))

    objects = OfStudio.as_manager()

    class Meta:
        ordering = ["subject", "order"]
        verbose_name = _("指标")
        verbose_name_plural = _("指标")
        constraints = [models.UniqueConstraint(fields=["subject", "code"], name="indicator_code_once")]

    def __str__(self):
        return f"{self.code} {self.words}"

    @property
    def words(self) -> str:
        return in_language(self.name, self.name_en)


class Level(Record):
    """What level 1..5 of an indicator looks like when it is seen."""

    studio = models.ForeignKey(Studio, on_delete=models.PROTECT, related_name="+", verbose_name=_("工作室"))
    indicator = models.ForeignKey(Indicator, on_delete=models.PROTECT, related_name="levels", verbose_name=_("指标"))
    level = models.PositiveSmallIntegerField(_("等级"), validators=LEVEL_RANGE)
    description = models.CharField(_("表现"), max_length=120)
    description_en = models.CharField(_("英文表现"), max_length=160)

    objects = OfStudio.as_manager()

    class Meta:
        ordering = ["indicator", "level"]
        verbose_name = _("等级表现")
        verbose_name_plural = _("等级表现")
        constraints = [
            models.UniqueConstraint(fields=["indicator", "level"], name="level_once"),
            models.CheckConstraint(condition=Q(level__range=(LOWEST, HIGHEST)), name="level_in_range"),
        ]

    def __str__(self):
        return f"{self.level} {self.words}"

    @property
    def words(self) -> str:
        return in_language(self.description, self.description_en)
