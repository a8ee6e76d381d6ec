import datetime
from zoneinfo import ZoneInfo

import pytest
from django.core import mail
from django.test import Client

from mentorship.audit.models import Entry
from mentorship.notifications.actions import notify
from mentorship.notifications.hours import next_polite_moment
from mentorship.notifications.models import Notice, Receipt
from mentorship.notifications.words import words_of
from tests.conftest import person_with

MESSAGE = {"title": "周四开班", "text": "请带<笔记本>。\n谢谢。"}


def put(cast, *people, sign=False, **kw):
    return notify(kind="message", studio=cast.studio, to=people, particulars=MESSAGE, needs_acknowledgement=sign, **kw)


def test_unread_comes_first_and_reading_marks_it(cast, as_):
    old = put(cast, cast.mentor)
    put(cast, cast.mentor)
    client = as_("mentor")
    newest = Receipt.objects.exclude(notice=old).get()
    client.get(f"/notices/{newest.pk}/")
    assert [receipt.notice for receipt, _ in client.get("/notices/").context["rows"]] == [old, newest.notice]
    assert [receipt.notice for receipt, _ in client.get("/notices/?show=unread").context["rows"]] == [old]


def test_an_empty_inbox_says_so(as_):
    assert "还没有消息" in as_("mentor").get("/notices/").content.decode()


INBOX_QUERIES = 6


@pytest.mark.parametrize("notices", [1, 3])
def test_the_inbox_takes_the_same_queries_for_one_and_for_three(studio, notices, django_assert_num_queries):
    user = person_with(studio, "reviewer", "向雪")
    sender = person_with(studio, "officer", "龙飞")
    for _ in range(notices):
        notify(kind="message", studio=studio, to=[user], particulars=MESSAGE, by=sender)
    client = Client()
    client.force_login(user)
    with django_assert_num_queries(INBOX_QUERIES):
        client.get("/notices/")


def test_ones_notices_are_ones_own(cast, as_):
    put(cast, cast.mentor, sign=True)
    receipt = Receipt.objects.get()
    for actor in ["other_mentor", "officer", "stranger"]:
        assert as_(actor).get(f"/notices/{receipt.pk}/").status_code == 404
        assert as_(actor).post(f"/notices/{receipt.pk}/acknowledge/").status_code == 404


def test_signing_once_with_ones_own_hand(cast, as_):
    put(cast, cast.mentor, sign=True)
    receipt = Receipt.objects.get()
    client = as_("mentor")
    assert client.get(f"/notices/{receipt.pk}/acknowledge/").status_code == 405
    for _ in range(2):
        client.post(f"/notices/{receipt.pk}/acknowledge/")
    receipt.refresh_from_db()
    assert receipt.acknowledged_at
    assert Entry.objects.filter(verb="notice.acknowledged").count() == 1


def test_text_is_escaped_once_on_the_page_and_not_at_all_in_mail(cast, as_, django_capture_on_commit_callbacks):
    cast.mentor.email = "shen@example.org"
    cast.mentor.save()
    with django_capture_on_commit_callbacks(execute=True):
        put(cast, cast.mentor, url="/help/")
    assert "请带&lt;笔记本&gt;" in as_("mentor").get(f"/notices/{Receipt.objects.get().pk}/").content.decode()
    (letter,) = mail.outbox
    assert letter.subject == "周四开班"
    assert "请带<笔记本>" in letter.body
    assert "/help/" in letter.body
    assert Receipt.objects.get().emailed_at


def test_mail_waits_for_the_commit(cast, django_capture_on_commit_callbacks):
    cast.mentor.email = "shen@example.org"
    cast.mentor.save()
    with django_capture_on_commit_callbacks() as waiting:
        put(cast, cast.mentor)
    assert len(waiting) == 1
    assert not mail.outbox


@pytest.mark.parametrize(("now", "leaves"), [
    ((12, 7, 29), (12, 7, 30)), ((12, 7, 30), None), ((12, 19, 59), None), ((12, 20, 0), (13, 7, 30)),
    ((12, 0, 0), (12, 7, 30)),
])  # fmt: skip
def test_no_mail_in_the_evening(now, leaves):
    zone = ZoneInfo("Asia/Shanghai")

    def at(day, hour, minute):
        return datetime.datetime(2018, 9, day, hour, minute, tzinfo=zone)

    assert next_polite_moment(at(*now)) == (at(*leaves) if leaves else None)


def send(client, **data):
    return client.post("/notices/send/", {"title": "开班", "text": "周四下午", **data})


@pytest.mark.parametrize(("audience", "people"), [
    ("all", {"许晓岚", "龙飞", "贺明远", "向雪", "苗青青", "冷月", "沈桂芳", "郑国平", "何嘉怡", "钱立峰"}),
    ("mentors", {"沈桂芳", "郑国平"}), ("mentees", {"何嘉怡", "钱立峰"}), ("liaisons", {"苗青青", "冷月"}),
])  # fmt: skip
def test_a_notice_goes_to_its_audience(cast, as_, audience, people):
    assert send(as_("officer"), audience=audience).status_code == 302
    assert {receipt.recipient.name for receipt in Receipt.objects.all()} == people
    assert Entry.objects.get(verb="notice.sent").actor_name == "龙飞"


def test_chosen_people_are_of_the_studio(cast, as_):
    assert send(as_("officer"), audience="chosen").status_code == 200
    assert send(as_("officer"), audience="chosen", chosen=[cast.stranger.pk]).status_code == 200
    assert not Notice.objects.exists()
    send(as_("officer"), audience="chosen", chosen=[cast.mentor.pk])
    assert Receipt.objects.get().recipient == cast.mentor


@pytest.mark.parametrize("actor", ["leader", "mentor", "mentee", "liaison", "nobody"])
def test_who_may_not_send(as_, actor):
    assert send(as_(actor), audience="all").status_code == 403


def test_the_sender_sees_who_has_not_read_and_reminds_once(cast, as_):
    send(as_("officer"), audience="mentors", needs_acknowledgement="on")
    notice = Notice.objects.get()
    done = Receipt.objects.get(recipient=cast.mentor)
    as_("mentor").post(f"/notices/{done.pk}/acknowledge/")
    context = as_("officer").get(f"/notices/sent/{notice.pk}/").context
    assert [str(receipt.recipient) for receipt in context["waiting"]] == ["郑国平"]
    assert [str(receipt.recipient) for receipt in context["done"]] == ["沈桂芳"]
    for _ in range(2):
        as_("officer").post(f"/notices/sent/{notice.pk}/remind/")
    reminder = Receipt.objects.get(notice__kind="reminder")
    assert reminder.recipient == cast.other_mentor
    assert "方便时请签收" in words_of(reminder.notice).title
    assert as_("mentor").get(f"/notices/sent/{notice.pk}/").status_code == 403
    assert as_("stranger").get(f"/notices/sent/{notice.pk}/").status_code == 404
    assert as_("officer").get("/notices/sent/").status_code == 200


@pytest.mark.parametrize(("kind", "particulars", "said"), [
    ("pairing_published_mentor", {"mentor": "沈书记", "mentees": ["何嘉怡", "钱立峰"], "cohort": "第一批"}, "何嘉怡、钱立峰"),
    ("pairing_published_mentee", {"mentor": "沈桂芳", "mentee": "何嘉怡", "cohort": "第一批", "base": "梅川"}, "师傅是沈桂芳"),
    ("roster_changed", {"person": "何嘉怡", "kind": "暂停带教", "date": "9月1日", "reason": "家事"}, "9月1日"),
])  # fmt: skip
def test_every_kind_has_words(kind, particulars, said):
    words = words_of(Notice(kind=kind, particulars=particulars), "zh-hans")
    assert words.title
    assert said in words.text
    assert "家事" not in words.text + words.title
