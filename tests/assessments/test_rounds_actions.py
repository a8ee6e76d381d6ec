"""A round step by step: who may, when, and what is refused."""

from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from evaluations.assessments import actions
from evaluations.assessments.choices import RaterType, RoundStatus, VetoState
from evaluations.assessments.models import RaterTask, Round, Score, Sheet, VetoItem
from evaluations.assessments.queries import late_raters
from mentorship.accounts.roles import Role
from mentorship.audit.models import Entry
from mentorship.common.errors import Refused
from mentorship.notifications.models import Receipt
from tests.factories import RoleGrantFactory

from .kit import (
    COMMENT,
    TODAY,
    D,
    figures,
    hand_in,
    opened,
    rated,
    scoring,
    set_day,
    sheet_of,
    started,
    summed,
    talked,
    task_of,
)

pytestmark = pytest.mark.django_db
MENTOR, STUDIO, SUBDISTRICT, RESIDENTS = (
    RaterType.MENTOR, RaterType.STUDIO, RaterType.SUBDISTRICT, RaterType.RESIDENTS,
)  # fmt: skip
STEPS = {
    "open_round": RoundStatus.PREPARING,
    "begin_scoring": RoundStatus.REPORTING,
    "sum_round": RoundStatus.SCORING,
    "release": RoundStatus.SUMMING,
    "begin_review": RoundStatus.FEEDBACK,
    "archive_round": RoundStatus.REVIEW,
}


def refused(words, act, **facts):
    with pytest.raises(Refused, match=words):
        act(**facts)


@pytest.mark.parametrize("status", RoundStatus.values)
@pytest.mark.parametrize("step", STEPS)
def test_each_step_is_taken_from_its_own_stage_only(cast, step, status):
    round_ = started(cast)
    if status == STEPS[step]:
        return
    facts = {"computed_by": cast.officer, "released_by": cast.lead, "released_on": TODAY, "digest": "x"}
    Round.objects.filter(pk=round_.pk).update(status=status, **facts)
    refused("不能这样做", getattr(actions, step), by=cast.lead, round_=round_)


def test_a_round_from_opening_to_the_file(cast):
    round_ = talked(cast)
    for mentee, user in ((cast.mentee_row, cast.mentee), (cast.other_mentee_row, cast.other_mentee)):
        actions.sign_sheet(by=user, sheet=sheet_of(cast, round_, mentee), own_words="应急这一块我认")
    actions.begin_review(by=cast.officer, round_=round_)
    refused("复核受理", actions.archive_round, by=cast.officer, round_=round_)
    set_day(cast, D(2019, 1, 28))
    round_.refresh_from_db()
    actions.archive_round(by=cast.officer, round_=round_)
    assert round_.status == RoundStatus.ARCHIVED
    verbs = list(Entry.objects.filter(verb__startswith="round.").order_by("sequence").values_list("verb", flat=True))
    assert verbs == [
        "round.made", "round.opened", "round.scoring_begun", "round.summed", "round.released", "round.review_begun",
        "round.archived",
    ]  # fmt: skip


def test_opening_names_the_raters_and_nobody_rates_themselves(cast):
    round_ = opened(cast)
    found = {(t.rater_type, t.rater) for t in RaterTask.objects.filter(sheet__mentee=cast.mentee_row)}
    assert found == {(MENTOR, cast.mentor), (STUDIO, cast.officer_2), (SUBDISTRICT, cast.liaison), (RESIDENTS, None)}
    assert round_.scheme.is_locked
    assert not RaterTask.objects.filter(rater__in=[cast.mentee, cast.other_mentee]).exists()


def test_peers_rate_their_group_but_never_themselves(cast):
    from_group = {**actions.first_scheme(by=cast.lead, cohort=cast.cohort).weights}
    from_group |= {"appraisal.residents": "0", "appraisal.peers": "5"}
    scheme = cast.cohort.schemes.get()
    actions.change_scheme(by=cast.lead, scheme=scheme, version=1, weights=from_group)
    cast.other_pairing.mentor, cast.other_pairing.seat = cast.mentor_row, 2
    cast.other_pairing.save()
    opened(cast)
    peers = {(t.sheet.mentee, t.rater) for t in RaterTask.objects.filter(rater_type=RaterType.PEERS)}
    assert peers == {(cast.mentee_row, cast.other_mentee), (cast.other_mentee_row, cast.mentee)}


def test_the_app_counts_what_it_can_and_says_what_it_cannot(cast):
    round_ = scoring(cast)
    first, second = sheet_of(cast, round_).evidence, sheet_of(cast, round_, cast.other_mentee_row).evidence
    assert first["attendance"] == {"have": 4, "of": 4, "points": "100.0"}
    assert second["attendance"] == {"have": 3, "of": 4, "points": "75.0"}
    assert first["logs"] == {"have": 4, "of": 5, "points": "80.0"}
    assert first["homework"] == {"have": 1, "of": 1, "points": "100.0"}
    assert first["reflections"] == {"why": "unused"}  # nobody has written one: not in use, so not nought
    assert first["findings"] == {"why": "unused"}


def test_the_sum_is_what_the_module_says_and_its_tree_is_kept(cast):
    round_ = summed(cast)
    sheet = sheet_of(cast, round_)
    # 过程 (100×40 + 80×20 + 100×20)/80 = 95; 应知必会 4级 = 88; 岗位 86; 测评 86
    assert sheet.total == Decimal("88.6")  # 19 + 35.2 + 21.5 + 12.9
    assert (sheet.grade, sheet.rank) == ("good", 1)
    assert [child["value"] for child in sheet.tree["children"]] == ["95.0", "88.0", "86.0", "86.0"]
    assert "process.reflections" in sheet.tree["missing"]


def test_an_absent_rater_is_missing_not_nought(cast):
    round_ = scoring(cast)
    for task in RaterTask.objects.for_lists().exclude(rater_type=MENTOR):
        hand_in(cast, task)
    draft = task_of(cast, round_, MENTOR)
    hand_in(cast, draft, values=figures(draft, level=1), submit=False)  # a draft counts for nothing
    actions.sum_round(by=cast.officer, round_=round_)
    assert sheet_of(cast, round_).total == Decimal("88.6")


def test_whoever_sums_does_not_release(cast):
    round_ = summed(cast)
    refused("两个人", actions.release, by=cast.officer, round_=round_)
    actions.release(by=cast.lead, round_=round_)
    assert (round_.computed_by, round_.released_by) == (cast.officer, cast.lead)
    assert len(round_.digest) == 64


def test_the_typing_hands_count_too(cast):
    """The lead may not release through another's account what the lead summed."""
    round_ = summed(cast)
    Round.objects.filter(pk=round_.pk).update(computed_by=cast.lead)
    cast.officer.acting_user = cast.lead
    refused("两个人", actions.release, by=cast.officer, round_=round_)


def test_the_database_keeps_the_two_people_apart(cast):
    round_ = summed(cast)
    with pytest.raises(IntegrityError), transaction.atomic():
        Round.objects.filter(pk=round_.pk).update(released_by=cast.officer)


def test_no_release_without_comments_or_with_an_open_veto(cast):
    round_ = rated(cast)
    actions.sum_round(by=cast.officer, round_=round_)
    refused("评语写好0/2", actions.release, by=cast.lead, round_=round_)
    for sheet in round_.sheets.for_lists():
        actions.write_comment(by=cast.officer, sheet=sheet, version=sheet.version, **COMMENT)
    veto = actions.raise_veto(by=cast.officer, sheet=sheet_of(cast, round_), kind="forged_log", facts="两篇相同")
    refused("一票否决", actions.release, by=cast.lead, round_=round_)
    refused("两个人", actions.settle_veto, by=cast.officer, veto=veto, confirmed=True, finding="查过")
    actions.settle_veto(by=cast.lead, veto=veto, confirmed=True, finding="对过原稿，确是照抄")
    actions.release(by=cast.lead, round_=round_)
    sheet = sheet_of(cast, round_)
    assert (sheet.grade, sheet.total) == ("fail", Decimal("88.6"))
    assert "veto" in sheet.notes


def test_a_veto_that_does_not_hold_changes_nothing(cast):
    round_ = rated(cast)
    veto = actions.raise_veto(by=cast.officer, sheet=sheet_of(cast, round_), kind="accident", facts="听说")
    actions.settle_veto(by=cast.lead, veto=veto, confirmed=False, finding="与本人无关")
    actions.sum_round(by=cast.officer, round_=round_)
    assert sheet_of(cast, round_).grade == "good"
    assert veto.state == VetoState.DISMISSED
    with pytest.raises(IntegrityError), transaction.atomic():
        VetoItem.objects.filter(pk=veto.pk).update(verified_by=cast.officer)


def test_scoring_can_be_opened_again_with_a_reason(cast):
    round_ = summed(cast)
    refused("原因", actions.reopen_scoring, by=cast.officer, round_=round_, reason=" ")
    actions.reopen_scoring(by=cast.officer, round_=round_, reason="街镇晚到一天")
    assert round_.status == RoundStatus.SCORING
    assert not Sheet.objects.exclude(total=None).exists()


# Raters


def test_only_the_rater_rates_and_only_in_time(cast):
    round_ = scoring(cast)
    task = task_of(cast, round_, MENTOR)
    for who in (cast.lead, cast.other_mentor, cast.mentee, cast.officer):
        with pytest.raises(PermissionDenied):
            hand_in(cast, task, by=who)
    hand_in(cast, task)
    actions.sum_round(by=cast.officer, round_=round_)
    refused("不能这样做", hand_in, cast=cast, task=task)


def test_what_nobody_is_named_for_is_typed_in_by_the_office(cast):
    task = task_of(cast, scoring(cast), "residents")
    assert task.rater_id is None
    for who in (cast.mentor, cast.leader, cast.liaison, cast.stranger):
        with pytest.raises(PermissionDenied):
            hand_in(cast, task, by=who, source="纸面")
    hand_in(cast, task, by=cast.officer, source="纸面")


def test_a_mentees_own_hands_never_type_their_score(cast):
    task = task_of(cast, scoring(cast), MENTOR)
    cast.mentor.acting_user = cast.mentee
    refused("您本人", hand_in, cast=cast, task=task, by=cast.mentor)


@pytest.mark.parametrize(("values", "words"), [
    ({"competency.PB": 6}, "1到5"), ({"competency.PB": Decimal("3.5")}, "1到5"), ({"appraisal": 101}, "0到100"),
    ({"appraisal": -1}, "0到100"),
])  # fmt: skip
def test_figures_off_the_scale_are_refused(cast, values, words):
    task = task_of(cast, scoring(cast), MENTOR)
    refused(words, hand_in, cast=cast, task=task, values=values, submit=False)


def test_handing_in_needs_every_answer_and_paper_its_source(cast):
    round_ = scoring(cast)
    task = task_of(cast, round_, MENTOR)
    refused("还没有评", hand_in, cast=cast, task=task, values={"competency.PB": 3})
    hand_in(cast, task, values={"competency.PB": 3}, submit=False)
    assert (task.state, task.scores.count()) == ("draft", 1)
    paper = task_of(cast, round_, RESIDENTS)
    refused("从哪儿来", hand_in, cast=cast, task=paper, source=" ")
    hand_in(cast, paper)
    assert (paper.entered_by, paper.source) == (cast.officer, "纸质票，收回8张")


def test_answers_to_what_was_not_asked_are_not_kept(cast):
    task = task_of(cast, scoring(cast), MENTOR)
    hand_in(cast, task, values=figures(task) | {"process": 100, "performance.project": 100})
    assert not Score.objects.filter(path__in=["process", "performance.project"]).exists()


def test_of_two_windows_the_second_is_told(cast):
    task = task_of(cast, scoring(cast), MENTOR)
    seen = task.version
    hand_in(cast, task, submit=False)
    with pytest.raises(actions.Stale):
        hand_in(cast, task, version=seen)


def test_the_trail_says_that_it_was_done_not_what_was_given(cast):
    hand_in(cast, task_of(cast, scoring(cast), MENTOR), values={p: 4 if "." in p else 97 for p in
            figures(task_of(cast, Round.objects.get(), MENTOR))})  # fmt: skip
    entry = Entry.objects.get(verb="rating.submitted")
    assert "97" not in str(entry.after)


def test_raters_see_their_part_and_the_rest_after(cast):
    round_ = scoring(cast)
    mine, theirs = task_of(cast, round_, MENTOR), task_of(cast, round_, STUDIO)
    hand_in(cast, mine)
    hand_in(cast, theirs)

    def seen_by(user):
        return set(Score.objects.visible_to(user).values_list("task", flat=True))

    assert seen_by(cast.mentor) == {mine.pk}
    assert seen_by(cast.officer_2) == {theirs.pk}
    assert seen_by(cast.lead) == seen_by(cast.leader) == seen_by(cast.mentee) == seen_by(cast.stranger) == set()
    assert set(RaterTask.objects.visible_to(cast.mentor)) == {mine}
    actions.sum_round(by=cast.officer, round_=round_)
    assert seen_by(cast.lead) == {mine.pk, theirs.pk}
    assert seen_by(cast.leader) == set()  # who only reads waits for the release
    assert seen_by(cast.mentor) == {mine.pk}


def test_an_officer_who_moved_to_another_studio_leaves_the_rating_behind(cast):
    task = task_of(cast, scoring(cast), STUDIO)
    assert task in RaterTask.objects.visible_to(cast.officer_2)
    cast.officer_2.role_grants.all().delete()
    RoleGrantFactory(user=cast.officer_2, studio=cast.other_studio, role=Role.OFFICER)
    moved = type(cast.officer_2).objects.get(pk=cast.officer_2.pk)
    assert set(RaterTask.objects.visible_to(moved)) == set()
    assert set(Score.objects.visible_to(moved)) == set()


def test_sheets_open_to_the_pair_at_release_and_to_no_other_mentor(cast):
    round_ = summed(cast)
    assert set(Sheet.objects.visible_to(cast.mentor)) == set()
    assert {s.mentee for s in Sheet.objects.visible_to(cast.mentee)} == {cast.mentee_row}
    actions.release(by=cast.lead, round_=round_)
    assert {s.mentee for s in Sheet.objects.visible_to(cast.mentor)} == {cast.mentee_row}
    assert {s.mentee for s in Sheet.objects.visible_to(cast.other_mentor)} == {cast.other_mentee_row}
    assert Sheet.objects.visible_to(cast.liaison).count() == 0


def test_a_polite_reminder_once_a_week_and_never_at_night(cast, time_machine):
    time_machine.move_to("2019-01-18 10:00+08:00")
    round_ = scoring(cast)
    assert dict(late_raters(round_))[cast.mentor] == 1
    actions.remind_rater(by=cast.officer, round_=round_, person=cast.mentor)
    assert Receipt.objects.filter(recipient=cast.mentor, notice__kind="round_reminder").count() == 1
    refused("这一周", actions.remind_rater, by=cast.officer, round_=round_, person=cast.mentor)
    hand_in(cast, task_of(cast, round_, MENTOR, cast.other_mentee_row))
    refused("都评好了", actions.remind_rater, by=cast.officer, round_=round_, person=cast.other_mentor)
    time_machine.move_to("2019-01-18 21:00+08:00")
    refused("现在晚了", actions.remind_rater, by=cast.officer, round_=round_, person=cast.liaison)


# The sheet


def test_the_report_is_the_mentees_own_and_at_most_800_characters(cast):
    sheet = sheet_of(cast, opened(cast))
    facts = {"sheet": sheet, "version": 1}
    with pytest.raises(PermissionDenied):
        actions.write_report(by=cast.mentor, report="代写", **facts)
    refused("最多800字", actions.write_report, by=cast.mentee, report="字" * 801, **facts)
    refused("写几句", actions.write_report, by=cast.mentee, report=" ", **facts)
    actions.write_report(by=cast.mentee, report="学了先听。", **facts)
    refused("有人改过", actions.write_report, by=cast.mentee, report="另一个窗口", **facts)
    assert sheet.reported_at


def test_the_talk_comes_before_the_signature_and_both_after_release(cast):
    round_ = summed(cast)
    sheet = sheet_of(cast, round_)
    refused("不能这样做", actions.record_feedback, by=cast.mentor, sheet=sheet, talked_on=TODAY, talked_by="沈")
    actions.release(by=cast.lead, round_=round_)
    refused("谈过话以后", actions.sign_sheet, by=cast.mentee, sheet=sheet)
    refused(
        "不能晚于今天", actions.record_feedback, by=cast.mentor, sheet=sheet, talked_on=D(2019, 2, 1), talked_by="沈"
    )
    refused("发布之后", actions.record_feedback, by=cast.mentor, sheet=sheet, talked_on=D(2019, 1, 1), talked_by="沈")
    actions.record_feedback(by=cast.mentor, sheet=sheet, talked_on=TODAY, talked_by="沈桂芳")
    with pytest.raises(PermissionDenied):
        actions.sign_sheet(by=cast.mentor, sheet=sheet)
    actions.sign_sheet(by=cast.mentee, sheet=sheet, own_words="知道了")
    refused("已经签过", actions.sign_sheet, by=cast.mentee, sheet=sheet)


def test_nobody_signs_with_anothers_hands(cast):
    sheet = sheet_of(cast, talked(cast))
    cast.mentee.acting_user = cast.officer
    with pytest.raises(PermissionDenied):
        actions.sign_sheet(by=cast.mentee, sheet=sheet)
