"""Levels over the year and gap plans of the demo, told through the actions that the pages use.

Each apprentice begins at the levels of demo.yaml and has gone some way to those of its annual assessment by the
demo's date: one indicator at a time, on the evidence of a log of the subject where there is one.
"""

import datetime
from itertools import count

import yaml
from django.db.models import F
from django.utils import timezone

from cohorts.models import Cohort, Mentee, Pairing
from evaluations.growth.actions import agree_plan, close_plan, draft_plan, rate, rate_several
from evaluations.growth.choices import Result, Source
from evaluations.growth.models import GapPlan, Rating
from evaluations.growth.queries.standing import proposals_for
from evaluations.logs.models import TeachingLog
from mentorship.accounts.models import User
from mentorship.audit.guards import lifted
from mentorship.framework.models import Indicator
from mentorship.places.models import Studio

from .reader import DATA

SUBJECTS = ["PB", "CG", "TM", "CC", "ER"]
SPREAD = [0, -1, 0, 1, 0]  # around the subject's level at the start; the mean stays
GONE = 0.62  # share of the way to the annual levels that the demo's date has seen
SLOW = {"T26": 0.1, "T18": 0.4, "T06": 0.3}
MEASURED = datetime.date(2018, 9, 5)  # 能力摸底 of the calendar
AUTUMN = (datetime.date(2018, 9, 10), datetime.date(2019, 1, 18))
SPRING = (datetime.date(2019, 2, 18), datetime.date(2019, 6, 28))
WITH_AUTUMN_PLAN = ["T01", "T02", "T03", "T07", "T10", "T12", "T14", "T18", "T19", "T20", "T23", "T26", "T30"]
WITH_SPRING_PLAN = ["T02", "T07", "T19", "T23", "T26"]
EVENING = datetime.timedelta(hours=20)


class GrowthBook:
    """Rates the apprentices of one cohort up to the demo's date."""

    def __init__(self, studio: Studio, cohort: Cohort, data: dict, mentees: dict[str, Mentee]):
        self.studio, self.cohort, self.today = studio, cohort, studio.today()
        rows = Mentee.objects.select_related("cohort__studio", "studio", "secretary__user")
        fresh = {mentee.pk: mentee for mentee in rows.filter(cohort=cohort)}
        self.mentees = {name: fresh[mentee.pk] for name, mentee in mentees.items() if mentee.pk in fresh}
        self.start = {row["id"]: row["baseline"] for row in data["mentees"] if "baseline" in row}
        self.annual = {row["mentee"]: row["levels"] for row in data["annual_assessment"]["scores"] if "levels" in row}
        self.words = yaml.safe_load((DATA / "growth.yaml").read_text(encoding="utf-8"))
        self.turn = count()
        self.indicators: dict[str, list[Indicator]] = {code: [] for code in SUBJECTS}
        for indicator in Indicator.objects.filter(subject__framework=cohort.framework_id).select_related("subject"):
            self.indicators[indicator.subject.code].append(indicator)

    def write(self) -> None:
        self.date_logs()
        for place, (name, mentee) in enumerate(self.mentees.items()):
            pairing = Pairing.objects.filter(mentee=mentee).select_related("mentor__secretary__user").last()
            if pairing and name in self.start:
                mentor = pairing.mentor.secretary.user
                first = max(MEASURED, pairing.starts)
                now = self.measure(mentee, mentor, self.start[name], first, place)
                self.grow(name, mentee, mentor, now, first, pairing.ends or self.today)
        self.date_ratings()
        for place, name in enumerate(WITH_AUTUMN_PLAN):
            self.plan_autumn(name, place)
        for name in WITH_SPRING_PLAN:
            self.plan_spring(name)

    def date_logs(self) -> None:
        """The demo's logs were entered on the evening of their day, not all at once when it was loaded."""
        logs = list(TeachingLog.objects.filter(cohort=self.cohort).order_by("date", "pk"))
        for place, log in enumerate(logs):
            log.created_at = evening(log.date, minutes=place % 50)
        held = [log for log in logs if log.mentor_id == logs[0].mentor_id and log.date.month == 12]
        for place, log in enumerate(held[:5]):  # one evening of catching up, which the page on entries then points at
            log.created_at = evening(datetime.date(2019, 1, 3), minutes=place * 3)
        TeachingLog.objects.bulk_update(logs, ["created_at"], batch_size=500)

    def date_ratings(self) -> None:
        ratings = list(Rating.objects.filter(cohort=self.cohort))
        for rating in ratings:
            rating.created_at = evening(rating.date)
        with lifted(Rating):
            Rating.objects.bulk_update(ratings, ["created_at"], batch_size=500)

    def words_for(self, subject: str, kind: str) -> str:
        turn = next(self.turn)
        opening = self.words["openings"][turn % len(self.words["openings"])]
        scenes = self.words[kind][subject]
        closing = self.words["closings"][turn // 3 % len(self.words["closings"])] if kind == "grown" else ""
        return f"{opening}{scenes[turn // 2 % len(scenes)]}。{closing}"

    def measure(self, mentee, mentor: User, levels: list[int], day: datetime.date, place: int) -> dict[str, list[int]]:
        """The first levels, indicator by indicator; returns them by subject."""
        now = {}
        for order, (subject, level) in enumerate(zip(SUBJECTS, levels, strict=True)):
            shift = (place + order) % len(SPREAD)
            spread = SPREAD[shift:] + SPREAD[:shift]
            now[subject] = [level + step if level > 1 else level for step in spread]
            given = dict(zip(self.indicators[subject], now[subject], strict=True))
            rate_several(
                by=mentor, mentee=mentee, levels=given, date=day, source=Source.BASELINE,
                note=self.words_for(subject, "start"),
            )  # fmt: skip
        return now

    def grow(self, name, mentee, mentor: User, now, first: datetime.date, last: datetime.date) -> None:
        """Raises the lowest indicator of each subject, step by step, towards the annual levels."""
        logs = list(mentee.logs.filter(date__gt=first, date__lte=last).order_by("date").prefetch_related("subjects"))
        annual = self.annual.get(name, [level + 1 for level in self.start[name]])
        share = SLOW.get(name, GONE) * min(1, (last - first).days / 220)
        for order, subject in enumerate(SUBJECTS):
            steps = round(5 * (annual[order] - self.start[name][order]) * share)
            for step in range(max(0, steps)):
                days = (last - first).days * (step + 1) // (steps + 1) + order * 3
                day = min(last, first + datetime.timedelta(days=days))
                self.raise_lowest(mentee, mentor, subject, now[subject], day, logs)

    def raise_lowest(self, mentee, mentor: User, subject: str, levels: list[int], day, logs) -> None:
        lowest = levels.index(min(levels))
        levels[lowest] += 1
        near = [log for log in logs if log.date <= day and subject in {each.code for each in log.subjects.all()}]
        log = near[-1] if near and (day - near[-1].date).days < 30 else None
        facts = {"source": Source.LOG, "log": log, "note": "" if log else self.words_for(subject, "grown")}
        indicator = self.indicators[subject][lowest]
        rate(by=mentor, mentee=mentee, indicator=indicator, level=levels[lowest], date=day, **facts)

    def drafted(self, name: str, starts: datetime.date, ends: datetime.date, most: int) -> GapPlan:
        """A plan of what the levels of its first day suggest, agreed on by both."""
        mentee = self.mentees[name]
        mentor = Pairing.objects.get(mentee=mentee, ends=None).mentor.secretary.user
        rows = [
            {
                "indicator": each.indicator, "target": each.target, "method": each.method, "action": each.action,
                "evidence": each.proof, "due": starts + datetime.timedelta(days=40 + 25 * place),
            }
            for place, each in enumerate(proposals_for(mentee, starts)[:most])
        ]  # fmt: skip
        plan = draft_plan(by=mentor, mentee=mentee, starts=starts, ends=ends, rows=rows)
        for hand in (mentee.secretary.user, mentor):
            plan = agree_plan(by=hand, plan=plan, version=plan.version)
        return plan

    def plan_autumn(self, name: str, place: int) -> None:
        plan = self.drafted(name, *AUTUMN, most=3 + place % 3)
        cycle = [Result.REACHED, Result.REACHED, Result.PARTLY, Result.REACHED, Result.CARRIED, Result.MISSED]
        results = {}
        for row in plan.rows.all():
            result = cycle[(row.order + place) % len(cycle)]
            at = {Result.REACHED: (row.order + place) % 2, Result.PARTLY: 2, Result.CARRIED: 2, Result.MISSED: 3}[
                result
            ]
            results[row.order] = (result, self.words["results"][at])
        mentor = Pairing.objects.get(mentee=plan.mentee, ends=None).mentor.secretary.user
        close_plan(by=mentor, plan=plan, version=plan.version, results=results)
        settled(plan, AUTUMN)

    def plan_spring(self, name: str) -> None:
        settled(self.drafted(name, *SPRING, most=4), SPRING)


def evening(day: datetime.date, minutes: int = 0) -> datetime.datetime:
    """Eight o'clock of that evening, and some minutes."""
    start = timezone.make_aware(datetime.datetime.combine(day, datetime.time()))
    return start + EVENING + datetime.timedelta(minutes=minutes)


def settled(plan: GapPlan, period: tuple[datetime.date, datetime.date]) -> None:
    """Agreed on the plan's own days, not on the day when the demo was loaded."""
    rows = GapPlan.objects.filter(pk=plan.pk)
    rows.update(created_at=evening(period[0]), mentee_agreed_at=evening(period[0]), mentor_agreed_at=evening(period[0]))
    rows.exclude(closed_at=None).update(closed_at=F("created_at") + (period[1] - period[0]))
