"""Planning a visit, writing down what was seen, signing. The trail never holds what was seen."""

import datetime
from collections.abc import Iterable, Sequence
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from cohorts.actions.common import locked, refuse_unless_stage
from cohorts.choices import MenteeStatus, Stage
from cohorts.models import Cohort, Mentee
from evaluations.visits.choices import Overall, VisitState
from evaluations.visits.models import FEWEST, LOOKED_AT, TeamMember, Visit
from evaluations.visits.queries.rules import may_go
from mentorship.accounts.models import User
from mentorship.audit.actions import record
from mentorship.common.errors import Refused

from .common import Stale, day_of, hands_of, refuse_represented
from .telling import mentor_of, team_of, tell_of_visit

TAUGHT = MenteeStatus.in_training() | {MenteeStatus.GRADUATED}
SEEN = (*LOOKED_AT, "households", "also_looked_at", "positives", "overall")
DAYS_AHEAD = datetime.timedelta(days=183)


@transaction.atomic
def plan_visit(
    *,
    by: User,
    mentee: Mentee,
    date: datetime.date,
    round: int,
    team: Iterable[User] = (),
    guests: Sequence[str] = (),
    unannounced: bool = False,
) -> Visit:
    """`team` are accounts, `guests` names of people without one; together two or more, the apprentice never among
    them. Unless unannounced, the apprentice is told the day. Raises Refused beside the field."""
    cohort = Cohort.objects.select_for_update(of=("self",)).select_related("studio").get(pk=mentee.cohort_id)
    refuse_unless_stage(cohort, Stage.with_pairs())
    if mentee.status not in TAUGHT:
        raise Refused(_("%(name)s不在培养中。") % {"name": mentee}, field="mentee")
    check_date(cohort, date)
    last = Visit.objects.filter(cohort=cohort).aggregate(last=Max("number"))["last"] or 0
    visit = Visit(
        studio=cohort.studio, cohort=cohort, number=last + 1, round=round, date=date, mentee=mentee,
        community=mentee.secretary.community, unannounced=unannounced,
    )  # fmt: skip
    people = checked_team(visit, team, guests)
    visit.save()
    put_team(visit, *people)
    record(by=by, verb="visit.planned", on=visit, studio=visit.studio_id, after=told(visit))
    tell_planned(by, visit)
    return visit


def tell_planned(by: User, visit: Visit) -> None:
    """The team, and unless it is unannounced the apprentice and the mentor. The apprentice has no page to open yet."""
    if visit.date < visit.studio.today():
        return
    facts = {"by": by, "visit": visit, "community": str(visit.community)}
    team = team_of(visit)
    tell_of_visit("visit_planned", to=team, **facts)
    if not visit.unannounced:
        mentor = mentor_of(visit.mentee)
        tell_of_visit("visit_planned", to=[mentor] if mentor not in team else [], **facts)
        tell_of_visit("visit_to_come", to=[visit.mentee.secretary.user], url="", **facts)


@transaction.atomic
def change_visit(
    *,
    by: User,
    visit: Visit,
    version: int,
    date: datetime.date,
    round: int,
    team: Iterable[User] = (),
    guests: Sequence[str] = (),
    unannounced: bool = False,
) -> Visit:
    """Day, round and team, until it is signed; with findings written down the day stands. Raises Stale and Refused."""
    locked(visit)
    refuse_unless_open(visit)
    refuse_stale(visit, version)
    check_date(visit.cohort, date)
    if date != visit.date and visit.findings.exists():
        raise Refused(_("已经写了发现的问题，督训日期不能再改。"), field="date")
    if visit.state == VisitState.RECORDED:
        day_of(visit.studio, date)
    before, moved = told(visit), date != visit.date
    people = checked_team(visit, team, guests)
    visit.date, visit.round, visit.unannounced, visit.version = date, round, unannounced, visit.version + 1
    visit.save()
    put_team(visit, *people)
    after = told(visit)
    changed = [name for name in after if before[name] != after[name]]
    record(
        by=by, verb="visit.changed", on=visit, studio=visit.studio_id,
        before={name: before[name] for name in changed}, after={name: after[name] for name in changed},
    )  # fmt: skip
    if moved and visit.state == VisitState.PLANNED:
        tell_planned(by, visit)
    return visit


@transaction.atomic
def cancel_visit(*, by: User, visit: Visit, reason: str) -> Visit:
    """Only one that is still to be made. Those who were told of it are told why."""
    locked(visit)
    if visit.state != VisitState.PLANNED:
        raise Refused(_("已经去过或者已经取消的，不能再取消。"))
    if not reason.strip():
        raise Refused(_("写一句为什么取消。"), field="reason")
    visit.state, visit.cancel_reason, visit.version = VisitState.CANCELLED, reason.strip(), visit.version + 1
    visit.save(update_fields=["state", "cancel_reason", "version", "updated_at"])
    record(by=by, verb="visit.cancelled", on=visit, studio=visit.studio_id, after={"reason": visit.cancel_reason})
    facts = {"by": by, "visit": visit, "reason": visit.cancel_reason}
    tell_of_visit("visit_cancelled", to=team_of(visit), **facts)
    if not visit.unannounced:
        tell_of_visit("visit_cancelled", to=[visit.mentee.secretary.user], url="", **facts)
    return visit


@transaction.atomic
def record_visit(*, by: User, visit: Visit, version: int, **seen: Any) -> Visit:
    """What was looked at, the strengths, how it is on the whole; `seen` are values of SEEN. May be written again until
    it is signed. Raises Refused before its day or without strengths, Stale when someone wrote meanwhile."""
    locked(visit)
    refuse_unless_open(visit)
    refuse_stale(visit, version)
    unknown = set(seen) - set(SEEN)
    if unknown:
        raise TypeError(f"not seen on a visit: {sorted(unknown)}")
    if visit.date > visit.studio.today():
        raise Refused(_("还没到督训的日子，去过再写。"))
    for name, value in seen.items():
        setattr(visit, name, value.strip() if isinstance(value, str) else value)
    if not visit.positives:
        raise Refused(_("先写亮点，再写别的。"), field="positives")
    if visit.overall not in Overall.values:
        raise Refused(_("请选总体情况。"), field="overall")
    if not (any(getattr(visit, name) for name in LOOKED_AT) or visit.households or visit.also_looked_at):
        raise Refused(_("请勾上看了什么，或者写一句。"), field="also_looked_at")
    again = visit.state == VisitState.RECORDED
    visit.state, visit.recorded_by, visit.version = VisitState.RECORDED, hands_of(by), visit.version + 1
    visit.save()
    looked = [name for name in LOOKED_AT if getattr(visit, name)]
    after = {"overall": visit.overall, "looked_at": looked, "households": visit.households}
    verb = "visit.rewritten" if again else "visit.recorded"
    record(by=by, verb=verb, on=visit, studio=visit.studio_id, after=after)
    return visit


@transaction.atomic
def sign_visit(*, by: User, visit: Visit, on: datetime.date | None = None) -> Visit:
    """From now on it stands; the apprentice reads it, and each finding has begun to run. In one's own hands, never the
    apprentice's (else PermissionDenied). A second time changes nothing."""
    locked(visit)
    refuse_represented(by)
    if visit.mentee.secretary.user_id == by.pk:
        raise PermissionDenied
    if visit.is_signed:
        return visit
    if visit.state != VisitState.RECORDED:
        raise Refused(_("先写下看到了什么，再签字。"))
    if visit.team.count() < FEWEST:
        raise Refused(_("督训要两个人以上一起去。"))
    findings = list(visit.findings.select_related("owner__user"))
    if visit.overall == Overall.MEND and not findings:
        raise Refused(_("总体是“需整改”，请写明发现的问题。"))
    day = day_of(visit.studio, on)
    visit.state, visit.signed_by, visit.signed_on = VisitState.SIGNED, by, max(day, visit.date)
    visit.version += 1
    visit.save()
    record(by=by, verb="visit.signed", on=visit, studio=visit.studio_id, after={"findings": len(findings)})
    first = min((finding.due for finding in findings), default=None)
    people = [visit.mentee.secretary.user, *(finding.owner.user for finding in findings)]
    tell_of_visit("visit_signed", by=by, visit=visit, to=people, findings=len(findings), due=first or "")
    others = [user for user in (mentor_of(visit.mentee), *team_of(visit)) if user not in people]
    tell_of_visit("visit_signed_team", by=by, visit=visit, to=others, findings=len(findings))
    return visit


@transaction.atomic
def state_own_words(*, by: User, visit: Visit, text: str, on: datetime.date | None = None) -> Visit:
    """本人说明, by the apprentice's own hands (else PermissionDenied); may be written again."""
    locked(visit)
    refuse_represented(by)
    if visit.mentee.secretary.user_id != by.pk or not visit.is_signed:
        raise PermissionDenied
    if not text.strip():
        raise Refused(_("写一两句再交。"), field="text")
    visit.mentee_statement, visit.stated_on = text.strip(), day_of(visit.studio, on)
    visit.save(update_fields=["mentee_statement", "stated_on", "updated_at"])
    record(by=by, verb="visit.statement_made", on=visit, studio=visit.studio_id)
    tell_of_visit("visit_statement", by=by, visit=visit, to=team_of(visit))
    return visit


def told(visit: Visit) -> dict:
    return {
        "date": visit.date.isoformat(),
        "round": visit.round,
        "unannounced": visit.unannounced,
        "team": [str(member) for member in visit.team.select_related("user")],
    }


def refuse_unless_open(visit: Visit) -> None:
    if not visit.is_open:
        raise Refused(_("这次督训现在是“%(state)s”，不能再改。") % {"state": visit.get_state_display()})


def refuse_stale(visit: Visit, version: int) -> None:
    if visit.version != version:
        raise Stale(_("您打开以后，有人改过这一次。请看过现在的，再存一次就以您的为准。"))


def check_date(cohort: Cohort, date: datetime.date) -> None:
    if date < cohort.starts:
        raise Refused(_("日期早于这一批的开始日期%(day)s。") % {"day": cohort.starts.isoformat()}, field="date")
    latest = max(cohort.ends, cohort.studio.today()) + DAYS_AHEAD
    if date > latest:
        raise Refused(_("日期最晚填到%(day)s。") % {"day": latest.isoformat()}, field="date")


def checked_team(visit: Visit, team: Iterable[User], guests: Sequence[str]) -> tuple[list[User], list[str]]:
    """Each once; two or more; from this studio; without the apprentice."""
    people = list(dict.fromkeys(team))
    names = [name for name in dict.fromkeys(" ".join(guest.split()) for guest in guests) if name]
    apprentice = visit.mentee.secretary
    if apprentice.user_id in {user.pk for user in people} or apprentice.name in names:
        raise Refused(_("学员本人不能在督训人员里。"), field="team")
    if len(people) + len(names) < FEWEST:
        raise Refused(_("督训要两个人以上一起去。"), field="team")
    known = set(may_go(visit.studio).filter(pk__in=[user.pk for user in people]).values_list("pk", flat=True))
    if strange := [user for user in people if user.pk not in known]:
        raise Refused(_("%(name)s不是工作室的人，也不是带教书记。") % {"name": strange[0]}, field="team")
    return people, names


def put_team(visit: Visit, people: list[User], names: list[str]) -> None:
    visit.team.all().delete()
    own = {"studio_id": visit.studio_id, "visit": visit}
    rows = [TeamMember(user=user, order=order, **own) for order, user in enumerate(people)]
    rows += [TeamMember(name=name, order=len(people) + order, **own) for order, name in enumerate(names)]
    TeamMember.objects.bulk_create(rows)
    getattr(visit, "_prefetched_objects_cache", {}).pop("team", None)
