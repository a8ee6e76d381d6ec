"""大学堂、会诊所、培育器: the three faces of the studio on a home page, each with one figure, one line, one link.

Of a mentor four queries, of an apprentice and of the organizer three, however many rows there are.
"""

import datetime
from dataclasses import dataclass

from django.db.models import Count, Exists, Max, OuterRef, Q, Window
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from cohorts.clinic.choices import CaseState
from cohorts.clinic.models import Case, Consult
from cohorts.models import Cohort, Mentee, Mentor, Pairing
from cohorts.training.models import Session
from evaluations.growth.models import Rating
from evaluations.growth.queries.levels import latest_ratings
from evaluations.growth.suggesting import COMPETENT
from mentorship.accounts.models import User
from mentorship.accounts.permissions import Permission
from mentorship.common.dates import add_months
from mentorship.common.templatetags.wording import short_date


@dataclass(frozen=True)
class Face:
    """`figure` may be a day; "" where there is nothing to count, and then `line` says what comes."""

    code: str
    name: str
    figure: str
    unit: str
    line: str
    url: str
    act: str


def learn(figure="", unit="", line="", url="", act="") -> Face:
    return Face("learn", _("大学堂"), figure, unit, line, url or reverse("training:sessions"), act or _("看四训安排"))


def heal(figure, unit, line, url, act) -> Face:
    return Face("clinic", _("会诊所"), str(figure), unit, line, url, act)


def grow(figure, unit, line, url, act) -> Face:
    return Face("grow", _("培育器"), str(figure), unit, line, url, act)


def faces_of_mentee(user: User, mentee: Mentee, today: datetime.date) -> list[Face]:
    sessions = Session.objects.of_apprentice(user).filter(cohort=mentee.cohort_id)
    return [next_session(sessions, today), own_cases(user, mentee), own_levels(mentee, today)]


def faces_of_mentor(user: User, mentor: Mentor, pairs: list[Pairing], today: datetime.date) -> list[Face]:
    """`pairs` are those of now."""
    grouped = Session.groups.through.objects.filter(session=OuterRef("pk"))
    mine = Q(host=mentor) | Exists(grouped.filter(mentor=mentor)) | ~Exists(grouped)
    sessions = Session.objects.filter(mine, cohort=mentor.cohort_id)
    return [next_session(sessions, today), asked_or_learnt(user, mentor), apprentices_levels(pairs, today)]


def faces_of_studio(user: User, cohort: Cohort, in_training: int, today: datetime.date) -> list[Face]:
    return [
        sessions_this_month(cohort, today),
        cases_waiting(user, cohort, today),
        cohort_levels(cohort, in_training, today),
    ]


# 大学堂


def next_session(sessions, today: datetime.date) -> Face:
    row = sessions.standing().filter(last_date__gte=today).order_by("date", "starts_at").first()
    if row is None:
        return learn(line=_("眼下没有排培训。"))
    url = reverse("training:session", args=[row.pk])
    return learn(short_date(row.date), pgettext("face", "下一次"), str(row), url, _("看这次培训"))


def sessions_this_month(cohort: Cohort, today: datetime.date) -> Face:
    first = today.replace(day=1)
    last = add_months(first, 1) - datetime.timedelta(days=1)
    rows = list(Session.objects.filter(cohort=cohort).standing().between(first, last).order_by("date", "starts_at"))
    ahead = next((row for row in rows if row.last_date >= today), None)
    facts = {"day": short_date(ahead.date), "title": ahead} if ahead else {}
    line = _("下一次%(day)s，%(title)s") % facts if ahead else _("这个月没有别的培训了。")
    return learn(str(len(rows)), ngettext("场，这个月", "场，这个月", len(rows)), line)


# 会诊所


def own_cases(user: User, mentee: Mentee) -> Face:
    rows = Case.objects.presented_by(user).open().filter(studio=mentee.studio_id).order_by("-stirred_at")
    cases = list(rows[:20])
    line = _("遇到难事，写一张会诊单，几位师傅一起想办法。")
    if cases:
        line = _("%(case)s：%(state)s") % {"case": cases[0], "state": cases[0].get_state_display()}
    unit = ngettext("件在办", "件在办", len(cases))
    return heal(len(cases), unit, line, reverse("clinic:new"), _("提一件会诊"))


def asked_or_learnt(user: User, mentor: Mentor) -> Face:
    """What waits for this mentor's opinion; else the newest lesson, for who has a moment."""
    waiting = Consult.objects.of(user).waiting().filter(mentor=mentor, case__state=CaseState.CONSULTING)
    waiting = waiting.filter(case__released_at=None).select_related("case").order_by("case__reply_due")
    cases = [consult.case for consult in waiting[:20]]
    if cases:
        words = {"case": cases[0], "day": short_date(cases[0].reply_due)}
        line = _("%(case)s，%(day)s前方便时写几句") % words
        unit = ngettext("件等您开方", "件等您开方", len(cases))
        return heal(len(cases), unit, line, reverse("clinic:advise", args=[cases[0].pk]), _("去开方"))
    rows = Case.objects.visible_to(user).closed().filter(studio=mentor.studio_id, sensitive=False)
    latest = rows.annotate(all=Window(Count("pk"))).order_by("-closed_on", "-number").first()
    if latest is None:
        return heal("", "", _("没有等您开方的会诊。"), reverse("clinic:cases"), _("看会诊单"))
    line = _("最新一条：%(lesson)s") % {"lesson": latest.lesson}
    unit = ngettext("条经验", "条经验", latest.all)
    return heal(latest.all, unit, line, reverse("clinic:case", args=[latest.pk]), _("看这件会诊"))


def cases_waiting(user: User, cohort: Cohort, today: datetime.date) -> Face:
    late = Q(state=CaseState.CONSULTING, released_at=None, reply_due__lt=today)
    counted = (
        Case.objects.visible_to(user)
        .filter(studio=cohort.studio_id)
        .aggregate(
            waiting=Count("pk", filter=Q(state=CaseState.WAITING), distinct=True),
            late=Count("pk", filter=late, distinct=True),
            open=Count("pk", filter=Q(state__in=CaseState.open()), distinct=True),
        )
    )
    line = ngettext("%(n)s件在办", "%(n)s件在办", counted["open"]) % {"n": counted["open"]}
    if counted["late"]:
        line += _("，") + ngettext("%(n)s件答复过了期限", "%(n)s件答复过了期限", counted["late"]) % {
            "n": counted["late"]
        }
    act = _("去分诊") if counted["waiting"] and user.can(Permission.CLINIC_EDIT, cohort.studio_id) else _("看会诊单")
    return heal(
        counted["waiting"], ngettext("件待分诊", "件待分诊", counted["waiting"]), line, reverse("clinic:cases"), act
    )


# 培育器


def tally(ratings, today: datetime.date):
    """(rated, reached, day of the newest) per apprentice: indicators with a level, and those at which one can stand
    alone. One query."""
    rows = latest_ratings(ratings, today).filter(indicator__isnull=False).order_by().values("mentee")
    rows = rows.annotate(rated=Count("pk"), reached=Count("pk", filter=Q(level__gte=COMPETENT)), newest=Max("date"))
    return {row["mentee"]: row for row in rows}


def reached_of(counted) -> tuple[str, str]:
    """(figure, unit) over all of them; nothing is said of levels where none is known."""
    rated = sum(row["rated"] for row in counted.values())
    if not rated:
        return "", ""
    reached = sum(row["reached"] for row in counted.values())
    return str(reached), ngettext("/ %(n)s项做到3级", "/ %(n)s项做到3级", rated) % {"n": rated}


def own_levels(mentee: Mentee, today: datetime.date) -> Face:
    counted = tally(Rating.objects.filter(mentee=mentee), today)
    figure, unit = reached_of(counted)
    line = _("还没有定过级。师傅在带教中看到了，就会定。")
    if figure:
        line = _("最近一次定级：%(day)s") % {"day": short_date(counted[mentee.pk]["newest"])}
    return grow(figure, unit, line, reverse("growth:growth", args=[mentee.pk]), _("看每一级的依据"))


def apprentices_levels(pairs: list[Pairing], today: datetime.date) -> Face:
    """The link leads to the apprentice who was rated the longest ago, or not yet."""
    counted = tally(Rating.objects.filter(mentee__in=[pairing.mentee_id for pairing in pairs]), today)
    figure, unit = reached_of(counted)
    if not pairs:
        return grow("", "", _("徒弟还没有定。"), reverse("framework:framework"), _("看应知必会"))
    days = {pairing.mentee: counted.get(pairing.mentee_id, {}).get("newest") for pairing in pairs}
    mentee = min(days, key=lambda each: days[each] or datetime.date.min)
    line = _("%(name)s还没有定过级") % {"name": mentee}
    if days[mentee]:
        line = _("%(name)s上次定级是%(day)s") % {"name": mentee, "day": short_date(days[mentee])}
    url = reverse("growth:growth", args=[mentee.pk])
    return grow(figure, unit, line, url, _("看%(name)s的成长") % {"name": mentee})


def cohort_levels(cohort: Cohort, in_training: int, today: datetime.date) -> Face:
    counted = tally(Rating.objects.filter(cohort=cohort), today)
    figure, unit = reached_of(counted)
    missing = max(0, in_training - len(counted))
    line = (
        ngettext("还有%(n)s名没有定过级", "还有%(n)s名没有定过级", missing) % {"n": missing}
        if missing
        else _("人人都定过级。")
    )
    return grow(figure, unit, line, reverse("growth:cohort", args=[cohort.pk]), _("看成长比较"))
