"""What is past its time goes by itself, and the dry run says so beforehand."""

import datetime
from io import StringIO

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.utils import timezone

from cohorts.letters.models import LaunchItem
from cohorts.meetings.models import Minutes
from cohorts.training.models import Session
from evaluations.promotions.models import Objection
from mentorship.accounts.models import SignInAttempt
from mentorship.audit.models import Entry
from mentorship.audit.verify import verify_all
from mentorship.common.errors import Refused
from mentorship.notifications.models import Receipt
from mentorship.people.models import Secretary
from mentorship.privacy.actions import erase, retain, retaining
from mentorship.privacy.due import aged
from mentorship.privacy.models import Erasure
from tests.factories import SecretaryFactory

from .privacy_kit import everyone_leaves, person_of

NOW = timezone.make_aware(datetime.datetime(2026, 11, 30, 3))


def years_on(years: int) -> datetime.datetime:
    return NOW.replace(year=NOW.year + years)


def said(*args) -> str:
    out = StringIO()
    call_command("retain", *args, stdout=out)
    return out.getvalue()


def test_it_is_in_the_schedule():
    assert "retain" in settings.SCHEDULE


def test_tries_to_sign_in_go_after_ninety_days(db):
    SignInAttempt.objects.all().delete()
    old, new = (SignInAttempt.objects.create(account=word, streak=word, place="x") for word in ("old", "new"))
    SignInAttempt.objects.filter(pk=old.pk).update(at=NOW - datetime.timedelta(days=91))
    SignInAttempt.objects.filter(pk=new.pk).update(at=NOW - datetime.timedelta(days=89))
    assert retain(now=NOW)["accounts.SignInAttempt"] == 1
    assert list(SignInAttempt.objects.values_list("account", flat=True)) == ["new"]


def test_receipts_go_after_three_years(world):
    Receipt.objects.filter(pk=world.receipt.pk).update(created_at=NOW.replace(year=NOW.year - 3, day=1))
    retain(now=NOW)
    assert not Receipt.objects.filter(pk=world.receipt.pk).exists()
    assert type(world.notice).objects.filter(pk=world.notice.pk).exists()


def test_minutes_and_objections_are_emptied_after_ten_years(world):
    assert Minutes.objects.exclude(body={}).exists()
    assert Objection.objects.exclude(content="已删除").exists()
    done = retain(now=years_on(40))
    assert done["meetings.Minutes"]
    assert not Minutes.objects.exclude(body={}).exists()
    assert set(Objection.objects.values_list("content", flat=True)) == {"已删除"}
    again = retain(now=years_on(40))
    assert not set(again) & {"meetings.Minutes", "promotions.Objection"}, "once is enough"


def test_all_that_has_an_age_can_be_emptied(world):
    """No promise of the database stands in the way."""
    LaunchItem.objects.update(who="某人")
    Session.objects.update(teacher="某人")
    found = {table.model for table, rows in aged(years_on(60)) if rows.exists()}
    assert {"meetings.Minutes", "promotions.Objection", "letters.LaunchItem", "training.Session"} <= found
    retain(now=years_on(60))
    assert not {table.model for table, rows in aged(years_on(60)) if rows.exists()}
    assert all(not verdict.fault for verdict in verify_all())


def test_who_left_three_years_ago_is_erased(cast):
    long_ago = SecretaryFactory(studio=cast.studio, name="久别", left_on=NOW.date().replace(year=NOW.year - 3, day=1))
    lately = SecretaryFactory(studio=cast.studio, name="新去", left_on=NOW.date().replace(year=NOW.year - 2))
    assert retain(now=NOW)["people"] == 1
    long_ago.refresh_from_db()
    lately.refresh_from_db()
    assert (long_ago.name[:3], lately.name) == ("已注销", "新去")
    erasure = Erasure.objects.get(secretary=long_ago)
    assert (erasure.by, erasure.finished_on) == (None, NOW.date())
    assert Entry.objects.get(verb="person.erased").actor_name == ""
    assert retain(now=NOW)["people"] == 0


def test_one_that_is_refused_stops_nobody_else_and_the_command_says_so(cast, monkeypatch):
    first, second = (
        SecretaryFactory(studio=cast.studio, user=None, name=name, left_on=datetime.date(2020, 1, 1))
        for name in ("甲先生", "乙先生")
    )

    def not_the_first(**asked):
        if asked["person"].secretary == first:
            raise Refused("不行")
        return erase(**asked)

    monkeypatch.setattr(retaining, "erase", not_the_first)
    with pytest.raises(CommandError, match="1 refused"):
        said()
    assert list(Erasure.objects.values_list("secretary", flat=True)) == [second.pk]


def test_who_has_papers_in_their_time_stays(world):
    everyone_leaves(world.cohort)
    assert retain(now=NOW)["people"] >= 0
    name = Secretary.objects.get(pk=world.mentee_row.secretary_id).name
    assert name == "何嘉怡"
    retain(now=years_on(40))
    assert Secretary.objects.get(pk=world.mentee_row.secretary_id).name.startswith("已注销")


def test_papers_of_the_erased_go_when_their_time_is_over(world):
    everyone_leaves(world.cohort)
    erasure = erase(by=world.lead, person=person_of(world.mentee), reason="申请", today=NOW.date())
    assert retain(now=NOW)["papers"] == 0
    assert retain(now=years_on(40))["papers"] == 1
    erasure.refresh_from_db()
    assert erasure.finished_on == years_on(40).date()
    assert Entry.objects.filter(verb="person.papers_erased", object_id=str(erasure.pk)).count() == 1


@pytest.mark.parametrize("command", ["--dry-run"])
def test_the_dry_run_lists_and_changes_nothing(world, command, django_capture_on_commit_callbacks):
    SignInAttempt.objects.all().delete()
    row = SignInAttempt.objects.create(account="old", streak="old", place="x")
    SignInAttempt.objects.filter(pk=row.pk).update(at=timezone.now() - datetime.timedelta(days=91))
    gone = SecretaryFactory(studio=world.studio, name="久别", left_on="2001-01-01")
    listed = said(command)
    assert "accounts.SignInAttempt: 1 rows" in listed
    assert str(gone.pk) in listed
    assert "久别" not in listed, "it ends in logs"
    assert SignInAttempt.objects.exists()
    gone.refresh_from_db()
    assert gone.name == "久别"
    assert "people: 1" in said()
    assert "accounts.SignInAttempt" not in said()


def test_what_aged_out_is_recorded_in_its_studio(world):
    Receipt.objects.filter(pk=world.receipt.pk).update(created_at=NOW.replace(year=NOW.year - 4))
    retain(now=NOW)
    entry = Entry.objects.get(verb="privacy.aged_out", studio_id=world.studio.pk)
    assert entry.after == {"what": "notifications.Receipt", "rows": 1}
