"""Private files in a store that is no folder: nothing needs a path, or it says so in words."""

import ast
import io
from pathlib import Path

import pytest
from django.conf import settings as real
from django.core.exceptions import ImproperlyConfigured
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.urls import reverse
from PIL import Image

from evaluations.archive import actions as archive
from mentorship import media
from mentorship.common.packing import PackState
from mentorship.media import private_store
from mentorship.upkeep.duties import State, data
from mentorship.upkeep.integrity import report
from tests.factories.practice import make_log, make_photo
from tests.people.sheets import row_of, xlsx

from .bucket import Bucket

ROOT = Path(__file__).resolve().parents[2]
MAY_KNOW_OF_FOLDERS = {
    "mentorship/common/private_files.py": "hands to the proxy what lies in its folder",
    "mentorship/upkeep/backups/media.py": "copies the folder",
    "mentorship/upkeep/duties/data.py": "looks at the folder's rights",
}


@pytest.fixture
def bucket(settings, monkeypatch):
    monkeypatch.setattr(Bucket, "kept", {})
    settings.STORAGES = real.STORAGES | {"default": {"BACKEND": "tests.common.bucket.Bucket"}}
    return Bucket.kept


def picture():
    out = io.BytesIO()
    Image.new("RGB", (400, 300), "white").save(out, "JPEG")
    return ContentFile(out.getvalue(), name="p.jpg")


def test_only_these_know_of_folders():
    found = set()
    for top in ("mentorship", "cohorts", "evaluations"):
        for path in (ROOT / top).rglob("*.py"):
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                if isinstance(node, ast.Name) and node.id == "FileSystemStorage":
                    found.add(path.relative_to(ROOT).as_posix())
                owner = node.value if isinstance(node, ast.Attribute) else None
                name = getattr(owner, "attr", getattr(owner, "id", ""))
                asks = isinstance(node, ast.Attribute) and node.attr in {"path", "location"}
                assert not (asks and name in {"storage", "image", "photo", "portrait", "file", "document"}), path
    assert found == set(MAY_KNOW_OF_FOLDERS)


def test_a_photo_is_kept_shown_and_gone(bucket, cast, as_, settings):
    settings.PRIVATE_BY_PROXY = "/_private/"  # the proxy can't reach it
    photo = make_photo(make_log(cast.pairing))
    address = reverse("logs:photo", args=[photo.pk])
    assert photo.image.name in bucket
    response = as_("mentor").get(address)
    assert b"".join(response.streaming_content) == bucket[photo.image.name][0]
    assert "X-Accel-Redirect" not in response.headers
    bucket.clear()
    assert as_("mentor").get(address).status_code == 404


def test_a_portrait_comes_and_goes_with_its_small_square(bucket, cast, as_, django_capture_on_commit_callbacks):
    person = cast.mentee_row.secretary
    lead = as_("lead")
    assert lead.post(reverse("people:portrait_edit", args=[person.pk]), {"portrait": picture()}).status_code == 302
    assert len(bucket) == 2
    address = reverse("people:portrait", args=[person.pk])
    sizes = [len(b"".join(lead.get(address + more).streaming_content)) for more in ("", "?small=1")]
    assert sorted(sizes) == sorted(len(content) for content, _at in bucket.values())
    with django_capture_on_commit_callbacks(execute=True):
        lead.post(reverse("people:portrait_delete", args=[person.pk]))
    assert not bucket


def test_an_import_waits_in_it_and_leaves_nothing(bucket, cast, as_):
    lead = as_("lead")
    for _twice in range(2):
        assert (
            lead.post(reverse("people:import"), {"file": xlsx(row_of(cast.mentee_row.secretary.community))}).status_code
            == 302
        )
        assert len(bucket) == 1
    assert lead.get(reverse("people:import_preview")).status_code == 200
    lead.post(reverse("people:import_preview"), {"cancel": "1"})
    assert not bucket


def test_the_files_of_a_group_are_packed_into_it(bucket, cast, as_, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        job = archive.ask_export(by=cast.officer, cohort=cast.cohort)
    job.refresh_from_db()
    assert job.state == PackState.DONE
    assert bucket[job.file.name][0][:2] == b"PK"


@pytest.fixture
def kept(bucket, cast):
    person = cast.mentee_row.secretary
    person.portrait.save("p.jpg", ContentFile(b"canary"), save=True)
    return person.portrait.name


def test_database_and_store_are_compared(kept, bucket):
    assert report().is_sound
    bucket.clear()
    assert report().missing == [f"people.Secretary.portrait: {kept}"]


def test_the_doctor_asks_whether_it_answers(bucket, monkeypatch):
    assert data.private_files().state == State.GREEN

    def away(self, name):
        raise ConnectionError("no route")

    monkeypatch.setattr(Bucket, "exists", away)
    assert data.private_files().state == State.RED
    with pytest.raises(NotImplementedError):
        default_storage.path("x")


# --- settings


def test_without_a_bucket_it_is_a_folder(tmp_path):
    assert private_store({}, tmp_path)["OPTIONS"] == {"location": tmp_path, "base_url": None}


def test_what_the_environment_says_of_the_bucket(tmp_path, monkeypatch):
    monkeypatch.setattr(media, "find_spec", lambda name: True)
    said = {"MEDIA_S3_BUCKET": "b", "MEDIA_S3_ENDPOINT": "https://s3", "MEDIA_S3_KEY_ID": "k", "MEDIA_S3_SECRET": "s"}
    store = private_store(said, tmp_path)
    assert store["BACKEND"] == "mentorship.common.s3.PrivateBucket"
    assert store["OPTIONS"] == {
        "bucket_name": "b", "endpoint_url": "https://s3", "access_key": "k", "secret_key": "s",
    }  # fmt: skip
    with pytest.raises(ImproperlyConfigured, match="go together"):
        private_store(said | {"MEDIA_S3_SECRET": ""}, tmp_path)


def test_without_its_packages_the_start_says_which(tmp_path, monkeypatch):
    monkeypatch.setattr(media, "find_spec", lambda name: None)
    with pytest.raises(ImproperlyConfigured, match=r"s3\.txt"):
        private_store({"MEDIA_S3_BUCKET": "b"}, tmp_path)
