"""The homes lead to letters: the mentor to those that wait, the apprentice to their own, in whatever state."""

import pytest
from django.urls import reverse
from django.utils import timezone

from cohorts.letters.choices import LetterState
from cohorts.letters.models import LetterReply
from tests.factories.practice import make_letter


def letters_due(browser):
    rows = browser.get(reverse("dashboards:mentor_home")).context["due"]
    return [row.url for row in rows if row.title.endswith("的拜师帖")]


def test_a_letter_that_waits_stands_among_what_is_due(as_, cast):
    letter = make_letter(cast.pairing)
    make_letter(cast.other_pairing)
    assert letters_due(as_("mentor")) == [reverse("letters:letter", args=[letter.pk])]
    LetterReply.objects.create(
        studio=cast.studio, letter=letter, decision="meet_first", date="2018-09-21", sent_at=timezone.now()
    )
    assert letters_due(as_("mentor")) == []


def test_a_draft_and_an_ended_pair_wait_for_nobody(as_, cast):
    letter = make_letter(cast.pairing, state=LetterState.DRAFT)
    assert letters_due(as_("mentor")) == []
    type(letter).objects.filter(pk=letter.pk).update(state=LetterState.HANDED_IN)
    cast.pairing.ends = cast.pairing.starts
    cast.pairing.save()
    assert letters_due(as_("mentor")) == []


@pytest.mark.parametrize(
    ("state", "words"), [(None, "还没有写"), (LetterState.DRAFT, "草稿"), (LetterState.READ, "师傅已阅，等回帖")]
)
def test_the_apprentice_sees_how_the_letter_stands(as_, cast, state, words):
    letter = make_letter(cast.pairing, state=state) if state else None
    page = as_("mentee").get(reverse("dashboards:mentee_home")).text
    section = page.partition('aria-labelledby="letter"')[2].partition("</section>")[0]
    assert words in section
    written = letter and state != LetterState.DRAFT
    address = (
        reverse("letters:letter", args=[letter.pk])
        if written
        else reverse("letters:letter_write", args=[cast.pairing.pk])
    )
    assert address in section
