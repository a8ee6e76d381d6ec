"""Who gets into the admin, and what they find on its index."""

import pytest
from django.contrib import admin
from django.urls import reverse
from django.utils import timezone

from cohorts.models import Cohort
from mentorship.accounts.models import RoleGrant, User
from mentorship.accounts.roles import Role
from mentorship.common.admin_site import StudioAdminSite
from mentorship.people.models import Secretary
from tests.factories import RoleGrantFactory, UserFactory

from .test_doors import url

INDEX = "/admin/"


def test_a_stranger_is_sent_to_the_one_sign_in_page(client, own):
    response = client.get(url(Secretary, "changelist"), follow=True)
    assert response.redirect_chain[-1][0].startswith(reverse("accounts:login"))
    assert "next=" in response.redirect_chain[-1][0]
    assert client.get(f"{INDEX}login/").status_code == 302
    assert client.post(f"{INDEX}login/", {"username": "x", "password": "y"}).status_code == 302


@pytest.mark.parametrize("role", [Role.LEADER, Role.MENTOR, Role.MENTEE, Role.REVIEWER])
def test_no_other_role_gets_in(own, signed_in, role):
    user = RoleGrantFactory(user=UserFactory(), studio=own.studio, role=role).user
    browser = signed_in(user)
    for address in (INDEX, url(Secretary, "changelist"), reverse("admin:autocomplete"), reverse("admin:jsi18n")):
        response = browser.get(address, follow=True)
        assert response.status_code == 404
    assert signed_in(own.lead).get(INDEX).status_code == 200


def test_who_has_no_role_or_is_closed_gets_nothing(own, signed_in):
    assert signed_in(UserFactory()).get(INDEX, follow=True).status_code == 404
    browser = signed_in(own.lead)
    User.objects.filter(pk=own.lead.pk).update(is_active=False)
    response = browser.get(INDEX, follow=True)
    assert response.redirect_chain[-1][0].startswith(reverse("accounts:login"))


def test_nobody_types_for_another_in_here(own, signed_in):
    mentor = RoleGrantFactory(user=UserFactory(), studio=own.studio, role=Role.MENTOR).user
    RoleGrantFactory(user=mentor, studio=own.studio, role=Role.OFFICER)
    browser = signed_in(own.lead)
    session = browser.session
    session["acting_for"] = str(mentor.pk)
    session.save()
    assert browser.get(INDEX, follow=True).status_code == 404


def test_a_temporary_password_opens_nothing(own, signed_in):
    User.objects.filter(pk=own.lead.pk).update(must_change_password=True)
    assert signed_in(own.lead).get(url(Secretary, "changelist"), follow=True).status_code == 404


def test_a_right_that_ends_ends_at_once(own, signed_in):
    browser = signed_in(own.lead)
    assert browser.get(INDEX).status_code == 200
    RoleGrant.objects.filter(user=own.lead).update(revoked_at=timezone.now())
    assert browser.get(INDEX, follow=True).status_code == 404


def test_the_admin_works_in_the_studio_one_works_in(own, foreign, signed_in):
    """An organizer of two studios sees one at a time, and in a studio where they are no organizer nothing."""
    RoleGrantFactory(user=own.lead, studio=foreign.studio, role=Role.MENTEE)
    browser = signed_in(own.lead)
    session = browser.session
    session["studio"] = str(foreign.studio.pk)
    session.save()
    assert browser.get(url(Cohort, "changelist"), follow=True).status_code == 404
    session["studio"] = str(own.studio.pk)
    session.save()
    page = browser.get(url(Cohort, "changelist")).content.decode()
    assert foreign.mark not in page
    assert str(own.cohort) in page


def test_the_index_stands_in_the_studios_own_order(own, signed_in):
    page = signed_in(own.lead).get(INDEX).content.decode()
    places = [page.index(f"<caption>{words}") for words in [
        "名册与账号", "带教（批次、选聘、结对）", "应知必会", "通知", "地方与基地", "操作记录",
    ]]  # fmt: skip
    assert places == sorted(places)
    assert "甲区书记工作室" in page


def test_the_pages_obey_the_strict_policy(own, signed_in):
    for address in (INDEX, url(Secretary, "changelist"), url(Secretary, "add")):
        response = signed_in(own.lead).get(address)
        page = response.content.decode()
        assert "'unsafe" not in response["Content-Security-Policy"]
        assert "<style" not in page
        assert " style=" not in page
        assert " onclick=" not in page


def test_a_class_off_the_base_is_refused():
    site = StudioAdminSite(name="trial")
    with pytest.raises(Exception, match="StudioAdmin"):
        site.register(Secretary, admin.ModelAdmin)
    with pytest.raises(Exception, match="StudioAdmin"):
        site.register(Secretary)
