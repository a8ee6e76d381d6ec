"""Official places (no owner: the same for every studio), the studios that sit in them, and their teaching bases."""

import datetime

from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from mentorship.common.base import Record

from .choices import CommunityKind, NeighbourhoodType, SubdistrictKind


def in_language(zh: str, en: str) -> str:
    """The English name for readers of English where there is one, else the Chinese."""
    return en if en and (get_language() or "").startswith("en") else zh


class PlaceQuerySet(models.QuerySet):
    """Places are public ground: any signed-in reader may see them."""

    def visible_to(self, user):
        return self if user.is_authenticated else self.none()


class Place(models.Model):
    name = models.CharField(_("名称"), max_length=100)
    name_en = models.CharField(_("英文名"), max_length=120, blank=True)

    objects = PlaceQuerySet.as_manager()

    class Meta:
        abstract = True
        ordering = ["code"]

    def __str__(self):
        return in_language(self.name, self.name_en)


class District(Place):
    code = models.CharField(_("代码"), max_length=6, primary_key=True, validators=[RegexValidator(r"^\d{6}$")])
    city = models.CharField(_("市"), max_length=60, blank=True)
    province = models.CharField(_("省"), max_length=60)

    class Meta(Place.Meta):
        verbose_name = _("区县")
        verbose_name_plural = _("区县")


class Subdistrict(Place):
    code = models.CharField(_("代码"), max_length=9, primary_key=True, validators=[RegexValidator(r"^\d{9}$")])
    district = models.ForeignKey(
        District, on_delete=models.PROTECT, related_name="subdistricts", verbose_name=_("区县")
    )
    kind = models.CharField(_("类别"), max_length=12, choices=SubdistrictKind, default=SubdistrictKind.SUBDISTRICT)
    neighbours = models.ManyToManyField("self", blank=True, verbose_name=_("相邻街镇"))

    class Meta(Place.Meta):
        verbose_name = _("街镇")
        verbose_name_plural = _("街镇")


class Community(Place):
    """居民区（村）: the unit of record. `official_name` is the committee, `name` the neighbourhood."""

    code = models.CharField(_("代码"), max_length=12, primary_key=True, validators=[RegexValidator(r"^\d{12}$")])
    official_name = models.CharField(_("居委会（村委会）"), max_length=100)
    subdistrict = models.ForeignKey(
        Subdistrict, on_delete=models.PROTECT, related_name="communities", verbose_name=_("街镇")
    )
    kind = models.CharField(_("类别"), max_length=12, choices=CommunityKind, default=CommunityKind.RESIDENTS)
    type = models.CharField(_("小区类型"), max_length=12, choices=NeighbourhoodType, blank=True)

    class Meta(Place.Meta):
        verbose_name = _("居民区（村）")
        verbose_name_plural = _("居民区（村）")


class StudioQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Studios in which the reader holds a role; operators see every one."""
        if not user.is_authenticated:
            return self.none()
        if user.is_operator:
            return self
        return self.filter(pk__in=user.studio_ids)


class Studio(Record):
    """书记工作室, seated in a district or in one of its subdistricts."""

    code = models.SlugField(_("代码"), max_length=40, unique=True)
    name = models.CharField(_("名称"), max_length=60)
    name_en = models.CharField(_("英文名"), max_length=100, blank=True)
    short_name = models.CharField(_("短名"), max_length=20, blank=True)
    organizer = models.CharField(_("主办单位"), max_length=60, blank=True)
    doc_prefix = models.CharField(_("文号前缀"), max_length=10, blank=True, help_text=_("例如“梁室”"))
    phone = models.CharField(_("联系电话"), max_length=30, blank=True)
    district = models.ForeignKey(District, on_delete=models.PROTECT, related_name="studios", verbose_name=_("区县"))
    subdistrict = models.ForeignKey(
        Subdistrict,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="studios",
        verbose_name=_("街镇"),
        help_text=_("设在街镇的工作室才选；设在区里的留空"),
    )
    young_age = models.PositiveSmallIntegerField(
        _("年轻书记年龄线"), default=45, help_text=_("不超过这个年龄算年轻书记")
    )
    veteran_years = models.PositiveSmallIntegerField(_("老书记任职年限"), default=15)
    demo_today = models.DateField(
        _("演示日期"), null=True, blank=True, editable=False, help_text=_("只有演示工作室才有")
    )
    disclaimer = models.TextField(_("声明"), blank=True, editable=False)
    disclaimer_en = models.TextField(_("英文声明"), blank=True, editable=False)

    objects = StudioQuerySet.as_manager()

    class Meta:
        ordering = ["name"]
        verbose_name = _("工作室")
        verbose_name_plural = _("工作室")

    def __str__(self):
        return in_language(self.name, self.name_en)

    def today(self) -> datetime.date:
        """The studio's date: the wall's, or the fixed day of a demonstration."""
        return self.demo_today or timezone.localdate()

    @property
    def subdistricts(self):
        """The 街镇 whose secretaries this studio keeps."""
        if self.subdistrict_id:
            return Subdistrict.objects.filter(pk=self.subdistrict_id)
        return Subdistrict.objects.filter(district=self.district_id)

    @property
    def communities(self):
        if self.subdistrict_id:
            return Community.objects.filter(subdistrict=self.subdistrict_id)
        return Community.objects.filter(subdistrict__district=self.district_id)


class BaseQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Bases are known to everyone in the studio."""
        return self.filter(studio__in=Studio.objects.visible_to(user))


class Base(Record):
    """教学基地. Its host is the mentor who names it as theirs."""

    studio = models.ForeignKey(Studio, on_delete=models.PROTECT, related_name="bases", verbose_name=_("工作室"))
    community = models.ForeignKey(Community, on_delete=models.PROTECT, related_name="bases", verbose_name=_("居民区"))
    focus = models.CharField(_("侧重"), max_length=60)
    address = models.CharField(_("地址"), max_length=120, blank=True)
    capacity = models.PositiveSmallIntegerField(_("可容人数"), default=20)
    transport = models.CharField(_("怎么去"), max_length=200, blank=True)
    facilities = models.CharField(_("场地设施"), max_length=200, blank=True)
    open_day = models.CharField(_("开放日"), max_length=60, blank=True)
    plaque_date = models.DateField(_("挂牌日期"), null=True, blank=True)

    objects = BaseQuerySet.as_manager()

    class Meta:
        ordering = ["studio", "community"]
        verbose_name = _("教学基地")
        verbose_name_plural = _("教学基地")
        constraints = [
            models.UniqueConstraint(fields=["studio", "community"], name="base_once_per_community"),
            models.CheckConstraint(condition=Q(capacity__gte=1), name="base_capacity_positive"),
        ]

    def __str__(self):
        return str(self.community)


class HolidayQuerySet(models.QuerySet):
    def visible_to(self, user):
        """The studio's calendar is known to everyone in it."""
        return self.filter(studio__in=Studio.objects.visible_to(user))

    def table_of(self, studio: Studio) -> dict[datetime.date, bool]:
        """Day to whether it is worked, as `mentorship.common.working_days` takes it."""
        return dict(self.filter(studio=studio).values_list("date", "is_working"))


class Holiday(Record):
    """A day that the studio's calendar counts otherwise than the national list: off, or worked."""

    studio = models.ForeignKey(Studio, on_delete=models.PROTECT, related_name="holidays", verbose_name=_("工作室"))
    date = models.DateField(_("日期"))
    is_working = models.BooleanField(_("算工作日"), default=False, help_text=_("勾上是调休上班，不勾是放假"))
    note = models.CharField(_("说明"), max_length=60, blank=True)

    objects = HolidayQuerySet.as_manager()

    class Meta:
        ordering = ["-date"]
        verbose_name = _("节假日")
        verbose_name_plural = _("节假日表")
        constraints = [models.UniqueConstraint(fields=["studio", "date"], name="holiday_once_a_day")]

    def __str__(self):
        return self.date.isoformat()
