"""Sealing and verifying: one changed character is seen, whichever signed field it stands in."""

import datetime

import pytest
from django.urls import reverse
from django.utils import timezone

from cohorts.letters.models import ApprenticeshipLetter, LetterReply
from cohorts.letters.queries.letters import ALTERED, GENUINE, UNKNOWN, verdict_on
from cohorts.letters.seal import (
    ALPHABET,
    LETTER_FIELDS,
    NEWEST,
    REPLY_FIELDS,
    canonical,
    digest_of,
    new_code,
    read_code,
    spaced,
)

from .letter_kit import answered, filed, handed_in, met_first, transcribed

UNCHANGEABLE = {"pk", "pairing_id", "code"}  # the row itself, and what it is found by
LETTER_TEXTS = sorted(set(LETTER_FIELDS[NEWEST]) - UNCHANGEABLE)
REPLY_TEXTS = sorted(set(REPLY_FIELDS[NEWEST]) - {"pk"})


def nudged(value):
    if isinstance(value, datetime.datetime):
        return value + datetime.timedelta(microseconds=1)
    if isinstance(value, datetime.date):
        return value + datetime.timedelta(days=1)
    text = str(value)
    choices = {"plain": "short", "accepted": "meet_first", "typed": "photo"}
    return choices.get(text, f"{text[:-1]}Ｘ" if text else "Ｘ")


def test_a_sealed_letter_is_genuine_however_its_code_is_typed(cast):
    letter = answered(cast)
    for typed in (letter.code, letter.code.lower(), spaced(letter.code), f" {letter.code[:6]} {letter.code[6:]} "):
        assert verdict_on(typed).outcome == GENUINE


@pytest.mark.parametrize("name", LETTER_TEXTS)
@pytest.mark.usefixtures("unguarded")
def test_one_character_of_the_letter(cast, name):
    letter = answered(cast)
    ApprenticeshipLetter.objects.filter(pk=letter.pk).update(**{name: nudged(getattr(letter, name))})
    assert verdict_on(letter.code).outcome == ALTERED


@pytest.mark.parametrize("name", REPLY_TEXTS)
@pytest.mark.usefixtures("unguarded")
def test_one_character_of_the_reply(cast, name):
    letter = answered(cast)
    LetterReply.objects.filter(letter=letter).update(**{name: nudged(getattr(letter.reply, name))})
    assert verdict_on(letter.code).outcome == ALTERED


def test_every_field_that_is_written_is_signed(cast):
    assert set(ApprenticeshipLetter.WORDS) | {"style", "date", "sealed_at"} <= set(LETTER_FIELDS[NEWEST])
    assert set(LetterReply.WORDS) | {"decision", "date"} <= set(REPLY_FIELDS[NEWEST])


@pytest.mark.usefixtures("unguarded")
def test_a_forged_digest_differs_from_the_one_in_the_trail(cast):
    letter = answered(cast)
    letter.wish = "改过的一句。"
    ApprenticeshipLetter.objects.filter(pk=letter.pk).update(wish=letter.wish, digest=digest_of(letter, letter.reply))
    assert verdict_on(letter.code).outcome == ALTERED


@pytest.mark.usefixtures("unguarded")
def test_a_letter_moved_to_another_pair_is_altered(cast):
    letter = answered(cast)
    ApprenticeshipLetter.objects.filter(pk=letter.pk).update(pairing=cast.other_pairing)
    assert verdict_on(letter.code).outcome == ALTERED


@pytest.mark.usefixtures("unguarded")
def test_a_reply_that_is_gone_is_seen(cast):
    letter = answered(cast)
    LetterReply.objects.all().delete()
    assert verdict_on(letter.code).outcome == ALTERED


def test_reading_and_filing_change_nothing(cast):
    letter = filed(cast)
    assert verdict_on(letter.code).outcome == GENUINE
    ApprenticeshipLetter.objects.filter(pk=letter.pk).update(read_at=timezone.now())
    assert verdict_on(letter.code).outcome == GENUINE


@pytest.mark.parametrize("code", ["", "ABCDEFGHJKMN", "-", "'; --", "＊" * 12, "X" * 400])
def test_codes_that_open_nothing(cast, code):
    answered(cast)
    assert verdict_on(code).outcome == UNKNOWN


@pytest.mark.parametrize("make", [handed_in, met_first, transcribed])
def test_what_is_not_sealed_has_no_code(cast, make):
    assert make(cast).code == ""
    assert verdict_on("").outcome == UNKNOWN


def test_the_canonical_text_is_one_for_one(cast):
    """Moving a character from one field to the next gives another text."""
    letter = answered(cast)
    one = canonical(letter, letter.reply)
    letter.who_i_am, letter.why_you = letter.who_i_am + letter.why_you[0], letter.why_you[1:]
    assert canonical(letter, letter.reply) != one


def test_codes_are_easy_to_read_and_differ():
    codes = {new_code() for _ in range(500)}
    assert len(codes) == 500
    assert not set("".join(codes)) - set(ALPHABET)
    assert not set("01OIL") & set(ALPHABET)
    assert read_code("abcd-efgh 2345") == "ABCDEFGH2345"
    assert spaced("ABCDEFGH2345") == "ABCD-EFGH-2345"


def test_a_stranger_sees_surnames_and_a_date_and_nothing_else(cast, client):
    letter = answered(cast)
    for url in (reverse("letters:verify_code", args=[letter.code]),):
        page = client.get(url, headers={"accept-language": "zh-CN"}).content.decode()
        assert "真实，一字未改" in page
        assert "何＊＊" in page
        assert "沈＊＊" in page
        for hidden in ("何嘉怡", "沈桂芳", "钥匙", "肯走", letter.digest, str(letter.pk)):
            assert hidden not in page


@pytest.mark.usefixtures("unguarded")
def test_the_page_tells_altered_and_unknown_apart(cast, client):
    letter = answered(cast)
    ApprenticeshipLetter.objects.filter(pk=letter.pk).update(wish="改了。")
    altered = client.get(reverse("letters:verify_code", args=[letter.code]), headers={"accept-language": "zh-CN"})
    assert altered.status_code == 200
    assert "和定稿时不一样" in altered.content.decode()
    unknown = client.get(reverse("letters:verify_code", args=["2222-3333-4444"]), headers={"accept-language": "zh-CN"})
    assert unknown.status_code == 404
    assert "没有这个查验码" in unknown.content.decode()


def test_typing_a_code_leads_to_its_page(client, db):
    response = client.get(reverse("letters:verify"), {"code": "abcd-efgh-2345"})
    assert response.url == reverse("letters:verify_code", args=["ABCDEFGH2345"])
    assert client.get(reverse("letters:verify"), {"code": "  "}).status_code == 200
