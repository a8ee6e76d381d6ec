"""A sheet as its writer types it."""

import uuid

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
