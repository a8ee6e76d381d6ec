"""作业: set, handed in with files, answered, sent back, waived; what is refused, and who sees what."""

import datetime
import io
import zipfile

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image

from cohorts.models import Pairing
from evaluations.logs import actions
from evaluations.logs.models import Homework, HomeworkFile
from evaluations.logs.queries.practice import came_in_words, day_in_words
from mentorship.audit.models import Entry
from mentorship.common import documents
from mentorship.common.errors import Refused
from mentorship.notifications.models import Receipt
from mentorship.notifications.words import words_of
from tests.factories import PairingFactory, RoleGrantFactory
from tests.factories.practice import make_homework, make_log

from .log_kit import TODAY, on_the_day, picture

D = datetime.date
PRIVATE = "家里的事不外传"


@pytest.fixture
def c(cast):
    return on_the_day(cast)


@pytest.fixture
def work(c):
    return make_homework(c.mentee_row, due=D(2018, 12, 10))


def address(name, row):
    return reverse(f"logs:{name}", args=[row.pk])


def upload(name, content):
    return SimpleUploadedFile(name, content)


def package(*names):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as made:
        for name in names:
            made.writestr(name, "<x/>")
    return out.getvalue()


DOCX = package("[Content_Types].xml", "word/document.xml")
XLSX = package("[Content_Types].xml", "xl/workbook.xml")
PDF = b"%PDF-1.7\n1 0 obj\nendobj\n%%EOF\n"


def hand_in(c, work, **facts):
    return actions.hand_in_homework(
        **{"by": c.mentee, "homework": work, "version": work.version, "answer": "好了"} | facts
    )


def test_set_for_several_at_once(c):
    second = PairingFactory(mentor=c.mentor_row, seat=2).mentee
    made = actions.set_homework(by=c.mentor, mentees=[c.mentee_row, second], task="一图三表", due=D(2018, 12, 9))
    assert {work.mentee for work in made} == {c.mentee_row, second}
    assert {(work.state, work.set_on, work.log) for work in made} == {("open", TODAY, None)}
    assert Receipt.objects.get(notice__kind="homework_set", recipient=c.mentee)
    actions.set_homework(by=c.mentor, mentees=[c.mentee_row, second], task="一图三表 ")
    assert Homework.objects.count() == 2


@pytest.mark.parametrize(
    ("facts", "field"),
    [({"task": " "}, "task"), ({"mentees": []}, "mentees"), ({"due": D(2018, 11, 1)}, "due"),
     ({"on": D(2018, 12, 2)}, "date")],
)  # fmt: skip
def test_what_cannot_be_set(facts, field, c):
    with pytest.raises(Refused) as refused:
        actions.set_homework(**{"by": c.mentor, "mentees": [c.mentee_row], "task": "一图三表"} | facts)
    assert refused.value.field == field
    assert not Homework.objects.exists()


@pytest.mark.parametrize("who", ["other_mentor", "leader", "mentee"])
def test_only_ones_own_mentor_sets(who, c):
    with pytest.raises(PermissionDenied):
        actions.set_homework(by=getattr(c, who), mentees=[c.mentee_row], task="一图三表")


def test_handed_in_with_photos_and_papers(c, work):
    hand_in(
        c, work, files=[picture("门.png"), upload("表.docx", DOCX), upload("数.xlsx", XLSX), upload("纪要.pdf", PDF)]
    )
    work.refresh_from_db()
    assert (work.state, work.handed_in_on, work.answer, work.version) == ("handed_in", TODAY, "好了", 2)
    assert [(file.name, file.is_picture) for file in work.files.all()] == [
        ("门.jpg", True), ("表.docx", False), ("数.xlsx", False), ("纪要.pdf", False),
    ]  # fmt: skip
    assert [receipt.recipient for receipt in Receipt.objects.filter(notice__kind="homework_handed_in")] == [c.mentor]


def test_a_photo_leaves_nothing_of_the_phone(c, work):
    out, exif = io.BytesIO(), Image.Exif()
    exif[0x010F] = "PHONE"
    Image.new("RGB", (3000, 2000)).save(out, "JPEG", exif=exif)
    hand_in(c, work, files=[upload("IMG_1.JPG", out.getvalue())])
    with work.files.get().file.open() as stored, Image.open(stored) as image:
        assert max(image.size) == 1600
        assert not image.getexif()


REFUSED = {
    "another kind": ("a.exe", b"MZ"),
    "a page": ("a.html", b"<script>"),
    "a drawing": ("a.svg", b"<svg/>"),
    "a page as a document": ("a.docx", b"<html>"),
    "a program as a PDF": ("a.pdf", b"MZ\x90\x00 %%EOF"),
    "a PDF cut short": ("a.pdf", b"%PDF-1.7\n"),
    "a zip as a document": ("a.docx", package("a.txt")),
    "a table as a document": ("a.docx", XLSX),
    "with macros": ("a.docx", package("[Content_Types].xml", "word/document.xml", "word/vbaProject.bin")),
    "a program as text": ("a.txt", b"MZ\x90\x00\x03"),
    "a document as a photo": ("a.jpg", DOCX),
    "the old format": ("a.doc", b"\xd0\xcf\x11\xe0"),
    "an empty file": ("a.txt", b"  "),
}


@pytest.mark.parametrize(("name", "content"), REFUSED.values(), ids=REFUSED)
def test_files_that_are_not_what_we_take(name, content, c, work):
    with pytest.raises(Refused) as refused:
        hand_in(c, work, files=[upload(name, content)])
    assert refused.value.field == "files"
    work.refresh_from_db()
    assert (work.state, work.files.count()) == ("open", 0)


def test_too_large_and_too_many(c, work, monkeypatch):
    with pytest.raises(Refused):
        hand_in(c, work, files=[picture(f"{n}.png") for n in range(7)])
    monkeypatch.setattr(documents, "MOST_BYTES", len(PDF) - 1)
    with pytest.raises(Refused):
        hand_in(c, work, files=[upload("a.pdf", PDF)])
    monkeypatch.setattr(documents, "MOST_UNPACKED", 3)
    assert not documents.is_office(DOCX, "word/document.xml")
    assert not HomeworkFile.objects.exists()


def test_a_chinese_text_file_is_kept_readable(c, work):
    hand_in(c, work, files=[upload("../../笔\u202e记.txt", "数过十四户".encode("gb18030"))])
    file = work.files.get()
    assert file.name == "笔记.txt"
    with file.file.open() as stored:
        assert stored.read().decode() == "数过十四户"


def test_nothing_is_not_an_answer(c, work):
    with pytest.raises(Refused):
        hand_in(c, work, answer=" ")


def test_pressed_twice_it_is_handed_in_once(c, work):
    hand_in(c, work, files=[picture("门.png")])
    again = hand_in(c, work, version=1, files=[picture("门.png")])
    assert (again.version, work.files.count()) == (2, 1)
    with pytest.raises(actions.Stale):
        hand_in(c, work, version=1, files=[picture("窗.png")])
    with pytest.raises(actions.Stale):
        hand_in(c, work, version=1, answer="别的话")


@pytest.mark.parametrize("who", ["mentor", "officer", "other_mentee"])
def test_nobody_hands_in_for_an_apprentice(who, c, work):
    with pytest.raises(PermissionDenied):
        hand_in(c, work, by=getattr(c, who))


def test_an_officer_who_learns_marks_everyone_s_work_but_their_own(c, work, as_):
    RoleGrantFactory(user=c.mentee, studio=c.studio, role="officer")
    others = make_homework(c.other_mentee_row, state="handed_in", handed_in_on=TODAY)
    hand_in(c, work, answer="好了")
    browser = as_("mentee")
    assert browser.get(address("homework_answer", others)).status_code == 200
    assert browser.get(address("homework_answer", work)).status_code == 403
    with pytest.raises(PermissionDenied):
        actions.answer_homework(by=c.mentee, homework=work, mark="good", comment="很好", version=2)


def test_sent_back_handed_in_again_and_done(c, work, as_):
    hand_in(c, work, files=[picture("门.png"), upload("表.docx", DOCX)])
    actions.answer_homework(by=c.mentor, homework=work, version=2, mark="rewrite", comment="缺一个数")
    assert (work.state, work.mark, work.comment) == ("open", "rewrite", "缺一个数")
    assert day_in_words(work, TODAY) == ("wait", "改一改再交")
    shown = as_("mentee").get(address("homework_hand_in", work)).text
    assert "缺一个数" in shown
    gone = work.files.get(name="门.jpg")
    hand_in(c, work, answer="数好了", files=[picture("窗.png")], drop=[gone])
    assert sorted(work.files.values_list("name", flat=True)) == ["窗.jpg", "表.docx"]
    assert "缺一个数" in as_("mentor").get(address("homework", work)).text
    actions.answer_homework(by=c.mentor, homework=work, version=work.version, mark="good", comment="这就对了")
    work.refresh_from_db()
    assert (work.state, work.mark, work.comment) == ("answered", "good", "这就对了")
    titles = [
        words_of(receipt.notice).title for receipt in Receipt.objects.filter(recipient=c.mentee).order_by("created_at")
    ]
    assert titles == ["师傅请您把作业改一改", "师傅批了您的作业"]
    with pytest.raises(Refused):
        hand_in(c, work)


def test_anothers_file_cannot_be_dropped(c, work):
    other = make_homework(c.other_mentee_row)
    hand_in(c, other, by=c.other_mentee, files=[picture("别人.png")])
    hand_in(c, work, drop=[other.files.get()])
    assert other.files.count() == 1


def test_the_answer_is_for_what_was_read(c, work):
    hand_in(c, work)
    with pytest.raises(actions.Stale):
        actions.answer_homework(by=c.mentor, homework=work, version=1, mark="good")
    with pytest.raises(PermissionDenied):
        actions.answer_homework(by=c.other_mentor, homework=work, version=2, mark="good")
    Pairing.objects.filter(pk=c.pairing.pk).update(ends=TODAY)
    with pytest.raises(PermissionDenied):
        actions.answer_homework(by=c.mentor, homework=work, version=2, mark="good")
    actions.answer_homework(by=c.officer, homework=work, version=2, mark="read")
    assert work.commented_by == c.officer


def test_only_what_came_in_is_answered(c, work):
    with pytest.raises(Refused):
        actions.answer_homework(by=c.mentor, homework=work, version=1, mark="good")


def test_waived_with_a_reason(c, work, as_):
    with pytest.raises(Refused):
        actions.waive_homework(by=c.mentor, homework=work, reason=" ")
    with pytest.raises(PermissionDenied):
        actions.waive_homework(by=c.mentee, homework=work, reason="不想交")
    assert as_("mentor").post(address("homework_waive", work), {"reason": "这一段先停"}).status_code == 302
    work.refresh_from_db()
    assert work.state == "waived"
    assert "这一段先停" in as_("mentee").get(address("homework", work)).text
    with pytest.raises(Refused):
        hand_in(c, work)
    assert words_of(Receipt.objects.get(recipient=c.mentee).notice).title == "有一份作业不用交了"


def test_the_trail_and_the_notices_hold_no_word_of_it(c):
    [work] = actions.set_homework(by=c.mentor, mentees=[c.mentee_row], task=PRIVATE)
    hand_in(c, work, answer=PRIVATE, files=[upload(f"{PRIVATE}.txt", PRIVATE.encode())])
    actions.answer_homework(by=c.mentor, homework=work, version=2, mark="rewrite", comment=PRIVATE)
    actions.waive_homework(by=c.mentor, homework=work, reason=PRIVATE)
    entries = Entry.objects.filter(verb__startswith="homework.")
    assert entries.count() == 4
    assert all(PRIVATE not in str(entry.__dict__) for entry in entries)
    for receipt in Receipt.objects.all():
        assert PRIVATE not in "".join(words_of(receipt.notice))


def test_a_private_log_never_shows_through_its_homework(c, as_):
    log = make_log(c.pairing, text=PRIVATE, title=PRIVATE, advice=PRIVATE, privacy="studio")
    work = make_homework(c.mentee_row, log=log)
    for who in ("mentee", "mentor", "lead", "leader"):
        for page in (reverse("logs:homeworks"), address("homework", work)):
            assert PRIVATE not in as_(who).get(page).text, who
        assert as_(who).get(reverse("logs:homeworks"), {"q": "家里"}).context["page"].paginator.count == 0
    linked = {who: str(log.pk) in as_(who).get(address("homework", work)).text for who in ("mentee", "mentor", "lead")}
    assert linked == {"mentee": False, "mentor": True, "lead": True}
    assert PRIVATE not in as_("mentee").get(reverse("logs:where", args=[c.mentee_row.pk])).text


def test_homework_of_a_sensitive_log_is_as_closed_as_the_log(c, as_):
    work = make_homework(c.mentee_row, word=PRIVATE, log=make_log(c.pairing, sensitive=True))
    hand_in(c, work, files=[picture()])
    file = work.files.get()
    seen = {"lead", "officer", "mentor", "mentee"}
    for who in ("lead", "officer", "leader", "mentor", "mentee", "other_mentor", "other_mentee", "liaison"):
        browser = as_(who)
        for page in (address("homework", work), address("homework_file", file)):
            answer = browser.get(page)
            if answer.streaming:
                answer.getvalue()
            assert answer.status_code in ({200} if who in seen else {403, 404}), who
        assert (PRIVATE in browser.get(reverse("logs:homeworks")).text) is (who in seen), who
        asked = browser.get(reverse("logs:homeworks"), {"q": "家里"})
        assert asked.status_code == 403 or asked.context["page"].paginator.count == 0


def test_a_file_is_private_and_a_document_is_only_downloaded(c, work, as_):
    hand_in(c, work, files=[picture("门.png"), upload("表.docx", DOCX)])
    shown = as_("mentor").get(address("homework_file", work.files.get(is_picture=True)))
    taken = as_("mentor").get(address("homework_file", work.files.get(is_picture=False)))
    assert (shown["Content-Type"], taken["Content-Type"]) == ("image/jpeg", documents.WORD)
    assert taken["Content-Disposition"].startswith("attachment")
    for answer in (shown, taken):
        assert answer.getvalue()
        assert (answer["Cache-Control"], answer["X-Content-Type-Options"]) == ("private, no-store", "nosniff")
    assert as_("other_mentor").get(address("homework_file", work.files.first())).status_code == 404


@pytest.mark.parametrize(
    ("due", "words"),
    [(D(2018, 11, 20), ("wait", "说好11月20日，方便时补上")), (TODAY, ("wait", "今天交")),
     (D(2018, 12, 3), ("wait", "还有2天")), (D(2018, 12, 20), ("open", "12月20日前交")), (None, ("open", "没有定日子"))],
)  # fmt: skip
def test_nobody_is_scolded(due, words, c):
    assert day_in_words(make_homework(c.mentee_row, due=due), TODAY) == words


def test_late_is_said_softly(c):
    work = make_homework(c.mentee_row, due=D(2018, 11, 29), state="handed_in", handed_in_on=TODAY)
    assert came_in_words(work) == "12月1日交来，比说好的晚2天"
    work.due = TODAY
    assert came_in_words(work) == "12月1日交来"


def test_what_is_past_its_day_stands_first(c, as_):
    facts = {"done": {"state": "answered", "handed_in_on": TODAY}, "soon": {"due": D(2018, 12, 9)}, "none": {"due": None},
             "in": {"state": "handed_in", "handed_in_on": TODAY}, "late": {"due": D(2018, 11, 1)}}  # fmt: skip
    rows = {name: make_homework(c.mentee_row, **more).pk for name, more in facts.items()}
    shown = [work.pk for work in as_("mentor").get(reverse("logs:homeworks")).context["page"]]
    assert shown == [rows[name] for name in ("late", "in", "soon", "none", "done")]


@pytest.mark.parametrize(
    ("asked", "found"),
    [({}, 2), ({"state": "open"}, 1), ({"due_from": "2018-12-01"}, 1), ({"due_to": "2018-11-30"}, 1), ({"q": "三表"}, 2),
     ({"q": "没有的字"}, 0)],
)  # fmt: skip
def test_filters(asked, found, c, as_):
    make_homework(c.mentee_row, due=D(2018, 12, 10))
    make_homework(c.other_mentee_row, due=D(2018, 11, 10), state="handed_in", handed_in_on=TODAY)
    assert as_("officer").get(reverse("logs:homeworks"), asked).context["page"].paginator.count == found


def test_the_list_costs_the_same_for_three_as_for_one(c, as_, count_queries, work):
    browser, page = as_("officer"), reverse("logs:homeworks")
    browser.get(page)
    one = count_queries(lambda: browser.get(page))
    make_homework(c.mentee_row, log=make_log(c.pairing))
    make_homework(c.other_mentee_row, state="handed_in", handed_in_on=TODAY)
    assert count_queries(lambda: browser.get(page)) == one


def test_set_on_the_page(c, as_):
    page = reverse("logs:homework_set")
    assert "checked" in as_("mentor").get(page, {"mentee": c.mentee_row.pk}).text
    wrong = as_("mentor").post(page, {"mentees": [c.other_mentee_row.pk], "task": "不是我的"})
    assert wrong.status_code == 200
    assert "不是我的" in wrong.text
    assert as_("mentor").post(page, {"mentees": [c.mentee_row.pk], "task": "一图三表"}).status_code == 302
    both = [c.mentee_row.pk, c.other_mentee_row.pk]
    assert as_("officer").post(page, {"mentees": both, "task": "一页纸"}).status_code == 302
    assert Homework.objects.count() == 3


def test_handed_in_on_the_page_and_nothing_is_lost(c, work, as_):
    page, browser = address("homework_hand_in", work), as_("mentee")
    answer = browser.post(page, {"version": 1, "answer": "这几句不能丢", "files": upload("a.exe", b"MZ")})
    assert answer.status_code == 200
    for words in ("这几句不能丢", "a.exe不是能交的文件", "要再选一次"):
        assert words in answer.text
    assert browser.post(page, {"version": 1, "answer": "好了", "files": [picture("门.png")]}).status_code == 302
    conflict = browser.post(page, {"version": 1, "answer": "另一句"})
    assert "好了" in conflict.text
    assert "另一句" in conflict.text
    assert browser.post(page, {"version": 2, "answer": "另一句"}).status_code == 302
    work.refresh_from_db()
    assert (work.answer, work.files.count()) == ("另一句", 1)


def test_an_old_link_leads_to_how_it_stands(c, work, as_):
    assert as_("mentor").get(address("homework_answer", work)).url == address("homework", work)
    hand_in(c, work)
    assert as_("mentor").get(address("homework_waive", work)).url == address("homework", work)
    actions.answer_homework(by=c.mentor, homework=work, version=2, mark="good")
    assert as_("mentee").get(address("homework_hand_in", work)).url == address("homework", work)
    late = as_("mentee").post(address("homework_hand_in", work), {"version": 3, "answer": "晚来的话"})
    assert "已经了结" in late.text
    assert "晚来的话" in late.text
