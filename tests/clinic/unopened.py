"""Opinions that nobody but their writers may read yet, each with a word found nowhere else."""

import io
import zipfile

from cohorts.clinic.actions import consulting, guests
from cohorts.clinic.choices import CaseState
from cohorts.clinic.models import Case
from tests.conftest import mentor_of
from tests.factories import UserFactory
from tests.factories.clinic import make_case, make_consult, make_invitation
from tests.factories.clinic_consult_world import FAR

from .consult_kit import give

WORDS = {"mentor": "鲸落甲", "other_mentor": "鲸落乙", "third_mentor": "鲸落丙", "guest": "鲸落丁"}
SOUGHT = "麒麟阁"  # stands in all of them, to search for


def add_asked(world):
    """To the cast: a third and a fourth mentor, and one who operates the machine."""
    world.third_mentor, world.third_mentor_row = mentor_of(world.cohort, "赵福生")
    world.fourth_mentor, world.fourth_mentor_row = mentor_of(world.cohort, "孙玉兰")
    world.operator = UserFactory(name="运维", is_operator=True)


def keep_shut(world, case, invitation):
    """Four mentors asked, three opinions and a guest's given, none open."""
    more = [world.other_mentor_row, world.third_mentor_row, world.fourth_mentor_row]
    consulting.ask_more(by=world.officer, case=case, mentors=more)
    for name in ("mentor", "other_mentor", "third_mentor"):
        give(case, getattr(world, f"{name}_row"), f"{WORDS[name]}，{SOUGHT}")
    guests.guest_advise(invitation=invitation, text=f"{WORDS['guest']}，{SOUGHT}", version=0)
    assert not Case.objects.get(pk=case.pk).is_released


def one_more_shut(world):
    """Adds such a case beside the world's own."""
    add_asked(world)
    presenter = world.mentee_row.secretary
    case = make_case(world.cohort, presenter, world.mentee, number=190, state=CaseState.CONSULTING, reply_due=FAR)
    make_consult(case, world.mentor_row, world.lead)
    keep_shut(world, case, make_invitation(case, world.lead, digest="shut", name="法律顾问"))


def others(who: str) -> list[str]:
    return [word for name, word in WORDS.items() if name != who]


def said_to(response) -> str:
    """What the reader gets, out of spreadsheets and archives too."""
    body = b"".join(response.streaming_content) if response.streaming else response.content
    if not zipfile.is_zipfile(io.BytesIO(body)):
        return body.decode(errors="replace")
    with zipfile.ZipFile(io.BytesIO(body)) as archive:
        return "".join(archive.read(name).decode(errors="replace") for name in archive.namelist())
