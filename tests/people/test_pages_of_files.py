"""Portraits and the three steps of an import, through their pages."""

import io
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image

from mentorship.audit.models import Entry
from mentorship.people.models import Secretary

from .sheets import row_of, xlsx

HEIC = Path(__file__).parents[1] / "common" / "files" / "phone.heic"
IMPORT, PREVIEW = reverse("people:import"), reverse("people:import_preview")


@pytest.fixture
def person(cast):
    return cast.mentee_row.secretary


def address(name, person):
    return reverse(f"people:{name}", args=[person.pk])


def put(browser, person, content=None):
    photo = SimpleUploadedFile("../IMG 1.heic", content or HEIC.read_bytes(), content_type="image/heic")
    return browser.post(address("portrait_edit", person), {"portrait": photo})


def files(folder) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]


def test_a_photo_from_a_phone_is_put_up_replaced_and_taken_down(
    person, as_, private_store, django_capture_on_commit_callbacks
):
    browser = as_("officer")
    assert put(browser, person).status_code == 302
    response = browser.get(address("portrait", person))
    assert response["Content-Type"] == "image/jpeg"
    assert response["Cache-Control"] == "private, no-store"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert Image.open(io.BytesIO(response.getvalue())).format == "JPEG"
    first = set(files(private_store))
    with django_capture_on_commit_callbacks(execute=True):
        put(browser, person)
    assert len(files(private_store)) == len(first)
    assert not first & set(files(private_store))
    with django_capture_on_commit_callbacks(execute=True):
        browser.post(address("portrait_delete", person))
    assert not files(private_store)
    assert browser.get(address("portrait", person)).status_code == 404
    kept = Entry.objects.filter(verb__startswith="secretary.portrait").order_by("pk")
    assert [entry.verb.removeprefix("secretary.portrait_") for entry in kept] == ["added", "changed", "removed"]


def test_a_bad_photo_is_refused_beside_the_field(person, as_, private_store):
    response = put(as_("officer"), person, b"<svg xmlns='http://www.w3.org/2000/svg'/>")
    assert "portrait" in response.context["form"].errors
    assert not files(private_store)


@pytest.mark.parametrize(
    ("who", "status"),
    [("lead", 200), ("officer", 200), ("leader", 200), ("liaison", 200), ("mentee", 200), ("other_liaison", 404),
     ("other_mentee", 404), ("stranger", 404), ("anonymous", 302)],
)  # fmt: skip
def test_who_sees_a_portrait(person, as_, who, status):
    put(as_("officer"), person)
    response = as_(who).get(address("portrait", person))
    assert response.status_code == status
    response.close()


@pytest.mark.parametrize("who", ["leader", "liaison", "mentee"])
def test_readers_put_up_no_portrait(person, as_, who, private_store):
    assert put(as_(who), person).status_code == 403
    assert not files(private_store)


def send(browser, *rows):
    return browser.post(IMPORT, {"file": SimpleUploadedFile("名册.xlsx", xlsx(*rows).getvalue())})


def test_preview_first_then_exactly_that(cast, place, as_, private_store):
    browser = as_("officer")
    before = Secretary.objects.count()
    sent = send(browser, row_of(place, 姓名="方可"), row_of(place, 姓名="方圆", 性别="", 手机=""))
    assert sent["Location"] == PREVIEW
    shown = browser.get(PREVIEW)
    assert shown.context["counts"] == {"new": 1, "changed": 0, "unchanged": 0, "rejected": 1}
    assert "空着" in shown.content.decode()
    assert Secretary.objects.count() == before
    browser.post(PREVIEW)
    assert Secretary.objects.count() == before + 1
    assert Secretary.objects.get(name="方可").studio == cast.studio
    assert not files(private_store)
    assert browser.get(PREVIEW)["Location"] == IMPORT


def test_a_preview_that_has_aged_is_shown_again_before_anything_is_written(cast, place, as_):
    browser = as_("officer")
    send(browser, row_of(place, 姓名="何嘉怡", 手机="13900000001", 出生年月="1985-03"))
    browser.get(PREVIEW)
    Secretary.objects.filter(studio=cast.studio, name="何嘉怡").update(education="doctor")
    assert browser.post(PREVIEW)["Location"] == PREVIEW
    assert Secretary.objects.get(studio=cast.studio, name="何嘉怡").phone == ""
    browser.post(PREVIEW)
    assert Secretary.objects.get(studio=cast.studio, name="何嘉怡").phone == "13900000001"


def test_giving_up_leaves_nothing_behind(cast, place, as_, private_store):
    browser = as_("officer")
    before = Secretary.objects.count()
    send(browser, row_of(place))
    browser.post(PREVIEW, {"cancel": "1"})
    assert Secretary.objects.count() == before
    assert not files(private_store)


def test_a_second_file_takes_the_place_of_the_first(cast, place, as_, private_store):
    browser = as_("officer")
    send(browser, row_of(place))
    send(browser, row_of(place))
    assert len(files(private_store)) == 1


def test_a_waiting_file_is_nobody_elses(cast, place, as_):
    send(as_("officer"), row_of(place))
    assert as_("lead").get(PREVIEW)["Location"] == IMPORT


def test_an_unreadable_file_is_refused_beside_the_field(cast, as_, private_store):
    response = as_("officer").post(IMPORT, {"file": SimpleUploadedFile("名册.xls", b"\xd0\xcf\x11\xe0")})
    assert "另存为.xlsx" in response.context["form"].errors["file"][0]
    assert not files(private_store)


@pytest.mark.parametrize("who", ["leader", "liaison", "mentor", "mentee", "reviewer"])
def test_readers_import_nothing(cast, place, as_, who):
    assert send(as_(who), row_of(place)).status_code == 403


def test_the_template_downloads(cast, as_):
    response = as_("officer").get(reverse("people:import_template"))
    assert response.content[:2] == b"PK"
    assert "attachment" in response["Content-Disposition"]


def test_names_from_a_file_are_never_markup(cast, place, as_):
    browser = as_("officer")
    send(browser, row_of(place, 姓名="<script>alert(1)</script>", 性别="<b>"))
    assert "<script>alert" not in browser.get(PREVIEW).content.decode()
