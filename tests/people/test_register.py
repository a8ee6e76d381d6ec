import datetime
import io

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from mentorship.audit.models import Entry
from mentorship.people.importing import plan_import
from mentorship.people.models import Secretary
from tests.editing import seen_at
from tests.factories import SecretaryFactory

REGISTER = reverse("people:register")


def names(response) -> set[str]:
    assert response.status_code == 200
    return {person.name for person in response.context["page"]}


def years_ago(studio, years, days=0) -> datetime.date:
    today = studio.today()
    return datetime.date(today.year - years, today.month, 1) - datetime.timedelta(days=days)


@pytest.mark.parametrize("words", ["嘉怡", "何", "hjy", "HJY", "hj", "hejiayi", "he jia", "139000", "13900000001"])
def test_found_by_name_initials_spelling_or_phone(cast, as_, words):
    Secretary.objects.filter(name="何嘉怡").update(phone="13900000001")
    assert names(as_("officer").get(REGISTER, {"q": words})) == {"何嘉怡"}


@pytest.mark.parametrize("words", ["jy", "00001", "%", "_", "何%"])
def test_not_found_by_the_middle_or_a_wildcard(cast, as_, words):
    Secretary.objects.filter(name="何嘉怡").update(phone="13900000001")
    assert names(as_("officer").get(REGISTER, {"q": words})) == set()


def test_age_bounds_include_their_own_year(cast, as_):
    for name, age in [("三十", 30), ("三五", 35), ("四十", 40)]:
        SecretaryFactory(studio=cast.studio, name=name, birth=years_ago(cast.studio, age))
    found = names(as_("officer").get(REGISTER, {"age_from": 30, "age_to": 35}))
    assert {"三十", "三五"} <= found
    assert "四十" not in found


def test_years_in_post(cast, as_):
    for name, years in [("一年", 1), ("三年", 3), ("九年", 9)]:
        SecretaryFactory(studio=cast.studio, name=name, post_since=years_ago(cast.studio, years))
    found = names(as_("officer").get(REGISTER, {"years_from": 3, "years_to": 9}))
    assert "三年" in found
    assert not {"一年", "九年"} & found


def test_young_veteran_and_subdistrict(cast, as_):
    browser = as_("officer")
    line = cast.studio.young_age
    SecretaryFactory(studio=cast.studio, name="恰在线上", birth=years_ago(cast.studio, line))
    SecretaryFactory(studio=cast.studio, name="刚过线", birth=years_ago(cast.studio, line + 1))
    young = names(browser.get(REGISTER, {"group": "young"}))
    assert "恰在线上" in young
    assert "刚过线" not in young
    assert {"沈桂芳", "郑国平"} <= names(browser.get(REGISTER, {"group": "veteran"}))
    first = cast.subdistricts[0]
    assert names(browser.get(REGISTER, {"subdistrict": first.pk})) == {"何嘉怡"}


def test_those_who_left_are_shown_when_asked_for(cast, as_):
    Secretary.objects.filter(name="钱立峰").update(left_on=cast.studio.today())
    browser = as_("officer")
    assert "钱立峰" not in names(browser.get(REGISTER))
    assert names(browser.get(REGISTER, {"state": "left"})) == {"钱立峰"}
    assert {"钱立峰", "何嘉怡"} <= names(browser.get(REGISTER, {"state": "all"}))


@pytest.mark.parametrize("asked", ["age_from=x", "age_to=1e9", "years_from=-4", "subdistrict=0", "group=z", "page=-1"])
def test_a_tampered_address_is_answered_all_the_same(cast, as_, asked):
    assert as_("officer").get(f"{REGISTER}?{asked}").status_code == 200


def test_figures_count_the_readers_part_of_the_register(cast, as_):
    figures = as_("officer").get(REGISTER).context["figures"]
    assert (figures["in_post"], figures["retired"], figures["young"]) == (2, 2, 2)
    assert as_("liaison").get(REGISTER).context["figures"]["in_post"] == 1


@pytest.mark.parametrize(
    ("who", "status"),
    [("lead", 200), ("officer", 200), ("leader", 200), ("liaison", 200), ("stranger", 200), ("mentor", 403),
     ("mentee", 403), ("reviewer", 403), ("nobody", 403), ("anonymous", 302)],
)  # fmt: skip
def test_who_reads_the_register(as_, who, status):
    assert as_(who).get(REGISTER).status_code == status


def test_a_liaison_sees_one_street_and_edits_nobody(cast, as_):
    browser = as_("liaison")
    assert names(browser.get(REGISTER)) == {"何嘉怡"}
    theirs, others = cast.mentee_row.secretary, cast.other_mentee_row.secretary
    assert browser.get(reverse("people:secretary", args=[theirs.pk])).status_code == 200
    assert browser.get(reverse("people:secretary", args=[others.pk])).status_code == 404
    assert browser.post(reverse("people:edit", args=[theirs.pk]), {"name": "改"}).status_code == 403
    assert browser.get(reverse("people:export")).status_code == 403


def test_a_strangers_register_holds_nobody_of_ours(cast, as_):
    assert not names(as_("stranger").get(REGISTER)) & {"何嘉怡", "沈桂芳", "钱立峰", "郑国平"}


def test_a_reader_sees_only_part_of_a_phone(cast, as_):
    person = cast.mentee_row.secretary
    Secretary.objects.filter(pk=person.pk).update(phone="13912345678")
    url = reverse("people:secretary", args=[person.pk])
    assert "13912345678" in as_("officer").get(url).content.decode()
    for who in ("leader", "liaison"):
        assert "13912345678" not in as_(who).get(url).content.decode()


def test_the_list_costs_the_same_for_one_row_and_three(cast, as_, count_queries):
    browser = as_("officer")
    Secretary.objects.filter(studio=cast.studio).exclude(name="何嘉怡").update(left_on=cast.studio.today())
    browser.get(REGISTER)
    one = count_queries(lambda: browser.get(REGISTER))
    SecretaryFactory.create_batch(2, studio=cast.studio)
    assert len(browser.get(REGISTER).context["page"]) == 3
    assert count_queries(lambda: browser.get(REGISTER)) == one <= 10


def facts(place, **more) -> dict:
    return {
        "name": "方可", "sex": "m", "birth": "1990-02", "community": place.pk, "post": "branch", "post_since": "2020-07",
        "working_state": "in_service", "phone": "13900000002",
    } | more  # fmt: skip


def test_an_entry_is_made_and_changed_and_only_the_change_is_kept(cast, place, as_):
    browser = as_("officer")
    browser.post(reverse("people:create"), facts(place))
    person = Secretary.objects.get(name="方可")
    assert (person.studio, person.birth, person.initials) == (cast.studio, datetime.date(1990, 2, 1), "fk")
    edit = reverse("people:edit", args=[person.pk])
    browser.post(edit, facts(place, phone="13900000003") | seen_at(browser, edit))
    entry = Entry.objects.get(verb="secretary.changed")
    assert set(entry.after) == {"phone"}
    assert "13900000003" not in str(entry.after)
    browser.post(edit, facts(place, phone="13900000003") | seen_at(browser, edit))
    assert Entry.objects.filter(verb="secretary.changed").count() == 1


@pytest.mark.parametrize(
    ("more", "field"),
    [({"phone": "13900000002", "name": "别人"}, "phone"), ({"phone": ""}, "name"),
     ({"post_since": "1980-01"}, "post_since"), ({"phone": "12"}, "phone"), ({"birth": "九一年"}, "birth"), ({"name": ""}, "name")],
)  # fmt: skip
def test_a_refusal_stands_beside_its_field_and_nothing_typed_is_lost(cast, place, as_, more, field):
    browser = as_("officer")
    browser.post(reverse("people:create"), facts(place))
    typed = facts(place, prior_job="厂里的书记", **more)
    response = browser.post(reverse("people:create"), typed)
    assert list(response.context["form"].errors) == [field]
    assert "厂里的书记" in response.content.decode()
    assert Secretary.objects.filter(community=place).count() == 1


def test_a_community_of_another_district_cannot_be_sent(cast, as_):
    foreign = cast.foreign_mentee_row.secretary.community
    response = as_("officer").post(reverse("people:create"), facts(foreign))
    form = response.context["form"]
    assert "community" in form.errors
    assert not form.fields["community"].queryset.filter(pk=foreign.pk).exists(), "nor is it offered"


def test_leaving_and_coming_back(cast, as_):
    person = cast.mentee_row.secretary
    browser = as_("officer")
    leave = reverse("people:leave", args=[person.pk])
    browser.post(leave, {"left_on": cast.studio.today() + datetime.timedelta(days=1), "reason": "调任"})
    browser.post(leave, {"left_on": cast.studio.today(), "reason": ""})
    person.refresh_from_db()
    assert person.left_on is None
    browser.post(leave, {"left_on": cast.studio.today(), "reason": "调任"})
    person.refresh_from_db()
    assert (person.left_on, person.left_reason) == (cast.studio.today(), "调任")
    browser.post(reverse("people:return", args=[person.pk]))
    person.refresh_from_db()
    assert (person.left_on, person.left_reason) == (None, "")
    kept = Entry.objects.filter(verb__in=["secretary.left", "secretary.returned"]).order_by("pk")
    assert [entry.verb for entry in kept] == ["secretary.left", "secretary.returned"]


def test_the_export_follows_the_filters_and_is_kept_in_the_trail(cast, as_):
    person = SecretaryFactory(studio=cast.studio, name="=HYPERLINK(1)", phone="13900000004")
    browser = as_("officer")
    content = browser.get(reverse("people:export"), {"subdistrict": person.community.subdistrict_id})
    assert content["Cache-Control"] == "private, no-store"
    rows = list(load_workbook(io.BytesIO(content.content)).active.iter_rows())
    assert len(rows) == 2
    assert (rows[1][0].data_type, rows[1][0].value[0]) == ("s", "'")
    assert Entry.objects.get(verb="register.exported").after["rows"] == 1
    whole = browser.get(reverse("people:export")).content
    assert plan_import(io.BytesIO(whole), "x.xlsx", cast.studio).counts == {
        "new": 0, "changed": 0, "unchanged": Secretary.objects.filter(studio=cast.studio).count(), "rejected": 0,
    }  # fmt: skip


def test_an_empty_register_says_what_to_do(cast, as_):
    Secretary.objects.filter(studio=cast.studio).update(left_on=cast.studio.today())
    assert "名册还是空的" in as_("officer").get(REGISTER).content.decode()
    assert "没有查到" in as_("officer").get(REGISTER, {"q": "无此人"}).content.decode()
