import uuid
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, transaction
from django.template import Context, Template
from django.test import RequestFactory

from mentorship.audit.actions import record
from mentorship.audit.chain import COVERED, digest_of
from mentorship.audit.models import AppendOnly, ChainHead, Entry
from mentorship.audit.presenters import present
from mentorship.audit.verify import verify


@pytest.fixture
def chain(cast):
    """Five entries in the first studio, two in the other."""
    for n in range(5):
        record(by=cast.lead, verb="mentor.appointed", on=cast.mentor_row, studio=cast.studio,
               before={"a": None, "level": 1.5}, after={"n": n, "名": "沈", "on": cast.cohort.starts, "list": (1, "二")})  # fmt: skip
    for _ in range(2):
        record(by=None, verb="cohort.created", on=cast.other_cohort, studio=cast.other_studio)
    return cast.studio.pk


def sql(text, *values):
    """Past the ORM, as someone at the database would."""
    with connection.cursor() as cursor:
        cursor.execute(text, values)


def raw(value: uuid.UUID):
    return value if connection.vendor == "postgresql" else value.hex


def test_digests_come_back_from_the_rows(chain):
    assert verify(chain).fault == ""
    assert verify(chain).sequence == 5
    for row in Entry.objects.values(*COVERED, "digest"):
        assert digest_of(row) == row["digest"]


CHANGES = {
    "at": "2018-01-01 00:00:00+00:00", "actor_id": "x", "actor_name": "别人", "principal_id": "x",
    "principal_name": "别人", "verb": "mentor.declined", "object_type": "x.y", "object_id": "x", "object_name": "别人",
    "before": '{"a": 1}', "after": '{"n": 99}', "previous_digest": "0" * 64, "digest": "0" * 64,
}  # fmt: skip


@pytest.mark.parametrize("column", CHANGES)
@pytest.mark.usefixtures("unguarded")
def test_any_changed_column_is_found(chain, column):
    sql(f'UPDATE audit_entry SET "{column}" = %s WHERE studio_id = %s AND sequence = 3', CHANGES[column], raw(chain))
    verdict = verify(chain)
    assert verdict.fault
    assert verdict.sequence == 3


def test_every_covered_column_is_tried():
    assert set(CHANGES) == {*COVERED, "digest"} - {"studio_id", "sequence"}


@pytest.mark.parametrize("sequence", [1, 3, 5])
@pytest.mark.usefixtures("unguarded")
def test_a_removed_entry_is_found(chain, sequence):
    sql("DELETE FROM audit_entry WHERE studio_id = %s AND sequence = %s", raw(chain), sequence)
    assert verify(chain).sequence == sequence
    assert verify(chain).fault


@pytest.mark.usefixtures("unguarded")
def test_everything_removed_is_found(chain):
    sql("DELETE FROM audit_entry WHERE studio_id = %s", raw(chain))
    assert verify(chain).fault


def test_an_entry_put_in_at_the_end_is_found(chain):
    last = Entry.objects.filter(studio_id=chain).values(*COVERED, "digest").first()
    row = {name: last[name] for name in COVERED} | {"sequence": 6, "previous_digest": last["digest"]}
    Entry.objects.create(**row, digest=digest_of(row))
    assert verify(chain).fault


@pytest.mark.usefixtures("unguarded")
def test_two_entries_in_each_others_place_are_found(chain):
    for old, new in [(2, 90), (3, 2), (90, 3)]:
        sql("UPDATE audit_entry SET sequence = %s WHERE studio_id = %s AND sequence = %s", new, raw(chain), old)
    assert verify(chain).sequence == 2
    assert verify(chain).fault


@pytest.mark.usefixtures("unguarded")
def test_an_entry_moved_to_another_studio_is_found_in_both(chain, cast):
    sql("UPDATE audit_entry SET studio_id = %s, sequence = 3 WHERE studio_id = %s AND sequence = 5",
        raw(cast.other_studio.pk), raw(chain))  # fmt: skip
    assert verify(chain).fault
    assert verify(cast.other_studio.pk).fault


@pytest.mark.usefixtures("unguarded")
def test_a_missing_head_is_found(chain):
    ChainHead.objects.filter(studio_id=chain).delete()
    assert verify(chain).fault


@pytest.mark.usefixtures("unguarded")
def test_the_command_names_the_first_bad_entry_of_each_studio(chain, cast):
    out, err = StringIO(), StringIO()
    call_command("verify_audit", stdout=out)
    assert "jia: 5 entries sound" in out.getvalue()
    sql("UPDATE audit_entry SET verb = 'x' WHERE studio_id = %s AND sequence >= 4", raw(chain))
    with pytest.raises(CommandError):
        call_command("verify_audit", stdout=out, stderr=err)
    assert err.getvalue().strip() == "jia: entry 4: changed"
    call_command("verify_audit", studio="yi", stdout=out)
    with pytest.raises(CommandError):
        call_command("verify_audit", studio="none", stdout=out)


def test_nothing_is_changed_through_the_models(chain):
    entry = Entry.objects.first()
    with pytest.raises(AppendOnly):
        entry.save()
    with pytest.raises(AppendOnly):
        entry.delete()
    with pytest.raises(AppendOnly):
        Entry.objects.all().delete()
    with pytest.raises(AppendOnly):
        Entry.objects.update(verb="x")
    with pytest.raises(AppendOnly):
        Entry.objects.bulk_update([entry], ["verb"])


def test_an_entry_goes_with_the_transaction_it_belongs_to(chain, cast):
    with transaction.atomic():
        record(by=cast.lead, verb="mentor.appointed", on=cast.mentor_row, studio=cast.studio)
        transaction.set_rollback(True)
    assert (verify(chain).sequence, verify(chain).fault) == (5, "")
    record(by=cast.lead, verb="mentor.appointed", on=cast.mentor_row, studio=cast.studio)
    assert (verify(chain).sequence, verify(chain).fault) == (6, "")


def test_words_for_acts_and_fields(chain, cast):
    entry = Entry(verb="role.granted", at=None, actor_name="许", principal_name="", object_name="",
                  before={"role": ""}, after={"role": "评委", "date": "2018-08-15", "odd": True})  # fmt: skip
    shown = present(entry)
    assert shown.what == "授予角色"
    assert shown.changes == [("角色", "", "评委"), ("日期", "", "2018年8月15日"), ("odd", "", "是")]
    assert present(Entry(verb="new.thing", before={}, after={})).what == "new.thing"
    assert present(Entry(verb="base.changed", before={}, after={})).what == "修改"
    rules = Entry(
        verb="cohort.rules_changed", object_type="places.base", before={"capacity": 20}, after={"transport": "地铁"}
    )
    assert [change.label for change in present(rules).changes] == ["可容人数", "怎么去"]


@pytest.mark.parametrize(("actor", "sees"), [("lead", True), ("leader", True), ("mentor", False), ("stranger", False)])
def test_the_trail_is_shown_to_those_who_may_read_it(chain, cast, actor, sees):
    request = RequestFactory().get("/")
    request.user = getattr(cast, actor)
    page = Template("{% load audit %}{% audit_trail obj %}").render(
        Context({"request": request, "obj": cast.mentor_row})
    )
    assert ("聘任师傅" in page) is sees
