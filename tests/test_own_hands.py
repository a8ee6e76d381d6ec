"""What stands for a person is done with their own hands: the acts refuse by themselves whoever types for them."""

import pytest
from django.core.exceptions import PermissionDenied

from evaluations.logs import actions as logs
from evaluations.promotions.actions import graduation
from evaluations.visits import actions as visits
from mentorship.accounts.actions import start_acting
from mentorship.notifications import actions as notices
from mentorship.notifications.models import Notice, Receipt

from .factories.practice import make_log
from .factories.promotions import make_certificate
from .factories.visits import make_visit

pytestmark = pytest.mark.django_db


def notice(cast):
    sent = Notice.objects.create(studio=cast.studio, kind="free", sender=cast.lead, needs_acknowledgement=True)
    receipt = Receipt.objects.create(studio=cast.studio, notice=sent, recipient=cast.mentor)
    return cast.mentor, lambda: notices.acknowledge(by=cast.mentor, receipt=receipt)


def log(cast):
    row = make_log(cast.pairing, author=cast.mentor)
    return cast.officer, lambda: logs.acknowledge(by=cast.officer, log=row)


def certificate_of_the_mentor(cast):
    row = make_certificate(cast.mentee_row, cast.mentor_row)
    return cast.mentor, lambda: graduation.sign_as_mentor(by=cast.mentor, certificate=row)


def certificate_of_the_studio(cast):
    row = make_certificate(cast.mentee_row, cast.mentor_row)
    graduation.sign_as_mentor(by=cast.mentor, certificate=row)
    return cast.lead, lambda: graduation.sign_as_studio(by=cast.lead, certificate=row)


def visit(cast):
    row = make_visit(cast.mentee_row, cast.lead, cast.mentor, state="recorded")
    return cast.lead, lambda: visits.sign_visit(by=cast.lead, visit=row)


def own_words(cast):
    row = visits.sign_visit(by=cast.lead, visit=make_visit(cast.mentee_row, cast.lead, cast.mentor, state="recorded"))
    return cast.mentee, lambda: visits.state_own_words(by=cast.mentee, visit=row, text="知道了")


def typing_for_another(cast):
    return cast.officer, lambda: start_acting(by=cast.officer, principal=cast.mentor)


@pytest.mark.parametrize(
    "begun", [notice, log, certificate_of_the_mentor, certificate_of_the_studio, visit, own_words, typing_for_another]
)
def test_an_act_of_ones_own_hands(begun, cast):
    person, act = begun(cast)
    person.acting_user = cast.other_mentor
    with pytest.raises(PermissionDenied):
        act()
    person.acting_user = None
    act()


def test_who_may_type_for_nobody_does_not_begin(cast):
    for person in (cast.mentee, cast.other_mentor, cast.leader, cast.stranger):
        with pytest.raises(PermissionDenied):
            start_acting(by=person, principal=cast.mentor)
