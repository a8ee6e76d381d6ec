"""What must hold of a log however it came to be: its people, its dates, and that it says something."""

import datetime
from collections.abc import Iterable, Mapping, Sequence

from django.utils.translation import gettext as _

from cohorts.actions.common import refuse_unless_stage
from cohorts.choices import Stage
from cohorts.models import Mentee, Mentor, Pairing
from evaluations.logs.choices import LogKind, Mode, PhotoKind, Privacy
from evaluations.logs.models import MOST_PHOTOS, TeachingLog
from evaluations.logs.models.logs import MOST_MINUTES
from evaluations.logs.queries import attendable
from mentorship.accounts.models import User
from mentorship.common.errors import Refused


def check_facts(mentor: Mentor, mentees: Sequence[Mentee], facts: Mapping) -> None:
    """`facts` by the names of the log's fields: kind, date, minutes, mode, privacy, next_date."""
    refuse_unless_stage(mentor.cohort, Stage.with_pairs())
    check_date(mentor, facts["date"])
    if facts["kind"] not in LogKind.values or facts["mode"] not in Mode.values:
        raise Refused(_("请选怎么带的。"), field="mode")
    if facts["privacy"] not in Privacy.values:
        raise Refused(_("请选谁能看。"), field="privacy")
    if not 1 <= facts["minutes"] <= MOST_MINUTES:
        raise Refused(_("时长是1到%(most)s分钟。") % {"most": MOST_MINUTES}, field="minutes")
    if facts.get("next_date") and facts["next_date"] < facts["date"]:
        raise Refused(_("下次的日期要在这次之后。"), field="next_date")
    check_people(mentor, mentees, facts["kind"], facts["date"])


def check_date(mentor: Mentor, date: datetime.date) -> None:
    if date < mentor.cohort.starts:
        day = mentor.cohort.starts.isoformat()
        raise Refused(_("日期早于这一批的开始日期%(day)s。") % {"day": day}, field="date")
    if date > mentor.cohort.studio.today():
        raise Refused(_("带过以后再记，日期不能晚于今天。"), field="date")


def check_people(mentor: Mentor, mentees: Sequence[Mentee], kind: str, date: datetime.date) -> None:
    """Coaching: those paired with the mentor on the day. A session: anyone of the cohort in training."""
    if not mentees:
        raise Refused(_("请选这次带了哪几位徒弟。"), field="mentees")
    if kind in LogKind.sessions():
        known = set(attendable(mentor.cohort, date).values_list("pk", flat=True))
        words = _("%(name)s这一天不在这一批在培的学员里。")
    else:
        pairs = Pairing.objects.looked_after_by(mentor, date)
        known = set(pairs.values_list("mentee", flat=True))
        words = _("%(name)s这一天还不是您的徒弟，请看一下日期。")
    for mentee in mentees:
        if mentee.pk not in known:
            raise Refused(words % {"name": mentee}, field="mentees")


def check_absent(mentees: Iterable[Mentee], absent: Mapping[Mentee, str]) -> None:
    left = set(absent) - set(mentees)
    if left:
        raise Refused(_("%(name)s不在应到的名单里。") % {"name": left.pop()}, field="absent")
    if set(mentees) <= set(absent):
        raise Refused(_("至少要有一位到场。"), field="absent")


def check_content(text: str, kinds: Iterable[str]) -> None:
    """A few words, or a photographed page of the notebook in their place."""
    kinds = list(kinds)
    if not text.strip() and PhotoKind.NOTEBOOK not in kinds:
        raise Refused(_("请写几句，一句也行；也可以拍一页笔记本。"), field="text")
    if len(kinds) > MOST_PHOTOS:
        raise Refused(_("照片最多%(n)s张。") % {"n": MOST_PHOTOS}, field="photos")


def check_homework(date: datetime.date, task: str, due: datetime.date | None) -> None:
    if due and not task.strip():
        raise Refused(_("写一下是什么作业。"), field="homework")
    if due and due < date:
        raise Refused(_("交作业的日期要在布置之后。"), field="homework_due")


def refuse_voided(log: TeachingLog) -> None:
    if log.voided_at:
        raise Refused(_("这一篇已经作废，不能再改。"))


def own_hands(by: User, user_id) -> bool:
    return by.pk == user_id and not by.is_represented
