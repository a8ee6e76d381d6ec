"""One person, on the register or with an account or both, and which rows are theirs."""

import datetime
from dataclasses import dataclass
from functools import cached_property

from django.db.models import Model, Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import override

from mentorship.accounts.models import User
from mentorship.common.personal import Table
from mentorship.common.plugs import answers_to
from mentorship.people.models import Secretary
from mentorship.places.models import Studio

from .models import Erasure
from .table import model_of


@dataclass(frozen=True)
class Person:
    secretary: Secretary | None
    user: User | None

    @classmethod
    def of_secretary(cls, secretary: Secretary) -> "Person":
        return cls(secretary, secretary.user)

    @classmethod
    def of_user(cls, user: User) -> "Person":
        return cls(Secretary.objects.filter(user=user.pk).select_related("studio").first(), user)

    def __str__(self):
        return str(self.secretary or self.user)

    @property
    def row(self) -> Model:
        return self.secretary or self.user

    @property
    def word(self) -> str:
        """What stands in place of the name: the same everywhere, and of no use to find out who it was."""
        with override("zh-hans"):
            return _("已注销%(code)s") % {"code": self.row.pk.hex[:8]}

    @cached_property
    def names(self) -> list[str]:
        """What others may have written of them, the longest first."""
        said = {
            getattr(row, name) for row in (self.secretary, self.user) if row for name in ("name", "name_en", "phone")
        }
        return sorted((text for text in said if len(text) > 1), key=len, reverse=True)

    @cached_property
    def studios(self) -> list[Studio]:
        """Where they are known; the register's first."""
        found = {self.secretary.studio_id: self.secretary.studio} if self.secretary else {}
        if self.user:
            found |= {
                g.studio_id: g.studio
                for g in self.user.role_grants.select_related("studio")
                if g.studio_id not in found
            }
        return list(found.values())

    @property
    def papers_until(self) -> datetime.date | None:
        answers = (answer(self.secretary, self.user) for answer in answers_to("kept_until"))
        return max((day for day in answers if day), default=None)

    @property
    def still_needed(self) -> list[str]:
        return [reason for answer in answers_to("still_needed") for reason in answer(self.secretary, self.user)]

    def rows_of(self, table: Table) -> QuerySet:
        """Those of this model that are theirs, each once."""
        model, mine = model_of(table), Q(pk__in=[])
        for path in table.about:
            who = self.secretary if target_of(model, path) is Secretary else self.user
            if who is not None:
                mine |= Q(**{path: who.pk})
        return model._base_manager.filter(pk__in=model._base_manager.filter(mine).order_by().values("pk"))


def target_of(model: type[Model], path: str) -> type[Model]:
    for step in path.split("__"):
        if step == "pk":
            break
        model = model._meta.get_field(step).related_model
    if model not in (Secretary, User):
        raise ValueError(f"{path} leads to {model._meta.label}, not to a person")
    return model


def erasure_of(person: Person) -> Erasure | None:
    """The one by which they were erased, if they were."""
    rows = Q(pk__in=[])
    if person.secretary:
        rows |= Q(secretary=person.secretary.pk)
    if person.user:
        rows |= Q(user=person.user.pk)
    return Erasure.objects.filter(rows).first()
