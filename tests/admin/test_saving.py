"""What is saved, what the trail says of it, and what stands still."""

import datetime

from django.contrib import admin

from cohorts.choices import Stage
from cohorts.models import Cohort, Mentor
from mentorship.audit.models import Entry
from mentorship.framework.models import Framework, Level
from mentorship.people.models import Secretary
from mentorship.places.models import Base, Community, Studio, Subdistrict
from tests.factories import SubdistrictFactory

from .test_doors import typed, url
from .worlds import newest

# The trail


def test_an_added_row_belongs_to_the_studio_and_is_in_the_trail(own, foreign, signed_in):
    community = Community.objects.filter(subdistrict__district=own.studio.district).first()
    data = {
        "name": "新人", "sex": "f", "birth": "1988-03", "community": community.pk, "post": "general_branch",
        "post_since": "2018-05", "working_state": "in_service", "studio": str(foreign.studio.pk),
    }  # fmt: skip
    response = signed_in(own.officer).post(url(Secretary, "add"), data)
    assert response.status_code == 302, response.context["errors"]
    added = Secretary.objects.get(name="新人")
    assert (added.studio, added.birth, added.initials) == (own.studio, datetime.date(1988, 3, 1), "xr")
    assert (newest().verb, newest().object_name, newest().studio_id) == ("secretary.added", "新人", own.studio.pk)
    assert newest().after["name"] == "新人"


def test_history_is_the_trail(own, signed_in):
    secretary, browser = own.rows[Secretary], signed_in(own.officer)
    data = typed(browser.get(url(Secretary, "change", secretary.pk))) | {"prior_job": "社工"}
    assert browser.post(url(Secretary, "change", secretary.pk), data).status_code == 302
    assert (newest().before, newest().after) == ({"prior_job": ""}, {"prior_job": "社工"})
    page = browser.get(url(Secretary, "history", secretary.pk)).content.decode()
    assert "社工" in page
    assert "改了登记资料" in page
    assert "社工" not in browser.get(url(Base, "history", own.base.pk)).content.decode()
    assert "改了登记资料" in browser.get("/admin/").content.decode()


def test_saving_without_a_change_writes_nothing(own, signed_in):
    secretary, browser = own.rows[Secretary], signed_in(own.officer)
    before = Entry.objects.count()
    browser.post(url(Secretary, "change", secretary.pk), typed(browser.get(url(Secretary, "change", secretary.pk))))
    assert Entry.objects.count() == before


def test_two_who_edit_at_once_do_not_cover_each_other(own, signed_in):
    secretary, browser = own.rows[Secretary], signed_in(own.officer)
    stale = typed(browser.get(url(Secretary, "change", secretary.pk)))
    browser.post(url(Secretary, "change", secretary.pk), stale | {"prior_job": "社工"})
    response = browser.post(url(Secretary, "change", secretary.pk), stale | {"prior_job": "教师"})
    assert response.status_code == 200
    assert "有人改过这一条" in response.content.decode()
    secretary.refresh_from_db()
    assert secretary.prior_job == "社工"


def test_a_failed_entry_takes_the_change_back(own, signed_in, monkeypatch):
    def fail(*args, **kwargs):
        raise RuntimeError

    secretary, browser = own.rows[Secretary], signed_in(own.officer)
    data = typed(browser.get(url(Secretary, "change", secretary.pk))) | {"prior_job": "社工"}
    monkeypatch.setattr(admin.site.trail, "record", fail)
    assert browser.post(url(Secretary, "change", secretary.pk), data).status_code == 500
    secretary.refresh_from_db()
    assert secretary.prior_job == ""


# What stands still


def test_a_version_in_use_is_not_edited(own, signed_in):
    framework = own.rows[Framework]
    browser = signed_in(own.lead)
    data = {"action": "lock", "_selected_action": [framework.pk]}
    assert "不能再改" in browser.post(url(Framework, "changelist"), data).content.decode()
    browser.post(url(Framework, "changelist"), data | {"confirmed": "yes"})
    framework.refresh_from_db()
    assert framework.locked
    subject = framework.subjects.first()
    indicator = subject.indicators.first()
    for row in (framework, subject, indicator):
        page = browser.get(url(type(row), "change", row.pk))
        assert page.status_code == 200
        assert not page.context["has_change_permission"]
        for inline in page.context["inline_admin_formsets"]:
            assert not inline.has_add_permission
            assert not inline.has_change_permission
        assert browser.post(url(type(row), "change", row.pk), {"name": "改", "note": "改"}).status_code == 403


def test_a_level_is_edited_and_recorded_in_an_open_version(own, signed_in):
    indicator = own.rows[Framework].subjects.first().indicators.first()
    browser = signed_in(own.lead)
    data = typed(browser.get(url(type(indicator), "change", indicator.pk))) | {"levels-0-description": "说得清"}
    assert browser.post(url(type(indicator), "change", indicator.pk), data).status_code == 302
    level = Level.objects.get(indicator=indicator, level=1)
    assert level.description == "说得清"
    assert (newest().verb, newest().before, newest().after) == (
        "level.changed", {"description": "表现1"}, {"description": "说得清"}
    )  # fmt: skip


def test_the_scale_is_ten_boxes(own, signed_in):
    framework, browser = own.rows[Framework], signed_in(own.lead)
    data = typed(browser.get(url(Framework, "change", framework.pk)))
    assert data["level_5_zh"] == "示范"
    assert browser.post(url(Framework, "change", framework.pk), data | {"level_5_zh": "带头"}).status_code == 302
    framework.refresh_from_db()
    assert framework.scale[4] == {"zh": "带头", "en": "Exemplary"}
    assert "scale" in newest().after
    made = {name: data[name] for name in data if name.startswith(("level_", "note"))}
    empty = {f"subjects-{name}": "0" for name in ("TOTAL_FORMS", "INITIAL_FORMS")}
    assert browser.post(url(Framework, "add"), made | empty).status_code == 302
    assert Framework.objects.filter(studio=own.studio).order_by("-version").first().scale[0]["zh"] == "待起步"


def test_an_officer_reads_the_framework(own, signed_in):
    page = signed_in(own.officer).get(url(Framework, "change", own.rows[Framework].pk))
    assert page.status_code == 200
    assert not page.context["has_change_permission"]
    assert "示范" in page.content.decode()


def test_a_cohort_is_made_and_changed_by_its_own_acts(own, signed_in):
    browser = signed_in(own.officer)
    empty = {f"rules-{name}": "0" for name in ("TOTAL_FORMS", "INITIAL_FORMS")}
    data = {
        "name": "第二批", "starts": "2019-09-01", "ends": "2020-09-01", "framework": str(own.framework.pk),
        "mentors_planned": 6, "mentees_planned": 30,
    } | empty  # fmt: skip
    assert (
        "结束日期要在开始日期之后" in browser.post(url(Cohort, "add"), data | {"ends": "2019-01-01"}).content.decode()
    )
    assert browser.post(url(Cohort, "add"), data).status_code == 302
    made = Cohort.objects.get(name="第二批")
    assert (made.studio, made.stage, made.rules.mentees_per_mentor) == (own.studio, Stage.PREPARING, 5)
    assert newest().verb == "cohort.created"
    page = typed(browser.get(url(Cohort, "change", made.pk)))
    assert browser.post(url(Cohort, "change", made.pk), page | {"mentees_planned": 25}).status_code == 302
    assert (newest().verb, newest().after) == ("cohort.rules_changed", {"mentees_planned": 25})
    running = typed(browser.get(url(Cohort, "change", own.cohort.pk))) | {"starts": "2018-08-16"}
    assert "开始日期不能再改" in browser.post(url(Cohort, "change", own.cohort.pk), running).content.decode()


def test_a_mentors_profile_is_changed_by_its_act(own, signed_in):
    mentor, browser = own.mentor, signed_in(own.officer)
    data = typed(browser.get(url(Mentor, "change", mentor.pk)))
    assert browser.post(url(Mentor, "change", mentor.pk), data | {"focus": "物业"}).status_code == 302
    assert (newest().verb, newest().after) == ("mentor.changed", {"focus": "物业"})
    Cohort.objects.filter(pk=own.cohort.pk).update(stage=Stage.ARCHIVED)
    assert browser.post(url(Mentor, "change", mentor.pk), data).status_code == 403


def test_places_are_edited_by_the_districts_studio_only(own, signed_in):
    community, browser = own.rows[Community], signed_in(own.officer)
    data = typed(browser.get(url(Community, "change", community.pk))) | {
        "name": "梧桐园",
        "official_name": "改",
        "code": "1",
    }
    assert browser.post(url(Community, "change", community.pk), data).status_code == 302
    community.refresh_from_db()
    assert (community.name, community.official_name) != ("改", "改")
    assert community.name == "梧桐园"
    assert newest().verb == "community.changed"
    Studio.objects.filter(pk=own.studio.pk).update(subdistrict=own.rows[Community].subdistrict)
    assert browser.get(url(Community, "change", community.pk)).status_code == 200
    assert browser.post(url(Community, "change", community.pk), data).status_code == 403


def test_neighbours_beyond_the_studio_stay(own, signed_in):
    here, beyond = own.rows[Subdistrict], SubdistrictFactory()
    here.neighbours.add(beyond)
    browser = signed_in(own.officer)
    data = typed(browser.get(url(Subdistrict, "change", here.pk))) | {"neighbours": [own.subdistrict.pk]}
    assert browser.post(url(Subdistrict, "change", here.pk), data).status_code == 302
    assert set(here.neighbours.all()) == {beyond, own.subdistrict}
    assert newest().after["neighbours"] == [str(own.subdistrict)]
