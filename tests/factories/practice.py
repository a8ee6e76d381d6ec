"""Rows of what happens between a mentor and an apprentice, made straight in the database."""

import datetime
import uuid

from django.core.files.base import ContentFile
from django.utils import timezone

from cohorts.letters.choices import LetterState
from cohorts.letters.models import (
    Agreement,
    AppointmentLetter,
    ApprenticeshipLetter,
    LaunchItem,
    LaunchSheet,
    LetterReply,
)
from evaluations.growth.drawing_lots import digest_of_pool
from evaluations.growth.models import GapPlan, GapRow, Rating, SampleDraw
from evaluations.logs.choices import HomeworkState, ReflectionState
from evaluations.logs.models import Attendance, Homework, HomeworkFile, LogPhoto, Reflection, TeachingLog
from mentorship.framework.models import Indicator

DAY = datetime.date(2018, 9, 20)
PICTURE = b"\xff\xd8\xff\xe0picture"


def make_log(pairing, *, date=DAY, present=True, **more) -> TeachingLog:
    """A coaching log of the pair, confirmed by the mentor."""
    facts = {
        "studio": pairing.studio,
        "cohort": pairing.cohort,
        "mentor": pairing.mentor,
        "author": pairing.mentor.secretary.user,
        "client_key": uuid.uuid4(),
        "date": date,
        "minutes": 60,
        "mode": "on_site",
        "text": "走了一圈。",
        "confirmed_at": timezone.now(),
    }
    log = TeachingLog.objects.create(**facts | more)
    Attendance.objects.create(studio=pairing.studio, log=log, mentee=pairing.mentee, present=present)
    return log


def make_photo(log, order=1) -> LogPhoto:
    image = ContentFile(PICTURE, name=f"{uuid.uuid4().hex}.jpg")
    return LogPhoto.objects.create(studio=log.studio, log=log, order=order, image=image, client_key=uuid.uuid4())


def make_letter(pairing, word="", **more) -> ApprenticeshipLetter:
    """A letter that was handed in and waits for its answer."""
    facts = {
        "studio": pairing.studio,
        "cohort": pairing.cohort,
        "state": LetterState.HANDED_IN,
        "salutation": "尊敬的老书记：",
        "who_i_am": f"{word}我是新来的书记。",
        "why_you": "听说您哪家的门都进得去。",
        "wish": "愿跟着您学敲门、学听话。",
        "vow_1": "多走一步",
        "vow_2": "多听一句",
        "vow_3": "记好每一课",
        "plea": "恳请您收下我这个徒弟。",
        "close": "敬颂 教安",
        "sign": "学生 敬上",
        "date": DAY,
        "handed_in_at": timezone.now(),
    }
    return ApprenticeshipLetter.objects.create(pairing=pairing, **facts | more)


def make_reply(letter, word="", **more) -> LetterReply:
    """The mentor's answer, sent; with `photo=True` a handwritten note that waits for its transcript."""
    facts = {
        "studio": letter.studio,
        "decision": "meet_first",
        "addressee": "嘉怡同志：",
        "text": f"{word}来信收到，看了两遍。",
        "sign": "沈桂芳",
        "date": DAY,
        "sent_at": timezone.now(),
    }
    if more.pop("photo", False):
        facts |= {"photo": ContentFile(PICTURE, name=f"{uuid.uuid4().hex}.jpg"), "written_by": "photo"}
        facts |= {"text": "", "sent_at": None, "date": None}
    return LetterReply.objects.create(letter=letter, **facts | more)


def make_reflection(mentee, word="", **more) -> Reflection:
    facts = {
        "studio": mentee.studio,
        "cohort": mentee.cohort,
        "date": DAY,
        "text": f"{word}今天敲开了一扇门。",
        "state": ReflectionState.HANDED_IN,
        "handed_in_at": timezone.now(),
        "client_key": uuid.uuid4(),
    }
    return Reflection.objects.create(mentee=mentee, **facts | more)


def make_homework(mentee, word="", log=None, **more) -> Homework:
    facts = {
        "studio": mentee.studio,
        "cohort": mentee.cohort,
        "task": f"{word}一图三表",
        "set_on": DAY,
        "due": DAY + datetime.timedelta(days=14),
        "state": HomeworkState.OPEN,
    }
    return Homework.objects.create(mentee=mentee, log=log, **facts | more)


def make_homework_file(homework, word="") -> HomeworkFile:
    file = ContentFile(PICTURE, name=f"{uuid.uuid4().hex}.jpg")
    return HomeworkFile.objects.create(
        studio=homework.studio, homework=homework, file=file, name=f"{word}图.jpg", is_picture=True
    )


def make_appointment(mentor, word="", serial=1, **more) -> AppointmentLetter:
    facts = {
        "studio": mentor.studio,
        "year": DAY.year,
        "serial": serial,
        "number": f"{word}梁室聘〔{DAY.year}〕{serial:02}号",
        "name": mentor.secretary.name,
        "studio_name": mentor.studio.name,
        "term_from": DAY,
        "term_to": DAY + datetime.timedelta(days=364),
        "issuer": f"{word}区委组织部",
        "date": DAY,
    }
    return AppointmentLetter.objects.create(mentor=mentor, **facts | more)


def make_agreement(pairing, word="", **more) -> Agreement:
    """Drawn up; nobody has signed."""
    facts = {
        "studio": pairing.studio,
        "names": {
            "mentor": {"name": pairing.mentor.secretary.name, "post": ""},
            "mentee": {"name": pairing.mentee.secretary.name, "post": ""},
            "studio": {"name": pairing.studio.name, "post": ""},
        },
        "term_from": DAY,
        "term_to": DAY + datetime.timedelta(days=364),
        "goals": [f"{word}办成一件难事", "学会敲门"],
        "mentor_duties": ["每月指导一次"],
        "mentee_duties": ["每月写一篇心得"],
        "frequency": "每月一次",
        "date": DAY,
    }
    return Agreement.objects.create(pairing=pairing, **facts | more)


def make_launch(cohort, word="", **more) -> LaunchItem:
    """A run sheet with one step; the step."""
    sheet = LaunchSheet.objects.create(
        studio=cohort.studio, cohort=cohort, title=f"{word}启动仪式", date=DAY, starts_at=datetime.time(9, 30)
    )
    facts = {"studio": cohort.studio, "order": 1, "kind": "seating", "title": f"{word}入席", "minutes": 10}
    return LaunchItem.objects.create(sheet=sheet, **facts | more)


def paper(word="") -> ContentFile:
    return ContentFile(b"%PDF-1.4 " + word.encode() + b" %%EOF", name=f"{uuid.uuid4().hex}.pdf")


def make_rating(mentee, by, *, indicator=None, level=2, date=DAY, word="", **more) -> Rating:
    """One level with its evidence in words."""
    indicator = indicator or Indicator.objects.filter(subject__framework=mentee.cohort.framework_id).first()
    facts = {"studio": mentee.studio, "cohort": mentee.cohort, "note": f"{word}走访时看到", "rated_by": by}
    return Rating.objects.create(mentee=mentee, indicator=indicator, level=level, date=date, **facts | more)


def make_plan(mentee, by, word="", **more) -> GapPlan:
    """A draft with one row."""
    facts = {
        "studio": mentee.studio,
        "cohort": mentee.cohort,
        "starts": DAY,
        "ends": DAY + datetime.timedelta(days=90),
        "created_by": by,
    }
    plan = GapPlan.objects.create(mentee=mentee, **facts | more)
    GapRow.objects.create(
        studio=mentee.studio,
        plan=plan,
        order=1,
        indicator=Indicator.objects.filter(subject__framework=mentee.cohort.framework_id).first(),
        level_now=1,
        target=3,
        method="follow",
        action=f"{word}跟师傅走两个下午",
        evidence=f"{word}走访本",
        due=DAY + datetime.timedelta(days=60),
    )
    return plan


def make_draw(log, by, seed="seed") -> SampleDraw:
    """A draw that came out as one log."""
    rule = {
        "first": DAY.isoformat(),
        "last": DAY.isoformat(),
        "size": 1,
        "at": timezone.now().isoformat(),
        "pool": 1,
        "digest": digest_of_pool([str(log.pk)]),
    }
    return SampleDraw.objects.create(
        studio=log.studio, cohort=log.cohort, seed=seed, rule=rule, drawn=[str(log.pk)], drawn_by=by
    )
