"""A finding from the day it was found until somebody else has seen that it is mended."""

import datetime

import pytest
from django.db import IntegrityError, transaction

from evaluations.visits import actions
from evaluations.visits.actions.reminding import remind_findings
from evaluations.visits.models import Extension, Finding
from evaluations.visits.queries.findings import Counts, counts_of, open_findings_of, overdue
from mentorship.audit.models import Entry
from mentorship.common.errors import Refused
from mentorship.notifications.models import Receipt
from mentorship.notifications.words import words_of
from tests.factories.visits import DAY, DUE, make_extension, make_finding, make_visit
from tests.logs.log_kit import picture

D = datetime.date
MINOR, MAJOR = D(2018, 12, 11), D(2019, 1, 2)  # 15 and 30 working days on; the 29 December was worked


@pytest.fixture
def c(cast):
    on(cast, DAY)
    cast.visit = make_visit(cast.mentee_row, cast.lead, cast.mentor)
    return cast


def on(cast, day):
    cast.studio.demo_today = day
    cast.studio.save()
    for name in ("mentee_row", "visit", "finding"):
        if hasattr(cast, name):
            getattr(cast, name).refresh_from_db()


@pytest.fixture
def finding(c):
    c.finding = make_finding(c.visit)
    return c.finding


def refused(match, act, **facts):
    with pytest.raises(Refused, match=match):
        act(**facts)


def raised(c, **more):
    visit = make_visit(c.mentee_row, c.lead, c.mentor, state="recorded")
    facts = {"by": c.mentor, "visit": visit, "text": "走访记录为补写", "level": "minor", "action": "每周走访"}
    return actions.add_finding(**facts | more)


def test_the_rules_give_the_day_and_the_latest_one(c):
    assert raised(c).due == MINOR
    assert raised(c, level="major").due == MAJOR
    assert raised(c, due=D(2018, 12, 1)).due == D(2018, 12, 1)
    refused("最晚是2018-12-11", raised, c=c, due=D(2018, 12, 12))
    refused("不能早于", raised, c=c, due=D(2018, 11, 19))
    rules = c.cohort.rules
    rules.finding_due_minor = 5
    rules.save()
    row = raised(c, photos=[picture(), picture()])
    assert (row.due, row.photos.count(), row.owner) == (D(2018, 11, 27), 2, c.mentee_row.secretary)
    refused("最多6张", actions.change_finding, by=c.mentor, finding=row, text="一", level="minor", action="二",
            photos=[picture() for _ in range(5)])  # fmt: skip
    actions.remove_finding(by=c.mentor, finding=row)
    assert "走访记录" not in str(list(Entry.objects.values("before", "after", "object_name")))


def test_mended_looked_at_sent_back_and_closed_by_another(c, finding):
    on(c, D(2018, 12, 3))
    actions.note_progress(by=c.mentee, finding=finding, text="改了一半")
    assert finding.status == "doing"
    refused("还不用验收", actions.close_finding, by=c.lead, finding=finding)
    actions.report_done(by=c.mentee, finding=finding, text="做好了", photos=[picture()])
    told = Receipt.objects.filter(notice__kind="finding_reported").values_list("recipient__name", flat=True)
    assert set(told) == {"许晓岚", "沈桂芳"}
    refused("换一个人", actions.close_finding, by=c.mentee, finding=finding)
    refused("还差什么", actions.send_back, by=c.mentor, finding=finding, text="")
    actions.send_back(by=c.mentor, finding=finding, text="值班表没有挂")
    assert (finding.status, finding.reported_by) == ("doing", None)
    actions.report_done(by=c.officer, finding=finding, text="按纸面代录")
    refused("换一个人", actions.close_finding, by=c.officer, finding=finding)
    on(c, D(2018, 12, 20))
    actions.close_finding(by=c.mentor, finding=finding)
    assert (finding.status, finding.verified_by, finding.verified_on) == ("closed", c.mentor, D(2018, 12, 20))
    assert finding.in_time  # reported by its day, however late it was looked at
    assert [step.kind for step in finding.steps.all()] == ["progress", "reported", "returned", "reported", "closed"]
    refused("已销号", actions.report_done, by=c.mentee, finding=finding, text="再来")


def test_an_extension_is_asked_before_the_day_and_granted_by_another(c, finding):
    ask = {"by": c.mentee, "finding": finding, "reason": "等街道批复"}
    refused("要比现在", actions.ask_extension, **ask, new_due=DUE)
    refused("最晚延到", actions.ask_extension, **ask, new_due=D(2019, 3, 1))
    on(c, DUE)
    waiting = actions.ask_extension(**ask, new_due=D(2018, 12, 28))
    refused("等工作室答复", actions.ask_extension, **ask, new_due=D(2018, 12, 27))
    refused("换一个人", actions.grant_extension, by=c.mentee, extension=waiting)
    refused("为什么不能", actions.decline_extension, by=c.officer, extension=waiting, answer="")
    on(c, D(2018, 12, 12))
    actions.grant_extension(by=c.officer, extension=waiting)
    assert waiting.finding.due == D(2018, 12, 28)
    refused("已经答复", actions.decline_extension, by=c.officer, extension=waiting, answer="不行")
    on(c, D(2018, 12, 29))
    refused("已经过了", actions.ask_extension, **ask, new_due=D(2019, 1, 3))


def test_declined_the_day_stands(c, finding):
    waiting = make_extension(finding, c.mentee)
    actions.decline_extension(by=c.lead, extension=waiting, answer="年前要查")
    finding.refresh_from_db()
    assert (finding.due, waiting.state) == (DUE, "declined")
    assert Receipt.objects.filter(recipient=c.mentee, notice__kind="finding_extension_decided").exists()


def test_overdue_is_worked_out_from_the_day(c, finding):
    draft = make_finding(make_visit(c.mentee_row, c.lead, state="recorded"))
    assert list(open_findings_of(c.mentee_row)) == [finding]
    assert draft not in overdue(c.cohort, D(2020, 1, 1))
    assert not overdue(c.cohort, DUE).exists()
    assert list(overdue(c.cohort, DUE + datetime.timedelta(days=1))) == [finding]
    assert not finding.is_overdue(DUE)
    Finding.objects.filter(pk=finding.pk).update(
        status="closed", reported_by=c.mentee, reported_on=DUE, verified_by=c.lead, verified_on=D(2019, 1, 10)
    )
    assert not overdue(c.cohort, D(2019, 1, 10)).exists()


def test_the_counts_look_at_one_span_of_days(c, finding, count_queries):
    closed = {"status": "closed", "reported_by": c.mentee, "verified_by": c.lead, "verified_on": D(2018, 12, 20)}
    make_finding(c.visit, **closed, reported_on=DUE)
    make_finding(c.visit, **closed, reported_on=D(2018, 12, 20))
    make_visit(c.mentee_row, c.lead, date=D(2019, 5, 15), signed_on=D(2019, 5, 15), overall="good")
    people = [c.mentee_row, c.other_mentee_row]
    year = counts_of(people, D(2018, 8, 15), D(2019, 8, 14))
    assert year == {c.mentee_row.pk: Counts(2, 3, 2, 1, 1, 1), c.other_mentee_row.pk: Counts()}
    early = counts_of(people, D(2018, 8, 15), D(2018, 12, 1))[c.mentee_row.pk]
    assert (early.visits, early.raised, early.closed, early.open, early.overdue) == (1, 3, 0, 3, 0)
    assert count_queries(lambda: counts_of(people, D(2018, 8, 15), D(2019, 8, 14))) == 2


@pytest.mark.parametrize(
    "broken",
    [
        {"status": "closed"}, {"status": "reported"}, {"due": D(2018, 11, 19)}, {"text": ""}, {"level": "worse"},
        {"status": "reported", "reported_on": D(2018, 11, 1)},
    ],
)  # fmt: skip
def test_the_database_keeps_the_promises_of_a_finding(c, finding, broken):
    broken = dict(broken)
    if "reported_on" in broken:
        broken["reported_by"] = c.mentee
    with pytest.raises(IntegrityError), transaction.atomic():
        Finding.objects.filter(pk=finding.pk).update(**broken)


def test_nobody_verifies_their_own_report_nor_asks_twice_in_the_database_either(c, finding):
    closed = {"status": "closed", "reported_on": DUE, "verified_on": DUE, "reported_by": c.lead, "verified_by": c.lead}
    with pytest.raises(IntegrityError), transaction.atomic():
        Finding.objects.filter(pk=finding.pk).update(**closed)
    asked = make_extension(finding, c.mentee)
    with pytest.raises(IntegrityError), transaction.atomic():
        make_extension(finding, c.mentee)
    for broken in ({"state": "granted"}, {"asked_on": D(2019, 1, 1)}, {"new_due": DUE}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Extension.objects.filter(pk=asked.pk).update(**broken)


def test_the_owner_is_reminded_once_a_day_by_the_rule_and_never_scolded(c):
    make_finding(c.visit, due=D(2018, 12, 11))
    sent = []
    for day in range(6, 19):
        on(c, D(2018, 12, day))
        sent += [day] * remind_findings()
        remind_findings()
    assert sent == [6, 11, 14]
    receipts = Receipt.objects.filter(notice__kind="finding_due", recipient=c.mentee)
    assert receipts.count() == len(sent)
    assert not any("逾期" in words_of(receipt.notice).text for receipt in receipts)
