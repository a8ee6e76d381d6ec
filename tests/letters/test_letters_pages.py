"""The pages: writing, handing in, reading, answering, transcribing, and who sees what."""

from contextlib import closing

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from cohorts.letters.models import ApprenticeshipLetter, LetterReply
from cohorts.models import Pairing
from tests.factories import MenteeFactory, PairingFactory
from tests.factories.practice import make_letter, make_reply

from .letter_kit import (
    ANSWER,
    WORDS,
    again,
    answered,
    drafted,
    filed,
    handed_in,
    met_first,
    opened,
    photographed,
    picture,
    transcribed,
)

SECRETS = ("第十一把钥匙", "两遍")


def write_url(cast):
    return reverse("letters:letter_write", args=[cast.pairing.pk])


def page_of(as_, who, letter, name="letter"):
    return as_(who).get(reverse(f"letters:{name}", args=[letter.pk]))


def text_of(response):
    return response.content.decode()


# Writing


def test_a_new_letter_begins_with_the_two_names(as_, cast):
    text = text_of(as_("mentee").get(write_url(cast)))
    assert "尊敬的沈桂芳老书记：" in text
    assert "学生 何嘉怡 敬上" in text
    assert not ApprenticeshipLetter.objects.exists()


def test_a_plain_form_keeps_the_draft(as_, cast):
    browser = as_("mentee")
    response = browser.post(write_url(cast), WORDS | {"version": 0, "wish": "学记人。", "draft": "1"})
    assert response.url == write_url(cast)
    letter = ApprenticeshipLetter.objects.get()
    assert (letter.state, letter.wish) == ("draft", "学记人。")
    assert "学记人。" in text_of(browser.get(write_url(cast)))


def test_the_script_keeps_it_too_and_gets_the_preview(as_, cast):
    response = as_("mentee").post(
        write_url(cast), WORDS | {"version": 0, "wish": "愿跪拜。"}, headers={"x-autosave": "1"}
    )
    answer = response.json()
    assert answer["version"] == 1
    assert answer["length"] == ApprenticeshipLetter.objects.get().length
    assert "愿跪拜。" in answer["preview"]
    assert "跪拜" in answer["hints"]
    assert "<script" not in answer["preview"]


def test_what_is_typed_is_never_markup(as_, cast):
    response = as_("mentee").post(
        write_url(cast), WORDS | {"version": 0, "wish": "<img src=x>"}, headers={"x-autosave": "1"}
    )
    assert "<img" not in response.json()["preview"]
    assert "&lt;img" in response.json()["preview"]


def test_an_old_window_of_the_script_is_told(as_, cast):
    drafted(cast)
    response = as_("mentee").post(write_url(cast), WORDS | {"version": 0}, headers={"x-autosave": "1"})
    assert response.status_code == 409
    assert ApprenticeshipLetter.objects.get().version == 1


def test_two_windows_show_both_texts_and_the_second_may_go_on(as_, cast):
    drafted(cast, wish="先存的一句。")
    browser = as_("mentee")
    response = browser.post(write_url(cast), WORDS | {"version": 0, "wish": "后写的一句。", "draft": "1"})
    text = text_of(response)
    assert "先存的一句。" in text
    assert "后写的一句。" in text
    assert 'name="version" value="1"' in text
    assert ApprenticeshipLetter.objects.get().wish == "先存的一句。"
    browser.post(write_url(cast), WORDS | {"version": 1, "wish": "后写的一句。", "draft": "1"})
    assert ApprenticeshipLetter.objects.get().wish == "后写的一句。"


def test_handing_in_with_gaps_names_each_and_keeps_every_word(as_, cast):
    words = WORDS | {"version": 0, "vow_2": "", "wish": "", "who_i_am": "只写了这一句。", "hand_in": "1"}
    response = as_("mentee").post(write_url(cast), words)
    form = response.context["form"]
    assert set(form.errors) == {"vow_2", "wish"}
    assert "只写了这一句。" in text_of(response)
    letter = ApprenticeshipLetter.objects.get()
    assert (letter.state, letter.who_i_am) == ("draft", "只写了这一句。")
    done = as_("mentee").post(write_url(cast), WORDS | {"version": form["version"].value(), "hand_in": "1"})
    assert done.url == reverse("letters:letter", args=[letter.pk])
    assert again(letter).state == "handed_in"


def test_words_this_house_does_not_say_stand_beside_their_field(as_, cast):
    response = as_("mentee").post(write_url(cast), WORDS | {"version": 0, "plea": "跪求收下。", "hand_in": "1"})
    assert list(response.context["form"].errors) == ["plea"]
    assert ApprenticeshipLetter.objects.get().state == "draft"


def test_a_part_that_is_too_long_is_named_and_the_rest_is_kept(as_, cast):
    words = WORDS | {"version": 0, "vow_1": "字" * 41, "wish": "学记人。", "draft": "1"}
    response = as_("mentee").post(write_url(cast), words)
    assert list(response.context["form"].errors) == ["vow_1"]
    assert "字" * 41 in text_of(response)
    assert ApprenticeshipLetter.objects.get().wish == "学记人。"


def test_a_letter_that_was_handed_in_is_not_written_on(as_, cast):
    letter = handed_in(cast)
    assert as_("mentee").get(write_url(cast)).url == reverse("letters:letter", args=[letter.pk])
    as_("mentee").post(write_url(cast), WORDS | {"version": letter.version, "wish": "改了。"})
    assert again(letter).wish == WORDS["wish"]


def test_an_ended_pair_is_told_so(as_, cast):
    Pairing.objects.filter(pk=cast.pairing.pk).update(ends="2019-01-01")
    response = as_("mentee").post(write_url(cast), WORDS | {"version": 0})
    assert "已经结束" in text_of(response)
    assert not ApprenticeshipLetter.objects.exists()


# Reading


def test_a_draft_is_the_writers_alone(as_, cast):
    letter = drafted(cast)
    assert page_of(as_, "mentee", letter).status_code == 200
    for who in ("mentor", "lead", "officer", "leader", "other_mentee", "liaison", "stranger"):
        assert page_of(as_, who, letter).status_code in {403, 404}, who
        assert page_of(as_, who, letter, "letter_pdf").status_code in {403, 404}, who


def test_the_officer_may_look_first_and_it_stays_unread(as_, cast):
    letter = handed_in(cast)
    assert "第十一把钥匙" in text_of(page_of(as_, "officer", letter))
    assert again(letter).state == "handed_in"
    assert "第十一把钥匙" in text_of(page_of(as_, "mentor", letter))
    assert again(letter).state == "read"


def test_taking_back_until_it_is_read(as_, cast):
    letter = handed_in(cast)
    assert "收回来改" in text_of(page_of(as_, "mentee", letter))
    assert as_("mentee").post(reverse("letters:letter_take_back", args=[letter.pk])).url == write_url(cast)
    letter = again(letter)
    assert letter.state == "draft"
    as_("mentee").post(write_url(cast), WORDS | {"version": letter.version, "hand_in": "1"})
    page_of(as_, "mentor", letter)
    assert "收回来改" not in text_of(page_of(as_, "mentee", letter))
    as_("mentee").post(reverse("letters:letter_take_back", args=[letter.pk]))
    assert again(letter).state == "read"


@pytest.mark.parametrize("layout", ["", "?layout=vertical", "?layout=horizontal", "?layout=javascript"])
def test_the_layout_is_one_of_ours(as_, cast, layout):
    letter = answered(cast)
    text = text_of(as_("mentee").get(reverse("letters:letter", args=[letter.pk]) + layout))
    expected = layout.partition("=")[2]
    assert f'data-layout="{expected if expected in {"vertical", "horizontal"} else "auto"}"' in text


def test_both_see_the_sealed_letter_with_its_seals(as_, cast):
    letter = answered(cast)
    for who in ("mentee", "mentor", "lead", "leader"):
        text = text_of(page_of(as_, who, letter))
        for words in ("第十一把钥匙", "第一课：带一双平底鞋来。", "何嘉怡印", "沈桂芳印", "不收礼、不宴请"):
            assert words in text, who
        assert "seal-ghost" not in text
        assert "写回帖" not in text


# Answering


def test_the_mentor_answers_by_typing(as_, cast):
    letter = handed_in(cast)
    url = reverse("letters:reply", args=[letter.pk])
    text = text_of(as_("mentor").get(url))
    assert "嘉怡同志：" in text
    assert "话筒" in text
    response = as_("mentor").post(url, ANSWER | {"version": 0})
    assert response.url == reverse("letters:letter", args=[letter.pk])
    assert again(letter).state == "answered"


def test_an_empty_answer_stands_beside_its_field_and_nothing_is_lost(as_, cast):
    letter = opened(cast)
    response = as_("mentor").post(
        reverse("letters:reply", args=[letter.pk]), ANSWER | {"version": 0, "text": "", "rules": "作业要交"}
    )
    assert list(response.context["form"].errors) == ["text"]
    assert "作业要交" in text_of(response)
    assert not LetterReply.objects.exists()


def test_a_photo_in_place_of_words(as_, cast):
    letter = opened(cast)
    photo = SimpleUploadedFile("note.jpg", picture().read(), "image/jpeg")
    as_("mentor").post(
        reverse("letters:reply", args=[letter.pk]), {"version": 0, "decision": "accepted", "photo": photo}
    )
    reply = LetterReply.objects.get()
    assert (reply.written_by, reply.sent_at) == ("photo", None)
    assert "誊写回帖" in text_of(page_of(as_, "officer", letter))
    mentee = text_of(page_of(as_, "mentee", letter))
    assert "reply/photo" not in mentee
    assert page_of(as_, "mentee", letter, "reply_photo").status_code == 404
    with closing(page_of(as_, "officer", letter, "reply_photo")) as response:
        assert response["Cache-Control"] == "private, no-store"
        assert response["Content-Type"] == "image/jpeg"


def test_transcribing_and_confirming(as_, cast):
    letter = photographed(cast)
    url = reverse("letters:transcribe", args=[letter.pk])
    as_("officer").post(url, {"version": 1, "text": "照着写的。", "addressee": "嘉怡：", "sign": "沈桂芳"})
    text = text_of(page_of(as_, "mentor", letter))
    assert "照着写的。" in text
    assert "没有出入，盖章" in text
    assert "照着写的。" not in text_of(page_of(as_, "mentee", letter))
    as_("mentor").post(reverse("letters:confirm", args=[letter.pk]), {"version": 2})
    assert again(letter).state == "answered"
    assert "照着写的。" in text_of(page_of(as_, "mentee", letter))
    with closing(page_of(as_, "mentee", letter, "reply_photo")) as response:
        assert response.status_code == 200


def test_two_transcripts_show_both(as_, cast):
    letter = transcribed(cast)
    url = reverse("letters:transcribe", args=[letter.pk])
    text = text_of(as_("officer").post(url, {"version": 1, "text": "另一位誊的。"}))
    assert "照着写的。" in text
    assert "另一位誊的。" in text
    assert LetterReply.objects.get().text == "照着写的。"


def test_two_answers_show_both(as_, cast):
    letter = met_first(cast)
    response = as_("mentor").post(
        reverse("letters:reply", args=[letter.pk]), ANSWER | {"version": 0, "text": "另一个窗口写的。"}
    )
    text = text_of(response)
    assert "先来坐坐。" in text
    assert "另一个窗口写的。" in text
    assert 'name="version" value="1"' in text
    assert again(letter).state == "read"


@pytest.mark.parametrize("version", ["", "x", "99"])
def test_a_strange_version_confirms_nothing(as_, cast, version):
    letter = transcribed(cast)
    as_("mentor").post(reverse("letters:confirm", args=[letter.pk]), {"version": version})
    assert again(letter).state == "read"


def test_one_who_types_for_the_mentor_cannot_sign(as_, cast):
    letter = opened(cast)
    browser = as_("officer")
    browser.post(reverse("accounts:act", args=[cast.mentor.pk]))
    url = reverse("letters:reply", args=[letter.pk])
    assert "签字要本人来" in text_of(browser.get(url))
    response = browser.post(url, ANSWER | {"version": 0})
    assert response.status_code == 200
    assert "签字要本人来" in " ".join(response.context["form"].non_field_errors())
    assert ANSWER["text"] in text_of(response)
    assert not LetterReply.objects.exists()


def test_filing_is_for_the_office(as_, cast):
    letter = answered(cast)
    url = reverse("letters:letter_file", args=[letter.pk])
    for who in ("leader", "mentor", "mentee"):
        assert as_(who).post(url).status_code in {403, 404}
    as_("officer").post(url)
    assert again(letter).state == "filed"


# Lists


def test_each_reader_has_their_own_list(as_, cast):
    url = reverse("letters:letters")
    assert as_("mentee").get(url).url == write_url(cast)
    letter = handed_in(cast)
    assert as_("mentee").get(url).url == reverse("letters:letter", args=[letter.pk])
    assert str(letter.pk) in text_of(as_("mentor").get(url))
    assert str(letter.pk) in text_of(as_("leader").get(url))
    assert str(letter.pk) not in text_of(as_("other_mentor").get(url))
    assert str(letter.pk) not in text_of(as_("stranger").get(url))


def test_the_unanswered_come_first(as_, cast):
    done = filed(cast)
    pairing = PairingFactory(mentor=cast.mentor_row, mentee=MenteeFactory(cohort=cast.cohort), seat=2)
    waits = make_letter(pairing)
    text = text_of(as_("mentor").get(reverse("letters:letters")))
    assert text.index(str(waits.pk)) < text.index(str(done.pk))


def test_the_office_sees_who_has_not_handed_in(as_, cast):
    drafted(cast)
    text = text_of(as_("lead").get(reverse("letters:letters")))
    assert "还没有呈递" in text
    assert "何嘉怡" in text
    assert "钱立峰" in text


@pytest.mark.parametrize(
    ("asked", "found"),
    [({"q": "何嘉"}, 1), ({"q": "hjy"}, 1), ({"q": "qian"}, 1), ({"q": "shengui"}, 1), ({"q": "无此人"}, 0),
     ({"state": "answered"}, 1), ({"state": "read"}, 0), ({"state": "draft"}, 2), ({}, 2)],
)  # fmt: skip
def test_filters(as_, cast, asked, found):
    answered(cast)
    make_letter(cast.other_pairing)
    response = as_("lead").get(reverse("letters:letters"), asked)
    assert len(response.context["page"].object_list) == found
    narrowed = as_("lead").get(reverse("letters:letters"), {"mentor": cast.mentor_row.pk})
    assert len(narrowed.context["page"].object_list) == 1


@pytest.mark.parametrize("who", ["lead", "mentor"])
def test_lists_cost_the_same_for_one_and_three(as_, cast, count_queries, who):
    browser = as_(who)
    make_reply(make_letter(cast.pairing))
    browser.get(reverse("letters:letters"))
    one = count_queries(lambda: browser.get(reverse("letters:letters")))
    for seat in (2, 3):
        pairing = PairingFactory(mentor=cast.mentor_row, mentee=MenteeFactory(cohort=cast.cohort), seat=seat)
        make_reply(make_letter(pairing))
    assert count_queries(lambda: browser.get(reverse("letters:letters"))) == one


def test_nothing_of_a_letter_reaches_a_stranger(as_, cast):
    letter = answered(cast)
    for who in ("stranger", "stranger_mentee", "other_mentee", "other_mentor", "liaison", "reviewer", "nobody"):
        for name in ("letter", "letter_pdf", "reply", "reply_photo", "transcribe"):
            response = page_of(as_, who, letter, name)
            assert response.status_code in {403, 404}, (who, name)
            assert not any(secret in text_of(response) for secret in SECRETS)


def test_one_who_was_paired_twice_chooses_between_two(as_, cast):
    """After a change of mentor both letters stay within reach."""
    first = answered(cast)
    Pairing.objects.filter(pk=cast.pairing.pk).update(ends="2019-01-01")
    second = PairingFactory(mentor=cast.other_mentor_row, mentee=cast.mentee_row, seat=3, starts="2019-01-01")
    text = text_of(as_("mentee").get(reverse("letters:letters")))
    assert reverse("letters:letter", args=[first.pk]) in text
    assert reverse("letters:letter_write", args=[second.pk]) in text


def test_a_draft_reads_back_as_it_was_typed(as_, cast):
    """Odd characters survive the form, the page and the preview."""
    odd = "𠮷野家·阿依古丽 “引号” <b>&amp;"
    as_("mentee").post(write_url(cast), WORDS | {"version": 0, "wish": odd, "draft": "1"})
    assert ApprenticeshipLetter.objects.get().wish == odd
    assert as_("mentee").get(write_url(cast)).context["form"].initial["wish"] == odd
