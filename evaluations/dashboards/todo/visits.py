"""Supervision visits: to write, to sign; findings to mend and to look at; extensions to decide."""

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from evaluations.visits.choices import ExtensionState, VisitState
from evaluations.visits.models import Extension, Finding, Visit
from mentorship.accounts.permissions import Permission
from mentorship.common.templatetags.wording import short_date

from .items import MOST, Reader, Todo


def visits(reader: Reader) -> list[Todo]:
    found = [*to_write(reader), *to_verify(reader), *to_mend(reader)]
    if reader.can(Permission.VISIT_EDIT):
        found += extensions(reader)
    return found


def to_write(reader: Reader) -> list[Todo]:
    """Made and not written down, or written and not signed: those who went, and for the studio all of them."""
    rows = Visit.objects.visible_to(reader.user).filter(studio=reader.studio, state__in=VisitState.open())
    if not reader.can(Permission.VISIT_EDIT):
        rows = rows.filter(team__user=reader.user.pk)
    rows = rows.filter(date__lte=reader.today).select_related("mentee__secretary").order_by("date")
    return [
        Todo(
            row.date, _("督训记录等签字") if row.state == VisitState.RECORDED else _("督训记录还没有写"),
            f"{row.mentee} {short_date(row.date)}", reverse("visits:visit", args=[row.pk]), _("去看看"),
            soft=reader.is_asked_softly,
        )
        for row in rows[:MOST]
    ]  # fmt: skip


def to_verify(reader: Reader) -> list[Todo]:
    """Reported done by somebody else; who went looks, and who keeps the register."""
    user = reader.user.pk
    rows = Finding.objects.visible_to(reader.user).to_verify().filter(studio=reader.studio)
    rows = rows.exclude(reported_by=user).exclude(visit__mentee__secretary__user=user)
    if not reader.can(Permission.VISIT_EDIT):
        rows = rows.filter(visit__team__user=user)
    return [
        Todo(row.due, _("整改好了，请去看"), f"{row.visit.mentee}：{row.text}", reverse("visits:check", args=[row.pk]),
             _("去验收"), soft=reader.is_asked_softly, by_working_days=True)
        for row in rows.for_lists().order_by("due", "pk")[:MOST]
    ]  # fmt: skip


def to_mend(reader: Reader) -> list[Todo]:
    mine = Q(visit__mentee__secretary__user=reader.user.pk) | Q(owner__user=reader.user.pk)
    rows = Finding.objects.visible_to(reader.user).to_mend().filter(mine, studio=reader.studio)
    return [
        Todo(row.due, _("督训要整改的"), row.text, reverse("visits:finding", args=[row.pk]), _("去报整改"), soft=True,
             by_working_days=True)
        for row in rows.order_by("due", "pk")[:MOST]
    ]  # fmt: skip


def extensions(reader: Reader) -> list[Todo]:
    """Asked by somebody else: another decides."""
    rows = Extension.objects.visible_to(reader.user).filter(studio=reader.studio, state=ExtensionState.ASKED)
    rows = rows.exclude(asked_by=reader.user.pk).select_related("finding__visit__mentee__secretary")
    return [
        Todo(row.old_due, _("整改延期请答复"), f"{row.finding.visit.mentee}：{row.finding.text}",
             reverse("visits:decide", args=[row.pk]), _("去答复"))
        for row in rows.order_by("old_due", "pk")[:MOST]
    ]  # fmt: skip
