"""Texts, sounds, words of a sentence: all without a database."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cohorts.clinic.choices import Category
from cohorts.clinic.searching import sounds, text, wording
from cohorts.clinic.taxonomy import KINDS


def test_forms_of_a_letter_are_one():
    assert text.plain("ＰＡＲＫing１２号 Lü") == "parking12号 lv"
    assert text.runs_of(text.plain("5号楼，停车难！Wi-Fi")) == [
        ("5", False), ("号楼", True), ("停车难", True), ("wi", False), ("fi", False),
    ]  # fmt: skip


def test_a_tidy_text_keeps_its_punctuation_and_places():
    assert text.tidy("先数后谈，共３４２部（车）") == "先数后谈，共342部（车）"


@given(st.text())
def test_tidying_and_lowering_move_nothing(words):
    assert len(text.tidy(words)) == len(words.replace("\0", ""))
    assert len(text.low(words)) == len(words)


@given(st.text(alphabet="停车难位收费", min_size=0, max_size=9))
def test_pairs_overlap_and_make_the_run_again(run):
    pairs = text.pairs_of(run)
    assert len(pairs) == max(0, len(run) - 1)
    if pairs:
        assert pairs[0][0] + "".join(pair[1] for pair in pairs) == run


def test_sounds_of_a_word():
    assert sounds.syllables_of("飞线充电") == ("fei", "xian", "chong", "dian")
    assert sounds.initials_of("飞线充电") == "fxcd"
    assert sounds.syllables_of("绿地") == ("lv", "di")


@pytest.mark.parametrize(
    ("word", "readings"),
    [
        ("tingche", (("ting", "che"),)),
        ("xian", (("xian",), ("xi", "an"))),
        ("fxcd", ()),
        ("parking", ()),
        ("", ()),
    ],
)
def test_a_word_is_read_as_syllables(word, readings):
    assert sounds.readings_of(word) == readings


@given(st.lists(st.sampled_from(sorted(sounds.SYLLABLES)), min_size=1, max_size=5))
def test_whatever_is_spelt_can_be_read(parts):
    readings = sounds.readings_of("".join(parts))
    assert readings
    assert all("".join(reading) == "".join(parts) for reading in readings)
    assert all(set(reading) <= sounds.SYLLABLES for reading in readings)


def test_every_word_of_the_taxonomy_is_known_by_its_sound():
    for word in wording.taxonomy():
        if text.is_han(word):
            assert word in wording.by_sound()["".join(sounds.syllables_of(word))], word
            assert set(sounds.syllables_of(word)) <= sounds.SYLLABLES, word


def test_a_sentence_is_cut_at_the_longest_words_and_empty_ones_fall_out():
    assert wording.cut("居民不同意加装电梯怎么办") == [
        ("everyday", "居民"), ("everyday", "不同意"), ("known", "加装电梯"),
    ]  # fmt: skip
    assert wording.cut("绿萝枯了") == [("rest", "绿萝枯")]
    assert wording.cut("怎么办") == []


@given(st.text(alphabet="停车难怎么办物业费的了绿萝居委会电", max_size=14))
def test_what_is_cut_stands_in_the_sentence_in_order(sentence):
    place = 0
    for _, word in wording.cut(sentence):
        place = sentence.index(word, place) + len(word)


def test_a_word_means_its_category_and_the_other_words():
    meaning = wording.meaning_of("地锁")
    assert meaning.categories == ("parking",)
    assert {"停车", "车位"} <= set(meaning.others)
    assert "地锁" not in meaning.others
    assert "停车难" not in meaning.others  # whoever finds 停车 finds it
    assert wording.meaning_of("绿萝") == wording.Meaning()


def test_a_single_character_means_the_words_that_hold_it():
    meaning = wording.meaning_of("狗")
    assert meaning.categories == ("pets",)
    assert "遛狗" in meaning.others
    assert wording.meaning_of("萝").categories == ()


def test_a_word_points_at_a_sub_category():
    assert wording.subs_of("台风") == ("防台",)
    assert wording.subs_of("渗水") == ("渗漏",)
    assert wording.subs_of("电梯") == ()


def test_keywords_are_those_of_the_sub_category_not_of_its_sisters():
    words = wording.keywords_of("waste_sorting", "decoration")
    assert {"垃圾分类", "环境卫生", "装修垃圾"} <= set(words)
    assert "大件垃圾" not in words
    assert wording.keywords_of("other") == []
    assert wording.keywords_of("") == []


def test_no_category_is_without_a_word():
    assert {kind.code for kind in KINDS} == set(Category.values)
    for kind in KINDS:
        assert all(len(word) <= wording.LONGEST for word in wording.words_of(kind.code))
        assert kind.code == "other" or wording.category_names(kind.code)


def test_english_words_and_their_plurals():
    assert wording.english_of("lifts") == ("elevator",)
    assert wording.english_of("typhoon") == ("emergency",)
    assert wording.english_of("s") == ()
