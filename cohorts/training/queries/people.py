"""Who is expected at a session, who concerns it, and who the reader is in it."""

from collections.abc import Sequence

from django.db.models import Exists, OuterRef, Q, QuerySet

from cohorts.choices import MenteeStatus
from cohorts.models import Mentee, Mentor, Pairing
from cohorts.training.choices import EnrolmentState
from cohorts.training.models import Enrolment, Session
from mentorship.accounts.models import User


def expected(session: Session) -> QuerySet[Mentee]:
    """应到: those paired on its first day, of its groups if it names some; before pairs exist, those in training.

    Of an elective whose places were given out: those with a place.
    """
    if session.allocated_at:
        placed = Enrolment.objects.filter(session=session, state=EnrolmentState.PLACED)
        rows = Mentee.objects.filter(pk__in=placed.values("mentee"))
    else:
        rows = due_on(session)
    return rows.for_lists().order_by("secretary__sort_key", "secretary__name", "id")


def due_on(session: Session) -> QuerySet[Mentee]:
    return due_by(session, session.groups.all())


def due_by(session: Session, groups: Sequence[Mentor] | QuerySet[Mentor]) -> QuerySet[Mentee]:
    """The same for groups that are not saved yet."""
    ever = Pairing.objects.filter(mentee=OuterRef("pk"))
    then = ever.as_of(session.date)
    rows = Mentee.objects.filter(cohort=session.cohort_id)
    if groups:
        return rows.filter(Exists(then.filter(mentor__in=[mentor.pk for mentor in groups])))
    return rows.filter(Exists(then) | (Q(status__in=MenteeStatus.in_training()) & ~Exists(ever)))


def own_row(user: User, session: Session) -> Mentee | None:
    """The reader as an apprentice who is due at this session."""
    return due_on(session).filter(secretary__user=user.pk).for_lists().first()


def mentors_of(session: Session) -> QuerySet[Mentor]:
    """Mentors whom it concerns: its groups', else every appointed one of the cohort."""
    groups = session.groups.all()
    rows = groups or Mentor.objects.appointed().filter(cohort=session.cohort_id)
    return rows.select_related("secretary__user")


def concerned(session: Session) -> list[User]:
    """Accounts of those to be told when something about it changes: also those who wait for a place."""
    people = [row.secretary.user for row in due_on(session).select_related("secretary__user")]
    people += [row.secretary.user for row in mentors_of(session)]
    if session.host_id:
        people.append(session.host.secretary.user)
    return [user for user in people if user]
