import pytest
from django.urls import reverse

from cohorts.choices import Stage
from cohorts.matching import actions
from cohorts.matching.models import Bar, Proposal, Wish
from cohorts.models import Pairing

from .conftest import add_mentee, add_mentor


def address(name, row, **query):
    return reverse(f"matching:{name}", args=[row.pk], query=query or None)


def post(client, name, row, **data):
    return client.post(address(name, row), data, follow=True)


@pytest.fixture
def officer(as_):
    return as_("officer")


@pytest.fixture
def lead(as_):
    return as_("lead")


SEES = {"lead", "officer", "leader"}
EDITS = {"lead", "officer"}
OUTSIDE = {"stranger": 404, "anonymous": 302}


@pytest.mark.parametrize("who", [
    "anonymous", "nobody", "lead", "officer", "leader", "mentor", "mentee", "liaison", "reviewer", "stranger",
])  # fmt: skip
def test_who_opens_what(who, as_, year, draft):
    client = as_(who)
    other = OUTSIDE.get(who, 403)
    for url in (
        address("proposals", year.cohort),
        address("compare", year.cohort),
        address("wishes", year.cohort),
        address("bars", year.cohort),
        address("proposal", draft),
        address("proposal", draft, pick=year.cc1.pk),
    ):
        assert client.get(url).status_code == (200 if who in SEES else other), url
    # The leader reads; the officer edits; only the project lead publishes.
    wish = reverse("matching:wish", kwargs={"side": "mentee", "pk": year.cc1.pk})
    assert client.get(wish).status_code == (200 if who in EDITS else other)
    assert client.get(address("publish", draft)).status_code == (200 if who == "lead" else other)
    for name, row in (
        ("move", draft),
        ("undo", draft),
        ("copy", draft),
        ("propose", year.cohort),
        ("bars", year.cohort),
    ):
        seen = client.post(address(name, row), {}).status_code
        assert (seen in {200, 302}) if who in EDITS else seen == other, name
    assert Pairing.objects.filter(cohort=year.cohort).count() == 0


def test_the_workbench_shows_the_whole_and_the_reason(officer, year, draft):
    body = officer.get(address("proposal", draft, pick=year.cc1.pk)).content.decode()
    for name in ("沈老师", "郑老师", "学员甲", "学员乙", "学员丙", "学员丁"):
        assert name in body
    assert f'data-mentee="{year.cc1.pk}"' in body
    assert f'data-mentor="{year.talker.pk}"' in body
    assert "徒弟最缺沟通协调技巧（1级），师傅正好能教（5级）" in body
    assert "双方都没有填意愿" in body
    assert "已满，可以对调" in body
    assert 'id="move-form"' in body


def test_the_leader_reads_without_forms(as_, year, draft):
    body = as_("leader").get(address("proposal", draft, pick=year.cc1.pk)).content.decode()
    assert "徒弟最缺沟通协调技巧（1级）" in body
    assert "<select" not in body
    assert "data-mentee" not in body
    assert "盖章发布" not in body


def test_the_price_is_told_before_the_swap(officer, year, draft, where):
    seen = officer.get(address("proposal", draft, pick=year.cc1.pk))
    option = seen.context["picked"].swaps[0]
    assert option.text in seen.content.decode()
    assert option.price.total_after < option.price.total_before
    post(officer, "swap", draft, version=1, mentee=year.cc1.pk, other=option.value)
    standing = officer.get(address("proposal", draft)).context["bench"].standing
    assert standing.solution.total == option.price.total_after


def test_a_get_with_a_target_shows_the_price_and_changes_nothing(officer, year, draft, where):
    actions.unplace(by=year.officer, proposal=draft, version=1, mentee=year.pb1)
    before = where(draft)
    seen = officer.get(address("proposal", draft, pick=year.cc1.pk, to=year.reader.pk))
    assert "如果这样动" in seen.content.decode()
    assert seen.context["picked"].preview_words in seen.content.decode()
    assert where(draft) == before


def test_move_swap_pin_undo_resolve_through_the_page(officer, year, draft, where):
    best = where(draft)
    post(officer, "move", draft, version=1, mentee=year.pb1.pk, mentor="")
    seen = post(officer, "move", draft, version=2, mentee=year.cc1.pk, mentor=year.reader.pk)
    assert "动好了" in seen.content.decode()
    assert where(draft)["学员甲"] == "郑老师"
    post(officer, "move", draft, version=3, mentee=year.pb1.pk, mentor=year.talker.pk)
    post(officer, "pin", draft, version=4, mentee=year.cc1.pk, pinned="on")
    assert draft.placements.get(mentee=year.cc1).pinned
    seen = post(officer, "resolve", draft, version=5, max_moves=3)
    assert "已经是最好的安排" in seen.content.decode()
    post(officer, "pin", draft, version=5, mentee=year.cc1.pk)
    post(officer, "resolve", draft, version=6, max_moves="")
    assert where(draft) == best
    post(officer, "undo", draft, version=7)
    assert where(draft)["学员甲"] == "郑老师"


def test_a_full_beam_sends_the_reader_to_a_swap(officer, year, draft):
    seen = post(officer, "move", draft, version=1, mentee=year.cc1.pk, mentor=year.reader.pk)
    body = seen.content.decode()
    assert "名额已满" in body
    assert "那根大梁已满" in body
    assert {option.value for option in seen.context["picked"].swaps} == {year.pb1.pk, year.pb2.pk}


def test_a_stale_workbench_says_so_and_shows_the_present_state(officer, year, draft):
    actions.swap(by=year.lead, proposal=draft, version=1, mentee=year.cc1, other=year.pb1)
    seen = post(officer, "swap", draft, version=1, mentee=year.cc2.pk, other=year.pb2.pk)
    assert "别人刚改过这一稿" in seen.content.decode()
    assert seen.context["bench"].version == 2


def test_another_cohorts_people_are_not_found(officer, year, draft, cast):
    seen = post(officer, "move", draft, version=1, mentee=cast.mentee_row.pk, mentor=year.talker.pk)
    assert seen.status_code == 404
    seen = officer.get(address("proposal", draft, pick=cast.mentee_row.pk, to="nonsense"))
    assert seen.context["picked"] is None


def test_unplaced_people_are_shown_with_the_reason(officer, year, draft):
    add_mentee(year.cohort, "学员戊", {"ER": 1}, year.cast.subdistricts[0])
    body = officer.get(address("proposal", draft)).content.decode()
    assert "学员戊" in body
    assert "缺1个，所以学员戊没有安排" in body


def test_mutual_preferences_are_listed(officer, year, draft):
    actions.swap(by=year.officer, proposal=draft, version=1, mentee=year.cc1, other=year.pb1)
    seen = officer.get(address("proposal", draft))
    assert {line.mentee for line in seen.context["mutual"]} == {"学员甲", "学员丙"}
    assert "要让出位置" in seen.content.decode()


def grow(year, n):
    for number in range(n):
        add_mentor(year.cohort, f"师傅{number}", {"ER": 5}, year.cast.subdistricts[0])
        add_mentee(year.cohort, f"新人{number}", {"ER": 1}, year.cast.subdistricts[1])


@pytest.mark.parametrize("name", ["proposal", "publish", "proposals", "compare", "wishes", "bars"])
def test_queries_do_not_grow_with_the_cohort(name, lead, year, count_queries):
    def cost():
        draft = actions.propose(by=year.officer, cohort=year.cohort)
        row = draft if name in {"proposal", "publish"} else year.cohort
        url = address(name, row, pick=year.cc1.pk)
        return count_queries(lambda: lead.get(url))

    cost()  # the first visit of a session
    year.cohort.mentees.exclude(pk=year.cc1.pk).update(status="reserve")
    few = cost()
    year.cohort.mentees.update(status="chosen")
    grow(year, 2)
    assert cost() == few


def test_many_mentors_come_twelve_a_page(officer, year):
    grow(year, 11)
    draft = actions.propose(by=year.officer, cohort=year.cohort)
    seen = officer.get(address("proposal", draft))
    assert len(seen.context["page"].object_list) == 12
    assert len(officer.get(address("proposal", draft, page=2)).context["page"].object_list) == 1
    assert "翻页" in seen.content.decode()


def test_the_list_and_the_comparison(officer, year, draft):
    lot = actions.propose(by=year.officer, cohort=year.cohort, method="random", seed=3)
    actions.set_wishes(by=year.officer, member=year.cc1, chosen=[year.talker])
    body = officer.get(address("proposals", year.cohort)).content.decode()
    assert "第1稿" in body
    assert "种子3" in body
    seen = officer.get(address("compare", year.cohort) + f"?p={draft.pk}&p={lot.pk}")
    columns = seen.context["comparison"].columns
    assert [column.title for column in columns] == ["第1稿", "第2稿", "如果先到先得", "如果随机（种子1）"]
    assert columns[0].total == max(column.total for column in columns)
    assert columns[0].wished == 1
    assert sum(n for _label, n, _share in columns[0].spread) == 4
    moved = {row.name for row in seen.context["comparison"].moved}
    kept = {row.mentee_id: row.mentor_id for row in draft.placements.all()}
    assert moved == {str(row.mentee) for row in lot.placements.all() if kept[row.mentee_id] != row.mentor_id}


def test_wishes_are_entered_and_shown(officer, year):
    url = reverse("matching:wish", kwargs={"side": "mentor", "pk": year.talker.pk})
    officer.post(url, {"second": year.cc2.pk, "third": year.pb1.pk})
    assert list(Wish.objects.values_list("rank", "mentee__secretary__name")) == [(1, "学员乙"), (2, "学员丙")]
    assert "1 学员乙" in officer.get(address("wishes", year.cohort)).content.decode()
    seen = officer.post(url, {"first": year.cc2.pk, "second": year.cc2.pk})
    assert "同一个人只填一次" in seen.content.decode()
    assert Wish.objects.count() == 2
    seen = officer.get(url)
    assert [field.value() for field in seen.context["form"]] == [year.cc2.pk, year.pb1.pk, None]


def test_bars_are_recorded_and_lifted(officer, year):
    officer.post(address("bars", year.cohort), {"mentor": year.talker.pk, "mentee": year.cc1.pk, "kind": "line"})
    body = officer.get(address("bars", year.cohort)).content.decode()
    assert "沈老师和学员甲" in body
    assert "有直接领导关系" in body
    officer.post(address("unbar", Bar.objects.get()))
    assert not Bar.objects.exists()
    seen = officer.post(address("bars", year.cohort), {"mentor": year.talker.pk, "kind": "line"})
    assert "这一项还空着" in seen.content.decode()


def test_english_pages_read(officer, year, draft):
    officer.cookies["studio_language"] = "en"
    for url in (address("proposal", draft, pick=year.cc1.pk), address("compare", year.cohort)):
        assert officer.get(url).status_code == 200
    assert (
        "Communication and coordination" in officer.get(address("proposal", draft, pick=year.cc1.pk)).content.decode()
    )


def test_publishing_takes_two_steps(lead, year, draft):
    seen = lead.get(address("publish", draft))
    body = seen.content.decode()
    assert "2位师傅、4名学员，正式结成4对" in body
    assert "没有偏低的" in body or "偏低" in body
    assert not Pairing.objects.filter(cohort=year.cohort).exists()
    seen = lead.post(address("publish", draft), {"version": 1, "starts": "2018-08-20"}, follow=True)
    assert "从此不再改动" in seen.content.decode()
    assert Pairing.objects.filter(cohort=year.cohort, starts="2018-08-20").count() == 4
    body = lead.get(address("proposal", draft, pick=year.cc1.pk)).content.decode()
    assert "徒弟最缺沟通协调技巧（1级），师傅正好能教（5级）" in body
    assert "移过去" not in body


def test_what_stands_in_the_way_is_said_and_the_seal_is_gone(lead, year, draft):
    actions.unplace(by=year.lead, proposal=draft, version=1, mentee=year.cc1)
    year.cohort.stage = Stage.SELECTING
    year.cohort.save()
    body = lead.get(address("publish", draft)).content.decode()
    assert "还有空名额能排下学员甲" in body
    assert "到“配对中”才能发布" in body
    assert "btn-seal" not in body.split("<main")[1].split("<dialog")[0]


def test_a_stale_confirmation_publishes_nothing(lead, year, draft):
    actions.pin(by=year.officer, proposal=draft, version=1, mentee=year.cc1)
    seen = lead.post(address("publish", draft), {"version": 1, "starts": "2018-08-20"}, follow=True)
    assert "别人刚改过这一稿" in seen.content.decode()
    seen = lead.post(address("publish", draft), {"version": 2, "starts": "2017-01-01"})
    assert "起止日期" in seen.content.decode()
    assert not Pairing.objects.filter(cohort=year.cohort).exists()


def test_from_an_empty_cohort_to_the_published_pairing(officer, lead, year, where):
    assert "还没有配对方案" in officer.get(address("proposals", year.cohort)).content.decode()
    officer.post(address("propose", year.cohort), {"method": "first_come"})
    officer.post(address("propose", year.cohort), {"method": "solved"})
    proposal = Proposal.objects.get(cohort=year.cohort, number=2)
    officer.post(address("pin", proposal), {"version": 1, "mentee": year.cc1.pk, "pinned": "on"})
    officer.post(address("swap", proposal), {"version": 2, "mentee": year.cc2.pk, "other": year.pb2.pk})
    officer.post(address("undo", proposal), {"version": 3})
    lead.post(address("publish", proposal), {"version": 4, "starts": "2018-08-15"})
    year.cohort.refresh_from_db()
    assert year.cohort.stage == Stage.RUNNING
    rows = Pairing.objects.filter(cohort=year.cohort).select_related("mentor__secretary", "mentee__secretary")
    assert {str(row.mentee): str(row.mentor) for row in rows} == where(proposal)
