"""T20: weighty acts ask once more who is there, and lose nothing on the way."""

import re
import time

import pytest
from django.contrib.sessions.models import Session
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from mentorship.accounts.access import StepUp
from mentorship.accounts.forms import PersonForm
from mentorship.accounts.models import RoleGrant, User
from mentorship.accounts.sessions import LOOKED
from tests.factories import UserFactory
from tests.factories.ground import PASSWORD
from tests.walk import patterns

from .keys import HTML, code_now, looked_long_ago, set_in_session, wholly_in, with_authenticator

AGAIN = "/accounts/again/"
ACT = {
    "accounts:new_account", "accounts:grant_role", "accounts:revoke_role", "accounts:deactivate", "accounts:reactivate",
    "accounts:reset_password", "accounts:card_issue", "promotions:vote", "promotions:enter", "promotions:close_vote",
    "promotions:stop_vote", "promotions:conclude", "promotions:take_effect", "promotions:appeal_decide",
    "assessments:release", "archive:export", "archive:export_retry",
}  # fmt: skip
OPEN = {
    "people:export", "notifications:sent_export", "training:ledger_export", "meetings:items_export", "growth:cohort_export",
    "growth:report_docx", "logs:export", "visits:export", "archive:export_file", "archive:file_pdf",
}  # fmt: skip
KEYS = {
    "accounts:set_authenticator", "accounts:remove_authenticator", "accounts:add_passkey", "accounts:remove_passkey",
    "accounts:recovery_codes", "accounts:clear_second_factor",
}  # fmt: skip
WATCHED = {"archive:exports"}  # a list of exports is none


def test_these_pages_ask_and_every_new_export_must():
    kinds = {StepUp.ACT: set(), StepUp.OPEN: set(), StepUp.KEYS: set()}
    for name, view in patterns():
        if getattr(view, "step_up", None):
            kinds[view.step_up].add(name)
    for kind, expected in [(StepUp.ACT, ACT), (StepUp.OPEN, OPEN), (StepUp.KEYS, KEYS)]:
        assert expected <= kinds[kind], expected - kinds[kind]
    exports = {name for name, _view in patterns() if re.search(r"export(_file)?$|_(xlsx|docx|zip)$", name)}
    assert exports - WATCHED <= kinds[StepUp.ACT] | kinds[StepUp.OPEN]


@pytest.fixture
def lead(cast):
    return with_authenticator(cast.lead)


def kept_of(response) -> str:
    return response.context["kept"]


def resent(client, response):
    """What the page with the waiting form sends on."""
    kept = response.context["resend"]
    assert kept.method == "post"
    html = response.content.decode()
    assert all(f'name="{name}" value="{value}"' in html for name, value in kept.fields)
    data = {}
    for name, value in kept.fields:
        data.setdefault(name, []).append(value)
    return client.post(kept.to, data)


def test_a_role_is_granted_only_after_a_fresh_look_and_nothing_is_typed_twice(required, lead, cast):
    client = wholly_in(lead)
    looked_long_ago(client)
    address = reverse("accounts:grant_role", args=[cast.nobody.pk])
    RoleGrant.objects.create(user=cast.nobody, studio=cast.studio, role="mentee")
    asked = client.post(address, {"role": "leader", "subdistrict": ""})
    assert "请再确认一下是您" in asked.content.decode()
    wrong = client.post(AGAIN, {"code": "000000", "kept": kept_of(asked)})
    assert not RoleGrant.objects.filter(user=cast.nobody, role="leader").exists()
    right = client.post(AGAIN, {"code": code_now(lead), "kept": kept_of(wrong)})
    resent(client, right)
    assert RoleGrant.objects.filter(user=cast.nobody, role="leader").exists()


def test_ten_minutes_are_ten_minutes(required, lead, cast):
    client = wholly_in(lead)
    address = reverse("people:export")
    for ago, opens in [(590, True), (610, False)]:
        set_in_session(client, **{LOOKED: time.time() - ago})
        content = client.get(address)["Content-Type"]
        assert ("spreadsheet" in content) == opens


def test_an_export_opens_after_it_with_its_conditions(required, lead, cast):
    client = wholly_in(lead)
    looked_long_ago(client)
    asked = client.get(reverse("people:export"), {"q": "何", "post": ""})
    done = client.post(AGAIN, {"code": code_now(lead), "kept": kept_of(asked)})
    kept = done.context["resend"]
    assert (kept.to, kept.method, kept.fields) == ("/people/export/", "get", [["q", "何"], ["post", ""]])
    assert "spreadsheet" in client.get(kept.to, dict(kept.fields))["Content-Type"]


def test_who_has_no_second_factor_gives_the_password(required, cast):
    client = wholly_in(cast.leader)
    looked_long_ago(client)
    asked = client.get(reverse("growth:cohort_export", args=[cast.cohort.pk]))
    assert client.post(AGAIN, {"password": "wrong", "kept": kept_of(asked)}).context["form"].errors
    done = client.post(AGAIN, {"password": PASSWORD, "kept": kept_of(asked)})
    assert done.context["resend"].to == asked.request["PATH_INFO"]


def test_guessing_at_the_second_look_is_counted(required, cast):
    client = wholly_in(cast.leader)
    looked_long_ago(client)
    for _ in range(6):
        last = client.post(AGAIN, {"password": "wrong"})
    assert "15分钟" in last.content.decode()
    assert client.post(AGAIN, {"password": PASSWORD}).status_code == 200


def test_where_it_is_only_offered_nothing_asks(lead, cast):
    client = wholly_in(lead)
    looked_long_ago(client)
    assert "spreadsheet" in client.get(reverse("people:export"))["Content-Type"]


def test_the_right_comes_first(required, cast):
    """Who may not do it at all is not asked for a code on the way."""
    client = wholly_in(cast.mentee)
    looked_long_ago(client)
    assert client.get(reverse("people:export")).status_code == 403
    assert client.post(reverse("accounts:grant_role", args=[cast.nobody.pk])).status_code == 403


def test_reading_a_page_with_a_form_asks_nothing(required, lead, cast):
    client = wholly_in(lead)
    looked_long_ago(client)
    assert client.get(reverse("accounts:new_account")).context["role_form"]


def test_the_admin_asks_before_roles_change(required, lead, cast):
    client = wholly_in(lead)
    looked_long_ago(client)
    page = reverse("admin:accounts_rolegrant_changelist")
    assert client.get(page).status_code == 200
    row = RoleGrant.objects.get(user=cast.reviewer)
    sent = {"action": "end", "_selected_action": [str(row.pk)], "confirmed": "yes", "post": "yes"}
    asked = client.post(page, sent)
    row.refresh_from_db()
    assert "请再确认一下是您" in asked.content.decode()
    assert row.revoked_at is None
    add = client.post(reverse("admin:accounts_rolegrant_add"), {"user": str(cast.nobody.pk), "role": "leader"})
    assert "请再确认一下是您" in add.content.decode()


def test_what_waits_belongs_to_one_person_and_is_ours(required, lead, cast):
    client = wholly_in(lead)
    looked_long_ago(client)
    kept = kept_of(client.post(reverse("accounts:grant_role", args=[cast.nobody.pk]), {"role": "leader"}))
    other = wholly_in(cast.leader)
    assert other.post(AGAIN, {"password": PASSWORD, "kept": kept})["Location"] == "/"
    for text in (kept[:-3] + "abc", "x", ""):
        assert client.post(AGAIN, {"code": code_now(lead), "kept": text}).status_code == 302
        User.objects.get(pk=lead.pk).authenticator.__class__.objects.update(last_step=0)


def test_files_do_not_come_along_and_the_person_is_told(required, lead, cast):
    client = wholly_in(lead)
    looked_long_ago(client)
    file = SimpleUploadedFile("a.txt", b"text")
    asked = client.post(reverse("accounts:grant_role", args=[cast.nobody.pk]), {"role": "leader", "file": file})
    done = client.post(AGAIN, {"code": code_now(lead), "kept": kept_of(asked)})
    assert "再选一次" in done.content.decode()
    assert not done.context["at_once"], "not sent on without being looked at"


def test_a_ballot_is_never_written_down_on_the_way(required, world):
    client = wholly_in(world.mentor)
    looked_long_ago(client)
    address = reverse("promotions:vote", args=[world.vote_candidate.pk])
    asked = client.post(address, {"choice": "approve-乙", "reason": "不写下来"})
    assert "请再确认一下是您" in asked.content.decode()
    written = " ".join(str(row.get_decoded()) for row in Session.objects.all())
    assert "approve-乙" not in written
    assert "不写下来" not in written


# The same when the session is over: T23.


def test_a_form_sent_after_the_session_ended_comes_back_whole(cast):
    client = Client()
    text = "第一行\n" + "字" * 2000
    address = reverse("accounts:edit_account", args=[cast.mentee.pk])
    typed = {"name": "新名字", "name_en": "", "phone": "", "email": "", "title": text}
    asked = client.post(address, typed, **HTML)
    assert "您刚才填的还在" in asked.content.decode()
    sent = {"username": cast.lead.username, "password": "wrong", "kept": kept_of(asked)}
    again = client.post("/accounts/login/", sent)
    done = client.post("/accounts/login/", sent | {"password": PASSWORD, "kept": kept_of(again)})
    assert dict(done.context["resend"].fields) == typed
    assert not done.context["at_once"]


def test_it_comes_through_the_code_page_as_well(required, lead, cast):
    client = Client()
    address = reverse("accounts:edit_account", args=[cast.mentee.pk])
    seen = PersonForm(instance=cast.mentee)["seen"].value()
    asked = client.post(address, {"name": "改过的名字", "seen": seen}, **HTML)
    half = client.post(
        "/accounts/login/", {"username": lead.username, "password": PASSWORD, "kept": kept_of(asked)}, **HTML
    )
    assert "还差一步" in half.content.decode()
    done = client.post("/accounts/code/", {"code": code_now(lead), "kept": kept_of(half)}, **HTML)
    resent(client, done)
    cast.mentee.refresh_from_db()
    assert cast.mentee.name == "改过的名字"


def test_passwords_and_background_requests_are_not_kept(db):
    client = Client()
    assert client.post("/accounts/password/", {"old": "a", "new": "b"}, **HTML).status_code == 302
    person = UserFactory()
    assert client.post(f"/accounts/{person.pk}/edit/", {"name": "x"}).status_code == 302, "a script's"
    assert client.post(f"/accounts/{person.pk}/edit/", {}, **HTML).status_code == 302, "nothing typed"
