"""作业: set, handed in with papers and photographs, answered in red pen, or waived. The trail never holds what it says."""

import datetime
from collections.abc import Iterable, Sequence
from pathlib import PurePosixPath

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from cohorts.actions.common import locked, refuse_unless_stage
from cohorts.choices import Stage
from cohorts.models import Mentee, Pairing
from evaluations.logs.choices import HomeworkState, Mark
from evaluations.logs.models import MOST_FILES, Homework, HomeworkFile
from mentorship.accounts.actions import count_upload
from mentorship.accounts.models import User
from mentorship.accounts.permissions import Permission
from mentorship.audit.actions import record
from mentorship.common.attachments import checked_file
from mentorship.common.documents import Document, plain_name
from mentorship.common.errors import PermissionDenied, Refused

from .logs import LONGEST_SIDE, Stale
from .practice import day_of, mentor_of, moment_of, own_work, put_mark, refuse_unless_marker, tell


@transaction.atomic
def set_homework(
    *, by: User, mentees: Iterable[Mentee], task: str, due: datetime.date | None = None, on: datetime.date | None = None
) -> list[Homework]:
    """The same task for each, outside a log. Set twice on one day, it is still one. `on` is the day it was set.

    By the mentor now, or entered on their behalf (else PermissionDenied). Raises Refused without a task or people,
    or when it would be due before it was set.
    """
    people = list(dict.fromkeys(mentees))
    task = task.strip()
    if not people:
        raise Refused(_("请选给哪几位徒弟。"), field="mentees")
    if not task:
        raise Refused(_("写一下是什么作业。"), field="task")
    made = []
    for mentee in people:
        locked(mentee)
        refuse_unless_teacher(by, mentee)
        refuse_unless_stage(mentee.cohort, Stage.with_pairs())
        day = day_of(mentee.cohort.studio, on)
        if due and due < day:
            raise Refused(_("交作业的日期要在布置之后。"), field="due")
        made.append(one_homework(by, mentee, task, due, day))
    return made


def refuse_unless_teacher(by: User, mentee: Mentee) -> None:
    teaches = Pairing.objects.current().filter(mentee=mentee, mentor__secretary__user=by.pk)
    if not (by.can(Permission.LOG_EDIT, mentee.studio_id) or teaches.exists()):
        raise PermissionDenied


def one_homework(by: User, mentee: Mentee, task: str, due: datetime.date | None, day: datetime.date) -> Homework:
    same = Homework.objects.filter(mentee=mentee, log=None, task=task, set_on=day, state=HomeworkState.OPEN).first()
    if same:
        return same
    work = Homework.objects.create(
        studio_id=mentee.studio_id, cohort=mentee.cohort, mentee=mentee, task=task, set_on=day, due=due
    )
    record(by=by, verb="homework.set", on=work, studio=work.studio_id, after={"mentee": str(mentee), "due": due})
    tell("homework_set", by, work, mentee.secretary.user, address_of(work), due=due.isoformat() if due else "")
    return work


@transaction.atomic
def hand_in_homework(
    *,
    by: User,
    homework: Homework,
    version: int,
    answer: str = "",
    files: Sequence[UploadedFile] = (),
    drop: Iterable[HomeworkFile] = (),
    on: datetime.date | None = None,
) -> Homework:
    """A few words, up to six files, or both; until it is answered it can be handed in anew. `drop` are files of an
    earlier sending that no longer count. Sent twice, the first counts.

    Raises Refused for files we don't take, Stale when `version` is not the present one, PermissionDenied for other hands.
    """
    locked(homework)
    own_work(by, homework.mentee)
    refuse_unless_stage(homework.cohort, Stage.with_pairs())
    stored = {file.pk: file for file in homework.files.all()}
    if version != homework.version:
        if is_same_sending(homework, version, answer, files, stored.values()):
            return homework
        raise Stale(_("您打开以后，这份作业有了变动。请看过现在的再交。"))
    if homework.state not in HomeworkState.changing():
        raise Refused(_("这份作业已经了结，不用再交。"))
    dropped = [stored[file.pk] for file in drop if file.pk in stored]
    if not (answer.strip() or files or len(stored) > len(dropped)):
        raise Refused(_("写几句，或者放一份文件、一张照片。"), field="answer")
    if len(stored) - len(dropped) + len(files) > MOST_FILES:
        raise Refused(_("照片和文件合起来最多%(n)s份。") % {"n": MOST_FILES}, field="files")
    papers = [checked_file(upload, LONGEST_SIDE) for upload in files]
    count_upload(by=by, files=[paper.file for paper, _is_picture in papers], field="files")
    keep_files(homework, papers, dropped)
    day = day_of(homework.cohort.studio, on)
    homework.answer, homework.state, homework.handed_in_on = answer.strip(), HomeworkState.HANDED_IN, day
    homework.version += 1
    homework.save()
    told = {"version": homework.version, "files": len(stored) - len(dropped) + len(papers)}
    record(by=by, verb="homework.handed_in", on=homework, studio=homework.studio_id, after=told)
    again = homework.mark == Mark.REWRITE
    tell("homework_handed_in", by, homework, mentor_of(homework.mentee), address_of(homework), again=again)
    return homework


def is_same_sending(homework, version: int, answer: str, files, stored) -> bool:
    """The button was pressed twice: the same words and the same files are there already."""
    there = {PurePosixPath(file.name).stem for file in stored}
    return (
        version == homework.version - 1
        and homework.state == HomeworkState.HANDED_IN
        and homework.answer == answer.strip()
        and {PurePosixPath(plain_name(upload.name)).stem for upload in files} <= there
    )


def keep_files(homework: Homework, papers: list[tuple[Document, bool]], dropped: list[HomeworkFile]) -> None:
    for file in dropped:
        stored, name = file.file.storage, file.file.name
        file.delete()
        transaction.on_commit(lambda stored=stored, name=name: stored.delete(name))
    for paper, is_picture in papers:
        HomeworkFile.objects.create(
            studio_id=homework.studio_id, homework=homework, file=paper.file, name=paper.name, is_picture=is_picture
        )


@transaction.atomic
def answer_homework(
    *, by: User, homework: Homework, version: int, mark: str, comment: str = "", on: datetime.date | None = None
) -> Homework:
    """阅, 好, or 重写, which opens it again with the remark kept. By the mentor now, or entered on their behalf.

    `version` is the one that was read. Raises Stale when there is a newer one, Refused when it waits for no answer.
    """
    locked(homework)
    refuse_unless_marker(by, homework)
    if version != homework.version:
        raise Stale(_("您打开以后，这份作业有了变动。请看过现在的再批。"))
    if homework.state != HomeworkState.HANDED_IN:
        raise Refused(_("这份作业不在等批阅。"))
    put_mark(by, homework, mark, comment, day_of(homework.cohort.studio, on))
    again = mark == Mark.REWRITE
    homework.state = HomeworkState.OPEN if again else HomeworkState.ANSWERED
    homework.save()
    verb = "homework.sent_back" if again else "homework.answered"
    record(by=by, verb=verb, on=homework, studio=homework.studio_id,
           after={"mark": mark, "version": homework.version})  # fmt: skip
    tell_mentee(by, homework, "rewrite" if again else "answered")
    return homework


@transaction.atomic
def waive_homework(*, by: User, homework: Homework, reason: str) -> Homework:
    """It need not be handed in any more; the reason stands where the remark would, below what was said before."""
    locked(homework)
    refuse_unless_marker(by, homework)
    if homework.state != HomeworkState.OPEN:
        raise Refused(_("已经交来或了结的作业，不用再免。"))
    if not reason.strip():
        raise Refused(_("写一句原因。"), field="reason")
    homework.state = HomeworkState.WAIVED
    homework.comment = "\n".join(filter(None, [homework.comment, reason.strip()]))
    homework.commented_by = by.acting_user or by
    homework.commented_at = moment_of(homework.cohort.studio.today())
    homework.version += 1
    homework.save()
    record(by=by, verb="homework.waived", on=homework, studio=homework.studio_id, after={"version": homework.version})
    tell_mentee(by, homework, "waived")
    return homework


def tell_mentee(by: User, homework: Homework, outcome: str) -> None:
    tell("homework_answered", by, homework, homework.mentee.secretary.user, address_of(homework), outcome=outcome)


def address_of(homework: Homework) -> str:
    return reverse("logs:homework", args=[homework.pk])
