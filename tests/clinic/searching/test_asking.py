"""What is asked of the index, and that a document answers it: all without a database."""

import datetime
import re
import uuid

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cohorts.clinic.searching.asking import MOST_TERMS, question_of
from cohorts.clinic.searching.boolean import All, Any, at_least, either, every, holds, written
from cohorts.clinic.searching.text import HAN
from cohorts.clinic.searching.tokens import Document, facet, tokens_of
from cohorts.clinic.searching.wording import keywords_of

TOKENS = st.sets(st.sampled_from("abcdef"))


def document(title, text="", *, category="", sub="", lead="", **more):
    return Document(
        kind="case", object_id=uuid.uuid4(), studio_id=uuid.uuid4(), title=title, text=text, lead=lead,
        date=datetime.date(2018, 11, 1), category=category, keywords=tuple(keywords_of(category, sub)), **more,
    )  # fmt: skip


def tiers(words):
    question = question_of(words)
    return question.strict, question.relaxed


def first_tier(words, found):
    """0 in the title, 1 anywhere, 2 related; then the relaxed ones."""
    strict, relaxed = tiers(words)
    tokens = tokens_of(found)
    return next((place for place, asked in enumerate([*strict, *relaxed]) if holds(asked, tokens)), None)


def terms_of(words):
    return [term.text for term in question_of(words).terms]


def test_words_are_split_and_sentences_cut():
    assert terms_of("停车，收费") == ["停车", "收费"]
    assert terms_of("停车 怎么办") == ["停车"]
    assert terms_of("车棚改造") == ["车棚"] or terms_of("车棚改造") == ["车棚", "改造"]
    assert terms_of("一楼居民不同意加装电梯怎么办") == ["一楼", "居民", "不同意", "加装电梯"]
    assert terms_of("怎么办") == ["怎么办"]  # nothing else was typed
    assert terms_of("，。 ") == []
    assert not question_of("")


def test_single_syllables_are_one_word():
    assert terms_of("ting che 收费") == ["tingche", "收费"]
    assert terms_of("fei xian") == ["feixian"]


def test_a_long_question_is_asked_in_part():
    assert len(question_of("停车 物业 电梯 垃圾 老人 宠物 噪声 违建 消防 渗漏 动迁").terms) == MOST_TERMS


@pytest.mark.parametrize(
    ("words", "tier"),
    [
        ("停车", 0),
        ("夜里 停车", 0),
        ("商场", 1),
        ("停车 商场", 1),
        ("tingche", 0),
        ("ting che", 0),
        ("tc", 0),
        ("yljd", None),
        ("地锁", 2),
        ("parking", 2),
        ("停", 0),
        ("地锁 绿萝 商场", 3),
        ("绿萝", None),
    ],
)
def test_where_a_document_is_found(words, tier):
    found = document("夜里停车没地方", "同隔壁商场谈错峰", category="parking", sub="spaces")
    assert first_tier(words, found) == tier


def test_single_characters_of_the_body_are_not_asked():
    assert first_tier("萝", document("夜里停车", "一盆绿萝")) is None
    assert first_tier("绿萝", document("夜里停车", "一盆绿萝")) == 1


def test_a_title_word_and_a_latin_word_are_not_mixed_up():
    """Tokens of different kinds never meet, whatever their letters."""
    assert first_tier("rain", document("train")) is None
    assert first_tier("wifi", document("没有信号", "装WiFi")) == 1


def test_facets_are_letters_and_figures_only():
    studio = uuid.uuid4()
    tokens = tokens_of(document("停车", category="property_service", subjects=("CG", "CC"), outcome="solved"))
    assert {"kcase", "gpropertyservice", "jcg", "jcc", "osolved"} <= tokens
    assert "z1" not in tokens
    assert "z1" in tokens_of(document("停车", open_to_all=True))
    assert facet("u", studio) == "u" + studio.hex


@given(st.text(max_size=60))
def test_anything_may_be_typed(words):
    question = question_of(words)
    if question:
        for asked in [*question.strict, *question.relaxed]:
            assert written(asked, lambda token: token, "&", "|")


def tokens_in(asked):
    return {asked} if isinstance(asked, str) else set().union(*(tokens_in(part) for part in asked.parts))


@given(st.text(max_size=40), st.text(max_size=40))
def test_no_token_holds_a_sign_of_a_query_language(words, title):
    """Quotes, blanks and operators split words; a tokenizer of the database finds nothing more to split."""
    question = question_of(words)
    asked = set().union(*map(tokens_in, [*question.strict, *question.relaxed])) if question else set()
    plain = re.compile(f"[a-z0-9{HAN}]+")
    assert all(plain.fullmatch(token) for token in asked | tokens_of(document(title, words)))


@given(st.lists(st.sampled_from("停车难收费物业电梯老人垃圾楼道"), min_size=2, max_size=12).map("".join))
def test_whatever_stands_in_the_title_is_found_by_its_own_words(title):
    """Each tier takes in the one before."""
    tokens = tokens_of(document(title))
    strict, relaxed = tiers(title)
    answers = [holds(asked, tokens) for asked in [*strict, *relaxed]]
    assert answers == sorted(answers)
    assert answers[-1]


@given(st.text(alphabet="停车难收费物业电梯tcwyfxd ", max_size=16), st.text(alphabet="停车难收费物业电梯", max_size=12))
def test_tiers_grow(words, title):
    if not question_of(words):
        return
    tokens = tokens_of(document(title, category="parking"))
    strict, relaxed = tiers(words)
    for row in (strict, relaxed):
        answers = [holds(asked, tokens) for asked in row]
        assert answers == sorted(answers)


@given(st.integers(1, 6), TOKENS)
def test_at_least_counts(count, tokens):
    assert holds(at_least(count, list("abcdef")), tokens) == (len(tokens) >= count)


def test_an_empty_question_is_refused():
    with pytest.raises(ValueError, match="nothing"):
        every([])
    with pytest.raises(ValueError, match="7 of 6"):
        at_least(7, list("abcdef"))


def test_questions_are_flat_and_bracketed():
    asked = every(["a", every(["b", "a"]), either(["c", "d"])])
    assert asked == All(("a", "b", Any(("c", "d"))))
    assert written(asked, lambda token: f"'{token}'", " & ", " | ") == "('a' & 'b' & ('c' | 'd'))"
    assert either(["a", "a"]) == "a"
