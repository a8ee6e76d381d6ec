"""Letters of the cast's pair in each of their states, made by the actions that the pages use."""

import io
from pathlib import Path

from PIL import Image

from cohorts.letters.actions import letters as actions
from cohorts.letters.models import ApprenticeshipLetter

WORDS = {
    "style": "plain",
    "salutation": "尊敬的沈桂芳老书记：",
    "who_i_am": "我叫何嘉怡，试到第十一把钥匙才打开门。",
    "why_you": "听说您哪家的门都进得去。",
    "wish": "愿跟着您学敲门、学听话。",
    "vow_1": "多走一步",
    "vow_2": "多听一句",
    "vow_3": "记好每一课",
    "plea": "恳请您收下我这个徒弟。",
    "close": "敬颂 教安",
    "sign": "学生 何嘉怡 敬上",
    "post": "兰溪园居民区党总支书记",
    "introducer": "曹杨新村街道",
}
ANSWER = {
    "decision": "accepted",
    "addressee": "嘉怡同志：",
    "text": "来信收到，看了两遍。我没有别的本事，就是肯走。",
    "first_lesson": "带一双平底鞋来",
    "rules": "不收礼，不请客，作业要交",
    "sign": "沈桂芳",
}


def drafted(cast, **words):
    return actions.save_draft(by=cast.mentee, pairing=cast.pairing, version=0, **WORDS | words)


def handed_in(cast, **words):
    letter = drafted(cast, **words)
    return actions.hand_in(by=cast.mentee, letter=letter, version=letter.version)


def opened(cast, **words):
    return actions.open_for_reading(by=cast.mentor, letter=handed_in(cast, **words))


def met_first(cast):
    letter = opened(cast)
    actions.answer(
        by=cast.mentor, letter=letter, version=0, **ANSWER | {"decision": "meet_first", "text": "先来坐坐。"}
    )
    return again(letter)


def photographed(cast, decision="accepted"):
    letter = opened(cast)
    actions.attach_photo(by=cast.mentor, letter=letter, version=0, decision=decision, upload=picture())
    return again(letter)


def transcribed(cast, decision="accepted"):
    letter = photographed(cast, decision)
    actions.transcribe(by=cast.officer, letter=letter, version=1, text="照着写的。", addressee="嘉怡：", sign="沈桂芳")
    return again(letter)


def answered(cast):
    letter = opened(cast)
    actions.answer(by=cast.mentor, letter=letter, version=0, **ANSWER)
    return again(letter)


def filed(cast):
    return actions.file_letter(by=cast.officer, letter=answered(cast))


STATES = {
    "draft": drafted, "handed_in": handed_in, "read": opened, "met_first": met_first, "photo": photographed,
    "transcribed": transcribed, "answered": answered, "filed": filed,
}  # fmt: skip


def happen(event, cast, letter):
    """Tries one event on the letter as it is; raises what the action raises."""
    reply = getattr(letter, "reply", None)
    version = reply.version if reply else 0
    pair = {"letter": letter}
    tries = {
        "draft": lambda: actions.save_draft(
            by=cast.mentee, pairing=cast.pairing, version=letter.version, **WORDS | {"wish": "改了。"}
        ),
        "hand_in": lambda: actions.hand_in(by=cast.mentee, version=letter.version, **pair),
        "take_back": lambda: actions.take_back(by=cast.mentee, **pair),
        "answer": lambda: actions.answer(by=cast.mentor, version=version, **ANSWER, **pair),
        "meet_first": lambda: actions.answer(
            by=cast.mentor, version=version, **ANSWER | {"decision": "meet_first"}, **pair
        ),
        "photo": lambda: actions.attach_photo(
            by=cast.mentor, version=version, decision="accepted", upload=picture(), **pair
        ),
        "transcribe": lambda: actions.transcribe(by=cast.officer, version=version, text="照着写。", **pair),
        "confirm": lambda: actions.confirm_transcript(by=cast.mentor, version=version, **pair),
        "file": lambda: actions.file_letter(by=cast.officer, **pair),
    }
    tries[event]()
    return again(letter)


def again(letter):
    """The letter as the database has it."""
    return ApprenticeshipLetter.objects.get(pk=letter.pk)


def picture(format="JPEG"):
    """A photographed note; HEIF is what a phone of the other make sends."""
    if format == "HEIF":
        return io.BytesIO((Path(__file__).parents[1] / "common/files/phone.heic").read_bytes())
    out = io.BytesIO()
    Image.new("RGB", (60, 80), "white").save(out, format)
    out.seek(0)
    out.name = f"note.{format.lower()}"
    return out
