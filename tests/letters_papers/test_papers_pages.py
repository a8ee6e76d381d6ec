"""The pages of papers: who reads which, what a form keeps, what stands in the PDFs, and what a list costs."""

import io

import pypdf
import pytest
import time_machine
from django.urls import reverse

from cohorts.letters.actions import papers
from cohorts.letters.actions.launch import open_sheet
from cohorts.letters.models import Agreement, AppointmentLetter, LaunchSheet, LetterReminder
from tests.factories import MenteeFactory, MentorFactory, PairingFactory, SecretaryFactory
from tests.factories.practice import make_letter

from .paper_kit import D, drawn, facts, issued, on_the_day, sign, words

MORNING = "2026-11-23T09:00+08:00"


@pytest.fixture
def c(cast):
    return on_the_day(cast)


def page(name, row):
    return reverse(f"letters:{name}", args=[row.pk])


def typed(values):
    """As a browser sends it: lists as lines."""
    return {name: "\n".join(value) if isinstance(value, list) else value for name, value in values.items()}


def text_of(response):
    content = b"".join(response.streaming_content)
    found = "".join(leaf.extract_text() for leaf in pypdf.PdfReader(io.BytesIO(content)).pages)
    return found.replace("\n", "").replace(" ", "")


def test_the_list_of_letters_is_for_the_studio_and_a_mentor_sees_their_own(c, as_):
    issued(c)
    other = issued(c, c.other_mentor_row)
    address = page("appointments", c.cohort)
    assert other.number in as_("leader").get(address).text
    shown = as_("mentor").get(address).text
    assert "梁室聘〔2018〕01号" in shown
    assert other.number not in shown
    assert as_("mentor").get(page("appointment", other)).status_code == 404
    assert as_("mentor").get(page("appointment_pdf", other)).status_code == 404


def test_agreements_are_for_the_studio_and_the_two_of_the_pair(c, as_):
    own, other = drawn(c), drawn(c, c.other_pairing)
    address = page("agreements", c.cohort)
    for who in ("mentor", "mentee"):
        shown = as_(who).get(address).text
        assert page("agreement", own) in shown
        assert page("agreement", other) not in shown
        assert as_(who).get(page("agreement", other)).status_code == 404
    assert page("agreement", other) in as_("leader").get(address).text


def test_all_letters_with_a_preview_of_their_numbers(c, as_):
    browser, address = as_("officer"), page("appointment_issue_all", c.cohort)
    shown = browser.get(address).text
    assert "梁室聘〔2018〕01号" in shown
    assert "梁室聘〔2018〕02号" in shown
    data = facts() | {"first": "梁室聘〔2018〕01号"}
    answer = browser.post(address, data, follow=True)
    assert "聘书都发好了" in answer.text
    assert AppointmentLetter.objects.count() == 2
    assert "都有聘书了" in browser.get(address).text


def test_a_number_taken_meanwhile_shows_the_new_ones_and_keeps_what_was_typed(c, as_):
    issued(c)
    data = facts(signer="贺明远") | {"first": "梁室聘〔2018〕01号"}
    answer = as_("officer").post(page("appointment_issue_all", c.cohort), data)
    for kept in ("编号有变动", 'value="梁室聘〔2018〕02号"', "贺明远"):
        assert kept in answer.text
    assert AppointmentLetter.objects.count() == 1


def test_the_preview_follows_the_year_that_was_typed(c, as_):
    data = facts(date=D(2017, 8, 15), issuer="") | {"first": "x"}
    assert "梁室聘〔2017〕01号" in as_("officer").post(page("appointment_issue_all", c.cohort), data).text


def test_one_letter_its_void_and_the_words_on_its_page(c, as_):
    officer = as_("officer")
    assert officer.post(page("appointment_issue", c.mentor_row), facts()).status_code == 302
    letter = AppointmentLetter.objects.get()
    shown = as_("mentor").get(page("appointment", letter)).text
    for words_of_it in (
        "沈桂芳同志：",
        "兹聘请您担任",
        "聘期自二〇一八年八月十五日至二〇一九年八月十四日",
        "此聘",
        "大梁之印",
    ):
        assert words_of_it in shown
    assert page("appointment_void", letter) not in shown
    assert "空着" in officer.post(page("appointment_void", letter), {"reason": ""}).text
    assert officer.post(page("appointment_void", letter), {"reason": "聘期写错"}).status_code == 302
    assert "作废：聘期写错" in as_("mentor").get(page("appointment", letter)).text


RARE = ["犇骉", "㛃禤王", "𠮷田燚"]


@pytest.mark.parametrize("name", RARE)
def test_rare_names_stand_in_the_pdfs(name, c, as_):
    mentor = MentorFactory(cohort=c.cohort, secretary=SecretaryFactory(studio=c.studio, name=name))
    pairing = PairingFactory(mentor=mentor)
    letter, agreement = issued(c, mentor), drawn(c, pairing)
    answers = [
        as_("officer").get(page("appointment_pdf", letter)),
        as_("officer").get(page("agreement_pdf", agreement)),
    ]
    for answer in answers:
        assert answer["Content-Type"] == "application/pdf"
        assert answer["Cache-Control"] == "private, no-store"
    said, agreed = map(text_of, answers)
    assert f"{name}同志：" in said
    assert letter.number in said
    assert "二〇一九年八月十四日" in said
    assert name in agreed


def test_a_voided_letter_s_pdf_says_so(c, as_):
    letter = issued(c)
    assert "已作废" not in text_of(as_("officer").get(page("appointment_pdf", letter)))
    papers.void_appointment(by=c.officer, letter=letter, reason="写错")
    assert "已作废" in text_of(as_("officer").get(page("appointment_pdf", letter)))


def test_the_agreement_s_pdf_carries_names_signatures_and_digest_on_one_page(c, as_):
    agreement = drawn(c)
    blank = text_of(as_("mentee").get(page("agreement_pdf", agreement)))
    assert "指纹" not in blank
    assert "年　月　日" in blank.replace("月", "月")
    sign(c, agreement)
    answer = as_("mentee").get(page("agreement_pdf", agreement))
    content = b"".join(answer.streaming_content)
    pages = pypdf.PdfReader(io.BytesIO(content)).pages
    assert len(pages) == 1
    said = pages[0].extract_text().replace("\n", "").replace(" ", "")
    for part in ("沈桂芳", "何嘉怡", "龙飞", agreement.digest, "一式三份", "十、份数"):
        assert part in said


def test_drawing_one_with_changes_and_nothing_typed_is_lost(c, as_):
    browser, address = as_("officer"), page("agreement_draw", c.pairing)
    assert "独立推进一件难事" in browser.get(address).text
    answer = browser.post(address, typed(words(c.pairing, goals=["只有一条"], frequency="每周一次。")))
    for kept in ("只有一条", "每周一次。", "写2到4条"):
        assert kept in answer.text
    assert not Agreement.objects.exists()
    assert browser.post(address, typed(words(c.pairing, frequency="每周一次。"))).status_code == 302
    assert Agreement.objects.get().frequency == "每周一次。"


def test_drawing_all(c, as_):
    address = page("agreement_draw_all", c.cohort)
    assert "将拟2份" in as_("officer").get(address).text
    assert "拟好了2份协议" in as_("officer").post(address, {"date": "2018-09-03"}, follow=True).text
    assert "都有协议了" in as_("officer").get(address).text


def test_three_sign_on_the_page(c, as_):
    agreement = drawn(c)
    address = page("agreement_sign", agreement)
    assert address not in as_("leader").get(page("agreement", agreement)).text
    assert as_("leader").post(address, {"version": 1}).status_code == 403
    assert as_("other_mentor").post(address, {"version": 1}).status_code == 404
    for who, words_after in [("mentor", "签好了"), ("mentee", "签好了"), ("officer", "三方签齐了")]:
        assert address in as_(who).get(page("agreement", agreement)).text
        assert words_after in as_(who).post(address, {"version": 1}, follow=True).text
        assert address not in as_(who).get(page("agreement", agreement)).text
    assert "文字与签字时一致" in as_("mentee").get(page("agreement", agreement)).text
    Agreement.objects.filter(pk=agreement.pk).update(frequency="每年一次。")
    assert "文字与签字时不一致" in as_("mentee").get(page("agreement", agreement)).text


@pytest.mark.parametrize("version", ["", "x", "2", "²", "9" * 30])
def test_a_version_that_was_not_read_signs_nothing(version, c, as_):
    agreement = drawn(c)
    answer = as_("mentor").post(page("agreement_sign", agreement), {"version": version}, follow=True)
    assert "有人改过这份协议" in answer.text
    assert not Agreement.objects.get().signed


def test_whoever_types_for_the_mentor_cannot_sign_for_them(c, as_):
    agreement = drawn(c)
    browser = as_("officer")
    browser.post(reverse("accounts:act", args=[c.mentor.pk]))
    assert "签字要本人来" in browser.get(page("agreement", agreement)).text
    assert "签字要本人来" in browser.post(page("agreement_sign", agreement), {"version": 1}, follow=True).text
    assert not Agreement.objects.get().signed


def test_a_conflict_shows_both_texts_and_the_second_sending_counts(c, as_):
    agreement = drawn(c)
    address = page("agreement_edit", agreement)
    mine = typed(words(c.pairing, frequency="我写的频次。")) | {"version": 1}
    assert as_("lead").post(address, mine | {"frequency": "别人写的频次。"}).status_code == 302
    browser = as_("officer")
    answer = browser.post(address, mine)
    for part in ("我写的频次。", "别人写的频次。", 'name="version" value="2"', "现在存着的"):
        assert part in answer.text
    assert browser.post(address, mine | {"version": 2}).status_code == 302
    assert Agreement.objects.get().frequency == "我写的频次。"


def test_a_signature_in_between_keeps_what_was_typed(c, as_):
    agreement = sign(c, drawn(c), "mentee")
    mine = typed(words(c.pairing, frequency="我写的频次。")) | {"version": 1}
    answer = as_("officer").post(page("agreement_edit", agreement), mine)
    assert "先撤回签字" in answer.text
    assert "我写的频次。" in answer.text
    assert as_("officer").get(page("agreement_edit", agreement)).status_code == 302


def test_only_the_lead_opens_a_frozen_agreement_again(c, as_):
    agreement = sign(c, drawn(c))
    address = page("agreement_withdraw", agreement)
    assert as_("officer").get(address).status_code == 403
    assert as_("officer").post(address, {"reason": "改"}).status_code == 403
    assert as_("lead").get(address).status_code == 200
    assert as_("lead").post(address, {"reason": "期限写错"}).status_code == 302
    assert not Agreement.objects.get().signed


def test_an_officer_withdraws_what_is_not_yet_frozen(c, as_):
    agreement = sign(c, drawn(c), "mentor")
    address = page("agreement_withdraw", agreement)
    assert as_("officer").post(address, {"reason": "目标要改"}).status_code == 302
    assert as_("officer").get(address).status_code == 302
    assert not Agreement.objects.get().signed


def test_the_run_sheet_from_nothing_to_a_changed_order(c, as_):
    officer, address = as_("officer"), page("launch", c.cohort)
    assert "流程还没有排" in officer.get(address).text
    assert page("launch_open", c.cohort) not in as_("leader").get(address).text
    assert officer.get(page("launch_edit", c.cohort)).status_code == 302
    officer.post(page("launch_open", c.cohort))
    sheet = LaunchSheet.objects.get()
    added = {"kind": "letter", "pairing": c.pairing.pk, "minutes": 5}
    assert officer.post(page("launch_add", c.cohort), added).status_code == 302
    again = officer.post(page("launch_add", c.cohort), added)
    assert "已经在流程里" in again.text
    item = sheet.items.get(kind="letter")
    officer.post(page("launch_move", item), {"to": "up"})
    assert sheet.items.order_by("order").last().kind == "photo"
    assert "何嘉怡读给沈桂芳的拜师帖" in as_("leader").get(address).text
    officer.post(page("launch_remove", item))
    assert not sheet.items.filter(kind="letter").exists()


def test_two_who_arrange_at_once_see_both(c, as_):
    open_sheet(by=c.officer, cohort=c.cohort)
    address = page("launch_edit", c.cohort)
    mine = {"title": "启动仪式", "date": "2018-08-15", "starts_at": "09:30", "place": "我写的地点", "host": "", "notes": "",
            "version": 1}  # fmt: skip
    assert as_("lead").post(address, mine | {"place": "别人写的地点"}).status_code == 302
    answer = as_("officer").post(address, mine)
    for part in ("我写的地点", "别人写的地点", 'name="version" value="2"'):
        assert part in answer.text
    assert as_("officer").post(address, mine | {"version": 2}).status_code == 302
    assert LaunchSheet.objects.get().place == "我写的地点"


def test_the_page_offers_a_reminder_once_and_not_to_the_leader(c, as_):
    make_letter(c.pairing)
    address = page("launch", c.cohort)
    to_mentor, to_mentee = page("launch_remind_mentor", c.mentor_row), page("launch_remind_mentee", c.other_pairing)
    with time_machine.travel(MORNING, tick=False):
        for button, name in [(to_mentor, "沈桂芳"), (to_mentee, "钱立峰")]:
            assert button in as_("officer").get(address).text
            assert button not in as_("leader").get(address).text
            assert f"提醒发给{name}了" in as_("officer").post(button, follow=True).text
            assert button not in as_("officer").get(address).text
            assert "已经提醒过" in as_("officer").post(button, follow=True).text
    assert LetterReminder.objects.count() == 2


def test_a_draft_is_nobody_else_s_affair(c, as_):
    make_letter(c.pairing, state="draft")
    shown = as_("officer").get(page("launch", c.cohort)).text
    assert "草稿" not in shown.split('class="page-head"')[1]  # above it stands the outbox of the device
    assert page("launch_remind_mentee", c.pairing) in shown


@pytest.mark.parametrize("name", ["appointments", "agreements", "launch"])
@pytest.mark.parametrize("who", ["officer", "leader"])
def test_lists_cost_the_same_for_one_and_for_three(name, who, c, as_, count_queries):
    def one_more(mentor, mentee, seat):
        pairing = PairingFactory(mentor=mentor, mentee=mentee, seat=seat)
        issued(c, mentor)
        drawn(c, pairing)
        make_letter(pairing)

    for row in (c.pairing, c.other_pairing):
        row.ends = row.starts
        row.save()
    open_sheet(by=c.officer, cohort=c.cohort)
    one_more(MentorFactory(cohort=c.cohort), MenteeFactory(cohort=c.cohort), 1)
    browser, address = as_(who), page(name, c.cohort)
    browser.get(address)
    one = count_queries(lambda: browser.get(address))
    for _n in range(2):
        one_more(MentorFactory(cohort=c.cohort), MenteeFactory(cohort=c.cohort), 1)
    assert count_queries(lambda: browser.get(address)) == one


def test_the_cohort_s_page_leads_to_the_papers(c, as_):
    shown = as_("leader").get(reverse("cohorts:cohort", args=[c.cohort.pk])).text
    for name in ("appointments", "agreements", "launch"):
        assert page(name, c.cohort) in shown


def test_the_admin_only_looks(c, as_):
    letter, agreement = issued(c), drawn(c)
    for name, row in {"appointmentletter": letter, "agreement": agreement}.items():
        assert as_("officer").get(f"/admin/letters/{name}/").status_code == 200
        assert as_("officer").get(f"/admin/letters/{name}/{row.pk}/change/").status_code == 200
        assert as_("officer").get(f"/admin/letters/{name}/add/").status_code == 403
