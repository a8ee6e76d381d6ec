"""Drafts on the server: the newest words win, nobody else reads them, and they go when the log is made."""

import datetime
import json
import uuid
from io import StringIO

import pytest
from django.contrib import admin
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone

from evaluations.logs import actions
from evaluations.logs.forms.drafts import MOST_BYTES
from evaluations.logs.models import Draft, TeachingLog
from mentorship.common.errors import Refused
from tests.factories import RoleGrantFactory, UserFactory

from .log_kit import on_the_day, written

NOON = datetime.datetime(2018, 12, 1, 12, tzinfo=datetime.UTC)
KEY = uuid.UUID("7a1f4c1e-2b6e-4f27-9d9a-0d4b6a6f2f11")
WRITE = "/logs/write/"


@pytest.fixture
def c(cast):
    return on_the_day(cast)


def address(form="coaching", key=KEY):
    return reverse("logs:draft", args=[form, key])


def body_of(c, text="才写一句", at=NOON, **more):
    return {"content": {"text": [text]}, "saved_at": at.isoformat(), "mentor": str(c.mentor_row.pk)} | more


def keep(browser, body, form="coaching", key=KEY, method="post"):
    return getattr(browser, method)(address(form, key), json.dumps(body), content_type="application/json")


def form_of(c, **facts):
    return {
        "client_key": KEY, "kind": "coaching", "mentees": [c.mentee_row.pk], "mode": "on_site", "day": "other",
        "date": "2018-11-20", "length": "60", "text": "去了小区", "privacy": "pair",
    } | facts  # fmt: skip


@pytest.fixture
def typing(c, as_):
    """`typing("officer")`: the browser of a helper who types for the mentor."""

    def go(who):
        browser = as_(who)
        assert browser.post(reverse("accounts:act", args=[c.mentor.pk])).status_code == 302
        return browser

    return go


@pytest.mark.parametrize("method", ["post", "put"])
def test_the_words_typed_last_win(method, c, as_):
    browser = as_("mentor")
    assert keep(browser, body_of(c), method=method).json()["kept"] is True
    later = NOON + datetime.timedelta(minutes=5)
    keep(browser, body_of(c, "后写的", later), method=method)
    keep(browser, body_of(c, "先写的，晚到的", NOON), method=method)
    draft = Draft.objects.get()
    assert (draft.content, draft.saved_at) == ({"text": ["后写的"]}, later)
    assert (draft.owner, draft.hands, draft.mentor) == (c.mentor, c.mentor, c.mentor_row)


def test_a_clock_that_runs_ahead_does_not_win_for_ever(c, as_):
    browser = as_("mentor")
    keep(browser, body_of(c, "钟快了一年", timezone.now() + datetime.timedelta(days=365)))
    assert Draft.objects.get().saved_at <= timezone.now()
    keep(browser, body_of(c, "接着写", timezone.now()))
    assert Draft.objects.get().content == {"text": ["接着写"]}


@pytest.mark.parametrize(
    "spoil",
    [
        {"content": "字"},
        {"content": {"text": "不是清单"}},
        {"content": {"text": [1]}},
        {"content": {"text": ["何\x00嘉怡"]}},
        {"content": {"te\x00xt": []}},
        {"content": {"text": ["\ud800"]}},
        {"content": {f"f{n}": [] for n in range(100)}},
        {"content": {"text": ["长" * MOST_BYTES]}},
        {"saved_at": "昨天"},
        {"mentor": "不是编号"},
    ],
    ids=lambda spoiled: next(iter(spoiled)),
)
def test_what_no_page_of_ours_sends_is_refused(spoil, c, as_):
    assert keep(as_("mentor"), body_of(c) | spoil).status_code == 400
    assert not Draft.objects.exists()


def test_a_body_that_is_no_json_is_refused(as_, c):
    assert as_("mentor").post(address(), "{", content_type="application/json").status_code == 400
    assert as_("mentor").post(address(), "[]", content_type="application/json").status_code == 400
    assert as_("mentor").post(address(), {"text": "一张表"}).status_code == 400, "a form with files is no draft"


def test_too_many_drafts_of_one_person_are_refused(c, as_, monkeypatch):
    monkeypatch.setattr("evaluations.logs.actions.drafts.MOST_DRAFTS", 2)
    answers = [keep(as_("mentor"), body_of(c), key=uuid.uuid4()).status_code for _n in range(3)]
    assert answers == [200, 200, 422]


def test_whose_draft_it_may_be(c, as_):
    """A mentor for themselves, an officer for any mentor of the studio, an apprentice a reflection."""
    assert keep(as_("officer"), body_of(c)).status_code == 200
    assert keep(as_("other_mentor"), body_of(c)).status_code in {403, 404}
    assert keep(as_("stranger"), body_of(c)).status_code == 404
    assert keep(as_("leader"), body_of(c)).status_code == 403
    assert keep(as_("mentee"), body_of(c)).status_code in {403, 404}
    assert keep(as_("mentee"), body_of(c, mentor=None), form="reflection").status_code == 200
    assert keep(as_("mentor"), body_of(c, mentor=None), form="reflection").status_code == 403
    assert keep(as_("mentor"), body_of(c), form="letter").status_code == 404
    assert keep(as_("anonymous"), body_of(c)).url.startswith("/accounts/login/")
    assert set(Draft.objects.values_list("owner__name", "form")) == {("龙飞", "coaching"), ("何嘉怡", "reflection")}


def test_the_same_key_of_two_people_is_two_drafts(c, as_):
    keep(as_("officer"), body_of(c, "专员写的"))
    keep(as_("mentor"), body_of(c, "师傅写的"))
    assert {draft.content["text"][0] for draft in Draft.objects.all()} == {"专员写的", "师傅写的"}
    as_("mentor").delete(address())
    assert Draft.objects.get().owner == c.officer
    assert as_("mentor").delete(address()).status_code == 204


def test_a_key_stays_with_its_form(c, as_):
    keep(as_("mentor"), body_of(c))
    answer = keep(as_("mentor"), body_of(c, "换了种类", NOON + datetime.timedelta(1)), form="session")
    assert answer.status_code == 422
    assert Draft.objects.get().form == "coaching"


def test_a_helpers_draft_belongs_to_the_two_of_them(c, as_, typing):
    keep(typing("officer"), body_of(c, "专员替师傅记的"))
    keep(as_("mentor"), body_of(c, "师傅自己的"), key=uuid.uuid4())
    assert {(d.owner.name, d.hands.name) for d in Draft.objects.all()} == {("沈桂芳", "龙飞"), ("沈桂芳", "沈桂芳")}
    shown = typing("officer").get(WRITE).text
    assert "专员替师傅记的" in shown
    assert "师傅自己的" not in shown
    assert "专员替师傅记的" in as_("mentor").get(WRITE).text
    c.second = UserFactory(name="另一位专员")
    RoleGrantFactory(user=c.second, studio=c.studio, role="officer")
    other_helper = typing("second").get(WRITE)
    assert other_helper.status_code == 200
    assert "替师傅记的" not in other_helper.text
    assert "师傅自己的" not in other_helper.text
    assert "替师傅记的" not in as_("officer").get(reverse("logs:write_for", args=[c.mentor_row.pk])).text


def test_another_device_goes_on_with_it(c, as_):
    content = {"text": ["手机上写的"], "mentees": [str(c.mentee_row.pk)], "day": ["2018-11-20"], "mode": ["talk"]}
    keep(as_("mentor"), body_of(c, content=content))
    browser = as_("mentor")
    shown = browser.get(WRITE).text
    assert "的草稿写" in shown
    assert "手机上写的</textarea>" not in shown
    form = browser.get(f"{WRITE}?draft={KEY}").context["form"]
    assert str(form["client_key"].value()) == str(KEY)
    assert form["text"].value() == "手机上写的"
    assert form["mentees"].value() == [str(c.mentee_row.pk)]
    assert (form["day"].value(), form["date"].value()) == ("other", "2018-11-20")
    assert form["mode"].value() == "talk"


def test_a_draft_opens_only_in_its_own_form(c, as_):
    keep(as_("mentor"), body_of(c))
    keep(as_("officer"), body_of(c, "给这位师傅记的"), key=uuid.uuid4())
    for who, where in [
        ("mentor", f"{WRITE}?kind=session&draft={KEY}"),
        ("other_mentor", f"{WRITE}?draft={KEY}"),
        ("officer", f"{reverse('logs:write_for', args=[c.mentor_row.pk])}?draft={KEY}"),
        ("mentor", f"{WRITE}?draft=nonsense"),
    ]:
        assert as_(who).get(where).status_code == 404
    other = reverse("logs:write_for", args=[c.other_mentor_row.pk])
    assert "给这位师傅记的" not in as_("officer").get(other).text
    assert "才写一句" not in as_("mentor").get(f"{WRITE}?kind=session").text


def test_it_goes_with_the_log_and_stays_with_a_refusal(c, as_, typing):
    browser = as_("mentor")
    keep(browser, body_of(c))
    keep(typing("officer"), body_of(c))
    browser.post(WRITE, form_of(c, mentees=[]))
    with pytest.raises(Refused):
        written(c, client_key=KEY, mentees=[c.other_mentee_row])
    assert Draft.objects.count() == 2
    assert browser.post(WRITE, form_of(c)).status_code == 302
    assert not Draft.objects.exists()
    assert keep(browser, body_of(c, "晚到的草稿", timezone.now())).json()["kept"] is False
    assert not Draft.objects.exists()


def test_offers_cost_the_same_for_three_as_for_one(c, as_, count_queries):
    browser = as_("mentor")
    keep(browser, body_of(c), key=uuid.uuid4())
    browser.get(WRITE)
    one = count_queries(lambda: browser.get(WRITE))
    for _n in range(2):
        keep(browser, body_of(c), key=uuid.uuid4())
    assert count_queries(lambda: browser.get(WRITE)) == one


def test_old_drafts_are_dropped(c, as_):
    keep(as_("mentor"), body_of(c))
    keep(as_("mentor"), body_of(c), key=uuid.uuid4())
    now = timezone.now()
    days = datetime.timedelta(days=1)
    Draft.objects.filter(client_key=KEY).update(updated_at=now - 61 * days)
    Draft.objects.exclude(client_key=KEY).update(updated_at=now - 59 * days)
    said = StringIO()
    call_command("purge_drafts", stdout=said)
    assert "1 drafts dropped" in said.getvalue()
    assert not Draft.objects.filter(client_key=KEY).exists()
    assert actions.purge_drafts(now=now + 2 * days) == 1


def test_no_office_opens_a_draft(c, as_):
    keep(as_("mentor"), body_of(c))
    assert Draft not in admin.site._registry
    operator = UserFactory(is_operator=True)
    for reader in (c.lead, c.officer, c.leader, operator, c.other_mentor):
        assert not Draft.objects.visible_to(reader).exists()
    assert Draft.objects.visible_to(c.mentor).exists()


# What the scripts of the form are told.
def test_a_token_says_whose_device_it_is(c, as_, typing):
    own = as_("mentor").get(reverse("logs:token"))
    assert own.json()["owner"] == f"{c.mentor.pk}:{c.mentor.pk}"
    assert len(own.json()["token"]) == 64
    assert own["Cache-Control"] == "private, no-store"
    assert typing("officer").get(reverse("logs:token")).json()["owner"] == f"{c.officer.pk}:{c.mentor.pk}"
    assert as_("anonymous").get(reverse("logs:token")).status_code == 302


def by_script(browser, data, when="now"):
    return browser.post(WRITE, data, headers={"X-Studio-Outbox": when})


def test_a_script_hears_what_is_missing(c, as_):
    answer = by_script(as_("mentor"), form_of(c, mentees=[], length="other"))
    assert answer.status_code == 422
    assert answer.json()["heading"] == "还差2处，补上就能交"
    assert [error["field"] for error in answer.json()["errors"]] == ["mentees", "minutes"]
    assert "哪几位徒弟" in answer.json()["errors"][0]["message"]


def test_a_script_hears_where_the_log_is_and_sending_again_makes_no_second(c, as_):
    browser = as_("mentor")
    answers = [by_script(browser, form_of(c), "later").json() for _n in range(2)]
    log = TeachingLog.objects.get()
    assert answers[0] == answers[1] == {"url": f"/logs/{log.pk}/", "name": str(log), "other": False}
    assert "记好了" not in browser.get(f"/logs/{log.pk}/").text
    by_script(browser, form_of(c, client_key=uuid.uuid4()))
    assert "记好了" in browser.get(f"/logs/{log.pk}/").text


def test_other_words_under_a_used_key_are_not_said_to_be_saved(c, as_):
    browser = as_("mentor")
    by_script(browser, form_of(c))
    assert by_script(browser, form_of(c, text="又改了一句")).json()["other"] is True
    browser.get("/notices/")
    browser.post(WRITE, form_of(c, text="没有脚本时又改了一句"))
    assert "后来改的没有记下" in browser.get("/notices/").text
    assert TeachingLog.objects.get().text == "去了小区"


def test_only_a_mentors_own_form_may_be_kept_on_the_device(c, as_, typing):
    assert f'data-keep-for="{c.mentor.pk}:{c.mentor.pk}"' in as_("mentor").get(WRITE).text
    assert "data-keep-for" not in typing("officer").get(WRITE).text
    assert "data-keep-for" not in as_("officer").get(reverse("logs:write_for", args=[c.mentor_row.pk])).text
    assert 'data-keep="/logs/write/"' in as_("mentor").get("/mentor/").text
    assert 'data-keep=""' in as_("mentee").get("/mentee/").text
