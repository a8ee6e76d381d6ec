"""The first cohort's story up to the demo's date: selection, pairing, and the changes of the roster since."""

import datetime

from django.db import connection
from django.utils import timezone

from cohorts import actions
from cohorts.choices import WithdrawReason
from cohorts.matching import actions as matching
from cohorts.matching.choices import BarKind
from cohorts.matching.models import Proposal
from cohorts.models import Cohort, Mentee, Mentor
from evaluations.promotions import actions as promotions
from mentorship.accounts.models import User
from mentorship.accounts.roles import Role
from mentorship.framework.models import Framework
from mentorship.notifications.models import Notice, Receipt
from mentorship.places.models import Base, Studio

from .cast import make_secretary
from .clinic import Clinic
from .growth import GrowthBook
from .halfyear import HalfYear
from .letters import Letters
from .logbook import Logbook
from .meetings import Meetings
from .papers import Papers
from .practice import Practice
from .reader import first_of_month
from .training import TrainingPlan
from .visits import VisitBook

SUBJECTS = ["PB", "CG", "TM", "CC", "ER"]
CRITERIA_EVIDENCE = {
    "political": "任职期间组织生活规范，党员评议历年优良",
    "practice": "{method}",
    "teaching": "带出过年轻社工，讲课居民听得懂",
}


def count_rows() -> None:
    """PostgreSQL plans by the sizes it knows, and knows none of rows that are not committed yet: between chapters it is
    told, else single questions take minutes."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")


class Story:
    """Tells the cohort's year through the same actions that the pages use."""

    def __init__(
        self, studio: Studio, data: dict, staff: dict[str, User], bases: dict[str, Base], framework: Framework
    ):
        self.studio, self.data, self.bases, self.framework = studio, data, bases, framework
        self.staff, self.lead, self.officer = staff, staff["O1"], staff["O2"]
        self.codes = {row["key"]: row["code"] for row in data["communities"]}
        self.mentors: dict[str, Mentor] = {}
        self.mentees: dict[str, Mentee] = {}

    def tell(self) -> Cohort:
        row = self.data["cohort"]
        self.starts = datetime.date.fromisoformat(row["start"])
        self.cohort = actions.create_cohort(
            by=self.lead,
            studio=self.studio,
            name=row["name_zh"],
            name_en=row["name_en"],
            starts=self.starts,
            ends=datetime.date.fromisoformat(row["end"]),
            mentors_planned=row["mentors"],
            mentees_planned=row["mentees"],
            framework=self.framework,
        )
        actions.advance_stage(by=self.lead, cohort=self.cohort)
        for mentor in self.data["mentors"]:
            self.select_mentor(mentor)
        for mentee in self.data["mentees"]:
            self.select_mentee(mentee)
        self.keep_reserves()
        self.name_groups()
        actions.advance_stage(by=self.lead, cohort=self.cohort)
        self.pair()
        papers = Papers(self.cohort, self.data, self.staff, self.mentors, self.mentees)
        papers.begin()
        letters = Letters(self.data, self.mentors, self.mentees, self.officer)
        letters.write()  # before the roster changes: a letter belongs to the pair as it was then
        half_year = HalfYear(self.studio, self.cohort, self.data, self.staff, self.mentees)
        round_ = half_year.open()
        self.adjust()
        letters.write()
        papers.follow()
        count_rows()
        Logbook(self.studio, self.cohort, self.data, self.mentors, self.mentees).write()
        Practice(self.studio, self.cohort, self.data, self.mentees, self.lead).write()
        GrowthBook(self.studio, self.cohort, self.data, self.mentees).write()
        VisitBook(self.cohort, self.data, self.staff, self.mentors, self.mentees).tell()
        count_rows()
        half_year.play(round_)
        TrainingPlan(self.cohort, self.data, self.mentors, self.mentees, self.officer).make()
        Meetings(self.cohort, self.data, self.staff, self.mentors, self.mentees).make()
        Clinic(self.cohort, self.data, self.staff, self.mentors, self.mentees).make()
        count_rows()
        self.name_key_mentees()
        self.sign_notices()
        return self.cohort

    def select_mentor(self, row: dict) -> None:
        since = datetime.date(2018 - row["years_as_secretary"], 5, 1)
        secretary = make_secretary(self.studio, row, self.codes[row["base"]], Role.MENTOR, since)
        name, _, text = row["method"].partition("：")
        mentor = actions.nominate_mentor(
            by=self.lead,
            cohort=self.cohort,
            secretary=secretary,
            recommender=str(secretary.community.subdistrict),
            capacity=self.data["cohort"]["per_mentor"],
            specialities="、".join(row["strengths"]),
            method_name=name,
            method_text=text,
        )
        actions.assess_mentor(
            by=self.lead,
            mentor=mentor,
            ratings={
                name: ("good", evidence.format(method=row["method"])) for name, evidence in CRITERIA_EVIDENCE.items()
            },
        )
        strong = dict.fromkeys(SUBJECTS, 4) | dict.fromkeys(row["domains"], 5)  # veterans are at home in every subject
        actions.set_strengths(by=self.lead, mentor=mentor, levels=strong)
        actions.appoint_mentor(by=self.lead, mentor=mentor, on=self.starts)
        self.mentors[row["id"]] = mentor

    def select_mentee(self, row: dict) -> None:
        secretary = make_secretary(
            self.studio, row, self.codes[row["community"]], Role.MENTEE, first_of_month(row.get("since", "2018-05"))
        )
        mentee = actions.recommend_mentee(
            by=self.lead,
            cohort=self.cohort,
            secretary=secretary,
            agreed=True,
            reason=f"长处：{secretary.strengths}。" if secretary.strengths else "",
        )
        if "baseline" in row:
            actions.set_baseline(by=self.lead, mentee=mentee, levels=dict(zip(SUBJECTS, row["baseline"], strict=True)))
        self.mentees[row["id"]] = mentee
        if row["id"] not in {reserve["id"] for reserve in self.data["reserves"]}:
            actions.choose_mentee(by=self.lead, mentee=mentee)

    def keep_reserves(self) -> None:
        for row in self.data["reserves"]:
            if row["id"] not in self.mentees:
                self.select_mentee(row)
            actions.reserve_mentee(by=self.lead, mentee=self.mentees[row["id"]])

    def name_groups(self) -> None:
        hosts = {row["host"]: row["id"] for row in self.data["bases"]}
        for order, row in enumerate(self.data["groups"]):
            Mentor.objects.filter(pk=self.mentors[row["mentor"]].pk).update(
                group_name=row["name"], focus=row["focus"], order=order, base=self.bases[hosts[row["mentor"]]]
            )

    def pair(self) -> None:
        """Wishes and one bar, the solver's draft, and beside it the pairing that was made by hand and published."""
        for row in self.data["groups"]:
            mentor, mentees = self.mentors[row["mentor"]], [self.mentees[mentee] for mentee in row["mentees"]]
            matching.set_wishes(by=self.lead, member=mentor, chosen=mentees[:3])
            for mentee in mentees:
                matching.set_wishes(by=self.lead, member=mentee, chosen=[mentor])
        matching.bar(
            by=self.lead,
            mentor=self.mentors["M5"],
            mentee=self.mentees["T07"],
            kind=BarKind.LINE_OF_COMMAND,
            note="同一街道，有直接领导关系",
        )
        solved = matching.propose(by=self.lead, cohort=self.cohort)
        chosen = self.arrange(matching.copy(by=self.lead, proposal=solved))
        matching.publish(by=self.lead, proposal=chosen, version=chosen.version, starts=self.starts)

    def arrange(self, proposal: Proposal) -> Proposal:
        """Moves everyone to the group that the demo names."""
        wanted = {
            self.mentees[mentee].pk: self.mentors[row["mentor"]]
            for row in self.data["groups"]
            for mentee in row["mentees"]
        }
        misplaced = [
            placement.mentee
            for placement in proposal.placements.select_related("mentee")
            if placement.mentor_id != wanted[placement.mentee_id].pk
        ]
        for mentee in misplaced:
            proposal = matching.unplace(by=self.lead, proposal=proposal, version=proposal.version, mentee=mentee)
        for mentee in misplaced:
            proposal = matching.move(
                by=self.lead, proposal=proposal, version=proposal.version, mentee=mentee, mentor=wanted[mentee.pk]
            )
        return proposal

    def adjust(self) -> None:
        """Roster changes of the demo that lie before its date."""
        leaver, late, substitute = (self.fresh(name) for name in ("T06", "T26", "T31"))
        actions.withdraw(
            by=self.lead,
            mentee=leaver,
            date=datetime.date(2019, 1, 29),
            withdraw_reason=WithdrawReason.TRANSFER,
            reason="工作调动",
        )
        actions.record_talk(
            by=self.lead,
            mentee=late,
            date=datetime.date(2019, 2, 14),
            talkers="许晓岚、徐静芬",
            facts="抽调专班，出勤不足；督训整改逾期",
            own_words="专班四月底结束，之后把课补上",
            agreed_actions="限期三个月，补课两次，整改按期销号",
            limit_date=datetime.date(2019, 4, 30),
        )
        actions.substitute(
            by=self.lead,
            mentee=substitute,
            replaces=self.fresh("T06"),
            date=datetime.date(2019, 3, 5),
            reason="街道推荐，面谈后递补",
        )

    def name_key_mentees(self) -> None:
        """骨干学员 after the half-year evaluation. The panel of August lies ahead of the demo's date."""
        row = self.data["halfyear_evaluation"]
        promotions.name_key_mentees(
            by=self.lead,
            cohort=self.cohort,
            mentees=[self.fresh(name) for name in row["key_students"]],
            date=datetime.date.fromisoformat(row["date"]),
            basis="半年评估前40%，2019年1月",
        )

    def fresh(self, name: str) -> Mentee:
        """The mentee as the database has them now."""
        return Mentee.objects.select_related("cohort", "studio", "secretary").get(pk=self.mentees[name].pk)

    def sign_notices(self) -> None:
        """Everyone has signed for their pairing but two, whom the demo's visitor can sign in as."""
        waiting = {"mentor", "mentee"}
        receipts = Receipt.objects.filter(studio=self.studio).exclude(recipient__username__in=waiting)
        receipts.update(read_at=timezone.now(), acknowledged_at=timezone.now())
        morning = datetime.datetime.combine(self.studio.today(), datetime.time(8, 30), timezone.get_current_timezone())
        Notice.objects.filter(studio=self.studio).update(created_at=morning)
        Receipt.objects.filter(studio=self.studio).update(created_at=morning)
