"""What the search knows is kept here, in the transaction that changed it: cases, cards and methods by themselves, what
stands above through `keep`."""

import datetime
import uuid
from collections.abc import Iterable

from django.db.models import Prefetch
from django.utils import timezone

from cohorts.clinic.choices import HitKind
from cohorts.clinic.models import Case, CaseCard, SearchText
from cohorts.clinic.taxonomy import subjects_of
from cohorts.meetings.models import Product

from . import index
from .tokens import Document, tokens_of
from .wording import keywords_of

KEPT = (
    "studio",
    "title",
    "keywords",
    "body",
    "category",
    "subjects",
    "neighbourhood",
    "outcome",
    "open_to_all",
    "date",
)


def keep(**facts) -> None:
    """One thing, by the fields of Document, with `studio` for its studio's row: anybody above the clinic keeps what is
    theirs. Who may read it is asked of them again when it is found (`hits_of`)."""
    studio = facts.pop("studio")
    keep_all([Document(studio_id=studio.pk, **facts)])


def keep_all(documents: Iterable[Document]) -> None:
    """Many at once, two queries for all."""
    documents = list(documents)
    rows = SearchText.objects.bulk_create(
        [SearchText(**document.stored) for document in documents],
        update_conflicts=True, unique_fields=["kind", "object_id"], update_fields=KEPT,
    )  # fmt: skip
    index.put((row.pk, tokens_of(document)) for row, document in zip(rows, documents, strict=True))


def drop(kind: str, object_id: uuid.UUID) -> None:
    """It is found no more. Nothing happens where it was not known."""
    drop_all(SearchText.objects.filter(kind=kind, object_id=object_id))


def drop_all(rows) -> None:
    ids = list(rows.values_list("pk", flat=True))
    SearchText.objects.filter(pk__in=ids).delete()
    index.remove(ids)


def keep_case(case: Case) -> None:
    """As it stands now; one that is a draft or sensitive is found no more."""
    row = cases_to_keep().filter(pk=case.pk).first()
    if row is None:
        drop(HitKind.CASE, case.pk)
    else:
        keep_all([document_of_case(row)])


def keep_card(card: CaseCard) -> None:
    """One that is in the library; any other is found no more."""
    row = cards_to_keep().filter(pk=card.pk).first()
    if row is None:
        drop(HitKind.CARD, card.pk)
    else:
        keep_all([document_of_card(row)])


def keep_method(product: Product) -> None:
    keep_all([document_of_method(product)])


def cases_to_keep():
    return (
        Case.objects.searchable()
        .select_related("community")
        .prefetch_related("opinions", Prefetch("steps", to_attr="planned"))
    )


def cards_to_keep():
    return CaseCard.objects.published().prefetch_related("subjects")


def methods_to_keep():
    return Product.objects.select_related("subject", "meeting")


def document_of_case(case: Case) -> Document:
    """Opinions only once they are open. What came of it leads: that is what people look for."""
    opinions = [opinion.text for opinion in case.opinions.all()] if case.is_released else []
    tried = [case.background, case.already_tried, case.stuck_at]
    return Document(
        kind=HitKind.CASE, object_id=case.pk, studio_id=case.studio_id, title=case.title,
        date=case.closed_on or case.date, lead=one_after_another([case.lesson, case.effect]),
        text=one_after_another([*tried, *opinions, *(step.text for step in case.planned)]),
        keywords=tuple(keywords_of(case.category, case.sub_category)), category=case.category,
        subjects=subjects_of(case.category), neighbourhood=case.community.type, outcome=case.outcome,
        open_to_all=case.is_closed,
    )  # fmt: skip


def document_of_card(card: CaseCard) -> Document:
    subjects = [subject.code for subject in card.subjects.all()]
    return Document(
        kind=HitKind.CARD, object_id=card.pk, studio_id=card.studio_id, title=card.title, date=card.published_on,
        lead=card.worked, text=one_after_another([card.situation, *card.numbered_steps, *card.listed_pitfalls]),
        keywords=tuple(keywords_of(card.category)), category=card.category,
        subjects=tuple(dict.fromkeys([*subjects, *subjects_of(card.category)])), neighbourhood=card.neighbourhood,
        open_to_all=True,
    )  # fmt: skip


def document_of_method(product: Product) -> Document:
    return Document(
        kind=HitKind.METHOD, object_id=product.pk, studio_id=product.studio_id, title=product.title,
        date=made_on(product), lead=product.use,
        text=one_after_another([*product.numbered_steps, product.caution]),
        subjects=(product.subject.code,) if product.subject_id else (), open_to_all=True,
    )  # fmt: skip


def made_on(product: Product) -> datetime.date:
    """The day of the meeting that it came out of, else the day it was written down."""
    return product.meeting.date if product.meeting_id else timezone.localdate(product.created_at)


def one_after_another(texts: Iterable[str]) -> str:
    """As sentences of one text."""
    return "".join(text if text[-1] in "。；？.;?" else f"{text}。" for text in map(str.strip, texts) if text)
