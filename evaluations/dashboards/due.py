"""要办的事: of a mentor, of an apprentice, and what the studio should ask after. Nearest first, never a red number."""

import datetime

from django.db.models import Count, Min, Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cohorts.letters.models import ApprenticeshipLetter
from cohorts.models import Cohort, Mentee, Mentor, Pairing
from evaluations.assessments.choices import RoundStatus
from evaluations.assessments.models import RaterTask
from evaluations.logs.choices import ReflectionState
from evaluations.logs.models import Homework, Reflection, TeachingLog
from evaluations.logs.queries.practice import day_in_words
from mentorship.accounts.models import User
from mentorship.common.templatetags.wording import short_date

from .board import standing_of
from .rows import Row

MOST_ROWS = 5  # of one kind
LONG = 14  # days that work may lie unanswered before the studio asks
AHEAD = 14  # days in which a next date is near


def due_of_mentor(user: User, mentor: Mentor, pairs: list[Pairing], today: datetime.date) -> list[Row]:
    """Ratings asked for, letters to answer, logs to confirm, reflections and homework to mark, dates agreed on, then the apprentices
    without a log the longest. `pairs` come from `with_sessions`. Seven queries."""
    return [
        *rating_rows(mentor),
        *letters_to_answer(user, mentor),
        *logs_to_confirm(mentor),
        *reflections_to_mark(user, pairs),
        *homework_to_mark(user, pairs),
        *dates_ahead(mentor, today),
        *quiet_rows(mentor.cohort, pairs, today),
    ]


def letters_to_answer(user: User, mentor: Mentor) -> list[Row]:
    """One that the mentor has answered with "let us meet first", or by hand for the studio to type, waits no more."""
    rows = ApprenticeshipLetter.objects.visible_to(user).waiting().filter(pairing__mentor=mentor, pairing__ends=None)
    rows = rows.filter(Q(reply=None) | Q(reply__sent_at=None, reply__photo=""))
    return [
        Row(
            "wait", _("%(day)s呈递") % {"day": short_date(letter.date)},
            _("%(name)s的拜师帖") % {"name": letter.pairing.mentee}, _("看过，回一帖"),
            reverse("letters:letter", args=[letter.pk]), _("打开看看"),
        )
        for letter in rows.select_related("pairing__mentee__secretary").order_by("handed_in_at")[:MOST_ROWS]
    ]  # fmt: skip


def logs_to_confirm(mentor: Mentor) -> list[Row]:
    return [
        Row("wait", _("请确认"), log.title or str(log), short_date(log.date), reverse("logs:log", args=[log.pk]), _("去看看"))
        for log in TeachingLog.objects.filter(mentor=mentor).to_confirm().order_by("date")[:MOST_ROWS]
    ]  # fmt: skip


def reflections_to_mark(user: User, pairs: list[Pairing]) -> list[Row]:
    rows = Reflection.objects.visible_to(user).to_answer().filter(mentee__in=[pairing.mentee_id for pairing in pairs])
    return [
        Row(
            "doing", _("%(day)s交来") % {"day": short_date(row.date)}, _("%(name)s的心得") % {"name": row.mentee},
            row.title or _("看过批一句就好"), reverse("logs:reflection_answer", args=[row.pk]), _("去批"),
        )
        for row in rows.select_related("mentee__secretary").order_by("handed_in_at")[:MOST_ROWS]
    ]  # fmt: skip


def homework_to_mark(user: User, pairs: list[Pairing]) -> list[Row]:
    rows = Homework.objects.visible_to(user).to_answer().filter(mentee__in=[pairing.mentee_id for pairing in pairs])
    return [
        Row(
            "doing", _("%(day)s交来") % {"day": short_date(row.handed_in_on)}, _("%(name)s的作业") % {"name": row.mentee},
            row.task, reverse("logs:homework_answer", args=[row.pk]), _("去批"),
        )
        for row in rows.select_related("mentee__secretary").order_by("handed_in_on", "created_at")[:MOST_ROWS]
    ]  # fmt: skip


def dates_ahead(mentor: Mentor, today: datetime.date) -> list[Row]:
    """Next dates that the mentor wrote down, for the two weeks to come; the card says what was promised."""
    last = today + datetime.timedelta(days=AHEAD)
    logs = TeachingLog.objects.filter(mentor=mentor, next_date__range=(today, last)).standing().order_by("next_date")
    rows = []
    for log in logs.prefetch_related("mentees__secretary")[:MOST_ROWS]:
        people = list(log.mentees.all())
        if not people:
            continue
        words, url = "、".join(str(mentee) for mentee in people[:3]), reverse("logs:where", args=[people[0].pk])
        title = _("去看看%(name)s") % {"name": words}
        rows.append(Row("open", short_date(log.next_date), title, _("上次说好的日子"), url, _("上次说到哪了")))
    return rows


def rating_rows(mentor: Mentor) -> list[Row]:
    """One row for all that waits to be rated."""
    tasks = RaterTask.objects.filter(
        rater=mentor.secretary.user_id, sheet__round__cohort=mentor.cohort_id, sheet__round__status=RoundStatus.SCORING
    )
    last = tasks.waiting().aggregate(n=Count("pk"), due=Min("sheet__round__due"))
    if not last["n"]:
        return []
    words = ngettext("%(n)s名学员等您评分", "%(n)s名学员等您评分", last["n"]) % {"n": last["n"]}
    by = _("%(day)s前") % {"day": short_date(last["due"])}
    return [Row("wait", _("请您评分"), words, by, reverse("assessments:mine"), _("去评分"))]


def quiet_rows(cohort: Cohort, pairs: list[Pairing], today: datetime.date) -> list[Row]:
    """Apprentices with nothing logged for longer than agreed, the longest first."""
    quiet = [(standing_of(pairing, cohort, today), pairing.mentee) for pairing in pairs]
    quiet = sorted((pair for pair in quiet if pair[0].state == "stale"), key=lambda pair: -pair[0].quiet)
    return [
        Row(
            "due",
            ngettext("%(n)s天没有记录", "%(n)s天没有记录", standing.quiet) % {"n": standing.quiet},
            _("去看看%(name)s") % {"name": mentee},
            _("方便时补一下上次去的情况，说一句话也行"),
            f"{reverse('logs:write')}?mentee={mentee.pk}",
            _("去记"),
        )
        for standing, mentee in quiet
    ]


def due_of_mentee(mentee: Mentee, today: datetime.date) -> list[Row]:
    """Open homework, and reflections that were begun or sent back. Two queries."""
    homework = Homework.objects.filter(mentee=mentee).unfinished().late_first(today).select_related("studio")
    rows = [
        Row(*day_in_words(work, today), work.task, _("%(day)s布置") % {"day": short_date(work.set_on)},
            reverse("logs:homework_hand_in", args=[work.pk]), _("交作业"))
        for work in homework[:MOST_ROWS]
    ]  # fmt: skip
    begun = Reflection.objects.filter(mentee=mentee, state=ReflectionState.DRAFT).order_by("-date")
    rows += [
        Row(
            "wait" if row.was_sent_back else "open", _("师傅请再写一写") if row.was_sent_back else _("草稿，还没有交"),
            row.title or _("我的心得"), short_date(row.date), reverse("logs:reflection_edit", args=[row.pk]), _("接着写"),
        )
        for row in begun[:MOST_ROWS]
    ]  # fmt: skip
    return rows


def long_unanswered(user: User, cohort: Cohort, today: datetime.date) -> list[Row]:
    """Work that came in more than a fortnight ago and has no answer yet, the oldest first. Two queries."""
    before = today - datetime.timedelta(days=LONG)
    reflections = Reflection.objects.visible_to(user).filter(cohort=cohort, date__lt=before).to_answer()
    homework = Homework.objects.visible_to(user).filter(cohort=cohort, handed_in_on__lt=before).to_answer()
    found = [
        (row.date, _("%(name)s的心得") % {"name": row.mentee}, reverse("logs:reflection", args=[row.pk]))
        for row in reflections.select_related("mentee__secretary").order_by("date")[:MOST_ROWS]
    ]
    found += [
        (row.handed_in_on, _("%(name)s的作业") % {"name": row.mentee}, reverse("logs:homework", args=[row.pk]))
        for row in homework.select_related("mentee__secretary").order_by("handed_in_on")[:MOST_ROWS]
    ]
    return [waiting_row(day, title, url, today) for day, title, url in sorted(found)[:MOST_ROWS]]


def waiting_row(day: datetime.date, title: str, url: str, today: datetime.date) -> Row:
    days = (today - day).days
    words = ngettext("交来%(n)s天", "交来%(n)s天", days) % {"n": days}
    return Row("wait", words, title, _("还没有批，问问师傅是不是不方便"), url, _("去看看"))
