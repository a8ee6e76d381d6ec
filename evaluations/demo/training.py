"""The year's plan of the demo: every entry of its calendar that is training, those before the demo's date held."""

import datetime
from itertools import count

from cohorts.models import Cohort, Mentee, Mentor
from cohorts.training import actions
from cohorts.training.actions.attendance import state_attendance
from cohorts.training.choices import AttendanceState, MarkSource, SessionKind, Track
from cohorts.training.models import Session
from cohorts.training.queries import expected
from mentorship.accounts.models import User
from mentorship.framework.models import Indicator

KINDS = {
    "class": SessionKind.CLASS,
    "elective": SessionKind.ELECTIVE,
    "base_session": SessionKind.BASE,
    "group_session": SessionKind.GROUP,
    "mutual_learning": SessionKind.MUTUAL,
    "ceremony": SessionKind.CEREMONY,
    "supervision": SessionKind.SUPERVISED,
    "clinic": SessionKind.CLINIC,
    "assessment": SessionKind.ASSESSMENT,
    "review_window": SessionKind.REVIEW_WINDOW,
    "promotion_review": SessionKind.PROMOTION,
    "publicity": SessionKind.PUBLICITY,
}
TRACKS = {"bimonthly_elective": Track.ELECTIVE, "onsite_supervision": Track.SUPERVISED}
INDICATORS = {
    "防汛防台": "ER1", "社区矫正与信访": "CC2", "短视频": "CC5",
    "案例写作": "TM5", "后备培养": "TM4", "高温慰问组织": "CG5",
}  # fmt: skip
TIME_TO_CHOOSE = datetime.timedelta(days=14)  # ends this long before the day
PLACES = 12
# Who was elsewhere, at which turn of how many; everyone else came.
AWAY = {
    "T26": (1, 2, AttendanceState.DUTY, "抽调专班"),
    "T18": (3, 4, AttendanceState.LEAVE, "孩子住院"),
    "T09": (2, 5, AttendanceState.LEAVE, "街道例会"),
    "T13": (4, 6, AttendanceState.DUTY, "居民楼漏水，在现场"),
    "T08": (5, 6, AttendanceState.ABSENT, ""),
}
ON_PAPER_ONLY = {"T20": (2, 8)}  # came, and the list did not say so


class TrainingPlan:
    def __init__(self, cohort: Cohort, data: dict, mentors: dict[str, Mentor], mentees: dict[str, Mentee], by: User):
        self.cohort, self.data, self.by = cohort, data, by
        self.names = {mentee.pk: name for name, mentee in mentees.items()}
        self.turn = count(1)
        rows = Mentor.objects.filter(cohort=cohort).select_related("base__community", "secretary")
        fresh = {mentor.pk: mentor for mentor in rows}
        self.mentors = {key: fresh[mentor.pk] for key, mentor in mentors.items() if mentor.pk in fresh}
        self.subjects = {subject.code: subject for subject in cohort.framework.subjects.all()}

    def make(self) -> None:
        today = self.cohort.studio.today()
        for event in self.data["events"]:
            if event["kind"] in KINDS:
                session = self.plan(event)
                if session.last_date < today:
                    actions.mark_held(by=self.by, session=session)
                    if session.keeps_attendance and session.hours:
                        self.call_over(session)

    def plan(self, event: dict) -> Session:
        facts = self.facts_of(event)
        try:
            session = actions.plan_session(by=self.by, cohort=self.cohort, **facts)
        except actions.NeedsAttention as warned:
            session = actions.plan_session(by=self.by, cohort=self.cohort, accepted=warned.signature, **facts)
        if session.is_elective:
            self.add_courses(session)
        return session

    def call_over(self, session: Session) -> None:
        """The list at the door, and what the paper sheet says otherwise."""
        turn = next(self.turn)
        said, paper = {}, {}
        for mentee in expected(session):
            name = self.names[mentee.pk]
            place, each, state, reason = AWAY.get(name, (0, 1, AttendanceState.PRESENT, ""))
            away = name in AWAY and turn % each == place % each
            said[mentee.pk] = (state, reason) if away else (AttendanceState.PRESENT, "")
            place, each = ON_PAPER_ONLY.get(name, (0, 0))
            if each and turn % each == place:
                said[mentee.pk] = (AttendanceState.ABSENT, "")
                paper[mentee.pk] = (AttendanceState.PRESENT, "")
        state_attendance(by=self.by, session=session, stated=said, source=MarkSource.LIST)
        if paper:
            state_attendance(by=self.by, session=session, stated=paper, source=MarkSource.PAPER)

    def facts_of(self, event: dict) -> dict:
        date = datetime.date.fromisoformat(event["start"])
        host = self.mentors.get(event.get("host"))
        at_base = host and host.base and host.base.community.name in event.get("place", "")
        starts, _, ends = event.get("time", "").partition("-")
        track = TRACKS.get(event.get("track"), event.get("track", ""))
        return {
            "kind": KINDS[event["kind"]], "track": track, "title": event["title"], "title_en": event["title_en"],
            "date": date, "last_date": datetime.date.fromisoformat(event["end"]),
            "starts_at": datetime.time.fromisoformat(starts) if starts else None,
            "ends_at": datetime.time.fromisoformat(ends) if ends else None,
            "hours": event.get("hours") if track else None, "subject": self.subjects.get(event.get("subject")),
            "host": host, "base": host.base if at_base else None, "place": "" if at_base else event.get("place", ""),
            "choose_by": date - TIME_TO_CHOOSE if event["kind"] == "elective" else None,
        }  # fmt: skip

    def add_courses(self, session: Session) -> None:
        """The title names them: 双月选训②：物业法规/调解技巧/公文写作."""
        for title in session.title.partition("：")[2].split("/"):
            indicator = self.indicator(INDICATORS.get(title))
            actions.add_course(
                by=self.by, session=session, title=title, hours=session.hours, capacity=PLACES,
                subject=indicator.subject if indicator else None, indicators=[indicator] if indicator else [],
            )  # fmt: skip

    def indicator(self, code: str | None) -> Indicator | None:
        rows = Indicator.objects.filter(subject__framework=self.cohort.framework_id, code=code)
        return rows.select_related("subject").first()
