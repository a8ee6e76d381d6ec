import datetime

import factory
from factory.django import DjangoModelFactory

from cohorts.choices import MenteeStatus, MentorStatus, Stage
from cohorts.models import Baseline, Cohort, CohortRules, Mentee, Mentor, Pairing, Strength

from .ground import BaseFactory, SecretaryFactory, StudioFactory, make_framework

STARTS, ENDS = datetime.date(2018, 8, 15), datetime.date(2019, 8, 15)


class CohortFactory(DjangoModelFactory):
    class Meta:
        model = Cohort
        skip_postgeneration_save = True

    studio = factory.SubFactory(StudioFactory)
    name = factory.Sequence(lambda n: f"第{n}批")
    starts = STARTS
    ends = ENDS
    stage = Stage.RUNNING
    framework = factory.LazyAttribute(lambda o: make_framework(o.studio))

    @factory.post_generation
    def rules(self, create, extracted, **kwargs):
        CohortRules.objects.create(cohort=self, studio=self.studio, **(extracted or {}))


class MentorFactory(DjangoModelFactory):
    class Meta:
        model = Mentor

    cohort = factory.SubFactory(CohortFactory)
    studio = factory.SelfAttribute("cohort.studio")
    secretary = factory.LazyAttribute(
        lambda o: SecretaryFactory(
            studio=o.studio,
            birth=datetime.date(1954, 2, 1),
            post_since=datetime.date(1992, 5, 1),
            working_state="retired",
        )
    )
    base = factory.LazyAttribute(lambda o: BaseFactory(studio=o.studio))
    status = MentorStatus.APPOINTED
    appointed_on = STARTS
    order = factory.Sequence(lambda n: n)


class StrengthFactory(DjangoModelFactory):
    class Meta:
        model = Strength

    mentor = factory.SubFactory(MentorFactory)
    studio = factory.SelfAttribute("mentor.studio")
    subject = factory.LazyAttribute(lambda o: o.mentor.cohort.framework.subjects.first())
    level = 5


class MenteeFactory(DjangoModelFactory):
    class Meta:
        model = Mentee

    cohort = factory.SubFactory(CohortFactory)
    studio = factory.SelfAttribute("cohort.studio")
    secretary = factory.LazyAttribute(lambda o: SecretaryFactory(studio=o.studio))
    status = MenteeStatus.CHOSEN


class BaselineFactory(DjangoModelFactory):
    class Meta:
        model = Baseline

    mentee = factory.SubFactory(MenteeFactory)
    studio = factory.SelfAttribute("mentee.studio")
    subject = factory.LazyAttribute(lambda o: o.mentee.cohort.framework.subjects.first())
    level = 2


class PairingFactory(DjangoModelFactory):
    class Meta:
        model = Pairing

    mentor = factory.SubFactory(MentorFactory)
    cohort = factory.SelfAttribute("mentor.cohort")
    studio = factory.SelfAttribute("mentor.studio")
    mentee = factory.LazyAttribute(lambda o: MenteeFactory(cohort=o.cohort))
    starts = STARTS
    seat = 1
    seats = 5
    score = 80
