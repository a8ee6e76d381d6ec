"""分诊 and 开方: who is asked, what each answers apart from the others, and the moment when all is open."""

import datetime
from collections.abc import Iterable

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from cohorts.clinic.access import may_advise
from cohorts.clinic.choices import CaseState, NoteKind, Urgency
from cohorts.clinic.models import Case, Consult, Opinion
from cohorts.clinic.queries.triage import may_be_asked, reply_day
from cohorts.models import Mentor
from mentorship.accounts.models import User
from mentorship.audit.actions import record
from mentorship.common.errors import Refused

from .common import Stale, hands_of, locked, note, refuse_own_case, refuse_unless, stir
from .telling import tell, tell_asked, tell_office, tell_presenter


@transaction.atomic
def triage(
    *,
    by: User,
    case: Case,
    mentors: Iterable[Mentor],
    urgency: str | None = None,
    reply_due: datetime.date | None = None,
) -> None:
    """Asks these mentors; they answer by `reply_due`, or when the rules of the cohort say for this urgency. Raises
    Refused for one's own case, without mentors, and for mentors who can't be asked."""
    locked(case)
    refuse_own_case(by, case)
    refuse_unless(case, {CaseState.WAITING})
    case.urgency = Urgency(urgency or case.urgency)
    case.reply_due = reply_due or reply_day(case, case.urgency)
    if case.reply_due < case.studio.today():
        raise Refused(_("答复期限不能早于今天。"), field="reply_due")
    asked = ask(by, case, mentors)
    case.state = CaseState.CONSULTING
    stir(case, "state", "urgency", "reply_due")
    note(case, NoteKind.TRIAGED, by=by)
    record(
        by=by, verb="case.triaged", on=case, studio=case.studio_id,
        after={"mentors": asked, "urgency": case.get_urgency_display(), "reply_due": case.reply_due},
    )  # fmt: skip
    tell_presenter("case_triaged", by=by, case=case, n=len(asked), due=case.reply_due)


@transaction.atomic
def ask_more(*, by: User, case: Case, mentors: Iterable[Mentor]) -> None:
    """While opinions are given, and before they are open. The day stays as it is."""
    locked(case)
    refuse_own_case(by, case)
    refuse_unless_apart(case)
    asked = ask(by, case, mentors)
    stir(case)
    record(by=by, verb="case.more_asked", on=case, studio=case.studio_id, after={"mentors": asked})


def ask(by: User, case: Case, mentors: Iterable[Mentor]) -> list[str]:
    """Writes down who is asked and tells them; their names. One who declined before is asked anew."""
    wanted = {mentor.pk for mentor in mentors}
    found = list(may_be_asked(case).filter(pk__in=wanted))
    if not wanted:
        raise Refused(_("请至少选一位师傅。"), field="mentors")
    if len(found) < len(wanted):
        raise Refused(_("有的师傅现在不能请，请重新选。"), field="mentors")
    for mentor in found:
        refuse_who_typed(case, mentor)
        Consult.objects.update_or_create(
            case=case, mentor=mentor,
            defaults={
                "studio": case.studio, "asked_by": hands_of(by), "asked_on": case.studio.today(), "declined_at": None,
                "decline_reason": "", "reminded_on": None,
            },
        )  # fmt: skip
    tell("case_asked", by=by, case=case, to=[mentor.secretary.user for mentor in found], due=case.reply_due)
    return [str(mentor) for mentor in found]


def refuse_who_typed(case: Case, mentor: Mentor) -> None:
    """Whoever typed another's opinion knows it already, and can't give one apart."""
    others = case.opinions.exclude(consult__mentor=mentor)
    if mentor.secretary.user_id and others.filter(typed_by=mentor.secretary.user_id).exists():
        raise Refused(_("%(name)s替别人录过这件会诊的意见，请另选一位。") % {"name": mentor}, field="mentors")


@transaction.atomic
def call_off(*, by: User, consult: Consult) -> None:
    """A mentor need not answer after all; only while they haven't, and never the last one asked."""
    case = locked(consult.case)
    consult_locked(consult)
    refuse_own_case(by, case)
    refuse_unless_apart(case)
    if Opinion.objects.filter(consult=consult).exists():
        raise Refused(_("这位师傅已经开了方，不能再取消。"))
    if not case.consults.filter(declined_at=None).exclude(pk=consult.pk).exists():
        raise Refused(_("至少留一位师傅。先请别人，再取消这一位。"))
    record(by=by, verb="case.asked_off", on=case, studio=case.studio_id, before={"mentors": [str(consult.mentor)]})
    if consult.declined_at is None:
        tell("case_asked_off", by=by, case=case, to=[consult.mentor.secretary.user])
    consult.delete()
    stir(case)
    open_when_all_answered(case)


@transaction.atomic
def advise(*, by: User, consult: Consult, text: str, version: int) -> Opinion:
    """开方, or changing it: `version` is that of the opinion seen, 0 for a first one. Once all are open a first one comes
    late and nothing is changed any more. Raises Stale (with what stands there) and Refused; PermissionDenied for anyone
    but the mentor asked."""
    case = locked(consult.case)
    consult_locked(consult)
    refuse_who_may_not(by, consult, case)
    text = text.strip()
    if not text:
        raise Refused(_("写一句您的办法。"), field="text")
    opinion = Opinion.objects.filter(consult=consult).first()
    if opinion is None:
        opinion = first_words(by, case, text, consult=consult)
        told_of_a_new_one(case, opinion)
    else:
        change_words(by, case, opinion, text, version)
    return opinion


def consult_locked(consult: Consult) -> None:
    try:
        locked(consult)
    except Consult.DoesNotExist:
        raise Refused(_("这次会诊刚才取消了，不用再答复。")) from None


def refuse_who_may_not(by: User, consult: Consult, case: Case) -> None:
    mine = consult.declined_at is None and consult.mentor.secretary.user_id == by.pk
    if not mine or not may_advise(by, case):
        raise PermissionDenied


def first_words(by: User | None, case: Case, text: str, **voice) -> Opinion:
    """`voice`: consult or invitation. `by=None`: the guest's own hands."""
    if not (case.state == CaseState.CONSULTING or (case.is_released and case.is_open)):
        refuse_unless(case, {CaseState.CONSULTING})
    opinion = Opinion.objects.create(
        studio_id=case.studio_id, case=case, text=text, date=case.studio.today(), late=case.is_released,
        typed_by=hands_of(by) if by else None, **voice,
    )  # fmt: skip
    if case.first_opinion_on is None:
        case.first_opinion_on = opinion.date
        stir(case, "first_opinion_on")
    else:
        stir(case)
    if "consult" in voice:
        after = {"late": True} if opinion.late else {}
        record(by=by, verb="opinion.given", on=opinion, studio=case.studio_id, after=after)
    return opinion


def change_words(by: User | None, case: Case, opinion: Opinion, text: str, version: int) -> None:
    if case.is_released:
        raise Refused(_("意见已经公开了，不能再改。还有话，写在下面的讨论里。"))
    refuse_unless(case, {CaseState.CONSULTING})
    if opinion.version != version:
        raise Stale(_("这份方子刚才改过。两份都在下面，再存一次就以您现在写的为准。"), theirs=opinion.text)
    if opinion.text == text:
        return
    opinion.text = text  # its day stays the one on which it was first given: that is what was promised
    opinion.typed_by = hands_of(by) if by else None
    opinion.version += 1
    opinion.save(update_fields=["text", "typed_by", "version", "updated_at"])
    stir(case)
    if by:
        record(by=by, verb="opinion.changed", on=opinion, studio=case.studio_id)


def told_of_a_new_one(case: Case, opinion: Opinion) -> None:
    """The office hears how many have answered, and nothing else; the presenter of what came late."""
    if opinion.late:
        tell_presenter("case_more", by=None, case=case)
        return
    opened = open_when_all_answered(case)
    given, asked = answered(case)
    tell_office("case_opinion_count", by=None, case=case, given=given, asked=asked, opened=opened)


def answered(case: Case) -> tuple[int, int]:
    """How many of the mentors asked, but for those who declined, have answered; and how many they are."""
    asked = case.consults.filter(declined_at=None)
    return asked.filter(opinion__isnull=False).count(), asked.count()


@transaction.atomic
def decline(*, by: User, consult: Consult, reason: str = "") -> None:
    """Not this time. The case is no longer seen by them. PermissionDenied for anyone but the mentor asked."""
    case = locked(consult.case)
    consult_locked(consult)
    refuse_who_may_not(by, consult, case)
    if Opinion.objects.filter(consult=consult).exists():
        raise Refused(_("您已经开了方，不用再婉拒。"))
    if not case.is_open:
        raise Refused(_("这件会诊已经办结了。"))
    consult.declined_at, consult.decline_reason = timezone.now(), reason.strip()
    consult.save(update_fields=["declined_at", "decline_reason", "updated_at"])
    stir(case)
    record(by=by, verb="opinion.declined", on=consult, studio=case.studio_id)
    tell_office("case_declined", by=by, case=case, mentor=str(consult.mentor), reason=consult.decline_reason)
    open_when_all_answered(case)


@transaction.atomic
def release(*, by: User, case: Case, reason: str = "") -> None:
    """合议: the office opens what was given, on the day after the reply day or, with a reason, before. Raises Refused
    while nothing was given, and once all is open."""
    locked(case)
    refuse_own_case(by, case)
    refuse_unless_apart(case)
    if not case.opinions.exists():
        raise Refused(_("还没有人开方，再等一等。"))
    if not case.is_late(case.studio.today()) and not reason.strip():
        raise Refused(_("还没到答复期限，写一句为什么现在公开。"), field="reason")
    open_all(case, by=by, reason=reason.strip())


def refuse_unless_apart(case: Case) -> None:
    refuse_unless(case, {CaseState.CONSULTING})
    if case.is_released:
        raise Refused(_("意见已经公开了。"))


def open_when_all_answered(case: Case) -> bool:
    given, asked = answered(case)
    if case.is_released or case.state != CaseState.CONSULTING or not given or given < asked:
        return False
    open_all(case)
    return True


def open_all(case: Case, *, by: User | None = None, reason: str = "") -> None:
    """`by=None`: by itself, when the last one answered; whose answer that was stays unsaid."""
    case.released_at = timezone.now()
    stir(case, "released_at")
    note(case, NoteKind.OPENED, by=by, text=reason)
    given = case.opinions.count()
    record(
        by=by, verb="case.opened", on=case, studio=case.studio_id,
        after={"opinions": given} | ({"reason": reason} if reason else {}),
    )  # fmt: skip
    tell_presenter("case_opened", by=by, case=case, n=given)
    tell_asked("case_opinions_open", by=by, case=case, n=given)
