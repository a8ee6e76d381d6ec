"""The pages: what each reader sees, that nothing typed is lost, and that drawings can be heard."""

import io
import re
from decimal import Decimal

import pytest
from django.urls import reverse
from docx import Document
from openpyxl import load_workbook
from pypdf import PdfReader

from cohorts.models import Mentee
from evaluations.growth.models import GapPlan, Rating, SampleDraw
from evaluations.growth.queries.comparison import Listed, subjects_of
from evaluations.growth.queries.progress import progress_of
from tests.factories import MenteeFactory, PairingFactory
from tests.factories.practice import make_log, make_rating

CODES = ["PB1", "CG1", "TM1", "CC1", "ER1"]


def url(name, *args):
    return reverse(f"growth:{name}", args=[getattr(each, "pk", each) for each in args])


def text_of(response):
    return response.content.decode()


@pytest.fixture
def grown(team):
    """Every subject has a first level and one above it."""
    for code in CODES:
        team.rate(code, 1, source="baseline", date=team.cohort.starts, note="摸底")
        team.rate(code, 3)
    return team


def test_the_drawings_say_what_they_show(grown, as_):
    page = text_of(as_("mentee").get(url("growth", grown.mentee_row)))
    titles = re.findall(r'<svg class="(radar|curve)" [^>]*role="img" aria-label="([^"]+)"', page)
    assert {kind for kind, _title in titles} == {"radar", "curve"}
    assert all("3.0" in title and "1.0" in title for kind, title in titles if kind == "radar")
    assert "+2.0" in page  # in the table beside


def test_missing_is_said_and_never_drawn_as_nothing(team, as_):
    team.rate("CG1", 3)
    page = text_of(as_("mentor").get(url("growth", team.mentee_row)))
    assert 'class="radar"' not in page
    assert "暂无" in page
    assert progress_of(team.mentee_row, team.today).complete is False


def test_a_page_before_any_rating_says_what_comes(team, as_):
    assert "还没有定过级" in text_of(as_("mentee").get(url("growth", team.mentee_row)))


def test_a_sensitive_log_is_linked_for_the_pair_and_not_for_the_leader(team, as_):
    log = make_log(team.pairing, sensitive=True)
    team.rate("CG1", 3, log=log, note="家里的事处理得稳")
    address = reverse("logs:log", args=[log.pk])
    for name in ("growth", "history"):
        for who, sees in (("mentor", True), ("officer", True), ("mentee", True), ("leader", False)):
            page = text_of(as_(who).get(url(name, team.mentee_row)))
            assert (address in page) is sees, (name, who)
            assert ("家里的事" in page) is sees, (name, who)


def rate_data(team, **more):
    form = {f"seen_{code}": "" for code in CODES} | {"date": team.today.isoformat(), "note": "走访时看到"}
    return form | more


def test_a_mentor_rates_from_a_log(team, as_):
    log = make_log(team.pairing)
    address = f"{url('rate', team.mentee_row)}?log={log.pk}"
    assert url("rate", team.mentee_row) in text_of(as_("mentor").get(reverse("logs:log", args=[log.pk])))
    data = rate_data(team, note="", level_CG1="3", date=log.date.isoformat())
    assert as_("mentor").post(address, data).status_code == 302
    rating = Rating.objects.get()
    assert (rating.log, rating.level, rating.date, rating.rated_by) == (log, 3, log.date, team.mentor)


def test_another_s_log_is_no_evidence(team, as_):
    log = make_log(team.other_pairing)
    assert as_("mentor").get(f"{url('rate', team.mentee_row)}?log={log.pk}").status_code == 404
    assert as_("mentor").get(f"{url('rate', team.mentee_row)}?log=x").status_code == 404


def test_nothing_chosen_or_no_evidence_is_said_and_the_words_stay(team, as_):
    page = text_of(as_("mentor").post(url("rate", team.mentee_row), rate_data(team)))
    assert "至少给一项定个级" in page
    assert "走访时看到" in page
    page = text_of(as_("mentor").post(url("rate", team.mentee_row), rate_data(team, note="", level_CG1="2")))
    assert "写一句看到了什么" in page
    assert re.search(r'value="2"[^>]*checked', page)
    assert not Rating.objects.exists()


def test_who_rates_after_another_is_told_and_can_send_again(team, as_):
    data = rate_data(team, level_CG1="4")
    team.rate("CG1", 3, by=team.officer)
    response = as_("mentor").post(url("rate", team.mentee_row), data)
    page = text_of(response)
    assert "龙飞刚给" in page
    seen = re.search(r'name="seen_CG1" value="([^"]+)"', page).group(1)
    assert as_("mentor").post(url("rate", team.mentee_row), data | {"seen_CG1": seen}).status_code == 302
    assert Rating.objects.filter(level=4).exists()


def test_undo_from_the_history(team, as_):
    rating = team.rate("CG1", 3)
    assert "撤回这一次" in text_of(as_("mentor").get(url("history", team.mentee_row)))
    assert "撤回这一次" not in text_of(as_("officer").get(url("history", team.mentee_row)))
    as_("mentor").post(url("undo", rating))
    assert "已撤回" in text_of(as_("mentee").get(url("history", team.mentee_row)))


def plan_data(team, *rows, **more):
    data = {"starts": "2018-12-01", "ends": "2019-02-28", "rows-TOTAL_FORMS": "5", "rows-INITIAL_FORMS": "0"}
    for place in range(5):
        row = rows[place] if place < len(rows) else {}
        given = {"target": "3", "method": "follow", "due": "2019-01-20", "action": "", "indicator": ""} | row
        data |= {f"rows-{place}-{name}": value for name, value in given.items()}
    return data | more


def test_a_plan_is_proposed_made_agreed_and_closed(grown, as_):
    page = text_of(as_("mentor").get(url("plan_make", grown.mentee_row)))
    assert page.count("短板依据") == 2  # the two lowest subjects; nothing else is low
    assert "现在3级：表现3" in page
    row = {"indicator": str(grown.indicator("CG1").pk), "target": "4", "action": "跟师傅走两个下午"}
    assert as_("mentor").post(url("plan_make", grown.mentee_row), plan_data(grown, row)).status_code == 302
    plan = GapPlan.objects.get()
    for who in ("mentee", "mentor"):
        assert "我同意这份计划" in text_of(as_(who).get(url("plan", plan)))
        as_(who).post(url("plan_agree", plan), {"version": "1"})
    plan.refresh_from_db()
    assert plan.state == "agreed"
    assert "还没有结果" in text_of(as_("mentor").post(url("plan_close", plan), {"version": "1", "row1-note": "记着"}))
    data = {"version": "1", "row1-result": "partly", "row1-note": "做了一半"}
    assert as_("mentor").post(url("plan_close", plan), data).status_code == 302
    assert "做了一半" in text_of(as_("mentee").get(url("plan", plan)))


def test_a_wrong_row_is_named_beside_its_field_and_the_words_stay(grown, as_):
    row = {"indicator": str(grown.indicator("CG1").pk), "target": "2", "action": "跟师傅走两个下午"}
    page = text_of(as_("mentor").post(url("plan_make", grown.mentee_row), plan_data(grown, row)))
    assert "目标要高一级以上" in page
    assert "跟师傅走两个下午" in page
    assert not GapPlan.objects.exists()


def test_a_stale_edit_shows_both_and_can_be_sent_again(grown, as_):
    plan = grown.plan(grown.row("CG1"))
    GapPlan.objects.update(version=2)
    row = {"indicator": str(grown.indicator("PB1").pk), "target": "4", "action": "我写的这一行"}
    page = text_of(as_("mentor").post(url("plan_edit", plan), plan_data(grown, row, version="1")))
    assert "现在存着的" in page
    assert "我写的这一行" in page
    assert as_("mentor").post(url("plan_edit", plan), plan_data(grown, row, version="2")).status_code == 302


def test_a_plan_is_one_page_on_paper(grown, as_):
    plan = grown.plan(*[grown.row(code, 4) for code in CODES])
    paper = PdfReader(io.BytesIO(as_("mentee").get(url("plan_pdf", plan)).content))
    assert len(paper.pages) == 1
    words = paper.pages[0].extract_text()
    assert "何嘉怡" in words
    assert "跟师傅走两个下午" in words


def test_the_comparison_costs_the_same_for_two_and_five(grown, as_, count_queries):
    browser = as_("leader")
    address = url("cohort", grown.cohort)
    browser.get(address)
    few = count_queries(lambda: browser.get(address))
    for _n in range(3):
        mentee = MenteeFactory(cohort=grown.cohort)
        PairingFactory(mentor=grown.other_mentor_row, mentee=mentee, seat=_n + 2)
        for code in CODES:
            make_rating(mentee, grown.lead, indicator=grown.indicator(code))
    page = browser.get(address)
    assert count_queries(lambda: browser.get(address)) == few
    assert text_of(page).count('<svg class="radar"') == 4


def test_the_comparison_is_sorted_and_filtered(grown, as_):
    make_rating(grown.other_mentee_row, grown.lead, indicator=grown.indicator("CG1"), level=5)
    address = url("cohort", grown.cohort)

    def names(query):
        return [str(row.mentee) for row in as_("leader").get(address + query).context["page"]]

    assert names("?sort=now") == ["钱立峰", "何嘉怡"]
    assert names("?sort=change")[0] == "何嘉怡"
    assert names("?q=何") == ["何嘉怡"]
    assert names(f"?mentor={grown.mentor_row.pk}") == ["何嘉怡"]


def test_the_spreadsheet_leaves_missing_cells_empty(grown, as_):
    content = as_("officer").get(url("cohort_export", grown.cohort)).content
    rows = list(load_workbook(io.BytesIO(content)).active.iter_rows(values_only=True))
    table = {row[0]: row for row in rows[1:]}
    assert table["何嘉怡"][4:6] == (1, 3)
    assert table["钱立峰"][4] in (None, "")


def test_the_report_links_every_figure_and_says_what_is_missing(grown, as_):
    page = text_of(as_("leader").get(url("report", grown.cohort)))
    for question in ("党员管得住", "群众愿意跟", "引领有章法", "工作落地快"):
        assert question in page
    assert "暂无数据" in page
    assert "1.0 → 3.0" in page
    for address in set(re.findall(r'<td><a href="([^"]+)">', page)):
        assert as_("leader").get(address).status_code == 200


def test_the_word_file_says_the_same_as_the_page(grown, as_):
    content = as_("leader").get(url("report_docx", grown.cohort)).content
    paper = Document(io.BytesIO(content))
    words = "\n".join(paragraph.text for paragraph in paper.paragraphs)
    assert "工作落地快" in words
    assert "1.0 → 3.0" in words
    links = [rel.target_ref for rel in paper.part.rels.values() if rel.is_external]
    assert any(link.startswith("http://testserver/growth/cohorts/") for link in links)


def test_a_sample_is_drawn_and_answered_on_its_pages(team, as_):
    log = make_log(team.pairing)
    data = {"first": "2018-09-01", "last": "2018-11-30", "size": "3", "seed": "当众报的"}
    assert as_("leader").post(url("sample", team.cohort), data).status_code == 403
    assert as_("officer").post(url("sample", team.cohort), data).status_code == 302
    sample = SampleDraw.objects.get()
    page = text_of(as_("officer").get(url("draw", sample)))
    assert "照种子重抽，结果一样" in page
    prefix = re.search(r'name="prefix" value="([^"]+)"', page).group(1)
    given = {"prefix": prefix, f"{prefix}-log": log.pk, f"{prefix}-mentee": team.mentee_row.pk}
    given |= {f"{prefix}-answer": "different", f"{prefix}-note": ""}
    page = text_of(as_("officer").post(url("draw", sample), given))
    assert "写一句哪里有出入" in page
    assert as_("officer").post(url("draw", sample), given | {f"{prefix}-note": "少一户"}).status_code == 302
    assert "少一户" in text_of(as_("leader").get(url("draw", sample)))
    assert as_("leader").post(url("draw", sample), given).status_code == 403


def test_burden_takes_any_month_and_a_wrong_one_shows_this_one(team, as_):
    assert as_("leader").get(url("burden", team.cohort) + "?month=2018-10").context["month"].month == 10
    assert as_("leader").get(url("burden", team.cohort) + "?month=x").context["month"].month == 12


@pytest.mark.parametrize("name", ["growth", "history", "plan_make", "rate"])
def test_a_peer_gets_404_and_the_liaison_403(team, as_, name):
    assert as_("other_mentee").get(url(name, team.mentee_row)).status_code in {403, 404}
    assert as_("liaison").get(url(name, team.mentee_row)).status_code == 403


@pytest.mark.parametrize("sort", ["", "now", "change", "lowest"])
def test_the_order_holds_over_pages_and_only_the_page_is_built(team, sort, count_queries):
    for code, level in (("CG1", 2), ("PB1", 4)):
        team.rate(code, level)
    team.rate("CG1", 5, mentee=team.other_mentee_row, by=team.lead)
    people = Mentee.objects.filter(cohort=team.cohort).with_mentor_now().for_lists()
    subjects = subjects_of(team.cohort)
    listed = Listed(people, subjects, team.today, sort)
    whole = [row.mentee.pk for row in listed[:]]
    assert [listed[place : place + 1][0].mentee.pk for place in range(len(listed))] == whole
    assert set(whole) == set(people.values_list("pk", flat=True))
    if sort == "now":
        assert [row.now_mean for row in listed[:2]] == [Decimal("5.0"), Decimal("3.0")]
    if sort == "lowest":
        assert [row.lowest.now for row in listed[:2]] == [Decimal("2.0"), Decimal("5.0")]
    assert count_queries(lambda: listed[:1]) == count_queries(lambda: listed[:])
