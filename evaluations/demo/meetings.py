"""The demo's seminars and work meetings: those before its date held, written down and issued, the others planned."""

import datetime

from django.utils import timezone

from cohorts.meetings import actions
from cohorts.meetings.choices import Capacity, ItemState, MeetingKind, OutcomeKind, Presence, ProductKind, Source
from cohorts.meetings.models import ActionItem, Attendee, Meeting, Minutes
from cohorts.meetings.queries import Seat, seats_of
from cohorts.models import Cohort, Mentee, Mentor, Pairing
from mentorship.accounts.models import User
from mentorship.audit.guards import lifted
from mentorship.notifications.models import Receipt

KINDS = {"seminar": MeetingKind.SEMINAR, "work_meeting": MeetingKind.WORK}
LEAD, OFFICER = "工作室项目负责人", "工作室专员"
OFFICES = ("区委组织部组织科", "区委党校")
SAME = {"组织科": "区委组织部组织科"}
ABOUT_MEETINGS = ("minutes_issued", "item_given", "item_closed")
DAYS_TO_ISSUE = datetime.timedelta(days=2)
# What demo.yaml leaves untold: the agenda, decisions and items of the other work meetings, in our words.
UNTOLD = {
    "E07": (["首月带教情况", "首次督训怎么走"], ["督训先看亮点，再说问题"], []),
    "E14": (["督训情况通报", "问题整改怎么跟"], ["发现的问题逐条定人定期限，到期复核销号"], []),
    "E27": (
        ["第二轮督训准备", "年中带教小结"],
        ["第二轮督训五月中旬开始，两人一组，先看上一轮的问题"],
        [("收集各组想听的选训课题", "M1", ["M2"], "2019-04-16"), ("排出第二轮督训分组", OFFICER, [], "2019-04-26")],
    ),
    "E35": (["年度考核方案", "考核的时间和材料"], ["考核分述学、测评、实地看三步，材料由系统汇总，不另填表"], []),
    "E40": (["每人讲一件难事", "大家出主意"], ["难事写成案例，会诊时再用"], []),
    "E41": (["考核结果反馈", "复核怎么提"], ["结果先告诉本人，五个工作日内可以申请复核"], []),
}
CARD = {
    "title": "冷场急救六招",
    "use": "活动没人来、会上没人说的时候",
    "steps": "先请三个人，请到了再请三十个\n会前个别沟通不少于三户\n活动先定人，再定事\n从身边一件小事说起\n"
    "请老党员先开口\n散场当晚给没来的打个电话",
    "caution": "人少也照办，下次才有人信。",
}


class Meetings:
    def __init__(self, cohort: Cohort, data: dict, staff: dict[str, User], mentors: dict[str, Mentor],
                 mentees: dict[str, Mentee]):  # fmt: skip
        self.cohort, self.data = cohort, data
        self.lead, self.officer = staff["O1"], staff["O2"]
        self.mentors, self.mentees = mentors, mentees
        rows = Mentor.objects.filter(cohort=cohort).select_related("secretary", "base__community")
        self.hosts = {row.pk: row for row in rows}
        self.told = {row["event"]: row for row in (*data["seminars"], *data["work_meetings"])}

    def make(self) -> None:
        for event in self.data["events"]:
            if event["kind"] in KINDS:
                meeting = self.plan(event)
                if meeting.date <= self.cohort.studio.today():
                    self.write(meeting, event["id"])
        self.read_old_notices()

    def read_old_notices(self) -> None:
        """What was sent about meetings long past was read; the last minutes still go round."""
        last = Minutes.objects.filter(studio=self.cohort.studio).order_by("-meeting__date").values("notice")[:1]
        rows = Receipt.objects.filter(studio=self.cohort.studio, notice__kind__in=ABOUT_MEETINGS).exclude(
            notice__in=last
        )
        rows.update(read_at=timezone.now(), acknowledged_at=timezone.now())

    def plan(self, event: dict) -> Meeting:
        told = self.told.get(event["id"], {})
        date = datetime.date.fromisoformat(event["start"])
        starts, _, ends = event["time"].partition("-")
        seminar = event["kind"] == "seminar"
        host = self.mentors.get(event.get("host"))
        base = self.hosts[host.pk].base if host else None
        chair, recorder = told.get("chair", LEAD if not seminar else event.get("host")), told.get("recorder", OFFICER)
        seats = self.seats(date, seminar, told)
        for key in (chair, recorder):
            seat = self.seat(key)
            if seat.key not in {each.key for each in seats}:
                seats.append(Seat(seat.secretary, seat.user, seat.name, Capacity.GUEST if seminar else Capacity.DUE))
        return actions.plan_meeting(
            by=self.officer, cohort=self.cohort, seats=seats, chair=self.seat(chair).key,
            recorder=self.seat(recorder).key, points=told.get("agenda") or UNTOLD.get(event["id"], ([],))[0],
            kind=KINDS[event["kind"]], topic=event["title"].partition("：")[2] or event["title"],
            topic_en=capital(event["title_en"].partition(": ")[2] or event["title_en"]), date=date,
            starts_at=datetime.time.fromisoformat(starts), ends_at=datetime.time.fromisoformat(ends), base=base,
            place="" if base else event["place"], source=Source.MENTEE if seminar else "",
            issued_to="各街镇党建办，各带教书记",
        )  # fmt: skip

    def seats(self, date: datetime.date, seminar: bool, told: dict) -> list[Seat]:
        seats = [
            Seat(secretary=self.hosts[mentor.pk].secretary)
            for mentor in self.mentors.values()
            if mentor.pk in self.hosts
        ]
        if seminar:
            pairs = Pairing.objects.filter(mentee__cohort=self.cohort).as_of(date).select_related("mentee__secretary")
            return seats + [
                Seat(secretary=pair.mentee.secretary) for pair in pairs.order_by("mentee__secretary__sort_key")
            ]
        named = [SAME.get(row["owner"], row["owner"]) for row in told.get("actions", [])]
        others = [name for name in named if name.endswith("党建办")]
        return [Seat(name=name) for name in OFFICES] + seats + [
            Seat(name=name, capacity=Capacity.GUEST) for name in dict.fromkeys(others)
        ]  # fmt: skip

    def named(self, text: str) -> str:
        """demo.yaml's keys of apprentices put into names."""
        for key, mentee in self.mentees.items():
            text = text.replace(key, mentee.secretary.name)
        return text

    def seat(self, who: str) -> Seat:
        """demo.yaml names people by its own keys, by their office, or by an office alone."""
        if who in self.mentors:
            return Seat(secretary=self.hosts[self.mentors[who].pk].secretary)
        if who in self.mentees:
            return Seat(secretary=Mentee.objects.select_related("secretary").get(pk=self.mentees[who].pk).secretary)
        if who in (LEAD, OFFICER):
            return Seat(user=self.lead if who == LEAD else self.officer)
        return Seat(name=SAME.get(who, who))

    def write(self, meeting: Meeting, event: str) -> None:
        told = self.told.get(event, {})
        rows = {self.key(row): row for row in seats_of(meeting)}
        away = [each.partition("（")[0] for each in told.get("absent", [])]
        keys = {self.seat(name).key for name in away}
        roll = {
            row: (Presence.LEAVE, "街道有会") if key in keys else (Presence.PRESENT, "") for key, row in rows.items()
        }
        actions.call_roll(by=self.officer, meeting=meeting, roll=roll)
        _agenda, decisions, untold = UNTOLD.get(event, ([], [], []))
        items = [self.item(rows, *row) for row in untold] + [
            self.item(rows, self.named(row["item"]), *self.hands(row["owner"]), row["due"])
            for row in (*told.get("actions", []), *told.get("follow_up", []))
        ]
        actions.write_record(
            by=self.officer, meeting=meeting, version=meeting.version, notes="",
            speeches=[(rows[self.seat(row["by"]).key], row["text"]) for row in told.get("points", [])],
            outcomes={
                OutcomeKind.DECISION: [self.named(text) for text in told.get("decisions", decisions)], OutcomeKind.CONSENSUS: told.get("consensus", []),
            },
            items=items, issued_to=meeting.issued_to,
        )  # fmt: skip
        minutes = actions.issue_minutes(by=self.lead, meeting=meeting)
        day = min(meeting.date + DAYS_TO_ISSUE, self.cohort.studio.today())
        with lifted(Minutes):
            Minutes.objects.filter(pk=minutes.pk).update(date=day)
        self.follow_up(meeting)

    @staticmethod
    def key(row: Attendee) -> str:
        return Seat(row.secretary, row.user, row.name).key

    def hands(self, owner: str) -> tuple[str, list[str]]:
        """'M1-M6' -> M1 with the others; 'M5、组织科' -> M5 with the office."""
        if owner == "M1-M6":
            return "M1", ["M2", "M3", "M4", "M5", "M6"]
        first, *others = owner.split("、")
        return first, others

    def item(self, rows: dict[str, Attendee], text: str, owner: str, helpers: list[str], due: str) -> actions.ItemFacts:
        found = [rows[key] for who in helpers if (key := self.seat(who).key) in rows]
        return actions.ItemFacts(text, rows[self.seat(owner).key], datetime.date.fromisoformat(due), found)

    def follow_up(self, meeting: Meeting) -> None:
        """What demo.yaml calls done was reported and closed out by two people by its day; a seminar's first card is kept."""
        today = self.cohort.studio.today()
        for item in meeting.items.for_lists():
            if item.due < today - datetime.timedelta(days=14):
                actions.report_item(by=self.officer, item=item, version=item.version, progress="已办好。", done=True)
                actions.close_item(by=self.lead, item=item)
                at = datetime.datetime.combine(item.due, datetime.time(8), tzinfo=datetime.UTC)
                ActionItem.objects.filter(pk=item.pk, state=ItemState.CLOSED).update(reported_at=at, closed_at=at)
        if meeting.is_seminar and meeting.date.year == self.cohort.starts.year:
            actions.keep_product(
                by=self.officer, cohort=self.cohort, meeting=meeting, kind=ProductKind.CARD, author="顾美珍", sources=[],
                subject=self.cohort.framework.subjects.filter(code="CC").first(), **CARD,
            )  # fmt: skip


def capital(words: str) -> str:
    return words[:1].upper() + words[1:]
