"""A country made of one studio: whole after a break, added once, with every guard, key and index in its place."""

import datetime
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from cohorts.models import Mentee, Mentor, Pairing
from evaluations.demo.scale.filling import Filler
from evaluations.demo.scale.finishing import strays
from evaluations.logs.models import Attendance, TeachingLog
from mentorship.accounts.models import User
from mentorship.accounts.roles import Role
from mentorship.audit import guards
from mentorship.audit.verify import verify
from mentorship.people.models import Secretary
from mentorship.places.models import Community, Studio
from mentorship.upkeep.integrity import postgresql_faults
from tests.conftest import make_cohort, make_studio, mentee_of, mentor_of, person_with
from tests.factories import CommunityFactory, SecretaryFactory, SubdistrictFactory
from tests.factories.practice import make_log

DISTRICTS, LOGS = 3, 7
STANDING = """
    SELECT indexrelid::regclass::text, pg_get_indexdef(indexrelid) FROM pg_index i JOIN pg_class c ON c.oid = indrelid
    WHERE c.relnamespace = 'public'::regnamespace
    UNION SELECT conname, pg_get_constraintdef(oid) || convalidated FROM pg_constraint
    WHERE connamespace = 'public'::regnamespace
"""


def asked(query):
    with connection.cursor() as cursor:
        cursor.execute(query)
        return set(cursor.fetchall())


def seed(**more):
    out = StringIO()
    call_command("seed_scale", districts=DISTRICTS, logs_per_studio=LOGS, block=1, workers=1, stdout=out, **more)
    return out.getvalue()


@pytest.fixture
def template(transactional_db):
    """A small studio of the demo: two secretaries beyond the cohort, one on a neighbourhood with the mentor's base."""
    studio = make_studio()
    Studio.objects.filter(pk=studio.pk).update(demo_today=datetime.date(2019, 4, 18))
    cohort, subdistrict = make_cohort(studio), SubdistrictFactory(district=studio.district)
    person_with(studio, Role.PROJECT_LEAD, "许晓岚")
    _, mentor = mentor_of(cohort, "沈桂芳")
    _, _, pairing = mentee_of(cohort, mentor, "何嘉怡", subdistrict)
    for name in ("顾秀兰", "陆建国"):
        SecretaryFactory(studio=studio, name=name, community=CommunityFactory(subdistrict=subdistrict))
    for day in (1, 20):
        make_log(pairing, date=datetime.date(2018, 9, day), title="楼道堆物")
    yield studio
    with connection.cursor() as cursor:
        cursor.execute("DROP SCHEMA IF EXISTS seed_scale CASCADE")


def broken_off_after(monkeypatch, blocks: int):
    whole, done = Filler.block, []

    def block(self, sites):
        if len(done) == blocks:
            raise KeyboardInterrupt
        done.append(sites)
        return whole(self, sites)

    monkeypatch.setattr(Filler, "block", block)


@pytest.mark.postgres
@pytest.mark.slow
def test_a_run_that_was_broken_off_is_completed_by_the_next_and_a_third_adds_nothing(template, monkeypatch, client):
    before = asked(STANDING)
    with monkeypatch.context() as patch:
        broken_off_after(patch, blocks=1)
        with pytest.raises(KeyboardInterrupt):
            seed()
    assert Studio.objects.count() == 2
    assert Attendance.objects.count() == 2 + LOGS
    first = set(TeachingLog.objects.values_list("pk", flat=True))

    seed()
    assert Studio.objects.count() == DISTRICTS
    assert first < set(TeachingLog.objects.values_list("pk", flat=True))
    rows = {model: model.objects.count() for model in (Studio, User, Secretary, Mentor, Mentee, Pairing, TeachingLog)}
    assert rows[TeachingLog] == 2 + 2 * LOGS
    assert (rows[Mentor], rows[Mentee], rows[Secretary], rows[User]) == (3, 3, 12, 9)

    assert "没有要补的" in seed()
    assert {model: model.objects.count() for model in rows} == rows
    assert asked(STANDING) == before
    assert guards.faults() == []
    assert postgresql_faults() == []
    each_studio_stands_by_itself(template)
    the_pages_show_the_rows(template, client)


def each_studio_stands_by_itself(template):
    for studio in Studio.objects.exclude(pk=template.pk):
        assert set(studio.communities.filter(secretaries__studio=studio)) == {
            person.community for person in Secretary.objects.filter(studio=studio)
        }
        assert {pair.mentor.secretary.studio for pair in Pairing.objects.filter(studio=studio)} == {studio}
        assert Attendance.objects.filter(log__studio=studio, mentee__studio=studio, studio=studio).count() == LOGS
        assert (verify(studio.pk).sequence, verify(studio.pk).fault) == (1, "")


def the_pages_show_the_rows(template, client):
    studio = Studio.objects.exclude(pk=template.pk).first()
    lead = User.objects.get(role_grants__studio=studio, role_grants__role=Role.PROJECT_LEAD)
    mentor = Mentor.objects.get(studio=studio).secretary.user
    assert lead.name == "许晓岚"
    for user, address, words in (
        (lead, "/overview/", "第一批"),
        (lead, "/people/", "顾秀兰"),
        (mentor, "/mentor/", "何嘉怡"),
        (mentor, "/logs/", "楼道堆物"),
    ):
        client.force_login(user)
        response = client.get(address, headers={"accept-language": "zh-CN"})
        assert response.status_code == 200
        assert words in response.content.decode(), address


@pytest.mark.postgres
def test_a_copy_that_hangs_on_another_studio_is_found(unguarded, cast):
    assert strays([cast.studio.pk]) == []
    Mentee.objects.filter(pk=cast.mentee_row.pk).update(cohort=cast.other_cohort)
    assert [words.split()[0] for words in strays([cast.studio.pk])] == [Mentee._meta.db_table]


@pytest.mark.postgres
def test_a_plan_of_another_size_is_refused(template):
    seed()
    with pytest.raises(CommandError, match="别的规模"):
        call_command("seed_scale", districts=4, logs_per_studio=LOGS)


@pytest.mark.postgres
def test_a_studio_of_ones_own_is_left_alone(template):
    Studio.objects.update(demo_today=None)
    with pytest.raises(CommandError, match="别的工作室"):
        seed()
    assert Studio.objects.count() == 1
    assert not Community.objects.filter(code__startswith="110101").exists()


def test_never_in_production_and_never_on_sqlite(db, settings):
    settings.PRODUCTION = True
    with pytest.raises(CommandError, match="正式环境" if connection.vendor == "postgresql" else "PostgreSQL"):
        call_command("seed_scale")
