"""The supervision visits of the demo, told up to its date: written and signed on the day, followed to the end."""

import datetime
import re

from django.utils import timezone

from cohorts.models import Cohort, Mentee, Mentor
from evaluations.visits import actions
from evaluations.visits.choices import Overall, Severity
from evaluations.visits.models import Finding, Visit
from evaluations.visits.queries.rules import latest_due
from mentorship.accounts.models import User
from mentorship.notifications.models import Receipt

D = datetime.date
AHEAD = datetime.timedelta(days=45)  # visits nearer than this are already planned
LOOK = datetime.timedelta(days=2)  # from the report to the look at it
OVERALL = {"好": Overall.GOOD, "较好": Overall.FAIR, "一般": Overall.PLAIN, "需整改": Overall.MEND}
SEEN = {"支部记录本": "branch_book", "走访台账": "rounds_book", "应急预案": "emergency_plan", "值班记录": "duty"}
HOUSEHOLDS = re.compile(r"居民随访(\d+)户")
EVIDENCE = {
    ("V01", 1): "走访记录本第12页到第15页，四次的笔迹和日期",
    ("V01", 2): "当天随访的5户，门牌号记在随访表上",
    ("V02", 1): "文件柜里的预案，落款是2016年6月",
    ("V04", 1): "最近三次例会的记录",
}
MENDED = {
    ("V01", 1): "每周三、周五下午走访，重点户排在前面，当天记。师傅看过四周的记录。",
    ("V01", 2): "照片和电话挂在七个楼组，接待日改到周六上午；再访5户，都认得了。",
    ("V02", 1): "按一图三表重做，低洼的六个楼道和排水泵都标了，和物业对过一遍。",
    ("V04", 1): "每次例会定下的事写进议定事项清单，下次开头先对。",
}
PROGRESS = {("V01", 2): (D(2018, 12, 14), "七个楼组走了三个，挂牌已经做好。")}
EXTENDED = {("V01", 2): (D(2018, 12, 27), D(2018, 12, 28), "年底前楼组长换届，见面会要到一月里才排得下。")}
STATEMENT = {"V01": (D(2018, 11, 22), "补写是我不对。那两个月抽调专班，晚上才回居民区，走访没有跟上。")}
DONE_WORDS = "看过现场，改好了。"
KINDS = ["visit_", "finding_"]


class VisitBook:
    def __init__(
        self, cohort: Cohort, data: dict, staff: dict[str, User], mentors: dict[str, Mentor], mentees: dict[str, Mentee]
    ):
        self.data, self.mentors, self.mentees = data, mentors, mentees
        self.lead, self.officer = staff["O1"], staff["O2"]
        self.cohort = Cohort.objects.select_related("studio", "rules").get(pk=cohort.pk)
        self.today = self.cohort.studio.today()

    def tell(self) -> None:
        for row in self.data["supervision_visits"]:
            date = D.fromisoformat(row["date"])
            if date <= self.today + AHEAD:
                visit = self.plan(row, date)
                if date <= self.today:
                    self.record(row, visit)
        told = Receipt.objects.filter(studio=self.cohort.studio, read_at=None, notice__deadline=None)
        for kind in KINDS:
            told.filter(notice__kind__startswith=kind).exclude(notice__kind="visit_planned").update(
                read_at=timezone.now()
            )

    def plan(self, row: dict, date: D) -> Visit:
        mentor = next(self.mentors[name] for name in row["team"] if name in self.mentors)
        mentee = Mentee.objects.select_related("cohort__studio", "secretary__community").get(
            pk=self.mentees[row["mentee"]].pk
        )
        return actions.plan_visit(
            by=self.officer, mentee=mentee, date=date, round=row["round"], team=[self.officer, mentor.secretary.user]
        )

    def record(self, row: dict, visit: Visit) -> None:
        """On the spot, by the officer who wrote; signed the same day."""
        words = [words for words in row["seen"] if words not in SEEN and not HOUSEHOLDS.match(words)]
        households = [HOUSEHOLDS.match(words) for words in row["seen"]]
        actions.record_visit(
            by=self.officer, visit=visit, version=visit.version, positives="；".join(row["positives"]) + "。",
            overall=OVERALL[row["rating"]], also_looked_at="、".join(words),
            households=sum(int(found[1]) for found in households if found),
            **{SEEN[words]: True for words in row["seen"] if words in SEEN},
        )  # fmt: skip
        for finding in row["findings"]:
            self.add(row["id"], finding, visit)
        actions.sign_visit(by=self.officer, visit=visit, on=visit.date)
        self.state(row["id"], visit)
        for finding in row["findings"]:
            self.follow(row["id"], finding, visit.findings.get(number=finding["no"]))

    def add(self, name: str, row: dict, visit: Visit) -> None:
        """Due on the day the data say, or where the rules don't allow so long, on their last day."""
        level = Severity.MAJOR if row["level"] == "major" else Severity.MINOR
        due = min(D.fromisoformat(row["due"]), latest_due(visit, level))
        actions.add_finding(
            by=self.officer, visit=visit, text=row["text"], level=level, action=row["action"], due=due,
            evidence=EVIDENCE.get((name, row["no"]), ""),
        )  # fmt: skip

    def state(self, name: str, visit: Visit) -> None:
        on, text = STATEMENT.get(name, (None, ""))
        if text and on <= self.today:
            actions.state_own_words(by=visit.mentee.secretary.user, visit=visit, text=text, on=on)

    def follow(self, name: str, row: dict, finding: Finding) -> None:
        key, owner = (name, row["no"]), finding.owner.user
        if key in PROGRESS and PROGRESS[key][0] <= self.today:
            on, text = PROGRESS[key]
            actions.note_progress(by=owner, finding=finding, text=text, on=on)
        if key in EXTENDED:
            self.extend(key, row, finding)
        verified = D.fromisoformat(row["verified"])
        if verified - LOOK <= self.today:
            actions.report_done(by=owner, finding=finding, text=MENDED[key], on=verified - LOOK)
        if verified <= self.today:
            actions.close_finding(by=self.officer, finding=finding, text=DONE_WORDS, on=verified)

    def extend(self, key: tuple[str, int], row: dict, finding: Finding) -> None:
        asked, answered, reason = EXTENDED[key]
        if asked > self.today:
            return
        extension = actions.ask_extension(
            by=finding.owner.user, finding=finding, new_due=D.fromisoformat(row["due"]), reason=reason, on=asked
        )
        if answered <= self.today:
            actions.grant_extension(by=self.lead, extension=extension, on=answered)
            finding.refresh_from_db()
