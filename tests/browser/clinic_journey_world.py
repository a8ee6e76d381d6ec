"""A small studio of its own with three mentors, and one case of an earlier time that the search finds."""

from cohorts.clinic.choices import CaseState
from cohorts.clinic.searching.keeping import keep_case
from cohorts.models import Cohort
from mentorship.accounts.models import User
from tests.conftest import mentor_of
from tests.factories import SecretaryFactory
from tests.factories.clinic import make_case

from .conftest import PASSWORD
from .round_world import make_studio

OTHERS = {"second": "郑国平", "third": "陆永康"}


def make(code: str) -> None:
    """As in the world of rounds, and second-<code>, third-<code> for two more mentors."""
    make_studio(code)
    cohort = Cohort.objects.get(studio__code=code)
    for name, words in OTHERS.items():
        user, _mentor = mentor_of(cohort, words)
        user.username = f"{name}-{code}"
        user.set_password(PASSWORD)
        user.save()
    staff = {name: User.objects.get(username=f"{name}-{code}") for name in ("lead", "officer")}
    old = make_case(
        cohort, SecretaryFactory(studio=cohort.studio), staff["officer"], state=CaseState.CLOSED, closed_by=staff["lead"],
        title="夜里停车没有位子",
    )  # fmt: skip
    keep_case(old)
