"""Keeping a method, a card or a list."""

from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from cohorts.actions.common import locked
from cohorts.meetings.models import Product
from cohorts.models import Cohort
from mentorship.accounts.models import User
from mentorship.audit.actions import record
from mentorship.common.errors import Refused
from mentorship.common.plugs import answers_to

from .planning import Stale

FIELDS = ("meeting", "kind", "title", "use", "steps", "caution", "author", "subject", "sources")


@transaction.atomic
def keep_product(*, by: User, cohort: Cohort, **facts: Any) -> Product:
    """Raises Refused for a name that the cohort has already."""
    product = Product(studio=cohort.studio, cohort=cohort, made_by=by.acting_user or by)
    save(product, facts)
    record(by=by, verb="product.kept", on=product, studio=product.studio_id, after={"title": product.title})
    tell(product)
    return product


@transaction.atomic
def change_product(*, by: User, product: Product, version: int, **facts: Any) -> None:
    locked(product)
    if product.version != version:
        raise Stale(_("刚才有人改过。下面是您填的，再存一次就以您的为准。"))
    before = product.title
    product.version += 1
    save(product, facts)
    record(
        by=by, verb="product.changed", on=product, studio=product.studio_id, before={"title": before},
        after={"title": product.title},
    )  # fmt: skip
    tell(product)


def tell(product: Product) -> None:
    """Whoever keeps methods so that they are found again."""
    for keep in answers_to("method_kept"):
        keep(product)


def save(product: Product, facts: dict) -> None:
    if unknown := set(facts) - set(FIELDS):
        raise TypeError(f"not fields of a product: {sorted(unknown)}")
    for name, value in facts.items():
        setattr(product, name, value)
    if product.meeting_id and product.meeting.cohort_id != product.cohort_id:
        raise Refused(_("请选这一批的会。"), field="meeting")
    try:
        with transaction.atomic():
            product.save()
    except IntegrityError as error:
        raise Refused(_("已经有同名的了，换个名字。"), field="title") from error
