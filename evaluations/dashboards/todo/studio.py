"""The roster's second person, notices to sign, and the training: choosing, attendance, disputes."""

import datetime

from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cohorts.choices import ProposalState
from cohorts.models import RosterProposal
from cohorts.training.choices import SessionKind, SessionState
from cohorts.training.models import Attendance, Session, Wish
from mentorship.accounts.permissions import Permission
from mentorship.common.templatetags.wording import short_date
from mentorship.notifications.models import Receipt
from mentorship.notifications.words import words_of

from .items import MOST, NEAR, Reader, Todo


def studio_work(reader: Reader) -> list[Todo]:
    found = notices(reader)
    if reader.can(Permission.COHORT_DECIDE):
        found += proposals(reader)
    if reader.can(Permission.MENTEE_HOME):
        found += electives(reader)
    if reader.can(Permission.TRAINING_EDIT):
        found += [*attendance_to_enter(reader), *disputes(reader)]
    return found


def notices(reader: Reader) -> list[Todo]:
    rows = Receipt.objects.visible_to(reader.user).to_acknowledge().filter(studio=reader.studio)
    return [
        Todo(row.notice.deadline, _("通知请签收"), words_of(row.notice).title,
             reverse("notifications:notice", args=[row.pk]), _("去签收"), soft=reader.is_asked_softly)
        for row in rows.select_related("notice").order_by("notice__deadline", "created_at")[:MOST]
    ]  # fmt: skip


def proposals(reader: Reader) -> list[Todo]:
    """Proposed by another; one's own waits for someone else."""
    rows = RosterProposal.objects.visible_to(reader.user).filter(studio=reader.studio, state=ProposalState.OPEN)
    rows = rows.exclude(proposed_by=reader.user.pk).select_related("mentee__secretary")
    return [
        Todo(row.date, _("调整建议等您决定"), str(row), reverse("cohorts:proposal", args=[row.pk]), _("去看看"))
        for row in rows.order_by("date")[:MOST]
    ]


def electives(reader: Reader) -> list[Todo]:
    wished = Wish.objects.filter(session=OuterRef("pk"), mentee__secretary__user=reader.user.pk)
    rows = Session.objects.of_apprentice(reader.user).filter(
        ~Exists(wished), studio=reader.studio, kind=SessionKind.ELECTIVE, state=SessionState.PLANNED,
        allocated_at=None, choose_by__gte=reader.today,
    )  # fmt: skip
    return [
        Todo(row.choose_by, _("选课"), f"{row} {short_date(row.date)}", reverse("training:choose", args=[row.pk]),
             _("去选课"), soft=True)
        for row in rows.distinct().order_by("choose_by")[:MOST]
    ]  # fmt: skip


def attendance_to_enter(reader: Reader) -> list[Todo]:
    """Over, and nobody is entered yet: the last fortnight's one by one, all before that in one line."""
    rows = Session.objects.visible_to(reader.user).standing().with_attendance()
    rows = rows.filter(
        ~Exists(Attendance.objects.filter(session=OuterRef("pk"))), studio=reader.studio, last_date__lt=reader.today
    )
    long_ago = reader.today - datetime.timedelta(days=NEAR)
    found = [
        Todo(row.last_date, _("出勤还没有登记"), str(row), reverse("training:attendance", args=[row.pk]), _("去登记"))
        for row in rows.filter(last_date__gte=long_ago).order_by("-last_date")[:MOST]
    ]
    if before := rows.filter(last_date__lt=long_ago).count():
        words = ngettext("早先还有%(n)s场", "早先还有%(n)s场", before) % {"n": before}
        found.append(Todo(None, _("出勤还没有登记"), words, reverse("training:sessions"), _("去看看")))
    return found


def disputes(reader: Reader) -> list[Todo]:
    rows = Attendance.objects.visible_to(reader.user).counting().filter(studio=reader.studio, disputed=True)
    return [
        Todo(None, _("出勤两处不一致"), f"{row.mentee} {row.session}", reverse("training:attended", args=[row.pk]),
             _("去核定"))
        for row in rows.select_related("mentee__secretary", "session").order_by("session__date")[:MOST]
    ]  # fmt: skip
