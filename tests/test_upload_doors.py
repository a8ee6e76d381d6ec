"""T30: wherever a person sends a picture or a paper, their year is looked at first, and the refusal stands beside the field."""

import datetime

import pytest
from django.db.models import FileField

from cohorts.clinic.actions import files as case_files
from cohorts.letters.actions import letters
from evaluations.growth import actions as growth
from evaluations.logs import actions as logs
from evaluations.visits import actions as visits
from mentorship.accounts.models import UploadTally
from mentorship.common.errors import Refused
from mentorship.common.images import square_jpeg, upright_jpeg
from mentorship.framework.models import Indicator
from mentorship.people import actions as people
from mentorship.privacy.table import our_models

from .clinic import sheet_kit
from .factories.practice import make_homework
from .factories.visits import make_finding, make_visit
from .letters import letter_kit
from .logs import log_kit

pytestmark = pytest.mark.django_db
MADE_BY_US = {"privacy.OwnCopy.file", "archive.ExportJob.file"}


def log_photos(cast):
    return "photos", lambda: log_kit.written(cast, photos=log_kit.photos(2))


def homework(cast):
    work = make_homework(cast.mentee_row, due=datetime.date(2018, 12, 10))
    facts = {"by": cast.mentee, "homework": work, "version": work.version, "answer": "好了"}
    return "files", lambda: logs.hand_in_homework(files=[log_kit.picture()], **facts)


def finding_photos(cast):
    finding = make_finding(make_visit(cast.mentee_row, cast.lead, cast.mentor))
    facts = {"by": cast.mentee, "finding": finding, "text": "做好了"}
    return "photos", lambda: visits.report_done(photos=[log_kit.picture()], **facts)


def case_file(cast):
    case = sheet_kit.drafted(cast)
    return "files", lambda: case_files.add_files(by=cast.mentee, case=case, uploads=[sheet_kit.picture()])


def rating_document(cast):
    levels = {Indicator.objects.filter(subject__framework=cast.cohort.framework_id).first(): 3}
    facts = {"by": cast.mentor, "mentee": cast.mentee_row, "date": log_kit.TODAY, "source": "log", "levels": levels}
    return "document", lambda: growth.rate_several(document=log_kit.picture(), **facts)


def reply_photo(cast):
    facts = {"by": cast.mentor, "letter": letter_kit.opened(cast), "version": 0, "decision": "accepted"}
    return "photo", lambda: letters.attach_photo(upload=letter_kit.picture(), **facts)


def portrait(cast):
    picture = upright_jpeg(log_kit.picture(), 800)
    facts = {"by": cast.officer, "secretary": cast.mentee_row.secretary, "picture": picture}
    return "portrait", lambda: people.set_portrait(small=square_jpeg(picture, 96), **facts)


DOORS = {
    "logs.LogPhoto.image": log_photos, "logs.HomeworkFile.file": homework, "visits.FindingPhoto.image": finding_photos,
    "clinic.CaseFile.file": case_file, "growth.Rating.document": rating_document, "letters.LetterReply.photo": reply_photo,
    "people.Secretary.portrait": portrait,
}  # fmt: skip


def test_every_field_that_holds_a_file_is_a_door_here():
    fields = {
        f"{model._meta.label}.{field.name}"
        for model in our_models()
        for field in model._meta.fields
        if isinstance(field, FileField)
    }
    assert fields == set(DOORS) | MADE_BY_US


@pytest.mark.parametrize("door", DOORS.values(), ids=DOORS)
def test_a_full_year_stores_nothing(door, cast, settings, stored):
    log_kit.on_the_day(cast)
    field, send = door(cast)
    settings.UPLOADS_A_YEAR = 10
    before = stored()
    with pytest.raises(Refused) as refused:
        send()
    assert refused.value.field == field
    assert stored() == before
    assert not UploadTally.objects.exclude(size=0).exists()
    settings.UPLOADS_A_YEAR = 10**6
    send()
    assert UploadTally.objects.get().size > 0
    assert stored() > before


@pytest.fixture
def stored(settings, tmp_path):
    """How many files lie in the store."""
    place = {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": tmp_path}}
    settings.STORAGES = settings.STORAGES | {"default": place}
    return lambda: sum(path.is_file() for path in tmp_path.rglob("*"))
