import pytest

from cohorts.choices import MenteeStatus, Stage
from cohorts.matching import actions
from cohorts.matching.models import Bar, Placement, Proposal, Wish
from cohorts.matching.queries import facts_of, standing_of
from mentorship.audit.models import Entry
from mentorship.common.errors import Refused

from .conftest import add_mentee

BEST = {"学员甲": "沈老师", "学员乙": "沈老师", "学员丙": "郑老师", "学员丁": "郑老师"}


def verbs(proposal):
    return [entry.verb for entry in Entry.objects.about(proposal).order_by("sequence")]


def fresh(proposal):
    return Proposal.objects.get(pk=proposal.pk)


def pairs_of(proposal):
    return {
        str(row.mentee): (row.mentor_id, row.pinned, row.score)
        for row in proposal.placements.select_related("mentee__secretary")
    }


def test_the_solved_draft_gives_everyone_what_they_lack(year, draft, where):
    assert where(draft) == BEST
    assert (draft.number, draft.status, draft.made_by) == (1, "draft", year.officer)
    assert draft.weights == {"gap": 40, "wish": 20, "kind": 20, "distance": 20}
    for row in draft.placements.all():
        assert row.score == sum(part["points"] for part in row.parts)
    assert verbs(draft) == ["proposal.made"]


def test_first_come_and_the_lot_are_drafts_too(year, where):
    first = actions.propose(by=year.officer, cohort=year.cohort, method="first_come")
    lot = actions.propose(by=year.officer, cohort=year.cohort, method="random", seed=7)
    again = actions.propose(by=year.officer, cohort=year.cohort, method="random", seed=7)
    assert [first.number, lot.number, again.number] == [1, 2, 3]
    assert where(lot) == where(again)
    assert lot.seed == 7
    assert first.seed is None


def test_nothing_to_pair_is_said(year):
    year.cohort.mentees.update(status=MenteeStatus.RECOMMENDED)
    with pytest.raises(Refused, match="还没有选定的学员"):
        actions.propose(by=year.officer, cohort=year.cohort)
    year.cohort.mentors.update(status="declined")
    with pytest.raises(Refused, match="还没有受聘的带教书记"):
        actions.propose(by=year.officer, cohort=year.cohort)


def test_no_proposals_once_the_year_runs(year):
    year.cohort.stage = Stage.RUNNING
    year.cohort.save()
    with pytest.raises(Refused, match="已经发布"):
        actions.propose(by=year.officer, cohort=year.cohort)


def test_a_move_needs_a_free_place(year, draft):
    with pytest.raises(Refused, match="名额已满"):
        actions.move(by=year.officer, proposal=draft, version=1, mentee=year.cc1, mentor=year.reader)
    assert fresh(draft).version == 1


def test_unplace_then_place_elsewhere_then_undo_twice(year, draft, where):
    before = pairs_of(draft)
    actions.unplace(by=year.officer, proposal=draft, version=1, mentee=year.pb1)
    actions.place(by=year.officer, proposal=draft, version=2, mentee=year.cc1, mentor=year.reader)
    assert where(draft) == BEST | {"学员甲": "郑老师", "学员丙": None}
    actions.undo(by=year.officer, proposal=draft, version=3)
    assert where(draft) == BEST | {"学员丙": None}
    actions.undo(by=year.officer, proposal=draft, version=4)
    assert pairs_of(draft) == before
    with pytest.raises(Refused, match="没有可以撤销"):
        actions.undo(by=year.officer, proposal=draft, version=5)
    assert verbs(draft)[1:] == ["proposal.moved", "proposal.moved", "proposal.undone", "proposal.undone"]


def test_a_swap_changes_two_and_their_scores(year, draft, where):
    before = pairs_of(draft)
    actions.swap(by=year.officer, proposal=draft, version=1, mentee=year.cc1, other=year.pb1)
    assert where(draft) == BEST | {"学员甲": "郑老师", "学员丙": "沈老师"}
    assert pairs_of(draft)["学员甲"][2] < before["学员甲"][2]
    actions.undo(by=year.officer, proposal=draft, version=2)
    assert pairs_of(draft) == before


def test_an_unplaced_mentee_can_take_a_place_by_swap(year, draft, where):
    actions.unplace(by=year.officer, proposal=draft, version=1, mentee=year.cc1)
    actions.swap(by=year.officer, proposal=draft, version=2, mentee=year.cc1, other=year.cc2)
    assert where(draft) == BEST | {"学员乙": None}


def test_pins_hold_against_hand_and_solver(year, draft, where):
    actions.swap(by=year.officer, proposal=draft, version=1, mentee=year.cc1, other=year.pb1)
    actions.pin(by=year.officer, proposal=draft, version=2, mentee=year.cc1)
    for act in (
        lambda: actions.swap(by=year.officer, proposal=draft, version=3, mentee=year.cc1, other=year.cc2),
        lambda: actions.swap(by=year.officer, proposal=draft, version=3, mentee=year.cc2, other=year.cc1),
        lambda: actions.unplace(by=year.officer, proposal=draft, version=3, mentee=year.cc1),
    ):
        with pytest.raises(Refused, match="学员甲已锁定"):
            act()
    with pytest.raises(Refused, match="最好的安排"):
        actions.resolve_again(by=year.officer, proposal=draft, version=3)
    actions.pin(by=year.officer, proposal=draft, version=3, mentee=year.cc1, pinned=False)
    actions.resolve_again(by=year.officer, proposal=draft, version=4)
    assert where(draft) == BEST


def test_undo_brings_a_pin_back(year, draft):
    actions.pin(by=year.officer, proposal=draft, version=1, mentee=year.cc1)
    actions.pin(by=year.officer, proposal=draft, version=2, mentee=year.cc1, pinned=False)
    actions.undo(by=year.officer, proposal=draft, version=3)
    assert draft.placements.get(mentee=year.cc1).pinned


def test_a_resolve_can_be_held_to_a_number_of_moves(year, draft, where):
    actions.swap(by=year.officer, proposal=draft, version=1, mentee=year.cc1, other=year.pb1)
    with pytest.raises(Refused, match="最好的安排"):
        actions.resolve_again(by=year.officer, proposal=draft, version=2, max_moves=1)
    actions.resolve_again(by=year.officer, proposal=draft, version=2, max_moves=2)
    assert where(draft) == BEST


def test_a_stale_page_changes_nothing(year, draft, where):
    actions.swap(by=year.lead, proposal=draft, version=1, mentee=year.cc1, other=year.pb1)
    seen = where(draft)
    for act in (
        lambda: actions.swap(by=year.officer, proposal=draft, version=1, mentee=year.cc1, other=year.pb1),
        lambda: actions.pin(by=year.officer, proposal=draft, version=1, mentee=year.cc2),
        lambda: actions.undo(by=year.officer, proposal=draft, version=1),
        lambda: actions.resolve_again(by=year.officer, proposal=draft, version=1),
        lambda: actions.set_aside(by=year.officer, proposal=draft, version=1),
    ):
        with pytest.raises(actions.Stale, match="别人刚改过"):
            act()
    assert where(draft) == seen


def test_what_is_set_aside_is_frozen_but_may_be_copied(year, draft, where):
    actions.pin(by=year.officer, proposal=draft, version=1, mentee=year.cc1)
    actions.set_aside(by=year.officer, proposal=draft, version=2)
    with pytest.raises(Refused, match="已搁置"):
        actions.unplace(by=year.officer, proposal=draft, version=2, mentee=year.cc2)
    copied = actions.copy(by=year.officer, proposal=draft)
    assert where(copied) == where(draft)
    assert copied.placements.get(mentee=year.cc1).pinned
    assert (copied.number, copied.method, copied.based_on) == (2, "copied", draft)
    actions.unplace(by=year.officer, proposal=copied, version=1, mentee=year.cc2)


def test_a_draft_follows_the_roster(year, draft, where):
    add_mentee(year.cohort, "学员戊", {"ER": 1}, year.cast.subdistricts[0])
    year.cc1.status = MenteeStatus.DECLINED
    year.cc1.save()
    actions.pin(by=year.officer, proposal=draft, version=1, mentee=year.cc2)
    assert where(draft) == {"学员乙": "沈老师", "学员丙": "郑老师", "学员丁": "郑老师", "学员戊": None}


def test_a_bar_breaks_a_pair_and_its_pin(year, draft):
    actions.pin(by=year.officer, proposal=draft, version=1, mentee=year.cc1)
    actions.bar(by=year.officer, mentor=year.talker, mentee=year.cc1, kind="conflict", note="亲属")
    standing = standing_of(facts_of(year.cohort), Placement.objects.filter(proposal=draft))
    assert standing.barred == (0,)
    assert standing.problem.pins == {}
    with pytest.raises(Refused, match="已经登记过"):
        actions.bar(by=year.officer, mentor=year.talker, mentee=year.cc1, kind="line")
    actions.unbar(by=year.officer, bar=Bar.objects.get())
    assert Bar.objects.count() == 0


def test_a_pin_that_a_bar_has_broken_stops_nobody(year, draft, where):
    actions.pin(by=year.officer, proposal=draft, version=1, mentee=year.cc1)
    actions.bar(by=year.officer, mentor=year.talker, mentee=year.cc1, kind="conflict")
    actions.swap(by=year.officer, proposal=draft, version=2, mentee=year.cc1, other=year.pb1)
    assert where(draft)["学员甲"] == "郑老师"
    assert not draft.placements.filter(pinned=True).exists()
    with pytest.raises(Refused, match="需回避"):
        actions.swap(by=year.officer, proposal=draft, version=3, mentee=year.pb1, other=year.cc1)


def test_undo_after_a_mentor_has_gone_leaves_the_place_empty(year, draft, where):
    actions.unplace(by=year.officer, proposal=draft, version=1, mentee=year.cc1)
    year.talker.status = "declined"
    year.talker.save()
    actions.undo(by=year.officer, proposal=draft, version=2)
    assert where(draft) == BEST | {"学员甲": None, "学员乙": None}


def test_wishes_are_replaced_in_order(year):
    actions.set_wishes(by=year.officer, member=year.talker, chosen=[year.cc1, year.cc2, year.pb1])
    actions.set_wishes(by=year.officer, member=year.talker, chosen=[year.cc2])
    assert [(wish.rank, wish.mentee) for wish in Wish.objects.all()] == [(1, year.cc2)]
    entry = Entry.objects.about(year.talker).get(verb="wish.set", after={"wishes": ["学员乙"]})
    assert entry.before == {"wishes": ["学员甲", "学员乙", "学员丙"]}


@pytest.mark.parametrize(
    ("named", "said"),
    [(["cc1", "cc1"], "只填一次"), (["cc1", "cc2", "pb1", "pb2"], "最多填三个"), (["reader"], "可选的名单")],
)
def test_wishes_that_make_no_sense_are_refused(year, named, said):
    with pytest.raises(Refused, match=said):
        actions.set_wishes(by=year.officer, member=year.talker, chosen=[getattr(year, name) for name in named])
    assert not Wish.objects.exists()


def test_a_foreign_mentee_has_no_place_here(year, draft, cast):
    with pytest.raises(Refused, match="培养名单"):
        actions.move(by=year.officer, proposal=draft, version=1, mentee=cast.foreign_mentee_row, mentor=year.talker)
    with pytest.raises(Refused, match="可选的名单"):
        actions.set_wishes(by=year.officer, member=year.talker, chosen=[cast.foreign_mentee_row])
