"""The menu of an elective: places left, what suits one's gaps and why, and what an allocation would give."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db.models import QuerySet

from cohorts.models import Mentee
from cohorts.training.allocating import Allocation, allocate
from cohorts.training.choices import EnrolmentState
from cohorts.training.models import Course, Enrolment, Session, Wish
from mentorship.common.plugs import answers_to


@dataclass(frozen=True)
class CourseCard:
    """A course as one apprentice sees it: `reasons` from their gaps, the most pressing first; `rank` what they wished."""

    course: Course
    reasons: list[str]
    place: int  # of the most pressing gap it meets; as many as there are gaps when it meets none
    rank: int | None

    @property
    def left(self) -> int:
        return max(0, self.course.capacity - self.course.placed)


@dataclass(frozen=True)
class Answer:
    """One apprentice and what comes out for them: `rank` of the wish that is met; course None waits for `wished` first."""

    mentee: Mentee
    wished: list[Course]
    course: Course | None

    @property
    def rank(self) -> int | None:
        return self.wished.index(self.course) + 1 if self.course in self.wished else None


@dataclass(frozen=True)
class Preview:
    answers: list[Answer]
    courses: list[tuple[Course, list[Answer]]]
    waiting: list[Answer]
    floor: int | None
    counts: dict[int | None, int] = field(default_factory=dict)  # rank -> people placed; None: by the studio
    digest: str = ""


def menu(session: Session) -> QuerySet[Course]:
    return session.courses.with_counts().select_related("subject").prefetch_related("indicators")


def cards_for(session: Session, mentee: Mentee) -> list[CourseCard]:
    """The menu in the order that suits this apprentice's gaps; between equals the studio's own order."""
    gaps = gaps_of(mentee)
    ranks = dict(Wish.objects.filter(session=session, mentee=mentee).values_list("course", "rank"))
    cards = [card_of(course, gaps, ranks.get(course.pk)) for course in menu(session)]
    return sorted(cards, key=lambda card: card.place)


def gaps_of(mentee: Mentee) -> list:
    today = mentee.studio.today()
    return [gap for answer in answers_to("gaps_of") for gap in answer(mentee, today)]


def card_of(course: Course, gaps: list, rank: int | None) -> CourseCard:
    """A course meets a gap by its indicator; one that names no indicators, by its subject."""
    indicators = {indicator.code for indicator in course.indicators.all()}
    met = [
        (place, gap)
        for place, gap in enumerate(gaps)
        if gap.indicator in indicators or (not indicators and course.subject and gap.subject == course.subject.code)
    ]
    return CourseCard(course, [gap.reason for _place, gap in met], met[0][0] if met else len(gaps), rank)


def wishes_of(session: Session) -> dict:
    """Mentee id to the courses wished, the first wish first."""
    wished: dict = {}
    for wish in Wish.objects.filter(session=session).select_related("course").order_by("rank"):
        wished.setdefault(wish.mentee_id, []).append(wish.course)
    return wished


def late_choosers(session: Session, due: Iterable[Mentee]) -> list[Mentee]:
    """Those who are due and wished nothing yet."""
    chosen = set(Wish.objects.filter(session=session, rank=1).values_list("mentee", flat=True))
    return [mentee for mentee in due if mentee.pk not in chosen]


def in_lot_order(session: Session, mentees: Iterable[Mentee]) -> list[Mentee]:
    """An order that favours nobody's name and is the same each time: by a digest of the session and the person."""
    return sorted(mentees, key=lambda mentee: hashlib.sha256(f"{session.pk}{mentee.pk}".encode()).hexdigest())


def preview_of(session: Session, due: Iterable[Mentee]) -> Preview:
    """What the allocation gives for the wishes as they stand; nothing is written."""
    courses, wished = list(session.courses.all()), wishes_of(session)
    position = {course.pk: at for at, course in enumerate(courses)}
    people = in_lot_order(session, due)
    rows = [[position[course.pk] for course in wished.get(mentee.pk, [])] for mentee in people]
    found = allocate(rows, [course.capacity for course in courses])
    answers = [
        Answer(mentee, wished.get(mentee.pk, []), None if at is None else courses[at])
        for mentee, at in zip(people, found.course_of, strict=True)
    ]
    return Preview(
        answers,
        [(course, [each for each in answers if each.course == course]) for course in courses],
        [each for each in answers if each.course is None],
        found.floor,
        counts_of(answers),
        digest_of(people, rows, courses, found),
    )


def counts_of(answers: list[Answer]) -> dict[int | None, int]:
    counts: dict[int | None, int] = {1: 0, 2: 0, 3: 0, None: 0}
    for each in answers:
        if each.course:
            counts[each.rank] += 1
    return counts


def digest_of(people: list[Mentee], rows: list, courses: list[Course], found: Allocation) -> str:
    """Changes with anything that the result rests on."""
    facts = [[str(mentee.pk) for mentee in people], rows, [(str(c.pk), c.capacity) for c in courses], found.course_of]
    return hashlib.sha256(repr(facts).encode()).hexdigest()[:16]


def standing_of(mentee: Mentee, session: Session) -> Enrolment | None:
    """The place of this apprentice, else their turn on a waiting list."""
    rows = Enrolment.objects.filter(mentee=mentee, session=session).exclude(state=EnrolmentState.LEFT)
    return rows.select_related("course").order_by("state").first()
