"""A notice with a day by which, its reminder, and taking one back."""

import datetime
import io

import pytest
from django.core import mail
from django.core.management import call_command
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from mentorship.audit.models import Entry
from mentorship.common.errors import Refused
from mentorship.notifications import actions, tasks
from mentorship.notifications.models import Notice, Receipt
from mentorship.notifications.queries import not_done, with_unsigned

DAY = datetime.timedelta(days=1)


def put(cast, *people, title="开班", **more):
    facts = {"needs_acknowledgement": True, "by": cast.officer} | more
    return actions.notify(
        kind="message", studio=cast.studio, to=people, particulars={"title": title, "text": "带笔记本"}, **facts
    )


def titles(page):
    return [words.title for _row, words in page.context["rows"]]


def test_the_form_takes_a_day_and_refuses_one_that_is_past(as_, cast):
    today, browser = cast.studio.today(), as_("officer")
    data = {"title": "开班", "text": "周四", "audience": "mentors", "needs_acknowledgement": "on"}
    page = browser.post("/notices/send/", data | {"deadline": (today - DAY).isoformat()})
    assert "这一天已经过了" in page.text
    assert "周四" in page.text
    browser.post("/notices/send/", data | {"deadline": (today + DAY).isoformat()})
    assert Notice.objects.get().deadline == today + DAY
    assert (
        "前办好" in as_("mentor").get(reverse("notifications:mine", args=[Notice.objects.get().pk]), follow=True).text
    )


def test_what_is_to_be_signed_by_a_day_comes_first(as_, cast):
    today = cast.studio.today()
    put(cast, cast.mentor, title="无期")
    put(cast, cast.mentor, title="远", deadline=today + 9 * DAY)
    put(cast, cast.mentor, title="近", deadline=today + DAY)
    put(cast, cast.mentor, title="不签", needs_acknowledgement=False)
    assert titles(as_("mentor").get("/notices/")) == ["近", "远", "不签", "无期"]
    assert titles(as_("mentor").get("/notices/?q=远")) == ["远"]
    assert "没有找到" in as_("mentor").get("/notices/?q=无此").text
    officer = as_("officer")
    assert set(titles(officer.get("/notices/sent/?state=due"))) == {"近", "远"}
    assert len(titles(officer.get("/notices/sent/?state=open"))) == 4
    assert titles(officer.get("/notices/sent/?state=withdrawn")) == []


def test_the_reminder_goes_by_itself_the_day_before_and_once(as_, cast):
    today = cast.studio.today()
    near = put(cast, cast.mentor, cast.other_mentor, deadline=today + DAY)
    put(cast, cast.mentor, title="远", deadline=today + 2 * DAY)
    put(cast, cast.mentor, title="过", deadline=today - DAY)
    actions.acknowledge(by=cast.mentor, receipt=near.receipts.get(recipient=cast.mentor))
    for _turn in range(2):
        call_command("remind_notices", stdout=io.StringIO())
    reminder = Receipt.objects.get(notice__kind="reminder")
    assert (reminder.recipient, reminder.notice.sender) == (cast.other_mentor, None)
    assert Entry.objects.get(verb="notice.reminded").object_id == str(near.pk)
    with pytest.raises(Refused):
        actions.remind(by=cast.officer, notice=near)
    landed = as_("other_mentor").get(reminder.notice.url, follow=True)
    assert landed.context["receipt"].notice == near
    assert as_("stranger").get(reminder.notice.url).status_code == 404


def test_taken_back_it_asks_nobody_for_anything(as_, cast):
    notice = put(cast, cast.mentor, deadline=cast.studio.today() + DAY)
    receipt = notice.receipts.get()
    url = reverse("notifications:withdraw", args=[notice.pk])
    assert as_("officer").post(url, {"reason": " "}).status_code == 200
    as_("officer").post(url, {"reason": "时间改了"})
    notice.refresh_from_db()
    assert (notice.withdrawn_by, notice.withdraw_reason) == (cast.officer, "时间改了")
    assert "已经撤回过" in as_("officer").post(url, {"reason": "再来"}).text
    assert not Receipt.objects.to_acknowledge().exists()
    assert not Receipt.objects.unread().exists()
    assert not not_done(notice).exists()
    assert actions.remind_before_deadlines() == 0
    mentor = as_("mentor")
    mentor.post(reverse("notifications:acknowledge", args=[receipt.pk]))
    receipt.refresh_from_db()
    assert receipt.acknowledged_at is None
    page = mentor.get(reverse("notifications:notice", args=[receipt.pk])).text
    assert "时间改了" in page
    assert "<s>" in page
    assert "<s>开班</s>" in mentor.get("/notices/").text
    assert Entry.objects.get(verb="notice.withdrawn").actor_name == "龙飞"
    own = actions.notify(kind="homework_set", studio=cast.studio, to=[cast.mentor])
    with pytest.raises(Refused):
        actions.withdraw(by=cast.officer, notice=own, reason="不想发")


def test_the_table_keeps_who_why_and_when_together(cast):
    notice = put(cast, cast.mentor)
    for half in [{"withdrawn_at": timezone.now()}, {"withdraw_reason": "只有原因"}, {"withdrawn_by": cast.officer}]:
        with pytest.raises(IntegrityError), transaction.atomic():
            Notice.objects.filter(pk=notice.pk).update(**half)


def test_mail_is_not_sent_of_what_was_taken_back_nor_in_the_evening(cast, monkeypatch):
    cast.mentor.email = "shen@example.org"
    cast.mentor.save()
    receipt = put(cast, cast.mentor).receipts.get()
    evening, put_off = timezone.now() + DAY, []

    class Backend:
        supports_defer = True

    class Later:
        def using(self, run_after):
            assert run_after == evening
            return self

        def enqueue(self, pk):
            put_off.append(pk)

    send = tasks.email_receipt.func
    monkeypatch.setattr(tasks, "next_polite_moment", lambda now: evening)
    monkeypatch.setattr(tasks, "default_task_backend", Backend())
    monkeypatch.setattr(tasks, "email_receipt", Later())
    send(str(receipt.pk))
    assert put_off == [str(receipt.pk)]
    assert not mail.outbox
    monkeypatch.setattr(tasks, "next_polite_moment", lambda now: None)
    actions.withdraw(by=cast.officer, notice=receipt.notice, reason="改了")
    send(str(receipt.pk))
    assert not mail.outbox


def test_the_overview_counts_as_the_list_of_those_who_have_not(cast):
    notice = put(cast, cast.mentor, cast.other_mentor)
    cast.other_mentor.is_active = False
    cast.other_mentor.save()
    assert with_unsigned(Notice.objects.filter(pk=notice.pk)).get().unsigned == not_done(notice).count() == 1


def test_the_list_of_who_signed_goes_out_as_a_table(as_, cast):
    notice = put(cast, cast.mentor, cast.other_mentor)
    actions.acknowledge(by=cast.mentor, receipt=notice.receipts.get(recipient=cast.mentor))
    answer = as_("officer").get(reverse("notifications:sent_export", args=[notice.pk]))
    rows = list(load_workbook(io.BytesIO(answer.content)).active.iter_rows(values_only=True))
    assert rows[0] == ("姓名", "看过", "签收")
    assert {row[0]: bool(row[2]) for row in rows[1:]} == {"沈桂芳": True, "郑国平": False}
    assert Entry.objects.filter(verb="notice.exported").exists()
