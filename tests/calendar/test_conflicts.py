"""Who and what is taken twice."""

import datetime
import uuid
from dataclasses import replace

from evaluations.calendar.queries import Mark, conflicts_among, weeks_of
from mentorship.common.entries import Bound, Entry, at

DAY = datetime.date(2018, 9, 20)  # a Thursday
COHORT, HUANG, BASE = uuid.uuid4(), Bound(uuid.uuid4(), "黄师傅"), Bound(uuid.uuid4(), "中环花苑")
FIRST, SECOND = Bound(uuid.uuid4(), "第一组"), Bound(uuid.uuid4(), "第二组")
ALL = Bound(COHORT, "全班")
NOW = datetime.datetime(2018, 9, 1, tzinfo=datetime.UTC)


def entry(title, starts=9, ends=11, *, day=DAY, **more) -> Entry:
    times = {"starts": at(day, datetime.time(starts)), "ends": at(day, datetime.time(ends))} if starts else {
        "starts": day, "ends": day
    }  # fmt: skip
    return Entry(**{"uid": title, "kind": "training", "title": title, "updated": NOW, "cohort": COHORT} | times | more)


def words(*entries, marks=None):
    return [each.words for each in conflicts_among(entries, marks or {})]


def test_the_same_mentor_base_or_group_at_once():
    one = entry("甲", people=(HUANG,), base=BASE, groups=(FIRST,))
    same = entry("乙", 10, 12, people=(HUANG,), base=BASE, groups=(FIRST, SECOND))
    assert words(one, same) == ["黄师傅同时在两处；基地“中环花苑”同时用两次；学员同时有两处安排：第一组"]
    assert words(one, entry("乙", 11, 12, people=(HUANG,))) == []  # one ends as the other begins
    assert words(one, entry("乙", groups=(SECOND,))) == []
    assert words(one, entry("乙", groups=(ALL,))) == ["学员同时有两处安排：第一组"]
    assert words(one, entry("乙", groups=(FIRST,), cancelled=True)) == []
    assert words(one, entry("乙", starts=None, people=(HUANG,))) == ["黄师傅同时在两处"]  # all day
    assert words(one, entry("乙", day=DAY + datetime.timedelta(days=1), people=(HUANG,))) == []
    assert words(one, entry("公示")) == []  # binds nobody


def test_days_off_are_told_once():
    saturday = DAY + datetime.timedelta(days=2)
    off, worked = {DAY: Mark(False, "中秋")}, {saturday: Mark(True, "调休上班")}
    assert words(entry("甲", people=(HUANG,)), marks=off) == ["这一天放假：中秋"]
    assert words(entry("甲"), marks=off) == []
    assert words(entry("甲", people=(HUANG,), day=saturday)) == ["这一天是周末"]
    assert words(entry("甲", people=(HUANG,), day=saturday), marks=worked) == []


def test_a_month_is_laid_out_in_whole_weeks():
    month = datetime.date(2018, 9, 1)
    long = replace(entry("督训", None, day=datetime.date(2018, 9, 6)), ends=datetime.date(2018, 9, 11))
    beside = replace(entry("公示", None, day=datetime.date(2018, 9, 10)), ends=datetime.date(2018, 9, 12))
    weeks = weeks_of(month, [long, beside, entry("甲")], {}, DAY)
    assert (weeks[0].days[0].date, weeks[-1].days[-1].date) == (datetime.date(2018, 8, 27), datetime.date(2018, 9, 30))
    assert all(sum(cell.width for cell in lane) == 7 for week in weeks for lane in week.lanes)
    told = [[[(c.width, c.entry.title if c.entry else "") for c in lane] for lane in week.lanes] for week in weeks]
    assert told == [
        [],
        [[*[(1, "")] * 3, (4, "督训")]],
        [[(2, "督训"), *[(1, "")] * 5], [(3, "公示"), *[(1, "")] * 4]],
        [],
        [],
    ]
    assert weeks[2].lanes[0][0].goes_on
    day = weeks[3].days[3]
    assert (day.is_today, day.count, [each.title for each in day.entries]) == (True, 1, ["甲"])
    assert weeks[2].days[0].count == 2
