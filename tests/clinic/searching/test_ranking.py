"""Order, marks and excerpts: all without a database."""

import datetime
import uuid

from hypothesis import given
from hypothesis import strategies as st

from cohorts.clinic.searching.asking import question_of
from cohorts.clinic.searching.marking import LONGEST_EXCERPT, Piece, excerpt_of, pieces_of
from cohorts.clinic.searching.ranking import Candidate, ranked

DAY = datetime.date(2018, 11, 1)


def candidate(id_, title="别的", body="\n", *, keywords="", category="", days=0):
    day = DAY + datetime.timedelta(days=days)
    return Candidate(id_, "case", uuid.UUID(int=id_), title, keywords, body, category, day)


def order(words, *candidates, relaxed=()):
    return [each.candidate.id for each in ranked(question_of(words), candidates, frozenset(relaxed))]


def test_title_before_keywords_before_lesson_before_the_rest():
    rows = [
        candidate(1, body="\n说到停车的事"), candidate(2, body="停车要先数\n"), candidate(3, keywords="停车 车位"),
        candidate(4, title="停车难"),
    ]  # fmt: skip
    assert order("停车", *rows) == [4, 3, 2, 1]
    assert order("停车", *reversed(rows)) == [4, 3, 2, 1]


def test_the_word_itself_before_a_related_one():
    itself = candidate(1, body="\n装了地锁")
    near = candidate(2, category="parking", keywords="停车 交通")
    assert order("地锁", near, itself) == [1, 2]


def test_all_words_before_one_in_the_title():
    assert order("停车 收费", candidate(1, title="停车"), candidate(2, body="\n停车的收费")) == [2, 1]


def test_a_word_before_its_scattered_pairs():
    assert order("绿萝架", candidate(1, body="\n绿萝和萝架"), candidate(2, body="\n绿萝架子")) == [2, 1]


def test_what_was_typed_as_one_phrase_comes_first():
    assert order("停车收费标准", candidate(1, title="收费标准和停车"), candidate(2, title="停车收费标准太高")) == [2, 1]


def test_the_sub_category_that_a_word_points_at():
    flood = candidate(1, category="emergency", keywords="突发 防汛防台 防汛")
    typhoon = candidate(2, category="emergency", keywords="突发 防汛防台 防台")
    assert order("台风", flood, typhoon) == [2, 1]


def test_by_sound():
    assert order("tingche", candidate(1, title="垃圾"), candidate(2, title="停车"), relaxed=[1]) == [2]
    assert order("fxcd", candidate(1, title="飞线充电"), candidate(2, keywords="飞线充电")) == [1, 2]


def test_equals_are_newest_first():
    rows = [candidate(1, title="停车", days=3), candidate(2, title="停车", days=9), candidate(3, title="停车", days=3)]
    assert order("停车", *rows) == [2, 3, 1]


def test_a_rare_word_weighs_more_than_one_that_all_have():
    rows = [candidate(id_, body="\n居民反映") for id_ in range(1, 9)]
    assert order("居民 绿萝", *rows, candidate(9, body="\n一盆绿萝"))[0] == 9


def test_weak_answers_of_a_relaxed_question_are_left_out():
    strong = candidate(1, title="加装电梯一楼不同意", category="elevator")
    weak = candidate(2, body="\n有个居民来过")
    sentence = "一楼居民不同意加装电梯怎么办"
    assert order(sentence, strong, weak, relaxed=[1, 2]) == [1]
    assert order(sentence, strong, weak) == [1, 2]


@given(st.permutations(range(6)))
def test_the_order_of_candidates_plays_no_part(places):
    rows = [candidate(id_, title="停车" if id_ % 2 else "车位", body="停车\n居民", days=id_ % 3) for id_ in range(6)]
    assert order("停车 居民", *(rows[place] for place in places)) == order("停车 居民", *rows)


def marked(text, words):
    return "".join(f"[{piece.text}]" if piece.hit else piece.text for piece in pieces_of(text, question_of(words)))


def test_marks():
    assert marked("夜里停车难，停车收费", "停车") == "夜里[停车]难，[停车]收费"
    assert marked("夜里停车难", "tingche") == "夜里[停车]难"
    assert marked("飞线充电清了又来", "fxcd") == "[飞线充电]清了又来"
    assert marked("别处充电", "电瓶车") == "别处[充电]"
    assert marked("Wi-Fi信号", "FI") == "Wi-[Fi]信号"
    assert marked("绿萝和架子", "绿萝架") == "[绿萝]和架子"
    assert marked("垃圾", "停车") == "垃圾"


@given(st.text(alphabet="停车难收费电梯，<b>&", max_size=40), st.text(alphabet="停车收费tc ", max_size=8))
def test_pieces_make_the_text_again(text, words):
    assert "".join(piece.text for piece in pieces_of(text, question_of(words))) == text


def test_an_excerpt_shows_the_densest_hits():
    body = "先数后谈\n" + "无关的话。" * 40 + "停车收费太高，停车难" + "。还有别的" * 40
    pieces = excerpt_of(body, question_of("停车 收费"))
    text = "".join(piece.text for piece in pieces)
    assert pieces[0] == pieces[-1] == Piece("…", False)
    assert [piece.text for piece in pieces if piece.hit] == ["停车收费", "停车"]
    assert len(text) <= LONGEST_EXCERPT + 2


def test_an_excerpt_shows_the_word_itself_before_a_part_of_it():
    body = "先清生命通道\n消防通道夜里有车占停"
    assert [piece.text for piece in excerpt_of(body, question_of("消防通道")) if piece.hit] == ["消防通道"]
    assert [piece.text for piece in excerpt_of(body, question_of("地下通道")) if piece.hit] == ["通道"]


def test_an_excerpt_without_a_hit_is_the_lesson():
    assert excerpt_of("先数后谈\n车多位少", question_of("电梯")) == [Piece("先数后谈", False)]
    assert excerpt_of("\n车多位少", question_of("电梯")) == [Piece("车多位少", False)]
    assert excerpt_of("\n", question_of("电梯")) == []
