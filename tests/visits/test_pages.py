"""The pages of visits: written on a phone, read by the pair, followed in a register."""

import datetime
import io

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from evaluations.visits.agenda import overdue_findings
from evaluations.visits.models import Finding, Visit
from mentorship.audit.models import Entry
from mentorship.common.plugs import answers_to
from tests.editing import seen_at
from tests.factories.visits import DAY, DUE, make_extension, make_finding, make_visit
from tests.logs.log_kit import picture

D = datetime.date


@pytest.fixture
def c(cast):
    on(cast, DAY)
    return cast


def on(cast, day):
    cast.studio.demo_today = day
    cast.studio.save()


def url(name, *args):
    return reverse(f"visits:{name}", args=[getattr(arg, "pk", arg) for arg in args])


def test_a_visit_from_the_desk_to_the_signature(c, as_):
    officer, mentor = as_("officer"), as_("mentor")
    alone = {"mentee": c.mentee_row.pk, "date": "2018-11-20", "round": "1", "team": [c.mentor.pk], "guests": ""}
    assert "两个人以上" in officer.post(url("plan"), alone).text
    officer.post(url("plan"), alone | {"guests": "周老师"})
    visit = Visit.objects.get()
    assert visit.team_names == ["沈桂芳", "周老师"]
    paper = mentor.get(url("paper", visit)).text
    assert paper.index("亮点（先写这一栏）") < paper.index("第1条")
    assert mentor.get(url("finding_add", visit)).url == url("record", visit)
    empty = {"version": "1", "positives": "", "overall": "fair", "households": "5"}
    again = mentor.post(url("record", visit), empty).text
    assert "先写亮点，再写别的。" in again
    assert again.index('name="positives"') < again.index('name="branch_book"') < again.index('name="overall"')
    mentor.post(url("record", visit), empty | {"positives": "公文规范", "branch_book": "on"})
    problem = {"text": "预案两年未更新", "level": "minor", "action": "重做", "due": "2019-02-01"}
    late = mentor.post(url("finding_add", visit), problem | {"photos": [picture()]}).text
    assert "整改期限最晚是2018-12-11" in late
    assert "照片要再选一次" in late
    mentor.post(url("finding_add", visit), problem | {"due": "", "photos": [picture()]})
    assert as_("mentee").get(url("visit", visit)).status_code == 404
    mentor.post(url("sign", visit))
    visit.refresh_from_db()
    assert (visit.state, visit.signed_by, visit.households) == ("signed", c.mentor, 5)
    photo = visit.findings.get().photos.get()
    shown = as_("mentee").get(url("visit", visit)).text
    assert shown.index("公文规范") < shown.index("预案两年未更新")
    answer = as_("mentee").get(url("photo", photo))
    assert (answer["Content-Type"], answer["Cache-Control"]) == ("image/jpeg", "private, no-store")
    assert b"".join(answer.streaming_content)
    assert as_("other_mentee").get(url("photo", photo)).status_code == 404
    as_("mentee").post(url("statement", visit), {"text": "那天在开会"})
    assert "那天在开会" in mentor.get(url("visit", visit)).text


def test_the_apprentice_reports_and_another_closes(c, as_):
    visit = make_visit(c.mentee_row, c.lead, c.mentor)
    finding = make_finding(visit)
    mentee = as_("mentee")
    assert "预案两年未更新" in mentee.get(url("mine")).text
    assert "预案两年未更新" in mentee.get(reverse("dashboards:mentee_home")).text
    assert "督训要整改的" in mentee.get(reverse("dashboards:todo")).text
    asked = mentee.post(url("extend", finding), {"new_due": "2018-12-20", "reason": "等批复"})
    assert asked.url == url("finding", finding)
    assert "整改延期请答复" in as_("officer").get(reverse("dashboards:todo")).text
    extension = finding.extensions.get()
    assert "写一句为什么不能延期" in as_("officer").post(url("decide", extension), {"how": "decline"}).text
    as_("officer").post(url("decide", extension), {"how": "grant"})
    finding.refresh_from_db()
    assert finding.due == D(2018, 12, 20)
    mentee.post(url("report", finding), {"how": "going", "text": "改了一半"})
    mentee.post(url("report", finding), {"how": "done", "text": "做好了", "photos": [picture()]})
    assert "去验收" in as_("mentor").get(reverse("dashboards:todo")).text
    assert mentee.post(url("check", finding), {"how": "close"}).status_code == 403
    as_("mentor").post(url("check", finding), {"how": "back", "text": "还差值班表"})
    assert "还差值班表" in mentee.get(url("finding", finding)).text
    mentee.post(url("report", finding), {"how": "done", "text": "值班表也挂了"})
    as_("mentor").post(url("check", finding), {"how": "close"})
    finding.refresh_from_db()
    assert (finding.status, finding.verified_by) == ("closed", c.mentor)
    page = mentee.get(url("finding", finding)).text
    for words in ("申请延期", "同意延期", "写了进展", "退回再改", "验收销号", "11月20日销号"):
        assert words in page


def test_overdue_is_seen_in_the_register_the_agenda_and_on_the_homes(c, as_):
    visit = make_visit(c.mentee_row, c.lead, c.mentor)
    finding = make_finding(visit)
    make_finding(visit, text="刚报的", status="reported", reported_by=c.mentee, reported_on=DUE)
    on(c, DUE)
    assert "逾期" not in as_("officer").get(url("findings")).text.partition("<table")[2]
    on(c, DUE + datetime.timedelta(days=4))
    register = as_("officer").get(url("findings"), {"when": "overdue"}).text.partition("<table")[2]
    assert "逾期4天" in register
    assert "待验收，期限已过" in register  # the owner did their part in time
    assert "刚报的" in as_("officer").get(url("findings"), {"when": "reported"}).text
    assert "逾期4天" in as_("lead").get(reverse("dashboards:overview")).text
    assert "逾期4天" in as_("mentor").get(reverse("dashboards:mentor_home")).text
    answers = [point for answer in answers_to("agenda_of") for point in answer(c.cohort, D(2018, 12, 15))]
    point = next(point for point in answers if point.key == f"finding:{finding.pk}")
    assert (point.since, point.url) == (DUE, url("finding", finding))
    assert "逾期4天" in point.detail
    assert str(c.mentee_row) in point.title
    assert overdue_findings(c.cohort, DUE) == []


def test_lists_cost_the_same_for_three_as_for_one(c, as_, count_queries):
    def more():
        finding = make_finding(
            make_visit(c.mentee_row, c.lead, c.mentor, date=D(2018, 11, 19)), found_on=D(2018, 11, 19)
        )
        make_extension(finding, c.mentee)

    more()
    pages = [("officer", url("visits")), ("officer", url("findings")), ("mentee", url("mine"))]
    browsers = {who: as_(who) for who, _page in pages}

    def costs():
        return [count_queries(lambda who=who, page=page: browsers[who].get(page)) for who, page in pages]

    costs()
    once = costs()
    more()
    more()
    assert costs() == once


def test_found_by_its_filters_and_taken_out_as_a_table(c, as_):
    make_finding(make_visit(c.mentee_row, c.lead, c.mentor))
    make_visit(c.other_mentee_row, c.lead, overall="good", round=2)
    officer = as_("officer")
    assert "钱立峰" not in officer.get(url("visits"), {"overall": "fair"}).text.partition("<table")[2]
    assert "没有查到" in officer.get(url("visits"), {"q": "没有这个人"}).text
    assert "没有查到" in officer.get(url("findings"), {"q": "电梯"}).text
    sheet = load_workbook(io.BytesIO(officer.get(url("export"), {"round": "1"}).content)).active
    rows = list(sheet.iter_rows(values_only=True))
    assert len(rows) == 2
    assert "预案两年未更新" in rows[1]
    assert Entry.objects.get(verb="visit.exported").after["rows"] == 1
    assert officer.get(url("export"), {"overall": "x"}).status_code == 302
    assert as_("mentor").get(url("export")).status_code == 403


def test_what_is_not_signed_is_asked_after(c, as_):
    make_visit(c.mentee_row, c.mentor, c.lead, state="recorded")
    make_visit(c.mentee_row, c.lead, c.officer, state="planned")
    todo = as_("officer").get(reverse("dashboards:todo")).text
    assert "督训记录等签字" in todo
    assert "督训记录还没有写" in todo
    mine = as_("mentor").get(reverse("dashboards:todo")).text
    assert "督训记录等签字" in mine
    assert "督训记录还没有写" not in mine


def test_a_leader_who_went_along_writes_too(c, as_):
    visit = make_visit(c.mentee_row, c.leader, c.mentor, state="planned")
    seen = {"version": "1", "positives": "公文规范", "overall": "fair", "duty": "on"}
    assert as_("leader").post(url("record", visit), seen).status_code == 302
    assert as_("leader").get(url("plan")).status_code == 403
    other = make_visit(c.mentee_row, c.lead, c.mentor, state="planned")
    assert as_("leader").post(url("record", other), seen).status_code == 403


def test_a_finding_can_be_taken_back_before_the_signature_only(c, as_):
    drafts = make_visit(c.mentee_row, c.mentor, state="recorded")
    finding = make_finding(drafts)
    typed = {"text": "改过的", "level": "minor", "action": "重做"}
    change = url("finding_change", finding)
    as_("mentor").post(change, typed | seen_at(as_("mentor"), change))
    finding.refresh_from_db()
    assert finding.text == "改过的"
    as_("mentor").post(url("finding_remove", finding))
    assert not Finding.objects.exists()
    signed = make_finding(make_visit(c.mentee_row, c.mentor))
    as_("mentor").post(url("finding_remove", signed))
    assert Finding.objects.exists()
    assert as_("mentor").get(url("finding_change", signed)).status_code == 404
