"""What was learned and where: gap plans, hours of training, meetings and the methods that came out of them."""

from django.db.models import Exists, OuterRef, Subquery
from django.utils.translation import gettext as _

from cohorts.meetings.choices import Presence
from cohorts.meetings.models import Attendee, Minutes
from cohorts.models import Mentee
from cohorts.training.models import Attendance
from evaluations.growth.choices import PlanState
from evaluations.growth.models import GapPlan
from mentorship.common.templatetags.wording import long_date

from .base import Item, Look, Source, each, kept

PLAN = ["starts", "ends", "state", "mentee_agreed_at", "mentor_agreed_at"]
ROW = ["indicator", "level_now", "target", "action", "due", "result", "result_note"]


def plans():
    rows = GapPlan.objects.filter(state__in=[PlanState.AGREED, PlanState.CLOSED])
    return rows.prefetch_related("rows__indicator").order_by("starts")


def show_plan(row: GapPlan, look: Look) -> Item:
    title = _("补短板计划：%(first)s至%(last)s") % {"first": long_date(row.starts), "last": long_date(row.ends)}
    head = [_("指标"), _("现在"), _("目标"), _("怎么做"), _("期限"), _("结果")]
    return Item(title, row.starts, _("师徒"), head=head, rows=[cells_of(line) for line in row.rows.all()])


def cells_of(row) -> list[str]:
    now = "" if row.level_now is None else str(row.level_now)
    return [str(row.indicator), now, str(row.target), row.action, long_date(row.due), str(row.get_result_display())]


def plan_facts(row: GapPlan, look: Look) -> dict:
    return kept(row, PLAN) | {"rows": [kept(line, ROW) for line in row.rows.all()]}


PLANS = Source(plans, each(show_plan), plan_facts)


def came():
    rows = Attendance.objects.counting().select_related("session__base__community", "make_up")
    return rows.order_by("session__date", "session__starts_at", "pk")


def show_hours(rows: list[Attendance], look: Look) -> list[Item]:
    """One statement of all hours, session by session."""
    if not rows:
        return []
    total = sum(row.hours for row in rows)
    cells = [
        [long_date(row.session.date), str(row.session), str(row.session.get_track_display()), said(row), f"{row.hours}"]
        for row in rows
    ]
    head = [_("日期"), _("培训"), _("四训"), _("出勤"), _("学时")]
    return [
        Item(
            _("培训出勤证明"),
            rows[-1].session.date,
            _("工作室"),
            facts=[(_("合计学时"), f"{total}")],
            head=head,
            rows=cells,
        )
    ]


def said(row: Attendance) -> str:
    if row.make_up_id:
        return _("%(state)s，已补课") % {"state": row.get_state_display()}
    return str(row.get_state_display())


HOURS = Source(came, show_hours, lambda row, look: kept(row, ["session", "state", "reason", "hours", "make_up"]))


def sat_in():
    """Who came as an apprentice: a seat at a meeting of the cohort that they belonged to, once its minutes were issued."""
    own = Mentee.objects.filter(secretary=OuterRef("secretary"), cohort=OuterRef("meeting__cohort")).values("pk")[:1]
    issued = Minutes.objects.filter(meeting=OuterRef("meeting"))
    rows = Attendee.objects.filter(Exists(issued), presence=Presence.PRESENT)
    rows = rows.select_related("meeting__base__community").prefetch_related("speeches", "meeting__products")
    return rows.annotate(of_mentee=Subquery(own)).order_by("meeting__date", "pk")


def show_seat(row: Attendee, look: Look) -> Item:
    meeting = row.meeting
    texts = [(_("发言"), speech.text) for speech in row.speeches.all()]
    texts += [(_("成果"), product.title) for product in meeting.products.all()]
    title = f"{meeting.get_kind_display()}：{meeting}"
    return Item(title, meeting.date, _("工作室"), facts=[(_("地点"), meeting.where)], texts=texts)


def seat_facts(row: Attendee, look: Look) -> dict:
    return kept(row, ["meeting", "presence"]) | {"said": [speech.text for speech in row.speeches.all()]}


SEATS = Source(sat_in, each(show_seat), seat_facts, owner="of_mentee")
