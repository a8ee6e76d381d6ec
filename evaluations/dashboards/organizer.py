"""The organizer's overview: key figures, the beam board on any day, what needs attention, what comes next."""

import datetime
from statistics import mean

from django.db.models import Count, Exists, OuterRef, Q
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cohorts.choices import MenteeStatus, Stage
from cohorts.models import Cohort, Mentee, Pairing, ReminderTalk
from evaluations.calendar.queries import coming
from evaluations.logs.choices import HomeworkState
from evaluations.logs.models import Homework, Reflection, TeachingLog
from mentorship.accounts.access import needs, page
from mentorship.accounts.models import User
from mentorship.accounts.permissions import Permission
from mentorship.common.asked import date_or, uuid_or_404
from mentorship.common.templatetags.wording import short_date
from mentorship.notifications.models import Notice
from mentorship.notifications.queries import with_unsigned
from mentorship.notifications.words import words_of

from .board import Board, board_of
from .context import cohorts_of, current_cohort
from .due import long_unanswered
from .faces import faces_of_studio
from .rows import Row
from .visits import findings_of_cohort, overdue_in


@page(needs(Permission.COHORT_VIEW), lagging=True)
def overview(request):
    chosen = request.GET.get("cohort")
    if chosen:
        rows = Cohort.objects.visible_to(request.user).filter(studio=request.studio)
        cohort = get_object_or_404(rows.select_related("studio", "rules"), pk=uuid_or_404(chosen))
    else:
        cohort = current_cohort(request)
    if cohort is None:
        return render(request, "dashboards/overview_empty.html")
    today = cohort.studio.today()
    day = date_or(request.GET.get("on"), today)
    board = board_of(cohort, day)
    figures = figures_of(cohort, board)
    context = {
        "cohort": cohort,
        "cohorts": cohorts_of(request),
        "day": day,
        "is_today": day == today,
        "figures": figures,
        "board": board,
        "faces": faces_of_studio(request.user, cohort, figures["training"], today),
        "attention": attention_of(request.user, cohort, board, today),
        "practice": practice_of(cohort, day) | findings_of_cohort(cohort, day),
        "coming": coming(request.user, cohort.studio, 6),
    }
    return render(request, "dashboards/overview.html", context)


def figures_of(cohort: Cohort, board: Board) -> dict:
    """Counts and scores for the line of key figures; scores are None until pairs have one. One query."""
    scores = [score for score in board.scores if score is not None]
    mentees = Mentee.objects.filter(cohort=cohort).aggregate(
        training=Count("pk", filter=Q(status__in=MenteeStatus.in_training())),
        reserve=Count("pk", filter=Q(status=MenteeStatus.RESERVE)),
    )
    return mentees | {
        "mentors": len(board.bays),
        "count": len(board.scores),
        "mean": mean(scores) if scores else None,
        "low": min(scores, default=None),
    }


def practice_of(cohort: Cohort, day: datetime.date) -> dict[str, int]:
    """Logs, reflections and homework up to that day, in numbers. Three queries."""
    logs = TeachingLog.objects.filter(cohort=cohort, date__lte=day).standing()
    reflections = Reflection.objects.filter(cohort=cohort, handed_in_at__isnull=False, date__lte=day)
    homework = Homework.objects.filter(cohort=cohort, set_on__lte=day).exclude(state=HomeworkState.WAIVED)
    return homework.aggregate(set=Count("pk"), came=Count("pk", filter=Q(handed_in_on__lte=day))) | {
        "logs": logs.count(),
        "reflections": reflections.count(),
    }


def attention_of(user: User, cohort: Cohort, board: Board, today: datetime.date) -> list[Row]:
    """请您过问: unplaced and paused mentees, work long unanswered, posts without a log for longer than agreed, talks
    with a limit, findings overdue, notices not yet signed for. Six queries."""
    paired = Exists(Pairing.objects.current().filter(mentee=OuterRef("pk")))
    waiting = Q(status=MenteeStatus.PAUSED)
    if cohort.stage in Stage.with_pairs():
        waiting |= Q(status__in=MenteeStatus.in_training(), is_paired=False)
    mentees = Mentee.objects.filter(cohort=cohort).annotate(is_paired=paired).filter(waiting)
    rows = [
        Row(
            "due" if not mentee.is_paired else "wait", _("还没有师傅") if not mentee.is_paired else _("暂停中"),
            str(mentee), str(mentee.secretary.community), member_url(mentee), _("去看看"),
        )
        for mentee in mentees.select_related("secretary__community").order_by("is_paired", "secretary__sort_key")[:8]
    ]  # fmt: skip
    rows += overdue_in(cohort, today)
    rows += long_unanswered(user, cohort, today)
    rows += quiet_rows(board)
    talks = ReminderTalk.objects.filter(mentee__cohort=cohort, limit_date__isnull=False)
    rows += [
        Row(
            "wait",
            _("限期至%(date)s") % {"date": short_date(talk.limit_date)},
            str(talk.mentee),
            _("提醒谈话后请回访"),
            member_url(talk.mentee),
            _("去看看"),
        )
        for talk in talks.filter(mentee__status__in=MenteeStatus.in_training()).select_related("mentee__secretary")[:5]
    ]
    waiting = (
        with_unsigned(Notice.objects.standing().filter(studio=cohort.studio_id, needs_acknowledgement=True))
        .filter(unsigned__gt=0)
        .order_by("-created_at")[:3]
    )
    rows += [
        Row(
            "open",
            ngettext("%(n)s人未签收", "%(n)s人未签收", notice.unsigned) % {"n": notice.unsigned},
            words_of(notice).title,
            short_date(notice.created_at),
            reverse("notifications:sent_notice", args=[notice.pk]),
            _("看通知"),
        )
        for notice in waiting
    ]
    return rows


def quiet_rows(board: Board) -> list[Row]:
    """Posts without a log for longer than agreed, five at most: a reason to ask, never a verdict."""
    quiet = [(post, bay) for bay in board.bays for post in bay.posts if post.state == "stale"]
    return [
        Row(
            "due", _("%(days)s没有记录") % {"days": post.notes[0][1]}, post.name, bay.mentor_name, post.url, _("去看看")
        )
        for post, bay in quiet[:5]
    ]


def member_url(mentee: Mentee) -> str:
    return reverse("cohorts:mentee", args=[mentee.pk])
