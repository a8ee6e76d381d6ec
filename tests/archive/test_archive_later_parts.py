"""What was learned and judged comes into the file: each part from its own rows, and only what the reader may see."""

import datetime

import pytest
from django.utils import timezone

from cohorts.meetings.models import Speech
from cohorts.models import Mentee
from evaluations.archive.queries import MentoringFile
from evaluations.assessments.choices import RoundStatus
from evaluations.growth.choices import PlanState
from mentorship.places.models import Studio
from tests.factories.assessments import make_round, make_sheet
from tests.factories.attend import make_attended
from tests.factories.meetings import make_held, make_meeting, make_minutes, make_product
from tests.factories.practice import make_plan
from tests.factories.promotions import make_certificate
from tests.factories.training import DAY, make_session

ONE_WEEK = datetime.timedelta(days=7)


@pytest.fixture
def lived(cast):
    """A year of the pair's apprentice: a plan, a session, a meeting with a word and a method, a release, a certificate."""
    mentee = cast.mentee_row
    now = timezone.now()
    make_plan(mentee, cast.mentor, state=PlanState.AGREED, mentee_agreed_at=now, mentor_agreed_at=now)
    make_attended(make_session(cast.cohort, title="防汛课"), mentee, cast.officer)
    make_attended(make_session(cast.cohort, title="请假课", date=DAY + ONE_WEEK), mentee, cast.officer, state="leave")
    meeting = make_held(make_meeting(cast.cohort, mentee.secretary, topic="撤桶之前"), cast.officer)
    Speech.objects.create(
        studio=cast.studio, meeting=meeting, order=1, speaker=meeting.attendees.get(), text="费用先谈清"
    )
    make_product(cast.cohort, cast.officer, title="六招", meeting=meeting)
    make_minutes(meeting, cast.officer, cast.lead)
    round_ = make_round(
        cast.cohort, cast.officer, status=RoundStatus.FEEDBACK, computed_by=cast.officer, released_by=cast.lead,
        released_on=cast.cohort.starts, digest="0" * 64,
    )  # fmt: skip
    make_sheet(round_, mentee, total="81.5", grade="good", strength_1="肯上门")
    make_certificate(mentee, cast.mentor_row)
    return mentee


def parts_of(mentee, reader=None):
    file = MentoringFile(Mentee.objects.get(pk=mentee.pk), reader)
    return {line.part.code: line for line in file.lines}


def test_each_part_is_filled_from_its_rows(lived, cast):
    for reader in (None, cast.lead, cast.mentee):
        parts = parts_of(lived, reader)
        words = {code: str(line.items) for code, line in parts.items()}
        assert "防汛课" in words["training"]
        assert "合计学时', '3" in words["training"]
        assert parts["training"].items[0].rows[1][3] == "请假"
        assert "费用先谈清" in words["clinic"]
        assert "六招" in words["clinic"]
        assert "跟师傅走两个下午" in words["gap_plan"]
        assert "81.5" in words["half_year"]
        assert "肯上门" in words["half_year"]
        assert "出师" in words["certificate"]


@pytest.mark.usefixtures("unguarded")
def test_what_is_not_released_or_not_agreed_is_not_on_file(lived, cast):
    lived.sheets.update(total=None, grade="")
    round_ = lived.sheets.get().round
    type(round_).objects.filter(pk=round_.pk).update(status=RoundStatus.SCORING)
    lived.gap_plans.update(state=PlanState.DRAFT)
    parts = parts_of(lived)
    assert not parts["half_year"].count
    assert not parts["gap_plan"].count


def test_a_seat_taken_as_mentor_is_in_no_apprentices_file(lived, cast):
    """The same person, mentor in another cohort: only meetings of the own year are on file."""
    other = type(cast.cohort).objects.create(
        studio=Studio.objects.get(pk=cast.studio.pk), name="第二批", starts=cast.cohort.starts, ends=cast.cohort.ends,
        framework=cast.cohort.framework, mentors_planned=6, mentees_planned=30,
    )  # fmt: skip
    later = make_held(make_meeting(other, lived.secretary, topic="第二批的会", number=9), cast.officer)
    make_minutes(later, cast.officer, cast.lead)
    assert "第二批的会" not in str(parts_of(lived)["clinic"].items)


def test_a_stranger_to_the_file_sees_none_of_it(lived, cast):
    parts = parts_of(lived, cast.other_mentee)
    learned_and_judged = ("gap_plan", "training", "clinic", "half_year", "certificate")
    assert [parts[code].count for code in learned_and_judged] == [0] * 5
