"""Pictures and documents of a sheet: our own JPEG, nothing that isn't what it says, nine together."""

import io
import uuid

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from cohorts.clinic.actions import files
from cohorts.clinic.models import CaseFile
from mentorship.audit.models import Entry
from mentorship.common.errors import Refused

from .sheet_kit import drafted, picture

pytestmark = pytest.mark.django_db


def test_a_picture_is_our_own_jpeg_without_its_position(cast):
    upload = picture()
    assert b"Exif" in upload.read()
    [row] = files.add_files(by=cast.mentee, case=drafted(cast), uploads=[upload])
    with row.file.open() as file:
        stored = file.read()
    assert b"Exif" not in stored
    with Image.open(io.BytesIO(stored)) as shown:
        assert (max(shown.size), dict(shown.getexif())) == (files.LONGEST_SIDE, {})
    assert (row.kind, row.name, row.order) == ("photo", "门口.jpg", 1)
    assert "门口" not in row.file.name
    assert Entry.objects.get(verb="case.file_added").after == {"files": 1}


def test_documents_are_kept_as_they_are_and_other_things_are_refused(cast):
    case = drafted(cast)
    [row] = files.add_files(by=cast.mentee, case=case, uploads=[SimpleUploadedFile("清单.txt", "三十六户".encode())])
    with row.file.open() as file:
        assert (row.kind, file.read().decode()) == ("document", "三十六户")
    for upload in (
        SimpleUploadedFile("a.exe", b"MZ"),
        SimpleUploadedFile("a.jpg", b"<svg>"),
        SimpleUploadedFile("a.pdf", b"x"),
    ):
        with pytest.raises(Refused) as refused:
            files.add_files(by=cast.mentee, case=case, uploads=[picture(), upload])
        assert refused.value.field == "files"
    assert CaseFile.objects.count() == 1


def test_nine_together_and_a_free_place_is_taken_again(cast):
    case = drafted(cast)
    texts = [SimpleUploadedFile(f"{n}.txt", b"abc") for n in range(8)]
    rows = files.add_files(by=cast.mentee, case=case, uploads=texts)
    with pytest.raises(Refused):
        files.add_files(by=cast.mentee, case=case, uploads=[picture(), picture()])
    files.remove_files(by=cast.mentee, case=case, files=[rows[2]])
    added = files.add_files(by=cast.mentee, case=case, uploads=[picture(side=40), picture(side=40)])
    assert [row.order for row in added] == [3, 9]
    assert case.files.count() == 9
    assert Entry.objects.get(verb="case.file_removed").after == {"files": 7}


def test_files_are_its_writers_and_of_this_case(cast):
    case, other = drafted(cast), drafted(cast, client_key=uuid.uuid4())
    [row] = files.add_files(by=cast.mentee, case=other, uploads=[picture(side=40)])
    with pytest.raises(PermissionDenied):
        files.add_files(by=cast.mentor, case=case, uploads=[picture(side=40)])
    files.remove_files(by=cast.mentee, case=case, files=[row])
    assert CaseFile.objects.get() == row
