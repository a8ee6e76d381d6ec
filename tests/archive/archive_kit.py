"""A file with something in every part, and with everything that must never be in it."""

import datetime
import io
import uuid

import pypdf
from django.core.files.base import ContentFile
from django.utils import timezone
from PIL import Image

from cohorts.choices import RosterKind
from cohorts.letters.choices import LetterState
from cohorts.letters.models import Agreement, AppointmentLetter, LetterReply
from cohorts.models import Baseline, ReminderTalk, RosterChange
from evaluations.logs.models import Homework, LogPhoto, Reflection, TeachingLog
from tests.factories.practice import make_homework, make_letter, make_log, make_reflection

D = datetime.date
TODAY = D(2018, 12, 1)
SECRETS = {
    "sensitive": "家事不外传",
    "voided": "作废的一篇",
    "draft": "心得草稿字",
    "because": "因隐私布置",
    "felt": "因隐私有感",
}
STUDIO_ONLY = "只给工作室"


def on_the_day(cast):
    cast.studio.demo_today = TODAY
    cast.studio.save()
    for name in ("mentee_row", "other_mentee_row", "mentor_row", "cohort"):
        getattr(cast, name).refresh_from_db()
    return cast


def jpeg(colour="teal", size=(1600, 1200)) -> ContentFile:
    out = io.BytesIO()
    Image.new("RGB", size, colour).save(out, "JPEG")
    return ContentFile(out.getvalue(), name=f"{uuid.uuid4().hex}.jpg")


def photo(log, colour="teal", order=1) -> LogPhoto:
    return LogPhoto.objects.create(studio=log.studio, log=log, order=order, image=jpeg(colour), client_key=uuid.uuid4())


def papers_of_the_pair(pairing) -> None:
    """Appointment, agreement, and a letter that was answered."""
    studio, now = pairing.studio, timezone.now()
    AppointmentLetter.objects.create(
        studio=studio, mentor=pairing.mentor, year=2018, serial=1, number="梁室聘〔2018〕01号", term_from=D(2018, 8, 15),
        term_to=D(2019, 8, 15), issuer="书记工作室", date=D(2018, 8, 15),
    )  # fmt: skip
    Agreement.objects.create(
        studio=studio, pairing=pairing, term_from=D(2018, 8, 15), term_to=D(2019, 8, 15), goals=["走完全部楼组长"],
        mentor_duties=["每月一次"], mentee_duties=["按时交作业"], frequency="每月一次", date=D(2018, 8, 20),
    )  # fmt: skip
    letter = make_letter(pairing, state=LetterState.ANSWERED, sealed_at=now, digest="a" * 64, code=uuid.uuid4().hex)
    LetterReply.objects.create(
        studio=studio, letter=letter, addressee="嘉怡同志：", text="帖子收到了，看了两遍。", sign="沈桂芳",
        date=D(2018, 9, 21), sent_at=now,
    )  # fmt: skip


def full_file(cast):
    """Every kind of paper for the cast's mentee, and the logs that must stay where they are."""
    pairing, mentee = cast.pairing, cast.mentee_row
    mentee.recommended_by, mentee.reason = cast.subdistricts[0], "肯跑肯学"
    mentee.save()
    for order, subject in enumerate(cast.cohort.framework.subjects.all()):
        Baseline.objects.create(studio=cast.studio, mentee=mentee, subject=subject, level=order % 3 + 1)
    papers_of_the_pair(pairing)
    cast.log = make_log(pairing, title="第一次走访", text="陪着走访8号楼，先听意见。", advice="先听，再说。")
    cast.shared = make_log(pairing, title="全批都能看的课", privacy="shared", date=D(2018, 10, 8))
    cast.private = make_log(
        pairing, title=STUDIO_ONLY, text=f"{STUDIO_ONLY}的话", privacy="studio", date=D(2018, 10, 9)
    )
    cast.sensitive = make_log(pairing, title=SECRETS["sensitive"], text=SECRETS["sensitive"], sensitive=True)
    cast.voided = make_log(pairing, title=SECRETS["voided"], voided_at=timezone.now(), void_reason="写错了")
    for log, colour in [(cast.log, "teal"), (cast.private, "tan"), (cast.sensitive, "red"), (cast.voided, "navy")]:
        photo(log, colour)  # each of its own colour: a page keeps two equal pictures once
    make_reflection(mentee, title="敲门记")
    make_reflection(mentee, SECRETS["draft"], state="draft", handed_in_at=None)
    make_reflection(mentee, SECRETS["felt"], log=cast.sensitive)
    cast.homework = make_homework(mentee, log=cast.log)
    make_homework(mentee, SECRETS["because"], log=cast.sensitive)
    cast.talk = ReminderTalk.objects.create(
        studio=cast.studio,
        mentee=mentee,
        date=D(2018, 11, 1),
        talkers="许晓岚",
        facts="两次没有到",
        agreed_actions="按时到",
    )
    RosterChange.objects.create(
        studio=cast.studio, cohort=cast.cohort, kind=RosterKind.PAUSE, mentee=mentee, date=D(2018, 11, 2), reason="脱产学习",
        proposed_by=cast.officer, decided_by=cast.lead,
    )  # fmt: skip
    return on_the_day(cast)


def counts_in_database(mentee) -> dict[str, int]:
    """What the parts must count, written without the catalogue's own queries."""
    logs = [row.log for row in mentee.attendance.select_related("log")]
    filed = [log for log in logs if log.voided_at is None and not log.sensitive]
    harmless = lambda row: row.log is None or not row.log.sensitive  # noqa: E731
    return {
        "recommendation": int(bool(mentee.recommended_by_id or mentee.reason)),
        "register": 1,
        "baseline": mentee.baseline.count(),
        "pairing": mentee.pairings.count(),
        "appointment": AppointmentLetter.objects.filter(mentor__in=[p.mentor for p in mentee.pairings.all()]).count(),
        "letter": sum(p.letter.state != "draft" for p in mentee.pairings.all() if hasattr(p, "letter")),
        "agreement": sum(hasattr(p, "agreement") for p in mentee.pairings.all()),
        "logs": len(filed),
        "reflections": sum(row.state != "draft" and harmless(row) for row in Reflection.objects.filter(mentee=mentee)),
        "homework": sum(harmless(row) for row in Homework.objects.filter(mentee=mentee)),
        "roster": mentee.talks.count() + mentee.roster_changes.count(),
        "pictures": sum(log.photos.count() for log in filed),
    }


def reader_of(pdf: bytes) -> pypdf.PdfReader:
    return pypdf.PdfReader(io.BytesIO(pdf))


def text_of(pdf: bytes) -> str:
    return "\n".join(page.extract_text() for page in reader_of(pdf).pages)


def pictures_in(pdf: bytes) -> int:
    return sum(len(page.images) for page in reader_of(pdf).pages)


def change_one_letter(log: TeachingLog) -> None:
    """As somebody with the database in hand would, past every action and the trail."""
    TeachingLog.objects.filter(pk=log.pk).update(text=log.text.replace("8号楼", "9号楼"))
