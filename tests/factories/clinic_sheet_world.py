"""What writing sheets adds to the world: one that waits, with a picture, and a draft; the mentee presents both."""

from django.core.files.base import ContentFile

from cohorts.clinic.choices import CaseState

from .clinic import make_case, make_case_file

FIRST_NUMBER = 151
PICTURE = b"\xff\xd8\xff\xe0picture"


def add_sheets(cast, prefix, mark, cohort, mentee_row):
    """Adds, each with `prefix`: sheet_case, case_file, draft_case."""
    presenter = mentee_row.secretary
    own = presenter.user
    waiting = make_case(cohort, presenter, own, number=FIRST_NUMBER, mark=mark)
    picture = ContentFile(PICTURE, name=f"{prefix}sheet.jpg")
    rows = {
        "sheet_case": waiting,
        "case_file": make_case_file(waiting, own, picture, name=f"{mark}现场.jpg"),
        "draft_case": make_case(cohort, presenter, own, state=CaseState.DRAFT, mark=mark),
    }
    for name, row in rows.items():
        setattr(cast, prefix + name, row)
