"""What the tests of logs share: a day, a log, a photograph."""

import datetime
import io
import uuid

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from evaluations.logs import actions

D = datetime.date
TODAY = D(2018, 12, 1)
DAY = D(2018, 11, 20)


def on_the_day(cast):
    cast.studio.demo_today = TODAY
    cast.studio.save()
    for row in (cast.mentor_row, cast.other_mentor_row, cast.mentee_row, cast.other_mentee_row):
        row.refresh_from_db()
    return cast


def written(cast, **facts):
    facts = {
        "by": cast.mentor, "mentor": cast.mentor_row, "client_key": uuid.uuid4(), "mentees": [cast.mentee_row],
        "date": DAY, "minutes": 60, "mode": "on_site", "text": "陪着走访8号楼，先听意见。",
    } | facts  # fmt: skip
    return actions.write_log(**facts)


def picture(name="a.png"):
    out = io.BytesIO()
    Image.new("RGB", (40, 30), "red").save(out, "PNG")
    return SimpleUploadedFile(name, out.getvalue(), content_type="image/png")


def photos(n=1, kind="scene"):
    return [(uuid.uuid4(), kind, picture()) for _number in range(n)]
