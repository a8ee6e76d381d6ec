"""What is written for other people's calendars, read back by three libraries that did not write it together."""

import datetime
from zoneinfo import ZoneInfo

import icalendar
import pytest
import vobject
from ical.calendar_stream import IcsCalendarStream

from evaluations.calendar.ics import calendar_of
from mentorship.common.entries import Entry, at

SHANGHAI, NEW_YORK = ZoneInfo("Asia/Shanghai"), ZoneInfo("America/New_York")
CHANGED = datetime.datetime(2018, 9, 1, 1, 2, 3, 456, tzinfo=datetime.UTC)
LONG = "基地教学①：把组织生活过出味道，一件事、一个数、一句悔；" * 6


def entry(**more) -> Entry:
    day = datetime.date(2018, 9, 20)
    facts = {
        "uid": "session-1", "kind": "training", "title": "第一课", "updated": CHANGED, "url": "/training/1/",
        "starts": at(day, datetime.time(9)), "ends": at(day, datetime.time(11, 30)), "place": "党校, 三楼; 东\n会议室",
        "sequence": 2, "notes": "张阿婆家的事",
    }  # fmt: skip
    return Entry(**facts | more)


WINDOW = entry(
    uid="notice-1",
    title="公示",
    starts=datetime.date(2019, 8, 7),
    ends=datetime.date(2019, 8, 13),
    cancelled=True,
    url="",
)


def written(*entries: Entry) -> bytes:
    return calendar_of(entries, name="甲区书记工作室", site="https://example.org")


def sound(content: bytes) -> None:
    """Raises unless both strangers take it and every line keeps to its 75 octets."""
    text = content.decode()
    for component in vobject.readComponents(text):
        component.validate(raiseException=True)
    IcsCalendarStream.calendar_from_ics(text)
    assert content.endswith(b"END:VCALENDAR\r\n")
    assert b"\n" not in content.replace(b"\r\n", b"")
    assert max(len(line) for line in content.split(b"\r\n")) <= 75


def test_it_reads_back_as_it_was_told():
    content = written(entry(title=LONG), WINDOW)
    sound(content)
    calendar = icalendar.Calendar.from_ical(content)
    assert (calendar["x-wr-calname"], str(calendar["version"])) == ("甲区书记工作室", "2.0")
    assert calendar["refresh-interval"].dt == datetime.timedelta(hours=6)
    timed, window = calendar.walk("VEVENT")
    assert timed["uid"] == "session-1@daliang-studio"
    assert timed["summary"] == LONG
    assert timed["location"] == "党校, 三楼; 东\n会议室"
    assert timed["url"] == "https://example.org/training/1/"
    assert (timed["sequence"], timed["status"]) == (2, "CONFIRMED")
    assert timed["last-modified"].dt == timed["dtstamp"].dt == CHANGED.replace(microsecond=0)
    assert (window["status"], window["summary"]) == ("CANCELLED", "公示")
    assert rb"\, " in content
    assert rb"\n" in content
    assert "张阿婆" not in content.decode()
    assert written(entry(title=LONG), WINDOW) == content  # nothing of the moment stands in it


def test_nine_in_shanghai_is_nine_in_shanghai_everywhere():
    content = written(entry())
    assert b"DTSTART;TZID=Asia/Shanghai:20180920T090000" in content
    calendar = icalendar.Calendar.from_ical(content)
    (zone,) = calendar.walk("VTIMEZONE")
    assert zone["tzid"] == "Asia/Shanghai"
    instant = datetime.datetime(2018, 9, 20, 1, tzinfo=datetime.UTC)
    starts = calendar.walk("VEVENT")[0]["dtstart"].dt
    assert starts == instant
    (read,) = IcsCalendarStream.calendar_from_ics(content.decode()).events
    assert read.dtstart.astimezone(NEW_YORK) == instant
    assert read.dtstart.astimezone(NEW_YORK).time() == datetime.time(21)  # the evening before, their time


def test_whole_days_end_on_the_day_after():
    content = written(WINDOW)
    assert b"DTSTART;VALUE=DATE:20190807" in content
    assert b"DTEND;VALUE=DATE:20190814" in content
    sound(content)
    sound(written())


@pytest.mark.parametrize(
    ("good", "bad"),
    [
        (b"UID:session-1@daliang-studio\r\n", b""),
        (b"DTSTAMP:20180901T010203Z\r\n", b""),
        (b"STATUS:CONFIRMED", b"STATUS:PERHAPS"),
        (b"DTEND;TZID=Asia/Shanghai:20180920T113000", b"DTEND;VALUE=DATE:20180921"),
        (b"20180920T090000", b"2018-09-20 09:00"),
        ("第一课".encode(), LONG.encode()),
    ],
)
def test_the_check_finds_what_is_broken(good, bad):
    content = written(entry())
    assert good in content
    with pytest.raises(Exception):  # noqa: B017 - each of the libraries has its own
        sound(content.replace(good, bad))
