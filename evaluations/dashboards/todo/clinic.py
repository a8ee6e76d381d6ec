"""The clinic: cases to triage and to close out, opinions asked for, plans to make, steps and checks that are due."""

from django.db.models import Case as When
from django.db.models import Exists, OuterRef, Q, Value
from django.db.models import When as Then
from django.urls import reverse
from django.utils.translation import gettext as _

from cohorts.clinic.choices import CardState, CaseState, Level, NoteKind, Urgency
from cohorts.clinic.models import Case, CaseCard, CaseNote, Consult, PlanStep
from cohorts.clinic.queries.checks import checks_owed
from mentorship.accounts.permissions import Permission

from .items import MOST, Reader, Todo

FIRST = (Urgency.URGENT, Urgency.PRESSING, Urgency.NORMAL)


def clinic(reader: Reader) -> list[Todo]:
    found = [*steps(reader), *checks(reader)]
    if reader.can(Permission.CLINIC_EDIT):
        found += [*to_triage(reader), *replies_late(reader), *to_close(reader), *cards_to_review(reader)]
    elif reader.can(Permission.RECOMMEND):
        found += passed_up(reader)
    if reader.can(Permission.MENTOR_HOME):
        found += opinions_asked(reader)
    if reader.can(Permission.MENTEE_HOME):
        found += [*sent_back(reader), *plans_to_make(reader)]
    return found


def hands_of(reader: Reader) -> set:
    """Whose hands act: what they did themselves waits for somebody else."""
    return {reader.user.pk, getattr(reader.user.acting_user, "pk", None)} - {None}


def cases(reader: Reader):
    return Case.objects.visible_to(reader.user).filter(studio=reader.studio)


def named(case: Case) -> str:
    return f"{case} {case.title}"


def page(name: str, case: Case) -> str:
    return reverse(f"clinic:{name}", args=[case.pk])


def to_triage(reader: Reader) -> list[Todo]:
    """The urgent first, and due the day they came in; then the oldest."""
    place = When(*(Then(urgency=urgency, then=Value(n)) for n, urgency in enumerate(FIRST)), default=Value(len(FIRST)))
    rows = cases(reader).filter(state=CaseState.WAITING).exclude(presenter__user__in=hands_of(reader))
    return [
        Todo(
            row.date if row.urgency == Urgency.URGENT else None,
            _("紧急的会诊单请分诊") if row.urgency == Urgency.URGENT else _("会诊单请分诊"),
            named(row), page("triage", row), _("去分诊"),
        )
        for row in rows.order_by(place, "date", "number")[:MOST]
    ]  # fmt: skip


def replies_late(reader: Reader) -> list[Todo]:
    rows = cases(reader).filter(state=CaseState.CONSULTING, released_at=None, reply_due__lt=reader.today)
    return [
        Todo(row.reply_due, _("会诊意见还没有到齐"), named(row), page("case", row), _("去看看"), by_working_days=True)
        for row in rows.order_by("reply_due", "number")[:MOST]
    ]


def to_close(reader: Reader) -> list[Todo]:
    """Reported by another, presented by another."""
    hands = hands_of(reader)
    rows = cases(reader).filter(state=CaseState.FOLLOWING, reported_by__isnull=False)
    rows = rows.exclude(reported_by__in=hands).exclude(presenter__user__in=hands)
    return [
        Todo(None, _("会诊报了办结，等您销号"), named(row), page("close", row), _("去销号"))
        for row in rows.order_by("stirred_at")[:MOST]
    ]


def cards_to_review(reader: Reader) -> list[Todo]:
    rows = CaseCard.objects.visible_to(reader.user).filter(studio=reader.studio, state=CardState.REVIEW)
    rows = rows.exclude(written_by__in=hands_of(reader))
    return [
        Todo(None, _("案例卡等您审"), row.title, reverse("clinic:review_card", args=[row.pk]), _("去审"))
        for row in rows.order_by("updated_at")[:MOST]
    ]


def passed_up(reader: Reader) -> list[Todo]:
    """What was passed up to the reader's 街镇."""
    rows = cases(reader).filter(state=CaseState.ESCALATED, level=Level.SUBDISTRICT, sensitive=False)
    rows = rows.exclude(presenter__user=reader.user.pk)
    return [
        Todo(None, _("会诊转到街镇，请答复"), named(row), page("answer", row), _("去答复"))
        for row in rows.order_by("stirred_at")[:MOST]
    ]


def opinions_asked(reader: Reader) -> list[Todo]:
    rows = Consult.objects.of(reader.user).waiting().filter(studio=reader.studio, case__state=CaseState.CONSULTING)
    return [
        Todo(row.case.reply_due, _("请您开方"), named(row.case), page("advise", row.case), _("去开方"), soft=True,
             by_working_days=True)
        for row in rows.filter(case__released_at=None).select_related("case").order_by("case__reply_due")[:MOST]
    ]  # fmt: skip


def sent_back(reader: Reader) -> list[Todo]:
    returned = CaseNote.objects.filter(case=OuterRef("pk"), kind=NoteKind.RETURNED)
    rows = cases(reader).filter(Exists(returned), state=CaseState.DRAFT, presenter__user=reader.user.pk)
    return [
        Todo(None, _("会诊单请补一补再交"), row.title, page("edit", row), _("去补"), soft=True)
        for row in rows.order_by("stirred_at")[:MOST]
    ]


def plans_to_make(reader: Reader) -> list[Todo]:
    """Of one's own: opinions are open and nothing is planned yet."""
    planned = PlanStep.objects.filter(case=OuterRef("pk"))
    rows = cases(reader).filter(
        ~Exists(planned), state__in=[CaseState.CONSULTING, CaseState.ACTING], released_at__isnull=False,
        presenter__user=reader.user.pk,
    )  # fmt: skip
    return [
        Todo(None, _("意见公开了，请定办法"), named(row), page("plan", row), _("去定"), soft=True)
        for row in rows.order_by("released_at")[:MOST]
    ]


def steps(reader: Reader) -> list[Todo]:
    """One's own, and those of others outside the register in what one presented."""
    mine = Q(owner__user=reader.user.pk) | Q(owner=None, case__presenter__user=reader.user.pk)
    rows = PlanStep.objects.undone().filter(mine, studio=reader.studio, case__state__in=CaseState.with_plan())
    rows = rows.filter(case__in=Case.objects.visible_to(reader.user)).select_related("case")
    return [
        Todo(row.due, _("会诊定下的一步") if row.owner_id else _("会诊定下，请%(who)s办的一步") % {"who": row.who},
             row.text, page("case", row.case), _("去看看"), soft=reader.is_asked_softly)
        for row in rows.order_by("due", "order")[:MOST]
    ]  # fmt: skip


def checks(reader: Reader) -> list[Todo]:
    """回访 after 30 and 90 days of what one presented, from the day on which it can be made."""
    rows = cases(reader).filter(presenter__user=reader.user.pk).order_by("settled_on", "number")
    due = [each for each in checks_owed(rows) if each.due <= reader.today]
    return [
        Todo(each.due, _("请做%(check)s") % {"check": each.label}, named(each.case), page("check", each.case), _("去记"),
             soft=True)
        for each in due[:MOST]
    ]  # fmt: skip
