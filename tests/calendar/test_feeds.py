"""Private addresses: who gets one, what is read there, and when nothing is any more."""

import datetime

import icalendar
import pytest
import time_machine
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from cohorts.training.models import Session
from evaluations.calendar import actions
from evaluations.calendar.models import CalendarFeed
from mentorship.accounts.models import RoleGrant, User
from mentorship.audit.models import Entry as AuditEntry
from mentorship.common.errors import Refused
from tests.calendar.test_ics import sound
from tests.calendar.test_pages import TODAY
from tests.factories.calendar import make_feed, secret_of
from tests.factories.practice import make_log
from tests.factories.training import make_session


@pytest.fixture(autouse=True)
def calendar(cast):
    cast.studio.demo_today = TODAY
    cast.studio.save()


def address(user):
    return reverse("calendar:feed", args=[secret_of(user)])


def summaries(response):
    return {str(event["summary"]) for event in icalendar.Calendar.from_ical(response.content).walk("VEVENT")}


def test_an_address_is_shown_once_and_replaces_the_one_before(cast, as_, client):
    browser, page = as_("mentor"), reverse("calendar:feeds")
    assert "取我的订阅地址" in browser.get(page).text
    shown = browser.post(page)
    first = shown.context["address"]
    assert first in shown.text
    assert first not in browser.get(page).text
    feed = CalendarFeed.objects.get()
    secret = first.rsplit("/", 1)[1].removesuffix(".ics")
    assert len(secret) >= 43
    assert secret not in str(CalendarFeed.objects.values_list())
    assert feed.digest == actions.digest_of(secret)
    assert client.get(first).status_code == 200
    second = browser.post(page).context["address"]
    assert client.get(first).status_code == 404
    assert client.get(second).status_code == 200
    live = CalendarFeed.objects.live().get()
    assert browser.get(reverse("calendar:revoke", args=[live.pk])).status_code == 405
    assert as_("officer").post(reverse("calendar:revoke", args=[live.pk])).status_code == 404
    browser.post(reverse("calendar:revoke", args=[live.pk]))
    assert client.get(second).status_code == 404
    verbs = [entry.verb for entry in AuditEntry.objects.order_by("sequence") if entry.verb.startswith("calendar")]
    assert verbs == ["calendar_feed.made", "calendar_feed.revoked", "calendar_feed.made", "calendar_feed.revoked"]


def test_nobody_takes_an_address_for_another(cast):
    typed = User.objects.get(pk=cast.mentor.pk)
    typed.acting_user = cast.officer
    with pytest.raises(Refused):
        actions.make_feed(by=typed, studio=cast.studio)
    with pytest.raises(Refused):
        actions.make_feed(by=cast.mentor, studio=cast.other_studio)
    make_feed(cast.mentor, cast.studio)
    with pytest.raises(IntegrityError), transaction.atomic():
        CalendarFeed.objects.create(user=cast.mentor, studio=cast.studio, digest="0")


def test_a_feed_says_when_and_where_and_nothing_more(cast, client):
    make_session(cast.cohort, title="下一课", place="党校", materials="带本子", teacher="孙教员")
    make_session(cast.cohort, title="全天", starts_at=None, ends_at=None)
    make_log(cast.pairing, next_date=datetime.date(2018, 9, 25), title="张阿婆家", text="张阿婆的事")
    make_feed(cast.mentee, cast.studio)
    response = client.get(address(cast.mentee))
    assert response["Content-Type"] == "text/calendar; charset=utf-8"
    assert {"private", "no-cache"} <= set(response["Cache-Control"].replace(" ", "").split(","))
    sound(response.content)
    assert {"下一课", "全天"} < summaries(response)
    text = response.text.replace("\r\n ", "")
    assert not any(word in text for word in ("张阿婆", "带本子", "孙教员", "DESCRIPTION"))
    assert "/training/" in text
    assert client.post(address(cast.mentee)).status_code == 405
    assert "sessionid" not in response.cookies


def test_it_is_worked_out_anew_at_each_fetch(cast, client):
    session = make_session(cast.cohort, title="下一课")
    group = make_session(cast.cohort, title="别组的课")
    make_feed(cast.mentee, cast.studio)
    assert {"下一课", "别组的课"} <= summaries(client.get(address(cast.mentee)))
    group.groups.add(cast.other_mentor_row)
    Session.objects.filter(pk=session.pk).update(state="cancelled", cancel_reason="台风")
    again = client.get(address(cast.mentee))
    assert "别组的课" not in summaries(again)
    assert b"STATUS:CANCELLED" in again.content
    RoleGrant.objects.filter(user=cast.mentee).update(revoked_at=timezone.now())
    lost = client.get(address(cast.mentee))
    unknown = client.get(reverse("calendar:feed", args=["nobody-knows-this"]))
    closed = make_feed(cast.mentor, cast.studio)
    User.objects.filter(pk=cast.mentor.pk).update(is_active=False)
    shut = client.get(address(cast.mentor))
    actions.revoke_feed(by=cast.lead, feed=closed)
    gone = client.get(address(cast.mentor))
    answers = {(each.status_code, each.content, each["Content-Type"]) for each in (lost, unknown, shut, gone)}
    assert answers == {(404, b"404\n", "text/plain; charset=utf-8")}


def test_what_has_not_changed_is_not_sent_again(cast, client, count_queries):
    session = make_session(cast.cohort, title="下一课")
    feed = make_feed(cast.mentee, cast.studio)
    with time_machine.travel("2018-09-18 10:00+08:00", tick=False):
        first = client.get(address(cast.mentee))
    etag, since = first["ETag"], first["Last-Modified"]
    with time_machine.travel("2018-09-18 10:30+08:00", tick=False):
        same = client.get(address(cast.mentee), headers={"if-none-match": etag})
        assert (same.status_code, same.content, same["ETag"]) == (304, b"", etag)
        assert client.get(address(cast.mentee), headers={"if-modified-since": since}).status_code == 304
    feed.refresh_from_db()
    assert timezone.localtime(feed.last_fetched_at).hour == 10
    assert timezone.localtime(feed.last_fetched_at).minute == 0  # once an hour at most
    Session.objects.filter(pk=session.pk).delete()
    with time_machine.travel("2018-09-18 11:30+08:00", tick=False):
        changed = client.get(address(cast.mentee), headers={"if-modified-since": since})
    assert changed.status_code == 200  # what disappeared counts as a change
    assert changed["ETag"] != etag
    feed.refresh_from_db()
    assert timezone.localtime(feed.last_fetched_at).hour == 11
    one = count_queries(lambda: client.get(address(cast.mentee)))
    for n in range(3):
        make_session(cast.cohort, title=f"课{n}")
    client.get(address(cast.mentee))
    with_groups = count_queries(lambda: client.get(address(cast.mentee)))
    assert with_groups - one <= 1  # the groups of the sessions there now are


def test_the_office_takes_an_address_back_and_never_reads_it(cast, as_):
    feed = make_feed(cast.mentor, cast.studio)
    listed = as_("lead").get(reverse("admin:calendar_calendarfeed_changelist"))
    assert str(cast.mentor) in listed.text
    detail = as_("lead").get(reverse("admin:calendar_calendarfeed_change", args=[feed.pk]))
    assert feed.digest not in detail.text
    assert secret_of(cast.mentor) not in detail.text
