"""The pages of a round: what each one sees, says when it refuses, and costs."""

import re

import pytest
from django.urls import reverse

from evaluations.assessments import actions
from evaluations.assessments.choices import RaterType
from evaluations.assessments.models import RaterTask, Round, Sheet
from tests.conftest import mentee_of

from .kit import D, figures, hand_in, opened, released, scoring, sheet_of, summed, talked, task_of

pytestmark = pytest.mark.django_db


def url(name, *args):
    return reverse(f"assessments:{name}", args=args)


def text(answer):
    return answer.content.decode()


def test_an_officer_makes_and_opens_a_round(cast, as_):
    cast.studio.demo_today = D(2019, 1, 18)
    cast.studio.save()
    data = {
        "cohort": cast.cohort.pk, "kind": "half_year", "starts": "2018-08-15", "ends": "2018-08-01", "due": "2019-01-25",
        "scheme": "", "studio_rater": cast.officer.pk,
    }  # fmt: skip
    wrong = as_("officer").post(url("make"), data)
    assert "结束日期要在开始日期之后" in text(wrong)
    made = as_("officer").post(url("make"), data | {"ends": "2019-01-15"}, follow=True)
    assert "在培学员2名" in text(made)
    round_ = Round.objects.get()
    as_("officer").post(url("advance", round_.pk), {"status": "preparing"})
    late = as_("lead").post(url("advance", round_.pk), {"status": "preparing"}, follow=True)
    assert "有人已经办了这一步" in text(late)


def test_a_rater_sees_large_choices_and_no_others_scores(cast, as_):
    round_ = scoring(cast)
    hand_in(
        cast,
        task_of(cast, round_, RaterType.STUDIO),
        values=figures(task_of(cast, round_, RaterType.STUDIO), points=61),
    )
    task = task_of(cast, round_, RaterType.MENTOR)
    assert "何嘉怡" in text(as_("mentor").get(url("mine")))
    page = text(as_("mentor").get(url("rate", task.pk)))
    assert page.count('type="radio"') == 5 * 5 + 6
    assert not re.search(r"(?<![0-9A-Za-z_-])61(?![0-9A-Za-z_-])", page)  # an id or a token may hold these two digits
    assert as_("other_mentor").get(url("rate", task.pk)).status_code == 404


def test_the_mentors_home_says_who_waits(cast, as_):
    round_ = scoring(cast)
    assert "1名学员等您评分" in text(as_("mentor").get(reverse("dashboards:mentor_home")))
    hand_in(cast, task_of(cast, round_, RaterType.MENTOR))
    assert "等您评分" not in text(as_("mentor").get(reverse("dashboards:mentor_home")))


def data_for(task, **more):
    values = {path: "4" if path.startswith("competency") else "85" for path in figures(task)}
    return values | {"version": task.version} | more


def test_handing_in_with_gaps_names_each_one_and_loses_nothing(cast, as_):
    task = task_of(cast, scoring(cast), RaterType.MENTOR)
    answer = text(as_("mentor").post(url("rate", task.pk), {"version": 1, "competency.PB": "3"}))
    assert answer.count("这一项还没有评") >= 5
    assert 'value="3" class="form-check-input' in answer or 'value="3"' in answer
    assert not task.scores.exists()
    as_("mentor").post(url("rate", task.pk), {"version": 1, "competency.PB": "3", "draft": "1"})
    assert task.scores.count() == 1


def test_a_figure_of_ones_own_may_be_written(cast, as_):
    task = task_of(cast, scoring(cast), RaterType.MENTOR)
    missing = text(as_("mentor").post(url("rate", task.pk), data_for(task, appraisal="other")))
    assert "写一下多少分" in missing
    as_("mentor").post(url("rate", task.pk), data_for(task, appraisal="other", **{"appraisal-points": "91.5"}))
    assert str(task.scores.get(path="appraisal").value) == "91.50"
    again = text(as_("mentor").get(url("rate", task.pk)))
    assert "91.5" in again


def test_the_background_save_gives_the_next_version_and_tells_of_a_clash(cast, as_):
    task = task_of(cast, scoring(cast), RaterType.MENTOR)
    answer = as_("mentor").post(url("draft", task.pk), {"version": 1, "competency.PB": "4"})
    assert answer.json() == {"saved": True, "version": 2}
    clash = as_("mentor").post(url("draft", task.pk), {"version": 1, "competency.PB": "2"})
    assert (clash.status_code, clash.json()["saved"]) == (409, False)
    assert task.scores.get().value == 4


def test_a_clash_shows_both_and_the_second_sending_replaces(cast, as_):
    task = task_of(cast, scoring(cast), RaterType.MENTOR)
    as_("mentor").post(url("rate", task.pk), data_for(task))
    answer = as_("mentor").post(url("rate", task.pk), data_for(task, **{"competency.PB": "2"}))
    assert "另一处刚存的" in text(answer)
    assert 'name="version" value="2"' in text(answer)
    as_("mentor").post(url("rate", task.pk), data_for(task, version=2, **{"competency.PB": "2"}))
    assert task.scores.get(path="competency.PB").value == 2


def test_an_officer_copies_a_ballot_from_paper(cast, as_):
    task = task_of(cast, scoring(cast), RaterType.RESIDENTS)
    page = text(as_("officer").get(url("rate", task.pk)))
    assert "这些分从哪儿来" in page
    refused = text(as_("officer").post(url("rate", task.pk), {"version": 1, "appraisal": "88.25"}))
    assert "例如“纸质票" in refused
    as_("officer").post(url("rate", task.pk), {"version": 1, "appraisal": "88.25", "source": "收回8张"})
    task.refresh_from_db()
    assert (task.state, task.source) == ("submitted", "收回8张")


def test_before_release_a_mentee_sees_no_figure_and_after_it_all_of_their_own(cast, as_):
    round_ = summed(cast)
    sheet = sheet_of(cast, round_)
    before = text(as_("mentee").get(url("sheet", sheet.pk)))
    assert str(sheet.total) not in before
    assert "结果发布以后" in before
    assert as_("mentor").get(url("sheet", sheet.pk)).status_code == 404
    actions.release(by=cast.lead, round_=round_)
    after = text(as_("mentee").get(url("sheet", sheet.pk)))
    assert str(sheet.total) in after
    assert "占60%" in after  # opens down to the raters
    assert "位次" not in after
    assert str(sheet.total) in text(as_("mentor").get(url("sheet", sheet.pk)))
    theirs = sheet_of(cast, round_, cast.other_mentee_row)
    assert as_("mentee").get(url("sheet", theirs.pk)).status_code == 404
    assert as_("mentor").get(url("sheet", theirs.pk)).status_code == 404


def test_the_sheet_prints_with_lines_to_sign(cast, as_):
    page = text(as_("mentee").get(url("sheet", sheet_of(cast, released(cast)).pk)))
    assert "signs print-only" in page
    assert "data-print" in page


def test_a_reader_in_the_round_does_not_see_their_own_sum_early(cast, as_):
    """A leader who is also a mentee: nobody reads ahead of their own release."""
    round_ = summed(cast)
    sheet = sheet_of(cast, round_)
    secretary = cast.mentee_row.secretary
    secretary.user = cast.leader
    secretary.save()
    assert str(sheet.total) not in text(as_("leader").get(url("sheet", sheet.pk)))
    assert "何嘉怡" not in text(as_("leader").get(url("results", round_.pk)))


def test_a_leader_who_only_reads_waits_for_the_release(cast, as_):
    round_ = summed(cast)
    total = str(sheet_of(cast, round_).total)
    for name, pk in (("results", round_.pk), ("sheet", sheet_of(cast, round_).pk)):
        assert total not in text(as_("leader").get(url(name, pk)))
        assert total in text(as_("officer").get(url(name, pk)))
    actions.release(by=cast.lead, round_=round_)
    assert total in text(as_("leader").get(url("results", round_.pk)))


def test_talk_signature_request_and_decision_page_by_page(cast, as_):
    round_ = released(cast)
    sheet = sheet_of(cast, round_)
    as_("mentor").post(url("feedback", sheet.pk), {"talked_on": "2019-01-18", "talked_by": "沈桂芳"})
    as_("mentee").post(url("sign", sheet.pk), {"own_words": "应急这一块我认"})
    as_("mentee").post(url("file_review", sheet.pk), {"ground": "十月那次我到了"})
    review = sheet.reviews.get()
    page = text(as_("lead").get(url("decide", review.pk)))
    assert "过程表现：出勤" in page
    gap = as_("lead").post(url("decide", review.pk), {"upheld": "yes", "finding": "查过"})
    assert "请选更正哪一项" in text(gap)
    as_("lead").post(
        url("decide", review.pk), {"upheld": "yes", "finding": "签到表上有", "path": "process.logs", "points": "100"}
    )
    shown = text(as_("mentee").get(url("review", review.pk)))
    assert "带教日志由80.0更正为100.0" in shown
    assert "88.6 → 89.6" in shown


def test_the_release_page_tells_the_one_who_summed(cast, as_):
    round_ = summed(cast)
    Round.objects.filter(pk=round_.pk).update(computed_by=cast.lead)
    page = text(as_("lead").get(url("release", round_.pk)))
    assert "请另一位来发布" in page
    assert "btn-seal" not in page


def test_the_editor_says_which_group_is_wrong(cast, as_):
    scheme = actions.first_scheme(by=cast.officer, cohort=cast.cohort)
    data = {**scheme.weights, "version": 1, "note": "", "missing": "spread", "cut_excellent": 90, "cut_good": 80,
            "cut_pass": 60, "quota": 20, "quota_small": 30, "attendance_floor": 70}  # fmt: skip
    answer = as_("officer").post(url("scheme_change", scheme.pk), data | {"process": "25", "note": "试一试"})
    wrong = text(answer)
    assert "现在加起来是105，要等于100" in wrong
    (field,) = answer.context["form"].errors
    assert f'id="id_{field}_error"' in wrong  # beside the field, not only in the summary
    assert 'value="25"' in wrong
    assert "试一试" in wrong
    as_("officer").post(url("scheme_change", scheme.pk), data | {"quota": 25})
    clash = text(as_("officer").post(url("scheme_change", scheme.pk), data | {"quota": 30}))
    assert "刚才有人存了一版" in clash
    scheme.refresh_from_db()
    assert scheme.quota == 25


def test_the_replay_page_names_those_who_would_change(cast, as_):
    round_ = released(cast)
    scheme = actions.change_scheme(
        by=cast.lead, scheme=round_.scheme, version=1, weights=round_.scheme.weights, cut_good=88
    )
    page = text(as_("lead").get(url("replay", scheme.pk)))
    assert "1名学员的等次会变" in page
    assert "钱立峰" in page


def test_a_report_typed_twice_shows_both(cast, as_):
    sheet = sheet_of(cast, opened(cast))
    as_("mentee").post(url("report", sheet.pk), {"version": 1, "report": "先写的这一份"})
    answer = text(as_("mentee").post(url("report", sheet.pk), {"version": 1, "report": "后写的这一份"}))
    assert "先写的这一份" in answer
    assert "后写的这一份" in answer
    as_("mentee").post(url("report", sheet.pk), {"version": 2, "report": "后写的这一份"})
    sheet.refresh_from_db()
    assert sheet.report == "后写的这一份"


LISTS = {"rounds": 12, "round": 22, "results": 14, "mine": 16, "replay": 18}


@pytest.mark.parametrize("name", LISTS)
@pytest.mark.usefixtures("unguarded")
def test_pages_ask_as_much_for_three_mentees_as_for_one(name, cast, as_, count_queries):
    cast.other_pairing.delete()
    cast.other_mentee_row.delete()
    cast.other_pairing = cast.pairing
    round_ = {"mine": scoring, "rounds": scoring, "round": scoring}.get(name, talked)(cast)
    who = as_("mentor" if name == "mine" else "lead")
    address = url(name, *({"rounds": [], "mine": []}.get(name, [round_.scheme_id if name == "replay" else round_.pk])))
    who.get(address)
    one = count_queries(lambda: who.get(address))
    for number in range(2):
        _user, mentee, _pair = mentee_of(
            cast.cohort, cast.mentor_row, f"学员{number}", cast.subdistricts[0], seat=number + 2
        )
        first = sheet_of(cast, round_)
        sheet = Sheet.objects.create(
            studio=cast.studio, round=round_, mentee=mentee, evidence=first.evidence, total=first.total, grade=first.grade,
            rank=2, tree=first.tree, talked_on=first.talked_on,
        )  # fmt: skip
        for task in RaterTask.objects.filter(sheet=first):
            made = RaterTask.objects.create(
                studio=cast.studio, sheet=sheet, rater_type=task.rater_type, rater=task.rater, state=task.state,
                source=task.source, submitted_at=task.submitted_at,
            )  # fmt: skip
            for score in task.scores.all():
                made.scores.create(studio=cast.studio, path=score.path, value=score.value)
    assert count_queries(lambda: who.get(address)) == one
    assert one <= LISTS[name]


def test_summing_asks_as_much_for_three_mentees_as_for_one(cast, count_queries):
    """Besides the audit and the notices, a round costs the same whoever is in it."""
    round_ = scoring(cast)
    two = count_queries(lambda: actions.sum_round(by=cast.officer, round_=round_))
    assert two <= 34
