"""Two who edit one row at once: the second meets the words of the first before any of them is lost.

Rows that many hands write keep a `version`. A form of any other row carries a digest of what it showed instead.
"""

import hashlib
import json
from collections.abc import Callable
from contextlib import AbstractContextManager, contextmanager, nullcontext
from decimal import Decimal

from django import forms
from django.db import models, transaction
from django.utils.translation import gettext as _

from .errors import Refused
from .forms import add_refusal

SEEN = "seen"


class SeenMixin:
    """Before StudioFormMixin in the bases of a form that edits a row. Its `__init__` ends with `self.watch(...)`."""

    row = None
    behind = False  # another has changed the row since this form was opened

    def watch(self, row: models.Model, again: Callable, hold: models.Model | None = None) -> None:
        """`again` makes this form, not sent, of a row as it stands now. `hold` is what the action locks first, where
        that is another row. A row that is still to be made has nobody else's words."""
        if row is None or row._state.adding:
            return
        self.row, self.again, self.hold = row, again, hold or row
        self.fields[SEEN] = forms.CharField(required=False, widget=forms.HiddenInput)

    def get_initial_for_field(self, field, field_name):
        return self.digest() if field_name == SEEN else super().get_initial_for_field(field, field_name)

    def full_clean(self):
        """The digest is no fact of the row."""
        super().full_clean()
        if self.is_bound:
            self.cleaned_data.pop(SEEN, None)

    def shown(self) -> dict[str, str | list[str]]:
        """What stood in the form when it was opened. Files are added, never replaced."""
        return {
            name: plain(field, self[name].initial)
            for name, field in self.fields.items()
            if name != SEEN and not isinstance(field, forms.FileField)
        }

    def digest(self) -> str:
        """Of what is shown. It is not signed: who makes one up does no more than who sends the form twice."""
        return hashlib.sha256(json.dumps(self.shown(), sort_keys=True).encode()).hexdigest()

    @contextmanager
    def held(self):
        """Nobody else writes the row meanwhile. Raises Refused for a form that is behind, with the words that are
        kept now beside those that were typed; sent once more, it takes their place knowingly."""
        with transaction.atomic():
            type(self.hold)._base_manager.select_for_update().filter(pk=self.hold.pk).first()
            row = type(self.row)._base_manager.filter(pk=self.row.pk).first()
            if row is None:
                raise Refused(_("这一条刚刚被删去了。"))
            now = self.again(row)
            if now.digest() != self.data.get(self.add_prefix(SEEN)) and self.show_theirs(now):
                self.behind = True
                raise Refused(_("您打开以后，有人改过这一份。您写的还在，下面写着现在存的；再存一次，就以您的为准。"))
            yield

    def show_theirs(self, now: forms.BaseForm) -> bool:
        """Puts what `now` has beside each field where it differs from what was typed; False when both say the same."""
        differing = [
            name
            for name, kept in now.shown().items()
            if name in self.cleaned_data and plain(self.fields[name], self.cleaned_data[name]) != kept
        ]
        for name in differing:
            words = in_words(now.fields[name], now[name].initial) or _("空着")
            self.add_error(name, _("现在存的是：%(words)s") % {"words": words})
        self.data = self.data.copy()
        self.data[self.add_prefix(SEEN)] = now.digest()
        return bool(differing)


def acted(form: forms.BaseForm, act: Callable, **facts):
    """What the action of a valid form returns, True for nothing. None when it refused or the form is behind: the
    reason stands in the form, and nothing that was typed is lost."""
    try:
        with holding(form):
            return act(**facts) or True
    except Refused as refused:
        add_refusal(form, refused)
        return None


def holding(form: forms.BaseForm) -> AbstractContextManager:
    return form.held() if isinstance(form, SeenMixin) and form.row else nullcontext()


def plain(field: forms.Field, value) -> str | list[str]:
    """The same for what is stored, shown and typed: 6 hours and 6.0 are one, empty and nothing too."""
    value = field.prepare_value(value)
    if isinstance(value, list | tuple | set):
        return sorted(map(str, value))
    if isinstance(value, Decimal):
        return f"{value.normalize():f}"
    return "" if value is None else str(value).replace("\r\n", "\n")


def in_words(field: forms.Field, value) -> str:
    """As a reader says it: the labels of what is chosen, else what stands in the box."""
    if isinstance(value, bool):
        return _("是") if value else _("否")
    if not hasattr(field, "choices"):
        return str(field.widget.format_value(field.prepare_value(value)) or "")
    chosen = plain(field, value)
    chosen = set(chosen if isinstance(chosen, list) else [chosen]) - {""}
    if isinstance(field, forms.ModelChoiceField):
        return "、".join(field.label_from_instance(row) for row in field.queryset.filter(pk__in=chosen))
    return "、".join(str(label) for key, label in field.choices if str(key) in chosen)
