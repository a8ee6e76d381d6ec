"""The demo's clinic: the six cases of demo.yaml as far as they had come by its date, two that are young on that day, and the
cards drawn from what worked. Each act is done on its own day, through the actions that the pages use."""

import datetime
import uuid
from collections.abc import Iterator
from contextlib import contextmanager

import yaml
from django.utils import timezone

from cohorts.clinic.actions import cards, closing, consulting, following, planning, sheet, uses
from cohorts.clinic.choices import CaseState
from cohorts.clinic.models import Case, CaseCard
from cohorts.clinic.taxonomy import indicators_of
from cohorts.models import Cohort, Mentee, Mentor
from cohorts.training.models import Session
from mentorship.accounts.models import User
from mentorship.framework.models import Indicator
from mentorship.notifications.models import Notice, Receipt
from mentorship.places.models import Studio

from .reader import DATA

KEPT_OPEN = datetime.timedelta(days=7)  # a check younger than this is still to be made on the demo's day
LEVEL_OF_MOST = "neighbourhood"


class Clinic:
    def __init__(self, cohort: Cohort, data: dict, staff: dict[str, User], mentors: dict[str, Mentor],
                 mentees: dict[str, Mentee]):  # fmt: skip
        self.cohort, self.data = cohort, data
        self.told = yaml.safe_load((DATA / "clinic.yaml").read_text(encoding="utf-8"))
        self.lead, self.officer = staff["O1"], staff["O2"]
        self.mentors = {
            key: Mentor.objects.select_related("secretary__user").get(pk=row.pk) for key, row in mentors.items()
        }
        self.mentees = {
            key: Mentee.objects.select_related("secretary__user").get(pk=row.pk) for key, row in mentees.items()
        }
        self.today = Studio.objects.get(pk=cohort.studio_id).today()
        self.cases: dict[str, Case] = {}
        self.events = {row["id"]: row for row in data["events"]}

    def make(self) -> None:
        for row in self.data["clinic_cases"]:
            if day_of(row["date"]) <= self.today:
                self.tell(row, self.told["untold"][row["id"]])
        old = list(
            Notice.objects.filter(studio=self.cohort.studio_id, kind__startswith="case_").values_list("pk", flat=True)
        )
        Receipt.objects.filter(notice__in=old).update(read_at=timezone.now(), acknowledged_at=timezone.now())
        for row in self.told["young"]:
            self.begin(row)
        for row in self.told["cards"]:
            self.draw(row)

    @contextmanager
    def on(self, day: datetime.date) -> Iterator[None]:
        """The studio's day is another for a while."""
        rows = Studio.objects.filter(pk=self.cohort.studio_id)
        rows.update(demo_today=day)
        try:
            yield
        finally:
            rows.update(demo_today=self.today)

    def tell(self, row: dict, untold: dict) -> None:
        """One case of demo.yaml: sent, asked, answered and planned on its clinic day, then step by step."""
        day = day_of(row["date"])
        case = self.sent(row | untold, day)
        with self.on(day):
            self.ask(case, [each["by"] for each in row["opinions"]], row["opinions"])
            self.plan(case, row)
        self.put_on_its_day(case, row)
        last = self.carry_out(case, row, untold) or day
        self.date(case, day, last)
        self.cases[row["id"]] = case

    def sent(self, row: dict, day: datetime.date) -> Case:
        presenter = self.mentees[row["presenter"]].secretary
        with self.on(day):
            case = sheet.save_draft(
                by=presenter.user, studio=Studio.objects.get(pk=self.cohort.studio_id), client_key=uuid.uuid4(),
                category=row["category"], sub_category=row["sub_category"], title=row["title"], background=row["background"],
                already_tried="；".join(row["tried"]), stuck_at=row["stuck_at"], urgency=row.get("urgency", "normal"),
                households=row.get("households"), people=row.get("people"), measure=row.get("measure", ""),
                figure_before=row.get("before"),
            )  # fmt: skip
            return sheet.send(by=presenter.user, case=case, confirmed=True)

    def ask(self, case: Case, doctors: list[str], opinions: list[dict]) -> None:
        consulting.triage(by=self.officer, case=case, mentors=[self.mentors[key] for key in doctors])
        asked = {consult.mentor_id: consult for consult in case.consults.all()}
        for each in opinions:
            mentor = self.mentors[each["by"]]
            consulting.advise(
                by=mentor.secretary.user, consult=asked[mentor.pk], text=each["text"] + end(each["text"]), version=0
            )
        case.refresh_from_db()

    def plan(self, case: Case, row: dict) -> None:
        steps = []
        for each in row["plan"]:
            owner = self.mentees.get(each["owner"])
            name = {} if owner else {"owner_name": each["owner"]}
            facts = {"owner": owner.secretary} if owner else name
            steps.append(planning.StepFacts(each["step"], day_of(each["due"]), **facts))
        planning.save_plan(by=case.presenter.user, case=case, version=case.version, steps=steps)

    def put_on_its_day(self, case: Case, row: dict) -> None:
        """The day is over in the calendar already, so it is written beside the case."""
        event = self.events[row["event"]]
        session = Session.objects.filter(cohort=self.cohort, kind="clinic", date=day_of(event["start"])).first()
        Case.objects.filter(pk=case.pk).update(session=session)

    def carry_out(self, case: Case, row: dict, untold: dict) -> datetime.date | None:
        """Steps, settling, checks and the end, as far as the demo's date; the last day on which something happened."""
        by, last = case.presenter.user, None
        steps = list(case.steps.order_by("due", "order"))
        for step in steps:
            if step.due <= self.today:
                with self.on(step.due):
                    planning.do_step(by=by, step=step)
                last = step.due
        if steps[-1].due > self.today:
            return last
        with self.on(steps[-1].due):
            planning.settle(by=by, case=case, text="")
        ends = day_of(row["closed"]) if row["closed"] else steps[-1].due + datetime.timedelta(days=21)
        if ends <= self.today:
            with self.on(ends):
                closing.report(
                    by=by, case=case, outcome=untold["outcome"], effect=row["outcome"], lesson=row["lesson"],
                    level=untold.get("level", LEVEL_OF_MOST), figure_after=untold.get("after"),
                )  # fmt: skip
                if row["closed"]:
                    closing.close(by=self.lead, case=case)
            last = ends
        return self.check(case, untold, steps[-1].due) or last

    def check(self, case: Case, untold: dict, settled: datetime.date) -> datetime.date | None:
        last = None
        for each in untold["checks"]:
            day = settled + datetime.timedelta(days=int(each["kind"].removeprefix("after_")))
            if day + KEPT_OPEN <= self.today:
                with self.on(day):
                    following.check_after(
                        by=case.presenter.user, case=case, kind=each["kind"], result=each["result"], text=each["text"],
                        figure=each["figure"],
                    )  # fmt: skip
                last = day
        return last

    @staticmethod
    def date(case: Case, opened: datetime.date, last: datetime.date) -> None:
        """Moments as they were; the clock on the wall is no part of the story."""
        rows = Case.objects.filter(pk=case.pk)
        rows.update(stirred_at=at(last, 17))
        rows.filter(released_at__isnull=False).update(released_at=at(opened, 16))

    def begin(self, row: dict) -> None:
        """A case of these days: one waits to be looked at, the other for an opinion."""
        day = self.today - datetime.timedelta(days=row["days_ago"])
        case = self.sent(row, day)
        if "doctors" in row:
            with self.on(day):
                self.ask(case, row["doctors"], row["opinions"])
        self.date(case, day, day)

    def draw(self, row: dict) -> None:
        """A card out of a closed case, or of what a mentor has always done; one still waits for its review."""
        case = self.cases.get(row.get("of", ""))
        if "of" in row and (case is None or case.state != CaseState.CLOSED):
            return
        by = self.officer if case else self.mentors[row["author"]].secretary.user
        category = case.category if case else row["category"]
        codes = indicators_of(category)
        indicators = list(Indicator.objects.filter(subject__framework=self.cohort.framework_id, code__in=codes))
        card = cards.write_card(
            by=by, studio=self.cohort.studio, case=case, category=category, neighbourhood=row.get("neighbourhood", ""),
            title=row["title"], situation=row["situation"], worked=row["worked"], steps=row["steps"], pitfalls=row["pitfalls"],
            subjects=list({each.subject_id: each.subject for each in indicators}.values()), indicators=indicators,
        )  # fmt: skip
        cards.submit_card(by=by, card=card)
        if row["reviewed"]:
            cards.publish_card(by=self.lead, card=card)
            self.use(card, row)

    def use(self, card: CaseCard, row: dict) -> None:
        for key in row["helped"]:
            uses.say_helped(by=self.mentees[key].secretary.user, card=card)
        coming = Session.objects.filter(cohort=self.cohort, date__gte=self.today, kind="base").order_by("date").first()
        if coming and "of" in row:
            uses.use_in_session(by=self.officer, card=card, session=coming)


def day_of(value: str) -> datetime.date:
    return datetime.date.fromisoformat(value)


def at(day: datetime.date, hour: int) -> datetime.datetime:
    return datetime.datetime.combine(day, datetime.time(hour), timezone.get_current_timezone())


def end(text: str) -> str:
    return "" if text.endswith("。") else "。"
