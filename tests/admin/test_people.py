"""What an organizer may do to accounts, roles, cards and helpers."""

import datetime

from django.utils import timezone

from mentorship.accounts.models import Assistant, RoleGrant, SignInCard, User
from mentorship.accounts.roles import Role
from mentorship.audit.models import Entry
from tests.factories import RoleGrantFactory, SubdistrictFactory, UserFactory

from .test_doors import typed, url
from .worlds import newest

# Roles


def role_form(user, role, **more):
    return {"user": str(user.pk), "role": role, "subdistrict": ""} | more


def test_the_lead_grants_a_role(own, signed_in):
    person = RoleGrantFactory(user=UserFactory(), studio=own.studio, role=Role.REVIEWER).user
    response = signed_in(own.lead).post(url(RoleGrant, "add"), role_form(person, Role.OFFICER))
    assert response.status_code == 302
    grant = RoleGrant.objects.get(user=person, role=Role.OFFICER)
    assert (grant.studio, grant.granted_by) == (own.studio, own.lead)
    assert (newest().verb, newest().object_id) == ("role.granted", str(person.pk))
    assert Entry.objects.filter(verb="role.granted").count() == 1, "the rehearsal leaves nothing"


def test_nobody_grants_to_themselves(own, signed_in):
    response = signed_in(own.lead).post(url(RoleGrant, "add"), role_form(own.lead, Role.LEADER))
    assert response.status_code == 200
    assert "不能给自己授予角色" in response.content.decode()
    assert RoleGrant.objects.filter(user=own.lead).count() == 1


def test_an_officer_grants_and_ends_nothing(own, signed_in):
    browser = signed_in(own.officer)
    assert browser.get(url(RoleGrant, "changelist")).status_code == 200
    assert browser.get(url(RoleGrant, "add")).status_code == 403
    person = own.rows[User]
    assert browser.post(url(RoleGrant, "add"), role_form(person, Role.PROJECT_LEAD)).status_code == 403
    grant = RoleGrant.objects.get(user=person)
    browser.post(url(RoleGrant, "changelist"), {"action": "end", "_selected_action": [grant.pk], "confirmed": "yes"})
    grant.refresh_from_db()
    assert grant.revoked_at is None


def test_a_foreign_account_can_not_be_given_a_role(own, foreign, signed_in):
    response = signed_in(own.lead).post(url(RoleGrant, "add"), role_form(foreign.rows[User], Role.OFFICER))
    assert response.status_code == 200
    assert "user" in response.context["adminform"].form.errors
    assert not RoleGrant.objects.filter(studio=own.studio, user=foreign.rows[User]).exists()


def test_a_liaison_needs_a_place_of_the_studio(own, signed_in):
    person, browser = own.rows[User], signed_in(own.lead)
    response = browser.post(url(RoleGrant, "add"), role_form(person, Role.LIAISON))
    assert "请选联络员负责的街镇" in response.content.decode()
    elsewhere = SubdistrictFactory()
    response = browser.post(url(RoleGrant, "add"), role_form(person, Role.LIAISON, subdistrict=elsewhere.pk))
    assert response.status_code == 200
    response = browser.post(url(RoleGrant, "add"), role_form(person, Role.LIAISON, subdistrict=own.subdistrict.pk))
    assert response.status_code == 302


def test_ending_a_role_asks_first(own, signed_in):
    grant, browser = own.rows[RoleGrant], signed_in(own.lead)
    data = {"action": "end", "_selected_action": [grant.pk]}
    asked = browser.post(url(RoleGrant, "changelist"), data)
    assert asked.status_code == 200
    assert "马上不能再做" in asked.content.decode()
    grant.refresh_from_db()
    assert grant.revoked_at is None
    browser.post(url(RoleGrant, "changelist"), data | {"confirmed": "yes"})
    grant.refresh_from_db()
    assert grant.revoked_at is not None
    assert newest().verb == "role.revoked"


def test_one_does_not_end_ones_own_role(own, signed_in):
    grant = RoleGrant.objects.get(user=own.lead)
    data = {"action": "end", "_selected_action": [grant.pk], "confirmed": "yes"}
    response = signed_in(own.lead).post(url(RoleGrant, "changelist"), data, follow=True)
    assert "不能结束自己的角色" in response.content.decode()
    grant.refresh_from_db()
    assert grant.revoked_at is None


# Accounts


def test_an_account_is_changed_but_not_its_keys(own, signed_in):
    person = own.rows[User]
    data = typed(signed_in(own.officer).get(url(User, "change", person.pk)))
    keys = {"password": "x", "is_operator": "on", "is_active": "", "username": "admin", "must_change_password": "on"}
    stood = User.objects.get(pk=person.pk)
    response = signed_in(own.officer).post(url(User, "change", person.pk), data | keys | {"title": "评委"})
    assert response.status_code == 302
    now = User.objects.get(pk=person.pk)
    assert now.title == "评委"
    for name in ("password", "is_operator", "is_active", "username", "must_change_password"):
        assert getattr(now, name) == getattr(stood, name)
    assert (newest().verb, newest().after) == ("account.changed", {"title": "评委"})
    assert newest().actor_id == str(own.officer.pk)


def test_an_officer_does_not_hold_the_leads_account(own, signed_in):
    page = signed_in(own.officer).get(url(User, "change", own.lead.pk))
    assert page.status_code == 200
    assert not page.context["has_change_permission"]
    assert signed_in(own.officer).post(url(User, "change", own.lead.pk), {"name": "改"}).status_code == 403


def test_accounts_are_neither_added_nor_shown_with_their_hash(own, signed_in):
    assert signed_in(own.lead).get(url(User, "add")).status_code == 403
    page = signed_in(own.lead).get(url(User, "change", own.rows[User].pk)).content.decode()
    assert own.rows[User].password not in page


def test_a_person_of_two_studios_shows_one_of_them(own, foreign, signed_in):
    shared = own.rows[User]
    RoleGrantFactory(user=shared, studio=foreign.studio, role=Role.MENTOR)
    page = signed_in(own.lead).get(url(User, "change", shared.pk))
    assert not page.context["has_change_permission"], "someone else looks after the account too"
    assert page.content.decode().count("带教书记") == 0
    listed = signed_in(own.lead).get(url(User, "changelist")).content.decode()
    assert "带教书记" not in listed.split(shared.username)[1].split("</tr>")[0]


def test_taking_cards_back(own, signed_in):
    card, browser = own.rows[SignInCard], signed_in(own.officer)
    data = {"action": "take_back", "_selected_action": [card.pk]}
    assert "收回以后" in browser.post(url(SignInCard, "changelist"), data).content.decode()
    card.refresh_from_db()
    assert card.revoked_at is None
    browser.post(url(SignInCard, "changelist"), data | {"confirmed": "yes"})
    card.refresh_from_db()
    assert card.revoked_at is not None
    page = browser.get(url(SignInCard, "change", card.pk)).content.decode()
    assert card.digest not in page


def test_the_leads_card_is_not_the_officers_to_take(own, signed_in):
    card = SignInCard.objects.create(
        studio=own.studio,
        user=own.lead,
        digest="d",
        issued_by=own.lead,
        expires_at=timezone.now() + datetime.timedelta(days=1),
    )
    data = {"action": "take_back", "_selected_action": [card.pk], "confirmed": "yes"}
    response = signed_in(own.officer).post(url(SignInCard, "changelist"), data, follow=True)
    assert "不归您管" in response.content.decode()
    card.refresh_from_db()
    assert card.revoked_at is None


def test_ending_a_helper(own, signed_in):
    helper = own.rows[Assistant]
    data = {"action": "end", "_selected_action": [helper.pk], "confirmed": "yes"}
    signed_in(own.officer).post(url(Assistant, "changelist"), data)
    helper.refresh_from_db()
    assert helper.ended_at is not None
