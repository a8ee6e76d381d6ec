"""立卷: numbers, retention, two people, and nothing bound twice for nothing."""

import datetime

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from evaluations.archive import actions
from evaluations.archive.models import BoundFile
from evaluations.archive.queries import MentoringFile
from mentorship.audit.models import Entry
from mentorship.common.errors import Refused

from .archive_kit import TODAY, change_one_letter, full_file

D = datetime.date


@pytest.fixture
def c(cast):
    return full_file(cast)


def bound(c, who="officer", mentee=None) -> BoundFile:
    return actions.bind_file(by=getattr(c, who), mentee=mentee or c.mentee_row)


def test_a_binding_freezes_every_part_and_says_until_when(c):
    row = bound(c)
    assert (row.serial, row.number, row.bound_on) == (1, 1, TODAY)
    assert row.retain_until == D(2029, 8, 15), "ten years from the end of the cohort"
    assert row.digest == MentoringFile(c.mentee_row).digest
    assert len(row.parts) == 21
    assert row.file_number == "梁室档〔2018〕01号"
    entry = Entry.objects.get(verb="archive.bound")
    assert entry.after["digest"] == row.digest


def test_a_late_binding_is_kept_ten_years_from_then(c):
    c.studio.demo_today = D(2020, 2, 29)
    c.studio.save()
    c.mentee_row.studio.refresh_from_db()
    assert bound(c).retain_until == D(2030, 2, 28)


def test_the_same_is_not_bound_twice(c):
    bound(c)
    with pytest.raises(Refused):
        bound(c, "lead")
    change_one_letter(c.log)
    again = bound(c)
    assert (again.serial, again.number) == (1, 2)


def test_everyone_has_a_serial_of_their_own(c):
    assert [bound(c).serial, bound(c, mentee=c.other_mentee_row).serial] == [1, 2]
    with pytest.raises(IntegrityError), transaction.atomic():
        BoundFile.objects.filter(mentee=c.other_mentee_row).update(serial=1)


def test_the_check_is_a_second_person_s(c):
    row = bound(c)
    with pytest.raises(Refused):
        actions.check_file(by=c.officer, bound=row)
    actions.check_file(by=c.lead, bound=row)
    row.refresh_from_db()
    assert (row.checked_by, row.checked_on) == (c.lead, TODAY)
    with pytest.raises(Refused):
        actions.check_file(by=c.lead, bound=row)
    assert Entry.objects.filter(verb="archive.checked").count() == 1
    with pytest.raises(IntegrityError), transaction.atomic():
        BoundFile.objects.filter(pk=row.pk).update(checked_by=c.officer)


def test_binding_and_checking_in_the_browser(c, as_):
    officer, lead = as_("officer"), as_("lead")
    answer = officer.post(reverse("archive:bind", args=[c.mentee_row.pk]), follow=True)
    row = BoundFile.objects.get()
    assert answer.redirect_chain[-1][0] == reverse("archive:bound", args=[row.pk])
    assert "和今天的内容一字不差" in answer.content.decode()
    assert reverse("archive:check", args=[row.pk]) not in answer.content.decode(), "not by the binder"
    refused = officer.post(reverse("archive:check", args=[row.pk]), follow=True)
    assert "立卷的人不能检查自己立的卷" in refused.content.decode()
    page = lead.get(reverse("archive:bound", args=[row.pk])).content.decode()
    assert reverse("archive:check", args=[row.pk]) in page
    assert "检查好了" in lead.post(reverse("archive:check", args=[row.pk]), follow=True).content.decode()
    again = officer.post(reverse("archive:bind", args=[c.mentee_row.pk]), follow=True)
    assert "没有改动，不用再立" in again.content.decode()
    assert BoundFile.objects.count() == 1


def test_tampering_is_shown_where_it_was(c, as_):
    row = bound(c)
    url = reverse("archive:bound", args=[row.pk])
    assert "改动过" not in as_("leader").get(url).content.decode()
    change_one_letter(c.log)
    page = as_("leader").get(url).content.decode()
    assert page.count("mark mark-due") == 1
    assert "7 教学日志" in page.split("改动过")[1]
