"""Every text that is kept with a row gets a word of that row's own: a page may show only those of rows that its reader sees."""

import hashlib
import re

from django.db import models

from mentorship.audit.guards import lifted

from .spread import models_of_ours, studio_of

WORD = re.compile("暗[0-9a-f]{12}")
ROOM = 13
BY_US = {"digest", "code", "spelling", "initials", "sort_key", "seed", "url", "key", "path", "job"}
SHOWN_BEYOND = {"name", "name_en", "post"}  # who somebody is, to whoever works with them
WORKS = "titles of what the candidate closed or wrote, none sensitive, for the panel"
# (address, table): why it shows words of rows that its reader does not see in lists.
ELSEWHERE_TOO = {
    ("assessments:rate", "assessments.Sheet"): "a rater reads the report that they are asked about",
    ("calendar:feed", "promotions.PublicNotice"): "a feed is opened by its key, whoever is signed in",
    ("clinic:guest", "clinic.Case"): "a guest's page is opened by its link",
    ("promotions:board", "promotions.PublicNotice"): "the board is everybody's",
    ("promotions:object", "promotions.PublicNotice"): "the board is everybody's",
    ("promotions:candidate", "clinic.Case"): WORKS,
    ("promotions:candidate", "clinic.CaseCard"): WORKS,
    ("promotions:vote", "clinic.Case"): WORKS,
    ("promotions:vote", "clinic.CaseCard"): WORKS,
}


def is_text(field) -> bool:
    plain = type(field) in {models.CharField, models.TextField} and not field.choices and not field.unique
    return plain and field.name not in BY_US | SHOWN_BEYOND


def tables() -> dict[type, list]:
    found = {}
    for model in models_of_ours():
        fields = [field for field in model._meta.local_fields if is_text(field)]
        if fields and studio_of(model) and hasattr(model._default_manager, "visible_to"):
            found[model] = fields
    return found


def word_of(row) -> str:
    return "暗" + hashlib.sha256(f"{row._meta.label}{row.pk}".encode()).hexdigest()[: ROOM - 1]


class PrivateWords:
    """Writes the words, and tells whose they are."""

    def __init__(self):
        self.rows = {}
        with lifted():
            for model, fields in tables().items():
                for row in model._base_manager.all():
                    self.write(row, fields)

    def write(self, row, fields) -> None:
        texts = {
            field.name: getattr(row, field.name) + word_of(row)
            for field in fields
            if getattr(row, field.name) and len(getattr(row, field.name)) + ROOM <= (field.max_length or 10**6)
        }
        if texts:
            type(row)._base_manager.filter(pk=row.pk).update(**texts)
            self.rows[word_of(row)] = row._meta.label

    def of(self, user) -> set[str]:
        return {word_of(row) for model in tables() for row in model._default_manager.visible_to(user).only("pk")}

    def beyond(self, text: str, seen: set[str]) -> set[str]:
        """Tables of the words that stand there and are not of a row that is seen."""
        return {self.rows[word] for word in set(WORD.findall(text)) - seen}


def shown_too(address: str) -> set[str]:
    """Tables of which the page shows more, with a reason."""
    return {table for page, table in ELSEWHERE_TOO if page == address}
