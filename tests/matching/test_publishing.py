import datetime
import threading

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from cohorts.choices import Stage
from cohorts.matching import actions
from cohorts.matching.actions import publishing
from cohorts.matching.models import Proposal
from cohorts.matching.queries import frozen_of
from cohorts.models import Cohort, Pairing
from mentorship.audit.models import Entry
from mentorship.common.errors import Refused
from mentorship.notifications.models import Notice
from mentorship.notifications.words import words_of

from .conftest import add_mentee

START = datetime.date(2018, 8, 15)


def publish(year, draft, version=1, starts=START):
    return actions.publish(by=year.lead, proposal=draft, version=version, starts=starts)


def test_publishing_makes_the_pairs_and_starts_the_year(year, draft, where):
    other = actions.propose(by=year.officer, cohort=year.cohort, method="random", seed=1)
    publish(year, draft)
    draft.refresh_from_db()
    other.refresh_from_db()
    year.cohort.refresh_from_db()
    assert (draft.status, draft.published_by, other.status) == ("published", year.lead, "set_aside")
    assert year.cohort.stage == Stage.RUNNING
    pairings = Pairing.objects.filter(cohort=year.cohort).select_related("mentor__secretary", "mentee__secretary")
    assert {str(pairing.mentee): str(pairing.mentor) for pairing in pairings} == where(draft)
    for pairing in pairings:
        placement = draft.placements.get(mentee=pairing.mentee_id)
        assert (pairing.score, pairing.parts, pairing.starts) == (placement.score, placement.parts, START)
        assert pairing.proposal_id == draft.pk
        assert sum(part["points"] for part in pairing.parts) == pairing.score


def test_everyone_is_told_once_and_asked_to_acknowledge(year, draft):
    publish(year, draft)
    notices = Notice.objects.filter(kind__startswith="pairing_published").prefetch_related("receipts__recipient")
    assert all(notice.needs_acknowledgement for notice in notices)
    told = {notice.receipts.get().recipient.name: notice for notice in notices}
    assert set(told) == {"沈老师", "郑老师", "学员甲", "学员乙", "学员丙", "学员丁"}
    assert "您带的学员是学员甲、学员乙" in words_of(told["沈老师"], "zh-hans").text
    assert "您的师傅是郑老师" in words_of(told["学员丙"], "zh-hans").text


def test_the_digest_in_the_trail_is_the_one_on_the_page(year, draft):
    publish(year, draft)
    entry = Entry.objects.about(draft).get(verb="pairing.published")
    assert entry.after["pairs"] == 4
    assert entry.after["digest"] == frozen_of(Proposal.objects.get(pk=draft.pk)).digest
    draft.placements.filter(mentee=year.cc1).update(score=1)
    assert entry.after["digest"] != frozen_of(Proposal.objects.get(pk=draft.pk)).digest


def test_a_published_proposal_is_frozen(year, draft):
    publish(year, draft)
    for act in (
        lambda: actions.unplace(by=year.lead, proposal=draft, version=2, mentee=year.cc1),
        lambda: actions.undo(by=year.lead, proposal=draft, version=2),
        lambda: actions.copy(by=year.lead, proposal=draft),
        lambda: actions.propose(by=year.lead, cohort=year.cohort),
        lambda: actions.bar(by=year.lead, mentor=year.talker, mentee=year.pb1, kind="line"),
        lambda: actions.set_wishes(by=year.lead, member=year.talker, chosen=[]),
    ):
        with pytest.raises(Refused):
            act()


def test_a_second_publishing_is_refused(year, draft):
    other = actions.propose(by=year.officer, cohort=year.cohort)
    publish(year, draft)
    with pytest.raises(Refused, match="已经发布过"):
        publish(year, other)


def test_the_database_refuses_a_second_published_proposal(year, draft):
    other = actions.propose(by=year.officer, cohort=year.cohort)
    publish(year, draft)
    other.refresh_from_db()
    other.status, other.published_at, other.published_by = "published", timezone.now(), year.lead
    with pytest.raises(IntegrityError), transaction.atomic():
        other.save()


@pytest.mark.parametrize("stage", [Stage.PREPARING, Stage.SELECTING])
def test_not_before_the_stage_of_pairing(year, draft, stage):
    year.cohort.stage = stage
    year.cohort.save()
    with pytest.raises(Refused, match="到“配对中”才能发布"):
        publish(year, draft)


def test_nobody_is_left_out_while_a_place_is_free(year, draft):
    actions.unplace(by=year.officer, proposal=draft, version=1, mentee=year.cc1)
    with pytest.raises(Refused, match="还有空名额能排下学员甲"):
        publish(year, draft, version=2)
    assert not Pairing.objects.filter(cohort=year.cohort).exists()


def test_with_too_few_places_the_rest_is_published(year):
    add_mentee(year.cohort, "学员戊", {"ER": 1}, year.cast.subdistricts[0])
    publish(year, actions.propose(by=year.officer, cohort=year.cohort))
    assert Pairing.objects.filter(cohort=year.cohort).count() == 4


def test_a_pair_barred_since_stops_it(year, draft):
    actions.bar(by=year.officer, mentor=year.talker, mentee=year.cc1, kind="conflict")
    with pytest.raises(Refused, match="需回避：有利害关系"):
        publish(year, draft)


def test_places_cut_since_stop_it(year, draft):
    year.talker.capacity = 1
    year.talker.save()
    with pytest.raises(Refused, match="超过了名额"):
        publish(year, draft)


@pytest.mark.parametrize("starts", [datetime.date(2018, 8, 14), datetime.date(2019, 8, 15)])
def test_the_first_day_lies_in_the_year(year, draft, starts):
    with pytest.raises(Refused, match="起止日期"):
        publish(year, draft, starts=starts)


@pytest.mark.parametrize(
    ("today", "offered"),
    [("2018-08-10", "2018-08-15"), ("2018-09-03", "2018-09-03"), ("2026-01-01", "2019-08-14")],
)
def test_the_day_that_is_offered_lies_in_the_year(year, today, offered):
    year.cohort.studio.demo_today = datetime.date.fromisoformat(today)
    assert actions.first_day(year.cohort).isoformat() == offered


def test_an_empty_draft_is_not_published(year, draft):
    year.cohort.mentors.update(status="declined")
    with pytest.raises(Refused, match="还没有一对"):
        publish(year, draft)


def test_a_stale_page_publishes_nothing(year, draft):
    actions.pin(by=year.officer, proposal=draft, version=1, mentee=year.cc1)
    with pytest.raises(actions.Stale):
        publish(year, draft)


def test_all_or_nothing(year, draft, monkeypatch):
    """The very last thing fails; not one pair, notice, entry or status is left behind."""
    entries = Entry.objects.count()

    def fail(*args):
        raise RuntimeError("power cut")

    monkeypatch.setattr(publishing, "tell_everyone", fail)
    with pytest.raises(RuntimeError):
        publish(year, draft)
    draft.refresh_from_db()
    assert draft.status == "draft"
    assert Cohort.objects.get(pk=year.cohort.pk).stage == Stage.PAIRING
    assert not Pairing.objects.filter(cohort=year.cohort).exists()
    assert Entry.objects.count() == entries


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_of_two_who_publish_at_once_one_succeeds(postgresql, year, draft):
    other = actions.propose(by=year.officer, cohort=year.cohort, method="random", seed=2)
    gate, results = threading.Barrier(2), []

    def run(proposal):
        try:
            gate.wait()
            publish(year, proposal)
            results.append("done")
        except Refused:
            results.append("refused")
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=[proposal]) for proposal in (draft, other)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=30)
    assert sorted(results) == ["done", "refused"]
    assert Pairing.objects.filter(cohort=year.cohort).count() == 4
    assert Proposal.objects.filter(cohort=year.cohort, status="published").count() == 1
