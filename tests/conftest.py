"""The cast: the people of two studios, used by every test."""

import gc
import os
from pathlib import Path
from types import SimpleNamespace

import hypothesis
import pytest
from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db import connection, transaction
from django.test import Client, override_settings
from django.test.utils import CaptureQueriesContext
from django.utils import translation
from xdist.scheduler import LoadScopeScheduling

from mentorship.accounts.roles import Role
from mentorship.audit import guards

from .factories import (
    CohortFactory,
    CommunityFactory,
    MenteeFactory,
    MentorFactory,
    PairingFactory,
    RoleGrantFactory,
    SecretaryFactory,
    StudioFactory,
    SubdistrictFactory,
    UserFactory,
)
from .factories.world import furnish
from .migrated import copy_to, template
from .recorded import Recorded
from .untouched import Untouched

hypothesis.settings.register_profile("house", deadline=None)  # how long a step takes is no test
hypothesis.settings.load_profile("house")

# The demo's date and everyone's clock play no part in tests that don't ask for them.
ACTORS = [
    "anonymous", "nobody", "lead", "officer", "leader", "mentor", "other_mentor", "mentee", "other_mentee",
    "liaison", "other_liaison", "reviewer", "stranger", "stranger_mentee",
]  # fmt: skip


class OneTellsTheDemo(LoadScopeScheduling):
    """Tests of the told demo go to one process: telling it takes longer than all of them."""

    def _split_scope(self, nodeid: str) -> str:
        return "demo" if nodeid.startswith("tests/demo/") else nodeid


def pytest_xdist_make_scheduler(config, log):
    return OneTellsTheDemo(config, log)


def pytest_collection_modifyitems(config, items):
    """ASK=database leaves out what hangs on no database: it was asked beside the first one."""
    if os.environ.get("ASK") == "database":
        kept, left = [], []
        for item in items:
            marked = any(item.get_closest_marker(name) for name in ("django_db", "postgres"))
            (kept if marked or {"db", "transactional_db"} & {*item.fixturenames} else left).append(item)
        config.hook.pytest_deselected(items=left)
        items[:] = kept


def pytest_collection_finish(session):
    """What is loaded by now stays to the end: Python need not look through it for litter again and again."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 20)


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix, django_db_blocker):
    """The tables are not migrated by each process, but copied."""
    test = settings.DATABASES["default"].setdefault("TEST", {})
    if connection.vendor == "postgresql":
        with django_db_blocker.unblock():
            test["TEMPLATE"] = template()
    else:
        copy_to(Path(test["NAME"]))


@pytest.fixture(scope="session")
def django_db_keepdb():
    """On SQLite the test database is that copy."""
    return connection.vendor == "sqlite"


@pytest.fixture(scope="session", autouse=True)
def private_files(tmp_path_factory):
    """Files that tests make go to a folder that pytest clears away, not among the site's own."""
    default = settings.STORAGES["default"]
    options = default["OPTIONS"] | {"location": tmp_path_factory.mktemp("private")}
    with override_settings(STORAGES=settings.STORAGES | {"default": default | {"OPTIONS": options}}):
        yield


@pytest.fixture
def unguarded(db):
    """The database without its guards until the test ends, for tests of what is found when somebody got past them."""
    guards.lift()


def make_studio():
    return StudioFactory(code="jia", name="甲区书记工作室")


def make_other_studio():
    """Another district's. Its texts carry 乙区密, which nobody of the first studio may ever read."""
    return StudioFactory(code="yi", name="乙区密书记工作室")


def make_subdistricts(studio):
    return SubdistrictFactory.create_batch(2, district=studio.district)


def make_cohort(studio):
    return CohortFactory(studio=studio, name="第一批")


def make_whole_cast():
    """The cast with its own studios, for those who build it once for many tests."""
    studio = make_studio()
    return make_cast(studio, make_other_studio(), make_subdistricts(studio), make_cohort(studio))


@pytest.fixture(scope="module")
def standing(request, django_db_setup, django_db_blocker):
    """The furnished world for all tests of a module, rolled back after them; `prepare(world)` of the module adds to it.

    A module that wants it says so with a `cast` of its own: `Untouched(standing)`.
    """
    with django_db_blocker.unblock(), transaction.atomic():
        world = furnish(make_whole_cast())
        getattr(request.module, "prepare", lambda world: None)(world)
        world.sessions = {actor: signed_in(getattr(world, actor)).cookies for actor in ACTORS if actor != "anonymous"}
        yield world
        transaction.set_rollback(True)


def user_of(world, actor: str):
    return AnonymousUser() if actor == "anonymous" else getattr(world, actor)


def signed_in(user) -> Client:
    client = Client(headers={"accept-language": "zh-CN"})
    client.force_login(user)
    return client


@pytest.fixture
def studio(request, db):
    return whose(request).studio if "cast" in request.fixturenames else make_studio()


@pytest.fixture
def other_studio(request, db):
    return whose(request).other_studio if "cast" in request.fixturenames else make_other_studio()


@pytest.fixture
def subdistricts(request, studio):
    return whose(request).subdistricts if "cast" in request.fixturenames else make_subdistricts(studio)


@pytest.fixture
def cohort(request, studio):
    return whose(request).cohort if "cast" in request.fixturenames else make_cohort(studio)


def whose(request):
    """The cast of a test that asks for the cast: its studio and cohort are the cast's."""
    return request.getfixturevalue("cast")


def person_with(studio, role, name, *, subdistrict=None):
    user = UserFactory(name=name)
    RoleGrantFactory(user=user, studio=studio, role=role, subdistrict=subdistrict)
    return user


def mentee_of(cohort, mentor, name, subdistrict, seat=1):
    user = person_with(cohort.studio, Role.MENTEE, name)
    secretary = SecretaryFactory(
        studio=cohort.studio, user=user, name=name, community=CommunityFactory(subdistrict=subdistrict)
    )
    mentee = MenteeFactory(cohort=cohort, secretary=secretary, recommended_by=subdistrict)
    return user, mentee, PairingFactory(mentor=mentor, mentee=mentee, seat=seat)


def mentor_of(cohort, name):
    user = person_with(cohort.studio, Role.MENTOR, name)
    secretary = SecretaryFactory(
        studio=cohort.studio,
        user=user,
        name=name,
        birth="1954-02-01",
        post_since="1992-05-01",
        working_state="retired",
    )
    return user, MentorFactory(cohort=cohort, secretary=secretary)


def make_cast(studio, other_studio, subdistricts, cohort):
    """Users by name (see ACTORS), and the rows they stand for: `.pairing` is mentor with mentee."""
    first, second = subdistricts
    c = SimpleNamespace(studio=studio, other_studio=other_studio, cohort=cohort, subdistricts=subdistricts)
    c.nobody = UserFactory(name="无角色")
    c.lead = person_with(studio, Role.PROJECT_LEAD, "许晓岚")
    c.officer = person_with(studio, Role.OFFICER, "龙飞")
    c.leader = person_with(studio, Role.LEADER, "贺明远")
    c.reviewer = person_with(studio, Role.REVIEWER, "向雪")
    c.liaison = person_with(studio, Role.LIAISON, "苗青青", subdistrict=first)
    c.other_liaison = person_with(studio, Role.LIAISON, "冷月", subdistrict=second)
    c.mentor, c.mentor_row = mentor_of(cohort, "沈桂芳")
    c.other_mentor, c.other_mentor_row = mentor_of(cohort, "郑国平")
    c.mentee, c.mentee_row, c.pairing = mentee_of(cohort, c.mentor_row, "何嘉怡", first)
    c.other_mentee, c.other_mentee_row, c.other_pairing = mentee_of(cohort, c.other_mentor_row, "钱立峰", second)
    c.stranger = person_with(other_studio, Role.PROJECT_LEAD, "乙区密组织员")
    c.other_cohort = CohortFactory(studio=other_studio, name="乙区密第一批")
    foreign_sub = SubdistrictFactory(district=other_studio.district, name="乙区密街道")
    _, c.foreign_mentor_row = mentor_of(c.other_cohort, "乙区密师傅")
    c.stranger_mentee, c.foreign_mentee_row, c.foreign_pairing = mentee_of(
        c.other_cohort, c.foreign_mentor_row, "乙区密学员", foreign_sub
    )
    return c


WHOLE_CAST = Recorded(make_whole_cast)


@pytest.fixture
def cast(request, db):
    return begun(request).again()


def begun(request, **more: Recorded) -> Recorded:
    """What the test begins with: the cast, or the cast with what one of its fixtures adds, where `more` or BEGINS of its
    module has it recorded by the fixture's name. The furthest stands first."""
    names = getattr(request.module, "BEGINS", {}) | more
    return next((recorded for name, recorded in names.items() if name in request.fixturenames), WHOLE_CAST)


@pytest.fixture
def as_(cast):
    """`as_("mentor").get(url)`: a signed-in browser of one of the cast."""

    sessions = getattr(cast, "sessions", {})  # of a world that many tests share; the sessions of others begin here

    def browser(who: str) -> Client:
        if who != "anonymous" and who not in sessions:
            return signed_in(getattr(cast, who))
        client = Client(headers={"accept-language": "zh-CN"})
        client.cookies.update(sessions[who] if who != "anonymous" else {})
        return client

    return browser


@pytest.fixture
def count_queries():
    """`count_queries(act)`: how many queries the act costs."""

    def count(act) -> int:
        with CaptureQueriesContext(connection) as captured:
            act()
        return len(captured)

    return count


@pytest.fixture
def world(cast):
    """The cast with one more row of every kind that an address can name, in both studios."""
    return cast if isinstance(cast, Untouched) else furnish(cast)


@pytest.fixture(autouse=True)
def chinese_first():
    """A page opened in English leaves its language in the thread; the next test begins in Chinese again."""
    translation.activate("zh-hans")
    yield
    translation.activate("zh-hans")
