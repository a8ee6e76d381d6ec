from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class SubdistrictKind(TextChoices):
    SUBDISTRICT = "subdistrict", _("街道")
    TOWN = "town", _("镇")
    TOWNSHIP = "township", _("乡")
    OTHER = "other", _("其他")


class CommunityKind(TextChoices):
    RESIDENTS = "residents", _("居民区")
    VILLAGE = "village", _("村")


class NeighbourhoodType(TextChoices):
    """Codes as in the demo data; domain.md §2.4."""

    OLD_WORKERS = "gongren", _("售后公房（工人新村）")
    COMMERCIAL = "shangpin", _("商品房")
    HIGH_RISE = "gaoceng", _("高层商品房")
    RESETTLED = "dongqian", _("动迁安置")
    MIXED = "hunhe", _("混合型")
    LANE = "linong", _("里弄")
    SOCIAL = "baozhang", _("保障房")
    VILLAGE = "cun", _("村")
    INTERNATIONAL = "guoji", _("国际社区")
