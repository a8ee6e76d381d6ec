"""What is said of homework and its day, who writes as an apprentice, and where a pair stopped last time."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cohorts.choices import Stage
from cohorts.models import Mentee, Pairing, begun_first
from evaluations.logs.choices import HomeworkState
from evaluations.logs.models import Homework, TeachingLog
from mentorship.accounts.models import User
from mentorship.common.plugs import answers_to
from mentorship.common.templatetags.wording import short_date
from mentorship.places.models import Studio

SOON = 3  # days before the day agreed on
MOST_LOGS = 20


@dataclass(frozen=True)
class Finding:
    """One open finding of a visit, as the card shows it."""

    text: str
    due: datetime.date
    url: str


@dataclass(frozen=True)
class Stop:
    """上次说到哪了. All of it is what this reader may see; `log` is the last one, `next_date` lies ahead or is None.
    `findings` are of signed supervision visits (`settings.ANSWERS["findings_of"]`)."""

    mentee: Mentee
    log: TeachingLog | None
    advice: str  # the latest there is, which may be of an earlier log
    open: list[Homework]
    handed_in: list[Homework]
    next_date: datetime.date | None
    findings: Sequence[Finding] = ()


def mentee_row_of(user: User, studio: Studio | None) -> Mentee | None:
    """The person as an apprentice of the cohort at work now."""
    rows = Mentee.objects.filter(studio=studio, secretary__user=user.pk, cohort__stage__in=Stage.with_pairs())
    return rows.select_related("cohort__studio", "secretary").order_by(*begun_first(studio)).first()


def taught_by(user: User, studio: Studio | None) -> QuerySet[Mentee]:
    """The apprentices paired with this mentor now."""
    now = Pairing.objects.current().filter(mentor__secretary__user=user.pk, studio=studio)
    return at_work(Mentee.objects.filter(pk__in=now.values("mentee")))


def all_taught(studio: Studio | None) -> QuerySet[Mentee]:
    """Everyone of the studio who has a mentor now."""
    return at_work(Mentee.objects.filter(pk__in=Pairing.objects.current().filter(studio=studio).values("mentee")))


def at_work(mentees: QuerySet[Mentee]) -> QuerySet[Mentee]:
    rows = mentees.filter(cohort__stage__in=Stage.with_pairs())
    return rows.select_related("cohort__studio", "secretary__community").order_by("secretary__sort_key", "id")


def own_logs(user: User, mentee: Mentee) -> QuerySet[TeachingLog]:
    """Those a reflection can be attached to: the apprentice was in them and may read them. The latest ones."""
    return TeachingLog.objects.visible_to(user).standing().about(mentee).order_by("-date", "-created_at")


def log_seen(user: User, work) -> TeachingLog | None:
    """The log that the work came from, for a reader who may see it."""
    if work.log_id is None:
        return None
    return TeachingLog.objects.visible_to(user).filter(pk=work.log_id).first()


def day_in_words(work: Homework, today: datetime.date) -> tuple[str, str]:
    """A mark and a few words: nobody is scolded, least of all by a colour."""
    if work.state == HomeworkState.OPEN:
        return still_to_come(work, today)
    if work.state == HomeworkState.HANDED_IN:
        return "doing", _("等师傅批阅")
    if work.state == HomeworkState.WAIVED:
        return "open", _("不用交了")
    return "done", _("已批：%(mark)s") % {"mark": work.get_mark_display()}


def still_to_come(work: Homework, today: datetime.date) -> tuple[str, str]:
    if work.was_sent_back:
        return "wait", _("改一改再交")
    if work.due is None:
        return "open", _("没有定日子")
    left = (work.due - today).days
    if left < 0:
        return "wait", _("说好%(day)s，方便时补上") % {"day": short_date(work.due)}
    if left == 0:
        return "wait", _("今天交")
    if left <= SOON:
        return "wait", ngettext("还有%(n)s天", "还有%(n)s天", left) % {"n": left}
    return "open", _("%(day)s前交") % {"day": short_date(work.due)}


def came_in_words(work: Homework) -> str:
    """When it came, and gently how much after the day agreed on."""
    if work.handed_in_on is None:
        return ""
    came = _("%(day)s交来") % {"day": short_date(work.handed_in_on)}
    late = (work.handed_in_on - work.due).days if work.due else 0
    if late <= 0:
        return came
    return came + ngettext("，比说好的晚%(n)s天", "，比说好的晚%(n)s天", late) % {"n": late}


def where_we_stopped(user: User, mentee: Mentee, today: datetime.date) -> Stop:
    """For the eve of a visit. Three queries, the subjects, and what others answer of findings."""
    logs = list(
        TeachingLog.objects.visible_to(user)
        .standing()
        .about(mentee)
        .filter(date__lte=today)
        .prefetch_related("subjects")
        .order_by("-date", "-created_at")[:MOST_LOGS]
    )
    homework = list(
        Homework.objects.visible_to(user)
        .filter(mentee=mentee, state__in=[HomeworkState.OPEN, HomeworkState.HANDED_IN])
        .late_first(today)
    )
    for work in homework:
        work.mark_kind, work.mark_words = day_in_words(work, today)
    ahead = [log.next_date for log in logs if log.next_date and log.next_date >= today]
    return Stop(
        mentee=mentee,
        log=logs[0] if logs else None,
        advice=next((log.advice for log in logs if log.advice), ""),
        open=[work for work in homework if work.state == HomeworkState.OPEN],
        handed_in=[work for work in homework if work.state == HomeworkState.HANDED_IN],
        next_date=min(ahead, default=None),
        findings=[finding for answer in answers_to("findings_of") for finding in answer(mentee)],
    )
