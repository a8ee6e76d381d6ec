"""Visits and findings, made straight in the database."""

import datetime
import uuid

from django.core.files.base import ContentFile

from evaluations.visits.models import Extension, Finding, FindingPhoto, TeamMember, Visit

DAY = datetime.date(2018, 11, 20)
DUE = datetime.date(2018, 12, 11)
PICTURE = b"\xff\xd8\xff\xe0picture"


def make_visit(mentee, *team, state="signed", word="", **more) -> Visit:
    """Of DAY, by `team` (accounts; a guest goes along), signed by the first of them."""
    facts = {
        "studio": mentee.studio, "cohort": mentee.cohort, "mentee": mentee, "community": mentee.secretary.community,
        "number": Visit.objects.filter(cohort=mentee.cohort).count() + 1, "date": DAY, "state": state,
    }  # fmt: skip
    if state in ("recorded", "signed"):
        facts |= {"positives": f"{word}台账整齐", "overall": "fair", "branch_book": True, "recorded_by": team[0]}
    if state == "signed":
        facts |= {"signed_by": team[0], "signed_on": DAY}
    visit = Visit.objects.create(**facts | more)
    for order, user in enumerate(team):
        TeamMember.objects.create(studio=visit.studio, visit=visit, user=user, order=order)
    TeamMember.objects.create(studio=visit.studio, visit=visit, name=f"{word}客人", order=9)
    return visit


def make_finding(visit, word="", **more) -> Finding:
    facts = {
        "studio": visit.studio, "visit": visit, "number": visit.findings.count() + 1, "found_on": visit.date,
        "text": f"{word}预案两年未更新", "action": "按一图三表重做", "owner": visit.mentee.secretary, "due": DUE,
    }  # fmt: skip
    return Finding.objects.create(**facts | more)


def make_finding_photo(finding, by, kind="found") -> FindingPhoto:
    image = ContentFile(PICTURE, name=f"{uuid.uuid4().hex}.jpg")
    return FindingPhoto.objects.create(studio=finding.studio, finding=finding, kind=kind, image=image, taken_by=by)


def make_extension(finding, by, **more) -> Extension:
    facts = {"old_due": finding.due, "new_due": finding.due + datetime.timedelta(days=7), "reason": "等批复"}
    more = {"asked_by": by, "asked_on": finding.found_on} | more
    return Extension.objects.create(studio=finding.studio, finding=finding, **facts | more)


def what_visits_make(mentee, mentor, lead, word="") -> dict:
    """A planned visit, one that waits for its signature with a finding, and a signed one: a finding open with a picture
    and a request to extend, and one reported done."""
    own = mentee.secretary.user
    planned = make_visit(mentee, lead, mentor, state="planned", word=word)
    recorded = make_visit(mentee, lead, mentor, state="recorded", word=word)
    signed = make_visit(mentee, lead, mentor, word=word)
    finding = make_finding(signed, word)
    return {
        "planned_visit": planned,
        "recorded_visit": recorded,
        "draft_finding": make_finding(recorded, word),
        "visit": signed,
        "finding": finding,
        "finding_photo": make_finding_photo(finding, mentor),
        "extension": make_extension(finding, own),
        "reported_finding": make_finding(signed, word, status="reported", reported_by=own, reported_on=DAY),
    }
