"""What the trail keeps of the register, small portraits, and what happens when two people write at once."""

import datetime
import io
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image

from mentorship.audit.models import Entry
from mentorship.common.errors import Refused
from mentorship.people import actions
from mentorship.people.importing import plan_import
from mentorship.people.models import Secretary
from tests.factories import CommunityFactory, SecretaryFactory

from .sheets import row_of, xlsx

HEIC = Path(__file__).parents[1] / "common" / "files" / "phone.heic"
PREVIEW = reverse("people:import_preview")


@pytest.fixture(autouse=True)
def store(settings, tmp_path):
    settings.STORAGES = settings.STORAGES | {
        "default": {
            "BACKEND": "django.core.files.storage.FileSystemStorage",
            "OPTIONS": {"location": tmp_path, "base_url": None},
        }
    }


@pytest.fixture
def spot(subdistricts):
    return CommunityFactory(subdistrict=subdistricts[0], name="兰溪园", official_name="兰溪园居委会")


def test_a_new_entry_is_kept_in_words_and_without_the_whole_phone(cast, spot):
    actions.add_secretary(
        by=cast.officer, studio=cast.studio, name="方可", sex="f", birth=datetime.date(1990, 1, 1), post="branch",
        post_since=datetime.date(2018, 5, 1), community_id=spot.code, phone="13912345678",
    )  # fmt: skip
    after = Entry.objects.get(verb="secretary.added").after
    assert (after["sex"], after["post"], after["community"]) == ("女", "居民区党支部书记", "兰溪园居委会")
    assert after["phone"] == "139****5678"


def test_a_searched_phone_is_not_spelt_out_in_the_trail_of_an_export(cast, as_):
    as_("officer").get(reverse("people:export"), {"q": "13912345678", "group": "young", "noise": "x"})
    after = Entry.objects.get(verb="register.exported").after
    assert after == {"rows": 0, "姓名、拼音首字母或手机": "139****5678", "年轻或老书记": "年轻书记"}


@pytest.mark.parametrize("who", ["leader", "liaison", "mentor", "mentee", "reviewer"])
def test_only_editors_export(cast, as_, who):
    assert as_(who).get(reverse("people:export")).status_code == 403
    assert not Entry.objects.filter(verb="register.exported").exists()


def test_a_liaison_is_offered_only_their_own_street(cast, as_):
    choices = as_("liaison").get(reverse("people:register")).context["filter"].form.fields["subdistrict"].queryset
    assert list(choices) == [cast.subdistricts[0]]
    choices = as_("officer").get(reverse("people:register")).context["filter"].form.fields["subdistrict"].queryset
    assert set(choices) >= set(cast.subdistricts)


def test_the_small_portrait_is_a_square_for_the_same_eyes(cast, as_):
    person = cast.mentee_row.secretary
    photo = SimpleUploadedFile("a.heic", HEIC.read_bytes())
    as_("officer").post(reverse("people:portrait_edit", args=[person.pk]), {"portrait": photo})
    address = reverse("people:portrait", args=[person.pk])
    sizes = [Image.open(io.BytesIO(as_("leader").get(address + ask).getvalue())).size for ask in ("", "?small")]
    assert sizes == [(80, 120), (160, 160)]
    assert as_("other_mentee").get(address + "?small").status_code == 404


def test_a_portrait_without_a_square_shows_the_whole(cast, as_, world):
    address = reverse("people:portrait", args=[cast.mentee_row.secretary_id])
    assert as_("leader").get(address + "?small").getvalue() == as_("leader").get(address).getvalue()


def test_a_plan_that_no_longer_fits_writes_nothing_at_all(cast, spot):
    file = xlsx(row_of(spot, 姓名="方圆", 手机="13900000007"), row_of(spot))
    plan = plan_import(file, file.name, cast.studio)
    SecretaryFactory(studio=cast.studio, phone="13800000001")
    with pytest.raises(Refused):
        actions.import_rows(by=cast.officer, plan=plan)
    assert not Secretary.objects.filter(name="方圆").exists()
    assert not Entry.objects.filter(verb="register.imported").exists()


def test_a_refusal_while_confirming_leads_back_to_the_preview(cast, spot, as_, monkeypatch):
    browser = as_("officer")
    browser.post(reverse("people:import"), {"file": SimpleUploadedFile("a.xlsx", xlsx(row_of(spot)).getvalue())})

    def overtaken(**kwargs):
        raise Refused("晚了一步")

    monkeypatch.setattr(actions, "import_rows", overtaken)
    response = browser.post(PREVIEW, follow=True)
    assert response.redirect_chain[0][0] == PREVIEW
    assert "名册刚才有人改过" in response.content.decode()


def test_what_is_typed_is_put_right_like_an_imported_cell(cast, spot, as_):
    as_("officer").post(
        reverse("people:create"),
        {"name": " 方　可 ", "sex": "f", "birth": "1990-01", "community": spot.pk, "post": "branch",
         "post_since": "2018-05", "working_state": "in_service", "phone": "139 0000 ００01"},
    )  # fmt: skip
    assert Secretary.objects.get(phone="13900000001").name == "方可"
