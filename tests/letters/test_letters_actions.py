import datetime

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils import timezone

from cohorts.letters.actions import letters as actions
from cohorts.letters.models import ApprenticeshipLetter, LetterReply
from mentorship.audit.models import Entry
from mentorship.common.errors import Refused
from mentorship.notifications.models import Notice, Receipt
from mentorship.notifications.words import words_of

from .letter_kit import ANSWER, STATES, WORDS, again, answered, drafted, handed_in, happen, met_first, opened, picture

# state -> event -> the state that follows; every pair that is missing must be refused.
ALLOWED = {
    "draft": {"draft": "draft", "hand_in": "handed_in"},
    "handed_in": {"take_back": "draft", "answer": "answered", "meet_first": "read", "photo": "handed_in"},
    "read": {"answer": "answered", "meet_first": "read", "photo": "read"},
    "met_first": {"answer": "answered", "meet_first": "read", "photo": "read"},
    "photo": {"answer": "answered", "meet_first": "read", "photo": "read", "transcribe": "read"},
    "transcribed": {
        "answer": "answered", "meet_first": "read", "photo": "read", "transcribe": "read", "confirm": "answered",
    },
    "answered": {"file": "filed"},
    "filed": {},
}  # fmt: skip
EVENTS = ["draft", "hand_in", "take_back", "answer", "meet_first", "photo", "transcribe", "confirm", "file"]


@pytest.mark.parametrize("event", EVENTS)
@pytest.mark.parametrize("state", ALLOWED)
def test_every_step_is_allowed_or_refused(cast, state, event):
    letter = again(STATES[state](cast))
    before = row_of(letter)
    after = ALLOWED[state].get(event)
    if after:
        assert happen(event, cast, letter).state == after
    else:
        with pytest.raises(Refused):
            happen(event, cast, letter)
        assert row_of(again(letter)) == before


def row_of(letter):
    reply = LetterReply.objects.filter(letter=letter).values().first()
    return ApprenticeshipLetter.objects.filter(pk=letter.pk).values().get(), reply


def test_a_draft_is_kept_and_only_begun_once_in_the_trail(cast):
    letter = drafted(cast)
    again_saved = actions.save_draft(by=cast.mentee, pairing=cast.pairing, version=letter.version, wish="学记人。")
    assert again(letter).wish == "学记人。"
    assert again_saved.version == 2
    same = actions.save_draft(by=cast.mentee, pairing=cast.pairing, version=2, wish="学记人。")
    assert same.version == 2
    assert Entry.objects.filter(verb="letter.begun").count() == 1


def test_two_windows_do_not_write_over_each_other(cast):
    drafted(cast)
    with pytest.raises(actions.Stale):
        actions.save_draft(by=cast.mentee, pairing=cast.pairing, version=0, wish="另一个窗口。")
    letter = actions.save_draft(by=cast.mentee, pairing=cast.pairing, version=1, wish="第二次。")
    with pytest.raises(actions.Stale):
        actions.save_draft(by=cast.mentee, pairing=cast.pairing, version=1, wish="迟到的一次。")
    with pytest.raises(actions.Stale):
        actions.hand_in(by=cast.mentee, letter=letter, version=1)
    assert again(letter).wish == "第二次。"


def test_nobody_writes_or_hands_in_for_another(cast):
    for who in (cast.mentor, cast.lead, cast.officer, cast.other_mentee):
        with pytest.raises(PermissionDenied):
            actions.save_draft(by=who, pairing=cast.pairing, version=0, **WORDS)
    letter = drafted(cast)
    for who in (cast.mentor, cast.officer):
        with pytest.raises(PermissionDenied):
            actions.hand_in(by=who, letter=letter, version=letter.version)
        with pytest.raises(PermissionDenied):
            actions.take_back(by=who, letter=letter)


def test_unknown_words_are_a_mistake(cast):
    with pytest.raises(TypeError):
        actions.save_draft(by=cast.mentee, pairing=cast.pairing, version=0, digest="x")


def test_an_ended_pair_writes_no_letter(cast):
    letter = drafted(cast)
    type(cast.pairing).objects.filter(pk=cast.pairing.pk).update(ends=datetime.date(2019, 1, 1))
    with pytest.raises(Refused):
        actions.hand_in(by=cast.mentee, letter=again(letter), version=letter.version)
    ApprenticeshipLetter.objects.all().delete()
    with pytest.raises(Refused):
        drafted(cast)


@pytest.mark.parametrize("name", actions.NEEDED)
def test_a_letter_with_a_gap_stays_at_home(cast, name):
    letter = drafted(cast, **{name: "  "})
    with pytest.raises(Refused) as refused:
        actions.hand_in(by=cast.mentee, letter=letter, version=letter.version)
    assert refused.value.field == name


def test_a_letter_that_fits_no_sheet_and_words_that_are_not_ours_are_refused(cast):
    long = drafted(cast, who_i_am="字" * 400, why_you="字" * 400)
    with pytest.raises(Refused) as refused:
        actions.hand_in(by=cast.mentee, letter=long, version=long.version)
    assert "800" in str(refused.value)
    words = WORDS | {"wish": "愿跪拜于您门前。"}
    kneeling = actions.save_draft(by=cast.mentee, pairing=cast.pairing, version=long.version, **words)
    with pytest.raises(Refused) as refused:
        actions.hand_in(by=cast.mentee, letter=kneeling, version=kneeling.version)
    assert refused.value.field == "wish"


def test_handing_in_dates_the_letter_and_taking_back_clears_it(cast):
    cast.studio.demo_today = datetime.date(2018, 9, 3)
    cast.studio.save()
    letter = handed_in(cast)
    assert letter.date == datetime.date(2018, 9, 3)
    assert timezone.localdate(letter.handed_in_at) == letter.date
    letter = actions.take_back(by=cast.mentee, letter=letter)
    assert (letter.handed_in_at, letter.date) == (None, None)


def test_only_the_mentors_own_eyes_open_it(cast):
    letter = handed_in(cast)
    for who in (cast.officer, cast.lead, cast.mentee, cast.other_mentor):
        assert actions.open_for_reading(by=who, letter=letter).state == "handed_in"
    cast.mentor.acting_user = cast.officer
    assert actions.open_for_reading(by=cast.mentor, letter=letter).state == "handed_in"
    cast.mentor.acting_user = None
    letter = actions.open_for_reading(by=cast.mentor, letter=letter)
    first = letter.read_at
    assert letter.state == "read"
    assert actions.open_for_reading(by=cast.mentor, letter=letter).read_at == first


def test_a_helper_cannot_sign_but_may_send_the_photo(cast):
    letter = opened(cast)
    cast.mentor.acting_user = cast.officer
    with pytest.raises(Refused) as refused:
        actions.answer(by=cast.mentor, letter=letter, version=0, **ANSWER)
    assert "本人" in str(refused.value)
    assert not LetterReply.objects.exists()
    actions.attach_photo(by=cast.mentor, letter=letter, version=0, decision="accepted", upload=picture())
    actions.transcribe(by=cast.officer, letter=letter, version=1, text="照着写。")
    with pytest.raises(Refused):
        actions.confirm_transcript(by=cast.mentor, letter=letter, version=2)
    cast.mentor.acting_user = None
    actions.confirm_transcript(by=cast.mentor, letter=letter, version=2)
    assert again(letter).state == "answered"


def test_nobody_answers_for_the_mentor(cast):
    letter = opened(cast)
    for who in (cast.other_mentor, cast.officer, cast.lead, cast.mentee):
        with pytest.raises(PermissionDenied):
            actions.answer(by=who, letter=letter, version=0, **ANSWER)
        with pytest.raises(PermissionDenied):
            actions.attach_photo(by=who, letter=letter, version=0, decision="accepted", upload=picture())


@pytest.mark.parametrize(("change", "field"), [({"text": " "}, "text"), ({"decision": "maybe"}, "decision")])
def test_an_answer_says_something(cast, change, field):
    letter = opened(cast)
    with pytest.raises(Refused) as refused:
        actions.answer(by=cast.mentor, letter=letter, version=0, **ANSWER | change)
    assert refused.value.field == field


def test_accepting_seals_in_one_go(cast):
    letter = answered(cast)
    assert letter.sealed_at
    assert len(letter.digest) == 64
    assert len(letter.code) == 12
    entry = Entry.objects.get(verb="letter.sealed")
    assert entry.after == {"digest": letter.digest}
    assert letter.reply.sent_at


def test_meeting_first_seals_nothing_and_its_words_stay_in_the_trail(cast):
    letter = met_first(cast)
    assert (letter.state, letter.digest, letter.code) == ("read", "", "")
    actions.answer(by=cast.mentor, letter=letter, version=1, **ANSWER)
    letter = again(letter)
    assert letter.state == "answered"
    assert LetterReply.objects.get().decision == "accepted"
    before = Entry.objects.filter(verb="letter.answered").order_by("-sequence").first().before
    assert (before["decision"], before["text"]) == ("meet_first", "先来坐坐。")


def test_two_answers_do_not_write_over_each_other(cast):
    letter = met_first(cast)
    with pytest.raises(actions.Stale):
        actions.answer(by=cast.mentor, letter=letter, version=0, **ANSWER)
    assert LetterReply.objects.get().text == "先来坐坐。"


@pytest.mark.parametrize("format", ["JPEG", "PNG", "HEIF"])
def test_a_handwritten_answer_counts_when_the_mentor_has_confirmed(cast, format):
    letter = opened(cast)
    actions.attach_photo(by=cast.mentor, letter=letter, version=0, decision="accepted", upload=picture(format))
    reply = LetterReply.objects.get()
    assert reply.sent_at is None
    with reply.photo.open("rb") as stored:
        assert stored.read(3) == b"\xff\xd8\xff"
    with pytest.raises(Refused):
        actions.confirm_transcript(by=cast.mentor, letter=letter, version=1)
    actions.transcribe(by=cast.officer, letter=letter, version=1, text="照着写。", sign="沈桂芳")
    assert again(letter).state == "read"
    actions.confirm_transcript(by=cast.mentor, letter=letter, version=2)
    reply.refresh_from_db()
    assert reply.transcribed_by == cast.officer
    assert (again(letter).state, bool(reply.sent_at), reply.text) == ("answered", True, "照着写。")


def test_a_file_that_is_no_picture_is_refused(cast):
    letter = opened(cast)
    fake = picture()
    fake.seek(0)
    fake.truncate()
    fake.write(b"%PDF-1.7 not a picture")
    with pytest.raises(Refused) as refused:
        actions.attach_photo(by=cast.mentor, letter=letter, version=0, decision="accepted", upload=fake)
    assert refused.value.field == "photo"


def test_typing_in_place_of_the_photo_lets_the_photo_go(cast, django_capture_on_commit_callbacks):
    letter = opened(cast)
    reply = actions.attach_photo(by=cast.mentor, letter=letter, version=0, decision="accepted", upload=picture())
    storage, name = reply.photo.storage, reply.photo.name
    with django_capture_on_commit_callbacks(execute=True):
        actions.answer(by=cast.mentor, letter=letter, version=1, **ANSWER)
    assert not storage.exists(name)
    assert LetterReply.objects.get().written_by == "typed"


def test_notices_name_people_and_never_what_was_written(cast):
    letter = opened(cast)
    actions.attach_photo(by=cast.mentor, letter=letter, version=0, decision="accepted", upload=picture())
    actions.transcribe(by=cast.officer, letter=letter, version=1, text="一句悄悄话。")
    actions.confirm_transcript(by=cast.mentor, letter=letter, version=2)
    told = {
        notice.kind: {receipt.recipient for receipt in Receipt.objects.filter(notice=notice)}
        for notice in Notice.objects.all()
    }
    assert told == {
        "letter_handed_in": {cast.mentor}, "reply_to_transcribe": {cast.lead, cast.officer},
        "reply_to_confirm": {cast.mentor}, "letter_answered": {cast.mentee},
    }  # fmt: skip
    for notice in Notice.objects.all():
        words = " ".join(words_of(notice, "zh-hans"))
        assert "沈桂芳" in words or "何嘉怡" in words
        assert "钥匙" not in words
        assert "悄悄话" not in words


def test_the_trail_never_holds_a_letter(cast):
    answered(cast)
    for entry in Entry.objects.filter(verb__startswith="letter."):
        assert "钥匙" not in f"{entry.before}{entry.after}"


BROKEN = {
    "sealed without a digest": {"digest": ""},
    "sealed without a code": {"code": ""},
    "sealed without a moment": {"sealed_at": None},
    "a draft with a seal": {"state": "draft"},
    "handed in without a date": {"date": None},
    "a state nobody knows": {"state": "lost"},
}


@pytest.mark.parametrize("change", BROKEN.values(), ids=BROKEN)
def test_the_database_refuses_a_letter_that_cannot_be(cast, change):
    letter = answered(cast)
    with pytest.raises(IntegrityError), transaction.atomic():
        ApprenticeshipLetter.objects.filter(pk=letter.pk).update(**change)


def test_one_letter_a_pair_and_one_reply_a_letter(cast):
    letter = answered(cast)
    with pytest.raises(IntegrityError), transaction.atomic():
        ApprenticeshipLetter.objects.create(pairing=cast.pairing, studio=cast.studio, cohort=cast.cohort)
    with pytest.raises(IntegrityError), transaction.atomic():
        LetterReply.objects.create(letter=letter, studio=cast.studio)
