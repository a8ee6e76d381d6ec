"""A round of the cast's two pairs, taken to where a test begins."""

import datetime

from evaluations.assessments import actions
from evaluations.assessments.choices import RoundKind
from evaluations.assessments.models import RaterTask, Round
from evaluations.assessments.queries import asked, scoring_scheme, subjects_of
from mentorship.accounts.roles import Role
from tests.conftest import person_with
from tests.factories.practice import make_homework, make_log

D = datetime.date
TODAY = D(2019, 1, 18)
COMMENT = {
    "strength_1": "会前一页纸，谁看了都明白", "strength_2": "答应的都记得", "weakness": "预案还没有真练过",
    "suggestion": "汛期前带着楼组长走一遍",
}  # fmt: skip


def set_day(cast, day=TODAY):
    cast.studio.demo_today = day
    cast.studio.save()
    return cast


def started(cast, **more) -> Round:
    """In preparation, with an officer of its own as the studio's rater."""
    set_day(cast)
    cast.officer_2 = person_with(cast.studio, Role.OFFICER, "徐可")
    for pairing in (cast.pairing, cast.other_pairing):
        for day in (D(2018, 9, 20), D(2018, 10, 18), D(2018, 11, 15)):
            make_log(pairing, date=day)
        make_log(pairing, date=D(2018, 12, 13), present=pairing == cast.pairing)
        make_homework(pairing.mentee, due=D(2018, 10, 1), state="handed_in", handed_in_on=D(2018, 9, 30))
    cohort = type(cast.cohort).objects.select_related("rules", "studio", "framework").get(pk=cast.cohort.pk)
    facts = {
        "by": cast.officer, "cohort": cohort, "kind": RoundKind.HALF_YEAR, "starts": cohort.starts,
        "ends": D(2019, 1, 15), "due": D(2019, 1, 25), "studio_rater": cast.officer_2,
    }  # fmt: skip
    return actions.make_round(**facts | more)


def opened(cast, **more) -> Round:
    return actions.open_round(by=cast.officer, round_=started(cast, **more))


def scoring(cast, **more) -> Round:
    return actions.begin_scoring(by=cast.officer, round_=opened(cast, **more))


def task_of(cast, round_, rater_type, mentee=None) -> RaterTask:
    rows = RaterTask.objects.for_lists().filter(sheet__round=round_, rater_type=rater_type)
    return rows.get(sheet__mentee=mentee or cast.mentee_row)


def figures(task, level=4, points=86) -> dict:
    round_ = task.sheet.round
    items = asked(scoring_scheme(round_.scheme, subjects_of(round_.cohort)), task.rater_type)
    return {item.path: level if item.level else points for item in items}


def hand_in(cast, task, **more):
    by = task.rater or cast.officer
    source = "" if task.rater_id else "纸质票，收回8张"
    facts = {"by": by, "task": task, "version": task.version, "values": figures(task), "source": source, "submit": True}
    return actions.save_scores(**facts | more)


def rated(cast, **more) -> Round:
    round_ = scoring(cast, **more)
    for task in RaterTask.objects.for_lists().filter(sheet__round=round_):
        hand_in(cast, task)
    return round_


def summed(cast, **more) -> Round:
    round_ = rated(cast, **more)
    for sheet in round_.sheets.for_lists():
        actions.write_comment(by=cast.officer, sheet=sheet, version=sheet.version, **COMMENT)
    return actions.sum_round(by=cast.officer, round_=round_)


def released(cast, **more) -> Round:
    return actions.release(by=cast.lead, round_=summed(cast, **more))


def talked(cast, **more) -> Round:
    round_ = released(cast, **more)
    for sheet in round_.sheets.for_lists():
        actions.record_feedback(by=cast.officer, sheet=sheet, talked_on=TODAY, talked_by="沈桂芳")
    return round_


def sheet_of(cast, round_, mentee=None):
    return round_.sheets.for_lists().get(mentee=mentee or cast.mentee_row)
