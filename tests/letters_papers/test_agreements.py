"""Agreements: drawn up from the cohort's rules, signed by three, frozen; and what it takes to change one."""

import copy
import datetime

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from cohorts.letters.actions import papers
from cohorts.letters.models import Agreement
from cohorts.letters.papers import agreement_clauses, agreement_presets, canonical, digest_of
from cohorts.letters.queries.papers import pairs_without_agreement, presets_for, still_holds, weakest_of
from cohorts.models import Baseline
from mentorship.audit.models import Entry
from mentorship.common.errors import Refused
from mentorship.notifications.models import Receipt
from tests.factories import PairingFactory

from .paper_kit import D, drawn, on_the_day, sign, words


@pytest.fixture
def c(cast):
    return on_the_day(cast)


def test_presets_follow_the_rules_and_the_weakest_subject(c):
    rules = c.cohort.rules
    rules.coaching_per_month, rules.coaching_visit_interval, rules.reflections_per_month = 3, 1, 2
    said = agreement_presets(rules, ("社区治理经验", 1))
    assert said["goals"][0] == "社区治理经验从一级提高到三级"
    assert said["mentor_duties"][:2] == ["每月个别指导不少于3次", "每月到徒弟居民区不少于1次"]
    assert said["mentee_duties"][0] == "每月学习心得不少于2篇"
    assert agreement_presets(rules, ("党建", 5))["goals"][0] == "党建从五级提高到五级"
    assert len(agreement_presets(rules)["goals"]) == 2


def test_the_weakest_subject_is_the_first_of_the_lowest(c):
    for order, subject in enumerate(c.cohort.framework.subjects.all()):
        level = [3, 2, 2, 4, 5][order]
        Baseline.objects.create(studio=c.studio, mentee=c.mentee_row, subject=subject, level=level)
    assert weakest_of([c.pairing, c.other_pairing]) == {c.mentee_row.pk: ("社区治理经验", 2)}


def test_the_term_begins_with_the_pair_not_before_the_cohort(c):
    c.pairing.starts = c.cohort.starts + datetime.timedelta(days=40)
    assert presets_for(c.pairing, {})["term_from"] == c.pairing.starts
    c.pairing.starts = c.cohort.starts - datetime.timedelta(days=40)
    assert presets_for(c.pairing, {})["term_from"] == c.cohort.starts


def test_clauses_are_numbered_and_empty_ones_left_out(c):
    clauses = agreement_clauses(words(c.pairing, assessment_basis="", confidentiality=""))
    assert [clause.heading for clause in clauses][-3:] == ["六、廉洁", "七、变更与解除", "八、份数"]


def test_one_for_each_pair_and_each_person_hears_once(c):
    third = PairingFactory(mentor=c.mentor_row, seat=2)
    made = papers.draw_all(by=c.officer, cohort=c.cohort, date=D(2018, 9, 3))
    assert {row.pairing_id for row in made} == {c.pairing.pk, c.other_pairing.pk, third.pk}
    assert Receipt.objects.filter(notice__kind="agreement_to_sign", recipient=c.mentor).count() == 1
    assert not pairs_without_agreement(c.cohort).exists()
    with pytest.raises(Refused, match="都有协议"):
        papers.draw_all(by=c.officer, cohort=c.cohort, date=D(2018, 9, 3))


def test_one_agreement_a_pair_and_none_for_an_ended_one(c):
    drawn(c)
    with pytest.raises(Refused, match="已有协议"):
        drawn(c)
    c.other_pairing.ends = D(2018, 9, 1)
    c.other_pairing.save()
    with pytest.raises(Refused, match="已经结束"):
        drawn(c, c.other_pairing)


@pytest.mark.parametrize(
    ("wrong", "field"),
    [({"goals": ["一条"]}, "goals"), ({"goals": list("一二三四五")}, "goals"), ({"mentor_duties": []}, "mentor_duties"),
     ({"frequency": " "}, "frequency"), ({"term_to": D(2018, 1, 1)}, "term_to")],
)  # fmt: skip
def test_words_that_cannot_be(wrong, field, c):
    with pytest.raises(Refused) as refused:
        drawn(c, **wrong)
    assert refused.value.field == field


def test_three_sign_and_the_text_is_frozen(c):
    agreement = sign(c, drawn(c), "studio", "mentee")
    assert (agreement.signed, agreement.digest, still_holds(agreement)) == (["mentee", "studio"], "", None)
    sign(c, agreement, "mentor")
    agreement = Agreement.objects.get(pk=agreement.pk)
    assert agreement.is_signed
    assert len(agreement.digest) == 64
    assert still_holds(agreement)
    assert agreement.studio_signed_by == c.officer
    assert Entry.objects.filter(verb="agreement.signed").order_by("sequence").last().after == {
        "party": "师傅",
        "digest": agreement.digest,
    }


CHANGES = {
    "a character of a goal": lambda a: a.goals.__setitem__(0, a.goals[0] + "。"),
    "a duty": lambda a: a.mentor_duties.pop(),
    "the order of duties": lambda a: a.mentee_duties.reverse(),
    "a space": lambda a: setattr(a, "frequency", a.frequency + " "),
    "the term": lambda a: setattr(a, "term_to", a.term_to + datetime.timedelta(days=1)),
    "a name": lambda a: a.names["mentee"].__setitem__("name", "何嘉仪"),
    "when one signed": lambda a: setattr(a, "mentee_signed_at", a.mentee_signed_at + datetime.timedelta(seconds=1)),
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_one_changed_character_shows(change, c):
    agreement = sign(c, drawn(c))
    change(agreement)
    agreement.save()
    assert still_holds(Agreement.objects.get(pk=agreement.pk)) is False


@given(content=st.dictionaries(st.text(max_size=8), st.text(max_size=12) | st.lists(st.text(max_size=6)), min_size=1))
def test_the_digest_depends_on_the_content_and_nothing_else(content):
    backwards = dict(reversed(list(content.items())))
    assert canonical(content) == canonical(backwards)
    changed = copy.deepcopy(content)
    name = next(iter(changed))
    changed[name] = changed[name] + (["。"] if isinstance(changed[name], list) else "。")
    assert digest_of(changed) != digest_of(content)


def test_only_one_s_own_hand_signs(c):
    agreement = drawn(c)
    for by in (c.other_mentor, c.officer, c.mentee):
        with pytest.raises(PermissionDenied):
            papers.sign_agreement(by=by, agreement=agreement, party="mentor", version=1)
    c.mentor.acting_user = c.officer
    with pytest.raises(Refused, match="本人来"):
        papers.sign_agreement(by=c.mentor, agreement=agreement, party="mentor", version=1)
    assert not Agreement.objects.get().signed


def test_the_studio_s_signer_is_no_party(c):
    agreement = drawn(c)
    for by in (c.mentor, c.mentee):
        with pytest.raises(Refused, match="与您本人有关"):
            papers.sign_agreement(by=by, agreement=agreement, party="studio", version=1)


def test_nobody_signs_twice_or_a_text_they_have_not_seen_or_an_ended_pair(c):
    agreement = sign(c, drawn(c), "mentor")
    with pytest.raises(Refused, match="已经签过"):
        sign(c, agreement, "mentor")
    with pytest.raises(papers.Stale):
        papers.sign_agreement(by=c.mentee, agreement=agreement, party="mentee", version=7)
    c.pairing.ends = D(2018, 9, 4)
    c.pairing.save()
    with pytest.raises(Refused, match="已经结束"):
        sign(c, agreement, "mentee")


def test_words_change_only_while_nobody_has_signed(c):
    agreement = drawn(c)
    papers.edit_agreement(by=c.officer, agreement=agreement, version=1, **words(c.pairing, frequency="每周一次。"))
    assert (agreement.frequency, agreement.version) == ("每周一次。", 2)
    entry = Entry.objects.get(verb="agreement.changed")
    assert (list(entry.before), entry.after) == (["frequency"], {"frequency": "每周一次。"})
    with pytest.raises(papers.Stale):
        papers.edit_agreement(by=c.lead, agreement=agreement, version=1, **words(c.pairing))
    sign(c, agreement, "mentee")
    with pytest.raises(Refused, match="先撤回签字"):
        papers.edit_agreement(by=c.officer, agreement=agreement, version=2, **words(c.pairing))


def test_withdrawing_takes_back_all_three_keeps_the_digest_in_the_trail_and_tells_those_who_signed(c):
    agreement = sign(c, drawn(c))
    digest = agreement.digest
    papers.withdraw_signatures(by=c.lead, agreement=agreement, reason="期限写错")
    agreement.refresh_from_db()
    assert (agreement.signed, agreement.digest, agreement.version) == ([], "", 2)
    entry = Entry.objects.get(verb="agreement.withdrawn")
    assert entry.before == {"signed": ["师傅", "徒弟", "工作室"], "digest": digest}
    told = Receipt.objects.filter(notice__kind="agreement_withdrawn").values_list("recipient", flat=True)
    assert set(told) == {c.mentor.pk, c.mentee.pk, c.officer.pk}
    with pytest.raises(papers.Stale):
        papers.sign_agreement(by=c.mentee, agreement=agreement, party="mentee", version=1)
    with pytest.raises(Refused, match="还没有人签字"):
        papers.withdraw_signatures(by=c.lead, agreement=agreement, reason="再撤")


def test_the_database_keeps_the_promises(c):
    agreement = drawn(c)
    now = timezone.now()
    for broken in (
        {"digest": "0" * 64},
        {"studio_signed_at": now},
        {"mentor_signed_at": now, "mentee_signed_at": now, "studio_signed_at": now, "studio_signed_by": c.officer},
        {"term_to": agreement.term_from},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            Agreement.objects.filter(pk=agreement.pk).update(**broken)
