"""The year's plan of the demo: every entry of its calendar that is training, those before the demo's date held."""

import datetime

from cohorts.models import Cohort, Mentor
from cohorts.training import actions
from cohorts.training.choices import SessionKind, Track
from cohorts.training.models import Session
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


class TrainingPlan:
    def __init__(self, cohort: Cohort, data: dict, mentors: dict[str, Mentor], by: User):
        self.cohort, self.data, self.by = cohort, data, by
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

    def plan(self, event: dict) -> Session:
        facts = self.facts_of(event)
        try:
            session = actions.plan_session(by=self.by, cohort=self.cohort, **facts)
        except actions.NeedsAttention as warned:
            session = actions.plan_session(by=self.by, cohort=self.cohort, accepted=warned.signature, **facts)
        if session.is_elective:
            self.add_courses(session)
        return session

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
