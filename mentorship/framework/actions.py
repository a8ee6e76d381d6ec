"""Making a version of the must-know subjects, copying it into the next, and locking it for use."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from mentorship.accounts.models import User
from mentorship.audit.actions import record
from mentorship.common.errors import Refused
from mentorship.places.models import Studio

from .models import Framework, Indicator, Level, Subject

# Two characters for charts; domain.md §4.
SHORT_NAMES = {
    "PB": ("党建", "Party"),
    "CG": ("治理", "Governance"),
    "TM": ("队伍", "Team"),
    "CC": ("沟通", "Talk"),
    "ER": ("应急", "Emergency"),
}


@transaction.atomic
def create_from_data(*, by: User, studio: Studio, data: dict[str, Any]) -> Framework:
    """The next version from plain data: {"scale": [{zh, en}], "domains": [{code, zh, en, weight, indicators: [...]}]}.

    Each indicator has code, zh, en, levels_zh and levels_en (five each). A level that YAML split at a semicolon or
    left out is not mended: KeyError or ValueError says so.
    """
    framework = Framework.objects.create(
        studio=studio, version=next_version(studio), scale=[{"zh": row["zh"], "en": row["en"]} for row in data["scale"]]
    )
    for order, row in enumerate(data["domains"]):
        short, short_en = SHORT_NAMES.get(row["code"], (row["zh"][:2], row["en"][:20]))
        subject = Subject.objects.create(
            studio=studio,
            framework=framework,
            code=row["code"],
            name=row["zh"],
            name_en=row["en"],
            short_name=short,
            short_name_en=short_en,
            weight=row["weight"],
            order=order,
        )
        for place, indicator in enumerate(row["indicators"]):
            add_indicator(subject, indicator, place)
    record(by=by, verb="framework.created", on=framework, studio=studio, after={"version": framework.version})
    return framework


def add_indicator(subject: Subject, row: dict[str, Any], order: int) -> None:
    indicator = Indicator.objects.create(
        studio=subject.studio, subject=subject, code=row["code"], name=row["zh"], name_en=row["en"], order=order
    )
    Level.objects.bulk_create(
        Level(studio=subject.studio, indicator=indicator, level=level, description=zh, description_en=en)
        for level, (zh, en) in enumerate(zip(row["levels_zh"], row["levels_en"], strict=True), start=1)
    )


def next_version(studio: Studio) -> int:
    newest = studio.frameworks.order_by("-version").values_list("version", flat=True).first()
    return (newest or 0) + 1


@transaction.atomic
def new_version(*, by: User, framework: Framework) -> Framework:
    """A copy of the whole tree, unlocked, to be edited in the admin site."""
    copy = Framework.objects.create(
        studio=framework.studio,
        version=next_version(framework.studio),
        scale=framework.scale,
        note=_("从第%(n)s版来") % {"n": framework.version},
    )
    for subject in framework.subjects.prefetch_related("indicators__levels"):
        indicators = list(subject.indicators.all())
        fresh = duplicate(subject, framework=copy)
        for indicator in indicators:
            levels = list(indicator.levels.all())
            fresh_indicator = duplicate(indicator, subject=fresh)
            for level in levels:
                duplicate(level, indicator=fresh_indicator)
    record(
        by=by,
        verb="framework.versioned",
        on=copy,
        studio=framework.studio_id,
        before={"version": framework.version},
        after={"version": copy.version},
    )
    return copy


def duplicate(row, **changed):
    """A new row like the old one, with other parents."""
    values = {
        field.name: getattr(row, field.name)
        for field in row._meta.concrete_fields
        if field.name not in {"id", "created_at", "updated_at"}
    }
    return type(row).objects.create(**(values | changed))


@transaction.atomic
def lock(*, by: User, framework: Framework) -> None:
    """启用: from now on this version stands as it is. A second time changes nothing."""
    if framework.locked:
        return
    if not framework.subjects.exists():
        raise Refused(_("还没有领域，不能启用。"))
    framework.locked = True
    framework.save(update_fields=["locked", "updated_at"])
    record(by=by, verb="framework.locked", on=framework, studio=framework.studio_id, after={"locked": True})
