"""动态调整, domain.md §3.7: each act leaves a row with its reason and day, and tells the people concerned."""

import datetime
import re

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from cohorts.choices import MenteeStatus, RosterKind, Stage, WithdrawReason
from cohorts.models import Cohort, Mentee, Mentor, Pairing, ReminderTalk, RosterChange
from cohorts.queries import last_day_to_substitute, liaisons_of
from mentorship.accounts.models import User
from mentorship.audit.actions import record
from mentorship.common.dates import add_months
from mentorship.common.errors import Refused
from mentorship.notifications.actions import notify
from mentorship.notifications.words import in_both

from .common import check_day, locked, refuse_alone, refuse_own_case, refuse_unless_stage, save_status
from .pairing import begin_pairing, end_pairing

WORDS = {
    RosterKind.REPAIR: "roster.repaired",
    RosterKind.PAUSE: "roster.paused",
    RosterKind.RETURN: "roster.resumed",
    RosterKind.EXTEND: "roster.extended",
    RosterKind.WITHDRAW: "roster.withdrawn",
    RosterKind.SUBSTITUTE: "roster.substituted",
}


@transaction.atomic
def record_talk(
    *,
    by: User,
    mentee: Mentee,
    date: datetime.date,
    talkers: str,
    facts: str,
    agreed_actions: str,
    own_words: str = "",
    limit_date: datetime.date | None = None,
) -> ReminderTalk:
    """提醒谈话. What was said is kept with the talk alone; the audit trail holds only its dates."""
    check_running(mentee.cohort)
    refuse_own_case(by, mentee)
    check_day(mentee.cohort, date)
    if date > mentee.studio.today():
        raise Refused(_("谈过以后再记，日期不能晚于今天。"), field="date")
    if limit_date and limit_date < date:
        raise Refused(_("限期要在谈话之后。"), field="limit_date")
    if limit_date and len(re.split(r"[、，,;；\s]+", talkers.strip())) < 2:
        raise Refused(_("定限期要两个人一起谈，把两位的姓名都写上。"), field="talkers")
    talk = ReminderTalk.objects.create(
        studio_id=mentee.studio_id,
        mentee=mentee,
        date=date,
        talkers=talkers,
        facts=facts,
        own_words=own_words,
        agreed_actions=agreed_actions,
        limit_date=limit_date,
    )
    record(
        by=by,
        verb="roster.talk_recorded",
        on=mentee,
        studio=mentee.studio_id,
        after={"date": date, "limit_date": limit_date},
    )
    return talk


@transaction.atomic
def repair(
    *,
    by: User,
    mentee: Mentee,
    to_mentor: Mentor,
    date: datetime.date,
    reason: str,
    proposed_by: User | None = None,
) -> RosterChange:
    """换师傅: the old pair ends on the day, the new one begins on it."""
    pairing = standing_pair(mentee, date)
    refuse_own_case(by, mentee, pairing.mentor, to_mentor)
    if to_mentor.pk == pairing.mentor_id:
        raise Refused(_("%(name)s现在就是师傅。") % {"name": to_mentor}, field="to_mentor")
    if to_mentor.secretary.community_id == mentee.secretary.community_id:
        raise Refused(_("师徒在同一个居民区，要回避。"), field="to_mentor")
    end_pairing(by=by, pairing=pairing, ends=date, reason=reason)
    begin_pairing(by=by, mentor=to_mentor, mentee=mentee, starts=date)
    return change(
        by, mentee, RosterKind.REPAIR, date, reason, proposed_by, from_mentor=pairing.mentor, to_mentor=to_mentor
    )


@transaction.atomic
def pause(
    *,
    by: User,
    mentee: Mentee,
    date: datetime.date,
    reason: str,
    until: datetime.date | None = None,
    proposed_by: User | None = None,
) -> RosterChange:
    """暂停: the pair stays, the mentor keeps the place."""
    pairing = standing_pair(mentee, date)
    refuse_own_case(by, mentee, pairing.mentor)
    if mentee.status == MenteeStatus.PAUSED:
        raise Refused(_("%(name)s已经暂停。") % {"name": mentee})
    if until and until < date:
        raise Refused(_("预计恢复的日期要在暂停之后。"), field="until")
    save_status(mentee, MenteeStatus.PAUSED)
    return change(by, mentee, RosterKind.PAUSE, date, reason, proposed_by, from_mentor=pairing.mentor, until=until)


@transaction.atomic
def resume(
    *, by: User, mentee: Mentee, date: datetime.date, reason: str, proposed_by: User | None = None
) -> RosterChange:
    """恢复. Someone who was on an extension goes back to it."""
    pairing = standing_pair(mentee, date)
    refuse_own_case(by, mentee, pairing.mentor)
    if mentee.status != MenteeStatus.PAUSED:
        raise Refused(_("%(name)s没有暂停。") % {"name": mentee})
    paused = mentee.roster_changes.filter(kind=RosterKind.PAUSE).first()
    if paused and date < paused.date:
        raise Refused(_("恢复要在%(day)s暂停之后。") % {"day": paused.date.isoformat()}, field="date")
    extended = mentee.roster_changes.filter(kind=RosterKind.EXTEND).exists()
    save_status(mentee, MenteeStatus.EXTENDED if extended else MenteeStatus.CHOSEN)
    return change(by, mentee, RosterKind.RETURN, date, reason, proposed_by, to_mentor=pairing.mentor)


@transaction.atomic
def extend(
    *,
    by: User,
    mentee: Mentee,
    date: datetime.date,
    reason: str,
    months: int | None = None,
    proposed_by: User | None = None,
) -> RosterChange:
    """延期带教, by the months given or the cohort's rule, counted from the cohort's last day. Two people: proposals.py."""
    pairing = standing_pair(mentee, date)
    refuse_own_case(by, mentee, pairing.mentor)
    refuse_alone(by, proposed_by)
    if mentee.status != MenteeStatus.CHOSEN:
        raise Refused(
            _("%(name)s现在是“%(status)s”，不能延期。") % {"name": mentee, "status": mentee.get_status_display()}
        )
    months = months or mentee.cohort.rules.fail_extension_months
    save_status(mentee, MenteeStatus.EXTENDED)
    return change(
        by,
        mentee,
        RosterKind.EXTEND,
        date,
        reason,
        proposed_by,
        to_mentor=pairing.mentor,
        until=max(date, add_months(mentee.cohort.ends, months)),
    )


@transaction.atomic
def withdraw(
    *,
    by: User,
    mentee: Mentee,
    date: datetime.date,
    withdraw_reason: str,
    reason: str,
    talk: ReminderTalk | None = None,
    proposed_by: User | None = None,
) -> RosterChange:
    """退出培养: ends the pair and leaves the seat open. Some reasons ask for a talk, and for two people, first."""
    pairing = standing_pair(mentee, date, required=False)
    refuse_own_case(by, mentee, pairing and pairing.mentor)
    if withdraw_reason not in WithdrawReason.values:
        raise Refused(_("请选退出的原因。"), field="withdraw_reason")
    talk = talk or mentee.talks.filter(date__lte=date).first()
    if withdraw_reason in WithdrawReason.needing_talk():
        check_talk(mentee, talk, date)
        refuse_alone(by, proposed_by)
    if pairing:
        end_pairing(by=by, pairing=pairing, ends=date, reason=str(RosterKind.WITHDRAW.label))
    save_status(mentee, MenteeStatus.WITHDRAWN, reserve_rank=None)
    return change(
        by,
        mentee,
        RosterKind.WITHDRAW,
        date,
        reason,
        proposed_by,
        from_mentor=pairing and pairing.mentor,
        withdraw_reason=withdraw_reason,
        talk=talk,
    )


def check_talk(mentee: Mentee, talk: ReminderTalk | None, date: datetime.date) -> None:
    if talk is None or talk.mentee_id != mentee.pk or talk.date > date:
        raise Refused(_("这个原因要先有提醒谈话。请先记一次谈话，再办退出。"), field="withdraw_reason")
    if talk.limit_date and talk.limit_date > date:
        raise Refused(_("谈话约定的限期是%(day)s，到期再定。") % {"day": talk.limit_date.isoformat()}, field="date")


@transaction.atomic
def substitute(
    *,
    by: User,
    replaces: Mentee,
    date: datetime.date,
    reason: str,
    mentee: Mentee | None = None,
    proposed_by: User | None = None,
) -> RosterChange:
    """递补: the first of the reserve list (or the one named) takes the seat that `replaces` left."""
    cohort = locked(replaces.cohort)
    check_running(cohort)
    check_day(cohort, date)
    left = vacated_pair(replaces)
    check_still_open(replaces, left, date)
    mentee = mentee or cohort.mentees.filter(status=MenteeStatus.RESERVE).order_by("reserve_rank").first()
    if mentee is None:
        raise Refused(_("后备名单是空的，先从书记名册里推荐后备。"), field="mentee")
    locked(mentee)
    if mentee.cohort_id != cohort.pk or mentee.status != MenteeStatus.RESERVE:
        raise Refused(_("%(name)s不在后备名单里。") % {"name": mentee}, field="mentee")
    refuse_own_case(by, mentee, replaces, left.mentor)
    if mentee.secretary.community_id == left.mentor.secretary.community_id:
        raise Refused(_("师徒在同一个居民区，要回避。"), field="mentee")
    save_status(mentee, MenteeStatus.CHOSEN, reserve_rank=None)
    begin_pairing(by=by, mentor=left.mentor, mentee=mentee, starts=date, seat=left.seat)
    return change(
        by, mentee, RosterKind.SUBSTITUTE, date, reason, proposed_by, to_mentor=left.mentor, replaces=replaces
    )


def vacated_pair(replaces: Mentee) -> Pairing:
    left = replaces.pairings.exclude(ends=None).select_related("mentor__secretary").order_by("-ends").first()
    if replaces.status != MenteeStatus.WITHDRAWN or left is None:
        raise Refused(_("%(name)s没有空出席位。") % {"name": replaces}, field="replaces")
    if RosterChange.objects.filter(replaces=replaces).exists():
        raise Refused(_("%(name)s的席位已经有人递补。") % {"name": replaces}, field="replaces")
    return left


def check_still_open(replaces: Mentee, left: Pairing, date: datetime.date) -> None:
    if date < left.ends:
        raise Refused(_("席位在%(day)s才空出来。") % {"day": left.ends.isoformat()}, field="date")
    last, why = last_day_to_substitute(replaces.cohort, left.ends)
    if date > last:
        raise Refused(_("最晚%(day)s可以递补：%(why)s。") % {"day": last.isoformat(), "why": why}, field="date")


def check_running(cohort: Cohort) -> None:
    refuse_unless_stage(cohort, Stage.with_pairs())


def standing_pair(mentee: Mentee, date: datetime.date, *, required: bool = True) -> Pairing | None:
    """The pair to be changed, after the checks that every change of a mentee in training shares."""
    locked(mentee)
    check_running(mentee.cohort)
    check_day(mentee.cohort, date)
    if mentee.status not in MenteeStatus.in_training():
        raise Refused(
            _("%(name)s现在是“%(status)s”，不在培。") % {"name": mentee, "status": mentee.get_status_display()}
        )
    pairing = mentee.pairings.current().select_related("mentor__secretary").first()
    if pairing is None and required:
        raise Refused(_("%(name)s现在没有师傅。") % {"name": mentee})
    if pairing and date < pairing.starts:
        raise Refused(_("日期早于结对日期%(day)s。") % {"day": pairing.starts.isoformat()}, field="date")
    return pairing


def change(
    by: User, mentee: Mentee, kind: str, date: datetime.date, reason: str, proposed_by: User | None, **facts
) -> RosterChange:
    """The row of the change, its audit entry, and word to mentee, mentors and the liaison of the 街镇."""
    if not reason.strip():
        raise Refused(_("写一句原因。"), field="reason")
    row = RosterChange.objects.create(
        studio_id=mentee.studio_id,
        cohort_id=mentee.cohort_id,
        mentee=mentee,
        kind=kind,
        date=date,
        reason=reason.strip(),
        proposed_by=proposed_by or by,
        decided_by=by,
        **facts,
    )
    told = {"date": date, "reason": row.reason, "until": row.until, "withdraw_reason": row.withdraw_reason}
    people = {name: str(facts[name]) for name in ("from_mentor", "to_mentor", "replaces") if facts.get(name)}
    after = {name: value for name, value in told.items() if value} | people
    record(by=by, verb=WORDS[kind], on=mentee, studio=mentee.studio_id, after=after)
    tell(by, row)
    return row


def tell(by: User, row: RosterChange) -> None:
    """A mentor who no longer has the mentee is sent to their own page: the mentee's is closed to them by now."""
    mentee, old, new = row.mentee, row.from_mentor, row.to_mentor
    particulars = {
        "kind": in_both(row.get_kind_display),
        "kind_code": row.kind,
        "person": in_both(mentee.__str__),
        "date": row.date.isoformat(),
        "until": row.until.isoformat() if row.until else "",
        "from_mentor": in_both(old.__str__) if old else "",
        "to_mentor": in_both(new.__str__) if new else "",
    }
    keeps = row.kind == RosterKind.PAUSE
    here = [mentee, new, old if keeps else None]
    for people, url in (
        ([member.secretary.user for member in here if member], reverse("cohorts:mentee", args=[mentee.pk])),
        (liaisons_of(mentee), reverse("cohorts:mentee", args=[mentee.pk])),
        ([old.secretary.user] if old and not keeps else [], reverse("cohorts:mentor", args=[old.pk]) if old else ""),
    ):
        notify(kind="roster_changed", studio=row.studio, by=by, to=people, url=url, particulars=particulars)
