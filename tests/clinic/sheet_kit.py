"""A sheet as its writer types it."""

import io
import uuid

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from cohorts.clinic.actions import sheet as actions

WORDS = {
    "category": "parking", "sub_category": "fire_lane", "title": "车夜里停到哪里去",
    "background": "车多位少，消防通道夜里有车占停。", "already_tried": "物业贴告知单，两次协调会", "stuck_at": "物业不敢贴单",
}  # fmt: skip
SECRET = "第十一把钥匙"


def drafted(cast, **more):
    facts = {"by": cast.mentee, "studio": cast.studio, "client_key": uuid.uuid4(), **WORDS}
    return actions.save_draft(**facts | more)


def sent_in(cast, **more):
    return actions.send(by=more.get("by", cast.mentee), case=drafted(cast, **more))


def picture(name="门口.jpg", side=2000):
    exif = Image.Exif()
    exif[0x010E] = SECRET.encode().decode("latin-1")
    exif.get_ifd(0x8825)[1] = "N"
    out = io.BytesIO()
    Image.new("RGB", (side, side // 2), "gray").save(out, "JPEG", exif=exif)
    return SimpleUploadedFile(name, out.getvalue(), "image/jpeg")
