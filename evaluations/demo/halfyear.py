"""The half-year round of the demo, January 2019: opened, rated by several people, released, talked over, one review."""

import datetime
from decimal import Decimal
from itertools import count

import yaml
from django.utils import timezone

from cohorts.models import Cohort, Mentee
from evaluations.assessments import actions
from evaluations.assessments.choices import RaterType, RoundKind
from evaluations.assessments.models import RaterTask, ReviewRequest, Round, Sheet
from evaluations.assessments.queries import asked, scoring_scheme, subjects_of
from mentorship.accounts.models import User
from mentorship.audit.guards import lifted
from mentorship.notifications.models import Receipt
from mentorship.places.models import Studio

from .reader import DATA

D = datetime.date
OPENED, COUNTED, RELEASED = D(2019, 1, 7), D(2019, 1, 18), D(2019, 1, 25)
LOWEST = [2] * 5
WITHOUT_YEAR_END = {"levels": [3, 3, 3, 3, 3], "performance": 79, "appraisal": 82}
KINDS = ["round_report", "round_rate", "round_released", "round_talk", "round_sign", "review_filed", "review_decided"]


class HalfYear:
    """Plays the round through its acts, with the studio's calendar set back to the day of each step."""

    def __init__(self, studio: Studio, cohort: Cohort, data: dict, staff: dict[str, User], mentees: dict[str, Mentee]):
        self.studio, self.cohort, self.staff = studio, cohort, staff
        self.officer, self.lead = staff["O2"], staff["O1"]
        self.names = {mentee.pk: name for name, mentee in mentees.items()}
        self.key = set(data["halfyear_evaluation"]["key_students"])
        self.year_end = {row["mentee"]: row for row in data["annual_assessment"]["scores"] if "levels" in row}
        self.start = {row["id"]: row["baseline"] for row in data["mentees"] if "baseline" in row}
        self.words = yaml.safe_load((DATA / "halfyear.yaml").read_text(encoding="utf-8"))
        self.turn = count()

    def on(self, day: datetime.date) -> None:
        self.studio.demo_today = day
        self.studio.save(update_fields=["demo_today"])

    def open(self) -> Round:
        """While the roster is still that of January."""
        today = self.studio.demo_today
        self.on(OPENED)
        cohort = Cohort.objects.select_related("rules", "studio", "framework").get(pk=self.cohort.pk)
        made = actions.make_round(
            by=self.officer, cohort=cohort, kind=RoundKind.HALF_YEAR, starts=cohort.starts, ends=D(2019, 1, 15),
            due=D(2019, 1, 22), studio_rater=self.officer,
        )  # fmt: skip
        actions.open_round(by=self.officer, round_=made)
        for sheet in self.sheets(made):
            self.report(sheet)
        self.on(today)
        return made

    def play(self, made: Round) -> None:
        """From the count of the evidence to the file, when the year's logs are there."""
        today = self.studio.demo_today
        self.on(COUNTED)
        made = Round.objects.select_related("cohort__rules", "cohort__framework", "studio", "scheme").get(pk=made.pk)
        actions.begin_scoring(by=self.officer, round_=made)
        self.rate_all(made)
        for sheet in self.sheets(made):
            self.comment(sheet)
        actions.sum_round(by=self.officer, round_=made)
        self.on(RELEASED)
        actions.release(by=self.lead, round_=made)
        for sheet in self.sheets(made):
            self.talk(sheet)
        self.review(made)
        actions.begin_review(by=self.officer, round_=made)
        self.on(D(2019, 2, 20))
        actions.archive_round(by=self.officer, round_=made)
        self.date(made)
        self.on(today)

    def sheets(self, made: Round) -> list[Sheet]:
        rows = made.sheets.for_lists().select_related("mentee__secretary__user")
        return sorted(rows, key=lambda sheet: self.names[sheet.mentee_id])

    def pick(self, name: str):
        return self.words[name][next(self.turn) % len(self.words[name])]

    def report(self, sheet: Sheet) -> None:
        if self.names[sheet.mentee_id] not in {"T26", "T18"}:
            by = sheet.mentee.secretary.user
            actions.write_report(by=by, sheet=sheet, version=sheet.version, report=self.pick("reports"))

    def rate_all(self, made: Round) -> None:
        scheme = scoring_scheme(made.scheme, subjects_of(made.cohort))
        for task in (
            RaterTask.objects.filter(sheet__round=made).for_lists().order_by("sheet__mentee__secretary__name", "pk")
        ):
            name = self.names[task.sheet.mentee_id]
            values = {
                item.path: self.figure(name, item.path, item.level, task.rater_type)
                for item in asked(scheme, task.rater_type)
            }
            paper = task.rater_id is None
            source = ""
            if paper:
                residents = task.rater_type == RaterType.RESIDENTS
                source = "居民代表纸质票，发出10张，收回8张" if residents else "街道评分表，党建办盖章"
            actions.save_scores(
                by=task.rater or self.officer,
                task=task,
                version=task.version,
                values=values,
                submit=True,
                source=source,
            )

    def figure(self, name: str, path: str, level: bool, rater: str) -> Decimal:
        """A little below where the year will end, and not the same from every rater. Those whom the story names
        骨干学员 after this round stand a little higher: they are its first 40 %. Nobody falls behind where they began."""
        end = self.year_end.get(name, WITHOUT_YEAR_END)
        number = int(name[1:])
        if level:
            subjects = list(subjects_of(self.cohort))
            place = subjects.index(path.rpartition(".")[2])
            reached = end["levels"][place]
            behind = name not in self.key and (number + place + (rater == RaterType.STUDIO)) % 3 == 0
            return Decimal(max(2, self.start.get(name, LOWEST)[place], reached - behind))
        shift = {RaterType.MENTOR: 2, RaterType.STUDIO: -2, RaterType.SUBDISTRICT: 0, RaterType.RESIDENTS: 1}[rater]
        base = end["performance"] if path.startswith("performance") else end["appraisal"]
        wobble = (number * 7 + len(path)) % 5 - (-2 if name in self.key else 8)
        return Decimal(min(98, max(50, base + shift + wobble)))

    def comment(self, sheet: Sheet) -> None:
        name = self.names[sheet.mentee_id]
        mentor = RaterTask.objects.get(sheet=sheet, rater_type=RaterType.MENTOR).rater
        actions.write_comment(
            by=mentor, sheet=sheet, version=sheet.version, strength_1=self.words["strengths"][name],
            strength_2=self.pick("also"), weakness=self.pick("weaknesses"), suggestion=self.pick("suggestions"),
        )  # fmt: skip

    def talk(self, sheet: Sheet) -> None:
        mentor = RaterTask.objects.select_related("rater").get(sheet=sheet, rater_type=RaterType.MENTOR).rater
        actions.record_feedback(by=mentor, sheet=sheet, talked_on=RELEASED, talked_by=mentor.name)
        turn = next(self.turn)
        if self.names[sheet.mentee_id] != "T26":
            words = self.words["own_words"][turn % 6] if turn % 3 == 0 else ""
            actions.sign_sheet(by=sheet.mentee.secretary.user, sheet=sheet, own_words=words)

    def review(self, made: Round) -> None:
        """Two sign-ins on paper were not entered: the attendance is put right."""
        sheets = self.sheets(made)
        short = [s for s in sheets if Decimal(s.evidence["attendance"].get("points", "100")) < 100]
        asking = next((s for s in short if self.names[s.mentee_id] != "T26"), sheets[12])
        filed = actions.file_review(
            by=asking.mentee.secretary.user, sheet=asking,
            ground="十月那次基地教学我到了，签在纸上，名单里没有。当天和我同桌的学员可以证明。",
        )  # fmt: skip
        filed = (
            ReviewRequest.objects.for_lists().select_related("sheet__studio", "sheet__round__scheme").get(pk=filed.pk)
        )
        actions.decide_review(
            by=self.lead, review=filed, upheld=True, path="process.attendance", points=Decimal(100),
            finding="查了当天的纸质签到表，第九行有本人签名，录入时漏了。更正出勤，其余各项不变。",
        )  # fmt: skip

    def date(self, made: Round) -> None:
        """What the acts stamped with the clock of the machine gets the dates of the story."""

        def at(day: datetime.date, hour: int) -> datetime.datetime:
            return timezone.make_aware(datetime.datetime.combine(day, datetime.time(hour, 20)))

        with lifted(Sheet, RaterTask, Round):
            made.sheets.filter(reported_at__isnull=False).update(reported_at=at(D(2019, 1, 11), 16))
            made.sheets.update(counted_at=at(COUNTED, 9))
            made.sheets.filter(signed_at__isnull=False).update(signed_at=at(RELEASED, 17))
            RaterTask.objects.filter(sheet__round=made).update(submitted_at=at(D(2019, 1, 21), 15))
            Round.objects.filter(pk=made.pk).update(computed_at=at(D(2019, 1, 23), 10))
        read = Receipt.objects.filter(studio=self.studio, notice__kind__in=KINDS)
        read.update(read_at=timezone.now())
