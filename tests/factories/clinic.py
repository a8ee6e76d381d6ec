"""Cases of the clinic and what belongs to them, made straight in the database."""

import datetime
import uuid

from django.utils import timezone

from cohorts.clinic.choices import CardState, CaseState, Category, FileKind, NoteKind, Outcome
from cohorts.clinic.models import Case, CaseCard, CaseFile, CaseNote, Consult, Invitation, Opinion, PlanStep

DAY = datetime.date(2018, 11, 1)  # a Thursday, worked
SHEET = {
    "category": Category.PARKING,
    "title": "车夜里停到哪里去",
    "background": "车多位少，底数说不清，消防通道夜里有车占停。",
    "already_tried": "物业贴告知单，两次居民协调会",
    "stuck_at": "两次协调会不欢而散，物业不敢贴单",
}
ENDED = {
    "outcome": Outcome.SOLVED,
    "effect": "投诉由月均14件降到3件",
    "lesson": "没有数字的会不要开；先清生命通道，再谈车位分配。",
}


def make_case(cohort, presenter, by, *, state=CaseState.WAITING, number=1, date=DAY, mark="", **more) -> Case:
    """A case of this secretary, written by `by`, with all that its state asks for. `mark` stands before every text."""
    facts = {name: f"{mark}{value}" if name != "category" else value for name, value in SHEET.items()}
    if state != CaseState.DRAFT:
        facts |= {"number": number, "date": date}
    if state not in (CaseState.DRAFT, CaseState.WAITING):
        facts |= {"reply_due": date + datetime.timedelta(days=14)}
    if state in (CaseState.ACTING, CaseState.FOLLOWING, CaseState.CLOSED):
        facts |= {"released_at": timezone.now(), "first_opinion_on": date}
    if state in (CaseState.FOLLOWING, CaseState.CLOSED):
        facts |= {"settled_on": date + datetime.timedelta(days=60)}
    if state == CaseState.CLOSED:
        facts |= {name: f"{mark}{value}" if name != "outcome" else value for name, value in ENDED.items()}
        facts |= {"reported_by": by, "closed_on": date + datetime.timedelta(days=90)}
        if "closed_by" not in more:
            raise TypeError("who closed it out?")
    return Case.objects.create(
        studio=cohort.studio, cohort=cohort, presenter=presenter, community=presenter.community, filed_by=by, state=state,
        client_key=uuid.uuid4(), **facts | more,
    )  # fmt: skip


def make_consult(case, mentor, by, **more) -> Consult:
    return Consult.objects.create(studio=case.studio, case=case, mentor=mentor, asked_by=by, asked_on=case.date, **more)


def make_opinion(consult, text="先数后谈，分时段数一周", **more) -> Opinion:
    return Opinion.objects.create(
        studio=consult.studio, case=consult.case, consult=consult, text=text,
        **{"date": consult.asked_on, "typed_by": consult.mentor.secretary.user} | more,
    )  # fmt: skip


def make_invitation(case, by, digest="0" * 64, **more) -> Invitation:
    facts = {"name": "法律顾问", "expires_at": timezone.now() + datetime.timedelta(days=7)}
    return Invitation.objects.create(studio=case.studio, case=case, invited_by=by, digest=digest, **facts | more)


def make_step(case, owner=None, *, order=1, due=None, **more) -> PlanStep:
    facts = {"text": "一周夜间清点并公布", "due": due or case.date + datetime.timedelta(days=15)}
    if owner is None:
        facts["owner_name"] = "业委会"
    return PlanStep.objects.create(studio=case.studio, case=case, order=order, owner=owner, **facts | more)


def make_note(case, by, kind=NoteKind.NOTE, text="商场夜间开放76个车位", **more) -> CaseNote:
    return CaseNote.objects.create(
        studio=case.studio, case=case, kind=kind, by=by, text=text, **{"on": case.date} | more
    )


def make_card(studio, by, *, state=CardState.PUBLISHED, reviewer=None, mark="", **more) -> CaseCard:
    facts = {
        "category": Category.PARKING,
        "title": f"{mark}夜间停车先数后谈",
        "situation": f"{mark}老小区车多位少，消防通道夜里被占。",
        "worked": f"{mark}先把数字数清，再同隔壁商场谈错峰车位。",
        "steps": f"{mark}一周夜间清点\n公布数字\n先清消防通道\n谈错峰车位",
        "pitfalls": f"{mark}没有数字就开会",
    }
    if state == CardState.PUBLISHED:
        facts |= {"reviewed_by": reviewer, "published_on": DAY}
    return CaseCard.objects.create(studio=studio, written_by=by, state=state, **facts | more)


def make_case_file(case, by, file, *, kind=FileKind.PHOTO, order=1, name="") -> CaseFile:
    return CaseFile.objects.create(
        studio=case.studio, case=case, kind=kind, file=file, order=order, name=name, added_by=by
    )
