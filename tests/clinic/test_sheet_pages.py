"""The pages of writing: nothing typed is lost, places are told, files are private, the list shows what may be shown."""

import io
import uuid
import zipfile
from contextlib import closing
from types import SimpleNamespace

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image

from cohorts.clinic.choices import CaseState
from cohorts.clinic.models import Case, CaseFile, CaseHelp
from cohorts.clinic.views import helping
from tests.factories import SecretaryFactory
from tests.factories.clinic import make_case

from .sheet_kit import SECRET, WORDS, drafted, sent_in

pytestmark = pytest.mark.django_db
NEW = reverse("clinic:new")
CASES = reverse("clinic:cases")
SCRIPT = {"x-autosave": "1"}
TYPED = {name: value for name, value in WORDS.items() if name != "sub_category"} | {
    "sub_parking": "fire_lane", "urgency": "normal",
}  # fmt: skip


@pytest.fixture(autouse=True)
def nothing_similar(monkeypatch):
    """The search has tests of its own; `offer(…)` puts something there."""
    found = []
    monkeypatch.setattr(helping, "similar_to", lambda *asked, **more: found)
    return found


def typed(**more):
    return TYPED | {"client_key": str(uuid.uuid4()), "version": ""} | more


def edit(case):
    return reverse("clinic:edit", args=[case.pk])


def case_page(case):
    return reverse("clinic:case", args=[case.pk])


def text_of(response):
    return response.content.decode()


def picture(name="门口.jpg"):
    out = io.BytesIO()
    Image.new("RGB", (60, 40), "gray").save(out, "JPEG")
    return SimpleUploadedFile(name, out.getvalue(), "image/jpeg")


# Writing and sending


def test_opening_the_page_stores_nothing(as_, cast):
    page = text_of(as_("mentee").get(NEW))
    assert not Case.objects.exists()
    for words in ("提一个难题", "存草稿", "提交会诊", "人身安全有危险", "张阿婆、7号楼某户", "占消防通道"):
        assert words in page
    assert "哪位书记的难题" not in page


def test_a_plain_form_keeps_the_draft_with_gaps(as_, cast):
    browser = as_("mentee")
    answer = browser.post(NEW, typed(background="", title="遛狗不牵绳", draft="1"))
    case = Case.objects.get()
    assert answer.url == edit(case)
    assert (case.state, case.title, case.sub_category) == (CaseState.DRAFT, "遛狗不牵绳", "fire_lane")
    page = text_of(browser.get(edit(case)))
    assert 'value="遛狗不牵绳"' in page
    assert "遛狗不牵绳" in text_of(browser.get(CASES))
    assert "遛狗不牵绳" not in text_of(as_("lead").get(CASES))


def test_without_a_category_the_words_come_back(as_, cast):
    page = text_of(as_("mentee").post(NEW, typed(category="", background=SECRET, draft="1")))
    assert "先选一个类别" in page
    assert SECRET in page
    assert not Case.objects.exists()


def test_sending_makes_one_case_however_often_the_button_is_pressed(as_, cast):
    data, browser = typed(send="1"), as_("mentee")
    answers = [browser.post(NEW, data), browser.post(NEW, data)]
    case = Case.objects.get()
    assert {answer.url for answer in answers} == {case_page(case)}
    assert (case.state, case.number) == (CaseState.WAITING, 1)


def test_gaps_are_said_beside_each_field_and_the_draft_is_kept(as_, cast):
    answer = as_("mentee").post(NEW, typed(stuck_at="", already_tried="", background=SECRET, send="1"))
    form = answer.context["form"]
    assert set(form.errors) == {"stuck_at", "already_tried"}
    case = Case.objects.get()
    assert (case.state, case.background) == (CaseState.DRAFT, SECRET)
    assert f'name="version" value="{case.version}"' in text_of(answer)
    assert 'href="#id_stuck_at"' in text_of(answer)


def test_a_number_that_is_none_keeps_all_the_other_words(as_, cast):
    as_("mentee").post(NEW, typed(households="几十", background=SECRET, draft="1"))
    assert (Case.objects.get().background, Case.objects.get().households) == (SECRET, None)


def test_places_are_shown_with_their_sentence_and_sending_asks_once(as_, cast):
    browser, data = as_("mentee"), typed(background="车多。王建国住7号302室，<b>天天吵</b>。", send="1")
    page = text_of(browser.post(NEW, data))
    for words in (
        "<mark>王建国</mark>",
        "<mark>7号302室</mark>",
        "王先生",
        "某户",
        "照样提交，我看过了",
        "&lt;b&gt;天天吵",
    ):
        assert words in page
    case = Case.objects.get()
    assert case.is_draft
    answer = browser.post(NEW, data | {"version": case.version, "confirmed": "on"})
    assert answer.url == case_page(case)
    assert Case.objects.get().state == CaseState.WAITING


def test_two_windows_show_both_texts_and_the_second_may_go_on(as_, cast):
    case, browser = drafted(cast, background="先存的一句。"), as_("mentee")
    data = typed(client_key=str(case.client_key), version="0", background="后写的一句。", draft="1")
    page = text_of(browser.post(edit(case), data))
    for words in ("先存的一句。", "后写的一句。", "现在存着的", 'name="version" value="1"'):
        assert words in page
    assert Case.objects.get().background == "先存的一句。"
    browser.post(edit(case), data | {"version": "1"})
    assert Case.objects.get().background == "后写的一句。"


def test_an_expired_sign_in_loses_nothing_that_was_kept(client, as_, cast):
    case = drafted(cast)
    answer = client.post(edit(case), typed(client_key=str(case.client_key), send="1"))
    assert answer.url.startswith("/accounts/login/")
    page = text_of(as_("mentee").get(edit(case)))
    assert f'value="{case.client_key}"' in page  # under this key the device kept what was typed later
    assert 'data-draft-words="case"' in page


# The script


def test_the_script_keeps_the_draft_and_gets_its_address(as_, cast):
    browser, data = as_("mentee"), typed(title="遛狗")
    told = browser.post(NEW, data, headers=SCRIPT).json()
    case = Case.objects.get()
    assert told == {"version": 1, "address": edit(case), "left": 0}
    told = browser.post(
        edit(case), data | {"version": 1, "title": "遛狗不牵绳", "people": "几个"}, headers=SCRIPT
    ).json()
    assert told == {"version": 2, "address": edit(case), "left": 1}
    assert Case.objects.get().title == "遛狗不牵绳"
    assert Case.objects.get().state == CaseState.DRAFT


def test_the_script_is_told_what_keeps_it_from_keeping(as_, cast):
    browser = as_("mentee")
    answer = browser.post(NEW, typed(category=""), headers=SCRIPT)
    assert "类别" in answer.json()["refused"]
    case = drafted(cast)
    old = typed(client_key=str(case.client_key), version="0", title="旧窗口")
    assert browser.post(edit(case), old, headers=SCRIPT).status_code == 409
    waiting = sent_in(cast, client_key=uuid.uuid4())
    late = typed(client_key=str(waiting.client_key), version="1", title="晚到")
    assert browser.post(edit(waiting), late, headers=SCRIPT).status_code == 409
    assert Case.objects.filter(title__in=["旧窗口", "晚到"]).count() == 0


def test_words_are_looked_at_while_they_are_typed(as_, cast):
    SecretaryFactory(studio=cast.studio, name="燕小六")
    words = reverse("clinic:words")
    page = text_of(as_("mentee").post(words, {"text": "燕小六说，<i>打13812345678</i>"}))
    for part in ("<mark>燕小六</mark>", "燕书记", "<mark>13812345678</mark>", "&lt;i&gt;"):
        assert part in page
    assert text_of(as_("mentee").post(words, {"text": "张阿婆住7号楼"})).strip() == ""
    assert as_("mentor").post(words, {"text": "x"}).status_code == 403


def offer(found, kind, row, **more):
    found.append(
        SimpleNamespace(kind=kind, object_id=row.pk, title=row.title, url=case_page(row), meta="",
                        kind_label="会诊单", category_label="停车与交通", **more)
    )  # fmt: skip


def test_what_was_solved_before_is_shown_with_its_lesson(as_, cast, nothing_similar):
    closed = make_case(
        cast.cohort, cast.other_mentee_row.secretary, cast.other_mentee, state=CaseState.CLOSED, closed_by=cast.lead
    )
    offer(nothing_similar, "case", closed)
    page = text_of(as_("mentee").get(reverse("clinic:similar"), {"title": "停车", "category": "parking"}))
    for words in (closed.title, closed.lesson, "这个就够了，不用提了", case_page(closed)):
        assert words in page
    case = drafted(cast)
    answer = as_("mentee").post(reverse("clinic:answered"), {"case": closed.pk, "client_key": case.client_key})
    assert answer.url == f"{CASES}?done={case.client_key}"
    assert not Case.objects.filter(pk=case.pk).exists()
    assert CaseHelp.objects.get().instead
    assert f'data-draft-done="{case.client_key}"' in text_of(as_("mentee").get(answer.url))


def test_answered_by_what_one_may_not_read_is_nothing(as_, cast):
    hidden = make_case(cast.cohort, cast.other_mentee_row.secretary, cast.other_mentee)
    browser, answered = as_("mentee"), reverse("clinic:answered")
    assert browser.post(answered, {"case": hidden.pk}).status_code == 404
    assert browser.post(answered, {"case": uuid.uuid4()}).status_code == 404
    assert browser.post(answered, {}).status_code == 404
    drafted_by_other = drafted(cast, by=cast.other_mentee)
    closed = make_case(
        cast.cohort, cast.other_mentee_row.secretary, cast.other_mentee, state=CaseState.CLOSED, number=9,
        closed_by=cast.lead,
    )  # fmt: skip
    browser.post(answered, {"case": closed.pk, "client_key": drafted_by_other.client_key})
    assert Case.objects.filter(pk=drafted_by_other.pk).exists()


# The office


def test_the_office_chooses_whose_it_is(as_, cast):
    browser = as_("officer")
    page = text_of(browser.post(NEW, typed(draft="1")))
    assert "哪位书记的难题" in page
    assert not Case.objects.exists()
    other = SecretaryFactory(studio=cast.studio, name="方可欣")
    foreign = SecretaryFactory(studio=cast.other_studio, name="乙区密书记")
    assert "乙区密书记" not in page
    browser.post(NEW, typed(draft="1", presenter=foreign.pk))
    assert not Case.objects.exists()
    browser.post(NEW, typed(send="1", presenter=other.pk))
    case = Case.objects.get()
    assert (case.presenter, case.filed_by, case.state) == (other, cast.officer, CaseState.WAITING)


def test_a_waiting_sheet_is_changed_by_its_writer_or_the_office(as_, cast):
    case = sent_in(cast)
    data = typed(client_key=str(case.client_key), version=case.version, title="改了题目")
    assert as_("mentor").post(edit(case), data).status_code == 403
    assert as_("other_mentee").post(edit(case), data).status_code == 404
    answer = as_("mentee").post(edit(case), data)
    assert answer.url == case_page(case)
    assert Case.objects.get().title == "改了题目"
    page = text_of(as_("officer").post(edit(case), data | {"title": "旧窗口里改的"}))
    for words in ("现在存着的", "旧窗口里改的", "改了题目"):
        assert words in page
    page = text_of(as_("officer").post(edit(case), data | {"version": Case.objects.get().version, "stuck_at": ""}))
    assert "这一项还空着" in page
    assert Case.objects.get().stuck_at == WORDS["stuck_at"]


def test_sent_back_it_says_what_is_missing_where_it_is_written(as_, cast):
    case = sent_in(cast)
    back = reverse("clinic:send_back", args=[case.pk])
    assert "这一项还空着" in text_of(as_("officer").post(back, {"reason": ""}))
    assert as_("officer").post(back, {"reason": "请写有多少户"}).url == CASES
    page = text_of(as_("mentee").get(edit(case)))
    for words in ("请写有多少户", "第1号"):
        assert words in page
    assert as_("officer").get(back).status_code == 404
    answer = as_("mentee").post(edit(case), typed(client_key=str(case.client_key), version=3, send="1"))
    assert answer.url == case_page(case)
    assert Case.objects.get().number == 1


def test_taken_back_and_thrown_away(as_, cast):
    case, browser = sent_in(cast), as_("mentee")
    back = reverse("clinic:take_back", args=[case.pk])
    assert browser.get(back).status_code == 405
    assert browser.post(back).url == edit(case)
    away = reverse("clinic:discard", args=[case.pk])
    browser.post(away)
    assert Case.objects.get().number == 1
    draft = drafted(cast)
    away = reverse("clinic:discard", args=[draft.pk])
    assert "删掉这张草稿吗" in text_of(browser.get(away))
    assert Case.objects.filter(pk=draft.pk).exists()
    assert browser.post(away).url == f"{CASES}?done={draft.client_key}"
    assert not Case.objects.filter(pk=draft.pk).exists()


# Files


def test_files_come_with_the_form_and_are_seen_by_few(as_, cast):
    as_("mentee").post(NEW, typed(send="1", files=[picture(), SimpleUploadedFile("清单.txt", b"36")]))
    photo, paper = CaseFile.objects.order_by("order")
    answers = {}
    for who in ("mentee", "mentor", "officer", "leader", "other_mentee", "other_mentor", "liaison", "stranger"):
        answer = as_(who).get(reverse("clinic:file", args=[photo.pk]))
        answers[who] = answer.status_code
        if answer.status_code == 200:
            assert b"".join(answer.streaming_content).startswith(b"\xff\xd8")
            assert answer["Cache-Control"] == "private, no-store"
            assert answer["Content-Type"] == "image/jpeg"
    seen = {"mentee", "mentor", "officer", "leader"}
    assert answers == {who: 200 if who in seen else 404 for who in answers}
    with closing(as_("mentee").get(reverse("clinic:file", args=[paper.pk]))) as answer:
        assert answer["Content-Disposition"].startswith("attachment")


def test_what_is_no_picture_is_refused_beside_the_field_and_the_words_are_kept(as_, cast):
    page = text_of(as_("mentee").post(NEW, typed(draft="1", files=[SimpleUploadedFile("a.jpg", b"<svg>")])))
    for words in ("不是我们能读的照片", "照片和文件要再选一次", WORDS["background"]):
        assert words in page
    assert Case.objects.get().background == WORDS["background"]
    assert not CaseFile.objects.exists()


def test_files_stay_when_another_field_needs_a_look(as_, cast):
    page = text_of(as_("mentee").post(NEW, typed(send="1", stuck_at="", files=[picture()])))
    assert CaseFile.objects.count() == 1
    assert "门口.jpg" in page
    assert "照片和文件要再选一次" not in page


def test_files_are_taken_out_by_a_tick_or_one_by_one(as_, cast):
    browser = as_("mentee")
    browser.post(NEW, typed(draft="1", files=[picture(), picture("后门.jpg")]))
    case = Case.objects.get()
    first, second = case.files.all()
    browser.post(edit(case), typed(client_key=str(case.client_key), version=1, draft="1", drop=[str(first.pk)]))
    assert list(case.files.all()) == [second]
    away = reverse("clinic:file_delete", args=[second.pk])
    assert as_("other_mentee").post(away).status_code == 404
    assert browser.post(away).url == edit(case)
    assert not case.files.exists()


def test_a_zip_is_no_document(as_, cast):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("a.txt", "a")
    page = text_of(as_("mentee").post(NEW, typed(draft="1", files=[SimpleUploadedFile("a.docx", out.getvalue())])))
    assert "打不开，或者不是真的docx文件" in page
