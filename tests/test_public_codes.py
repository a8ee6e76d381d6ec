"""T14: who tries codes of certificates and letters finds nothing, and soon has to wait."""

import datetime
import re
import secrets

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from cohorts.letters.queries.letters import UNKNOWN, verdict_on
from cohorts.letters.seal import new_code as letter_code
from evaluations.promotions.models.graduation import new_code as certificate_code
from evaluations.promotions.views.graduation import signed_with
from mentorship.accounts.models import SignInAttempt

from .access_promotions import signed
from .untouched import Untouched

MINUTE = datetime.timedelta(minutes=1)


@pytest.fixture
def cast(standing, db):
    return Untouched(standing)


PAGES = {
    "certificate": (
        lambda code: reverse("promotions:verify", args=[code]),
        certificate_code,
        lambda cast: signed(cast.certificate).code,
        lambda code: signed_with(code) is not None,
    ),
    "letter": (
        lambda code: reverse("letters:verify_code", args=[code]),
        letter_code,
        lambda cast: cast.sealed_letter.code,
        lambda code: verdict_on(code).outcome != UNKNOWN,
    ),
}
both = pytest.mark.parametrize(("address", "any_code", "right", "finds"), PAGES.values(), ids=PAGES)


def visitor(place="10.0.0.1"):
    return Client(REMOTE_ADDR=place, headers={"accept-language": "zh-CN"})


def scrubbed(response, code):
    """The page without the code that was asked for, and without what is new on each."""
    text = response.content.decode().replace(code, "").replace("-".join(re.findall("....", code)), "")
    return re.sub(r'(name="(csrfmiddlewaretoken|once)[^>]*)value="[^"]*"|[0-9a-f-]{36}|nonce="[^"]*"', "", text)


@pytest.mark.slow
@both
def test_five_hundred_random_codes_find_nothing(cast, address, any_code, right, finds):
    assert finds(right(cast)), "the right one does"
    assert not any(finds(any_code()) for _ in range(500))
    assert len(any_code()) == 12, "31 letters and figures, or 32: some 10^18 codes"


@both
def test_wrong_codes_answer_alike(cast, address, any_code, right, finds):
    code = right(cast)
    near = code[:-1] + secrets.choice([each for each in "23456789ABC" if each != code[-1]])
    codes = [any_code(), any_code(), near, "NOTACODE2345"]
    answers = [visitor().get(address(code)) for code in codes]
    assert {answer.status_code for answer in answers} == {404}
    assert len({scrubbed(answer, code) for answer, code in zip(answers, codes, strict=True)}) == 1


@both
def test_after_ten_wrong_ones_in_a_minute_one_address_waits(cast, address, any_code, right, finds):
    code = right(cast)
    assert [visitor().get(address(any_code())).status_code for _ in range(11)] == [404] * 10 + [429]
    waiting = visitor().get(address(code))
    assert waiting.status_code == 429
    assert "请过一分钟再查" in waiting.content.decode()
    assert visitor("10.0.0.2").get(address(code)).status_code == 200, "who comes from elsewhere does not wait"
    SignInAttempt.objects.update(at=timezone.now() - MINUTE)
    assert visitor().get(address(code)).status_code == 200


@both
def test_right_codes_are_not_counted(cast, address, any_code, right, finds):
    code = right(cast)
    assert {visitor().get(address(code)).status_code for _ in range(12)} == {200}
