import pytest
from django.contrib.sessions.backends.db import SessionStore
from django.test import Client

from mentorship.accounts.models import RoleGrant, User
from mentorship.audit.models import Entry
from mentorship.people.account_views import open_account
from mentorship.people.accounts import suggested_username
from tests.conftest import person_with
from tests.editing import seen_at
from tests.factories import RoleGrantFactory, SecretaryFactory, UserFactory


@pytest.mark.parametrize(("actor", "status"), [
    ("lead", 200), ("officer", 200), ("leader", 200), ("mentor", 403), ("mentee", 403), ("liaison", 403),
    ("reviewer", 403), ("nobody", 403), ("anonymous", 302),
])  # fmt: skip
def test_who_sees_the_list(as_, actor, status):
    assert as_(actor).get("/accounts/").status_code == status


def test_the_list_holds_the_studios_own_people(cast, as_):
    page = as_("leader").get("/accounts/").content.decode()
    assert "沈桂芳" in page
    assert "乙区密" not in page
    assert as_("leader").get(f"/accounts/{cast.stranger.pk}/").status_code == 404


def test_the_list_is_filtered_and_searched(cast, as_):
    def shown(**query):
        return {str(user) for user in as_("lead").get("/accounts/", query).context["page"]}

    assert shown(role="leader") == {"贺明远"}
    assert shown(q="沈桂") == {"沈桂芳"}
    User.objects.filter(pk=cast.mentor.pk).update(is_active=False)
    assert shown(state="closed") == {"沈桂芳"}
    assert shown(q="没有这个人") == set()


LIST_QUERIES = 9


@pytest.mark.parametrize("people", [1, 3])
def test_the_list_takes_the_same_queries_for_one_and_for_three(studio, people, django_assert_num_queries):
    lead = person_with(studio, "project_lead", "许晓岚")
    for _ in range(people - 1):
        RoleGrantFactory(user=UserFactory(), studio=studio, role="mentor")
    client = Client()
    client.force_login(lead)
    with django_assert_num_queries(LIST_QUERIES):
        client.get("/accounts/")


def test_roles_are_granted_and_ended_with_a_trail(cast, as_):
    lead = as_("lead")
    lead.post(f"/accounts/{cast.nobody.pk}/roles/", {"role": "reviewer"})
    assert not cast.nobody.role_grants.exists(), "nobody outside the studio is found"
    lead.post(f"/accounts/{cast.mentor.pk}/roles/", {"role": "reviewer"})
    grant = cast.mentor.role_grants.get(role="reviewer")
    assert grant.granted_by == cast.lead
    lead.post(f"/accounts/roles/{grant.pk}/end/")
    grant.refresh_from_db()
    assert grant.revoked_at
    assert set(Entry.objects.values_list("verb", flat=True)) == {"role.granted", "role.revoked"}


def test_who_may_not_grant(cast, as_):
    count = RoleGrant.objects.count()
    assert as_("officer").post(f"/accounts/{cast.mentor.pk}/roles/", {"role": "officer"}).status_code == 403
    assert as_("lead").post(f"/accounts/{cast.lead.pk}/roles/", {"role": "reviewer"}).status_code == 200
    assert as_("lead").post(f"/accounts/{cast.stranger.pk}/roles/", {"role": "reviewer"}).status_code == 404
    page = as_("lead").post(f"/accounts/{cast.reviewer.pk}/roles/", {"role": "liaison"}).content.decode()
    assert "请选联络员负责的街镇" in page
    own = RoleGrant.objects.get(user=cast.lead)
    as_("lead").post(f"/accounts/roles/{own.pk}/end/")
    own.refresh_from_db()
    assert own.revoked_at is None
    assert RoleGrant.objects.count() == count


def test_a_liaison_is_bound_to_a_subdistrict_of_the_studio(cast, as_):
    foreign = cast.foreign_mentee_row.secretary.community.subdistrict
    client = as_("lead")
    client.post(f"/accounts/{cast.reviewer.pk}/roles/", {"role": "liaison", "subdistrict": foreign.pk})
    assert not cast.reviewer.role_grants.filter(role="liaison").exists()
    client.post(f"/accounts/{cast.reviewer.pk}/roles/", {"role": "liaison", "subdistrict": cast.subdistricts[0].pk})
    assert cast.reviewer.role_grants.get(role="liaison").subdistrict == cast.subdistricts[0]


def test_a_closed_account_is_out_at_once_and_comes_back(cast, as_):
    mentor, officer = as_("mentor"), as_("officer")
    officer.post(f"/accounts/{cast.mentor.pk}/close/")
    assert mentor.get("/accounts/me/").status_code == 302
    officer.post(f"/accounts/{cast.mentor.pk}/reopen/")
    assert User.objects.get(pk=cast.mentor.pk).is_active


def test_a_reset_password_is_told_once_and_ends_sessions(cast, as_):
    mentor = as_("mentor")
    response = as_("officer").post(f"/accounts/{cast.mentor.pk}/password/")
    secret = response.context["secret"]
    assert secret in response.content.decode()
    assert "no-store" in response["Cache-Control"]
    assert mentor.get("/accounts/me/").status_code == 302
    user = User.objects.get(pk=cast.mentor.pk)
    assert user.check_password(secret)
    assert user.must_change_password
    assert secret not in str(list(Entry.objects.values()))


def test_an_account_for_a_liaison_is_opened_with_its_role_or_not_at_all(cast, as_):
    data = {"username": "lian", "name": "连心", "role": "liaison"}
    as_("lead").post("/accounts/new/", data)
    assert not User.objects.filter(username="lian").exists()
    response = as_("lead").post("/accounts/new/", data | {"subdistrict": cast.subdistricts[0].pk})
    assert User.objects.get(username="lian").check_password(response.context["secret"])
    assert as_("officer").get("/accounts/new/").status_code == 403


def test_the_suggested_name_is_the_spelling_and_free(db):
    assert suggested_username("何嘉怡") == "hejiayi"
    UserFactory(username="hejiayi")
    assert suggested_username("何嘉怡") == "hejiayi2"


def test_an_account_is_opened_from_the_register(cast, rf):
    secretary = SecretaryFactory(studio=cast.studio, name="单小丽", phone="13900000000")
    request = rf.post("/", {"username": "shanxiaoli", "role": "mentee"})
    request.user, request.session, request.studio = cast.officer, SessionStore(), cast.studio
    assert open_account(request, secretary.pk).status_code == 200
    secretary.refresh_from_db()
    assert (secretary.user.username, secretary.user.phone) == ("shanxiaoli", "13900000000")
    assert secretary.user.role_grants.get().role == "mentee"
    assert secretary.user.must_change_password


def test_changed_particulars_leave_before_and_after(cast, as_):
    data = {"name": "沈桂芳", "phone": "13800009999"}
    assert (
        "phone"
        in as_("officer").post(f"/accounts/{cast.mentor.pk}/edit/", data | {"phone": "12"}).context["form"].errors
    )
    for _ in range(2):
        edit = f"/accounts/{cast.mentor.pk}/edit/"
        as_("officer").post(edit, data | seen_at(as_("officer"), edit))
    entry = Entry.objects.get(verb="account.changed")
    assert (entry.before, entry.after) == ({"phone": ""}, {"phone": "13800009999"})
    assert as_("officer").get(f"/accounts/{cast.lead.pk}/edit/").status_code == 403


@pytest.mark.parametrize("path", ["", "edit/", "card/"])
def test_the_pages_about_one_person_open(cast, as_, path):
    assert "沈桂芳" in as_("officer").get(f"/accounts/{cast.mentor.pk}/{path}").content.decode()
