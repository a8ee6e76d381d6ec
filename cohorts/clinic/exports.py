"""The register of cases as a spreadsheet: never a sensitive one, never a draft, opinions only once they are open."""

from collections.abc import Iterable, Iterator

from django.db.models import Prefetch, QuerySet
from django.utils.translation import gettext as _

from mentorship.common.spreadsheets import write_table

from .models import Case, Consult, Opinion, PlanStep
from .taxonomy import sub_name


def cases_of(rows: QuerySet[Case]) -> QuerySet[Case]:
    """What of these may leave the house, with all that its line needs."""
    asked = Consult.objects.filter(declined_at=None).select_related("mentor__secretary")
    opinions = Opinion.objects.released().select_related("consult__mentor__secretary", "invitation")
    steps = PlanStep.objects.select_related("owner")
    rows = rows.searchable().select_related("cohort", "presenter", "community__subdistrict")
    return rows.prefetch_related(Prefetch("consults", asked), Prefetch("opinions", opinions), Prefetch("steps", steps))


def cases_xlsx(rows: Iterable[Case]) -> bytes:
    heading = [
        _("编号"), _("批次"), _("提交日期"), _("提诊人"), _("街镇"), _("居民区"), _("类别"), _("小类"), _("一句话题目"),
        _("基本情况"), _("涉及户数"), _("涉及人数"), _("已经试过的办法"), _("卡在哪里"), _("缓急"), _("状态"), _("会诊人"),
        _("会诊答复期限"), _("会诊意见"), _("处置方案"), _("解决层级"), _("办法落实日期"), _("看哪个数"), _("提诊时"), _("办结时"),
        _("结果"), _("效果"), _("一条经验"), _("销号日期"), _("重新打开次数"),
    ]  # fmt: skip
    return write_table(_("会诊单"), heading, lines_of(rows))


def lines_of(rows: Iterable[Case]) -> Iterator[list]:
    for case in rows:
        yield [
            case.number, str(case.cohort), day(case.date), str(case.presenter), str(case.community.subdistrict),
            str(case.community), case.get_category_display(), str(sub_name(case.category, case.sub_category)), case.title,
            case.background, case.households, case.people, case.already_tried, case.stuck_at, case.get_urgency_display(),
            case.get_state_display(), "、".join(str(row.mentor) for row in case.consults.all()), day(case.reply_due),
            "\n".join(f"{row.by}：{row.text}" for row in case.opinions.all()),
            "\n".join(step_line(row) for row in case.steps.all()), case.get_level_display(), day(case.settled_on),
            case.measure, case.figure_before, case.figure_after, case.get_outcome_display(), case.effect, case.lesson,
            day(case.closed_on), case.reopened,
        ]  # fmt: skip


def step_line(step: PlanStep) -> str:
    done = _("已办好") if step.done_on else _("还没办好")
    return f"{step.order}. {step.text}（{step.who}，{day(step.due)}，{done}）"


def day(value) -> str:
    return value.isoformat() if value else ""
