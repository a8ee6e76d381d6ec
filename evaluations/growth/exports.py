"""What leaves the growth pages as a file: the comparison (.xlsx), the annual report (.docx), a gap plan (PDF)."""

import io
from collections.abc import Sequence

from django.utils import timezone, translation
from django.utils.translation import gettext as _
from docx import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Pt

from cohorts.models import Cohort
from evaluations.growth.models import GapPlan
from evaluations.growth.queries.comparison import Compared
from evaluations.growth.queries.report import Figure, Report
from evaluations.growth.queries.sheet import SheetRow
from mentorship.common.pdf import pdf_of
from mentorship.common.spreadsheets import write_table
from mentorship.framework.models import Subject

FACE = "宋体"


def shown(value) -> str | float:
    """A figure for a cell; what is missing stays empty, never 0."""
    return "" if value is None else float(value)


def comparison_xlsx(cohort: Cohort, subjects: Sequence[Subject], rows: Sequence[Compared]) -> bytes:
    heading = [_("学员"), _("居民区"), _("街镇"), _("师傅")]
    for subject in subjects:
        heading += [
            _("%(subject)s摸底") % {"subject": subject.short},
            _("%(subject)s现在") % {"subject": subject.short},
        ]
    heading += [_("摸底平均"), _("现在平均"), _("长进")]
    table = []
    for each in rows:
        place = each.mentee.secretary.community
        cells = [str(each.mentee), str(place), str(place.subdistrict), each.mentee.mentor_shown]
        for row in each.rows:
            cells += [shown(row.then), shown(row.now)]
        table.append([*cells, shown(each.then_mean), shown(each.now_mean), shown(each.change)])
    return write_table(_("成长比较"), heading, table)


# The annual report in Word


def report_docx_of(report: Report, site: str) -> bytes:
    """The report as Word opens it; `site` is the address that the links of the figures begin with."""
    paper = Document()
    for style in paper.styles:
        if style.type in (WD_STYLE_TYPE.PARAGRAPH, WD_STYLE_TYPE.CHARACTER):
            style.font.name = FACE
            style.element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), FACE)
    paper.styles["Normal"].font.size = Pt(12)
    title = _("%(cohort)s年度分析报告") % {"cohort": report.cohort}
    paper.core_properties.title, paper.core_properties.author = title, str(report.cohort.studio)
    paper.core_properties.language = translation.get_language()
    paper.add_heading(title, level=0)
    paper.add_paragraph(summary_of(report))
    paper.add_heading(_("五项本领，摸底和现在"), level=1)
    add_table(
        paper,
        [_("本领"), _("摸底"), _("现在"), _("学员")],
        [[str(subject or ""), said(then), said(now), str(n)] for subject, then, now, n in report.rows],
    )
    for question in report.questions:
        paper.add_heading(question.name, level=1)
        paper.add_paragraph(question.asks)
        for figure in question.figures:
            add_figure(paper, figure, site)
    paper.add_paragraph(_("数据截至%(day)s。点数字可回到原来的页面核对。") % {"day": report.on.isoformat()})
    out = io.BytesIO()
    paper.save(out)
    return out.getvalue()


def said(value) -> str:
    return _("暂无数据") if value is None else str(value)


def summary_of(report: Report) -> str:
    facts = {"people": report.people, "measured": report.measured, "up": report.gone_up}
    return _("在训%(people)s名，前后都有等级的%(measured)s名，其中%(up)s名比摸底时长进了。") % facts


def add_table(paper, heading: list[str], rows: list[list[str]]) -> None:
    table = paper.add_table(rows=1, cols=len(heading), style="Table Grid")
    for cell, words in zip(table.rows[0].cells, heading, strict=True):
        cell.paragraphs[0].add_run(words).bold = True
    repeat = OxmlElement("w:tblHeader")
    table.rows[0]._tr.get_or_add_trPr().append(repeat)
    for row in rows:
        for cell, words in zip(table.add_row().cells, row, strict=True):
            cell.text = words


def add_figure(paper, figure: Figure, site: str) -> None:
    line = paper.add_paragraph(style="List Bullet")
    line.add_run(_("%(label)s：") % {"label": figure.label})
    add_link(line, said(figure.value), site + figure.url)
    line.add_run(_("（%(how)s）") % {"how": figure.how})


def add_link(line, words: str, address: str) -> None:
    """A link that Word follows; python-docx reads these but has no call to make one."""
    link = OxmlElement("w:hyperlink")
    link.set(qn("r:id"), line.part.relate_to(address, RELATIONSHIP_TYPE.HYPERLINK, is_external=True))
    run = line.add_run(words)
    run.font.underline = True
    link.append(run._r)
    line._p.append(link)


# A gap plan on one page


def plan_pdf_of(plan: GapPlan, rows: Sequence[SheetRow]) -> bytes:
    english = (translation.get_language() or "").startswith("en")
    mentee = plan.mentee
    words = {
        "title": _("补短板计划"), "lang": "en" if english else "zh",
        "who": _("%(name)s，%(place)s") % {"name": mentee, "place": mentee.secretary.community},
        "period": _("%(starts)s 至 %(ends)s") % {"starts": plan.starts.isoformat(), "ends": plan.ends.isoformat()},
        "heading": [_("短板"), _("现在与目标"), _("怎么做"), _("佐证"), _("期限"), _("结果")],
        "rows": [cells_of(row) for row in rows],
        "signs": [
            sign_of(_("学员"), plan.mentee_agreed_at), sign_of(_("师傅"), plan.mentor_agreed_at), sign_of(_("工作室"), None),
        ],
        "foot": str(plan.cohort.studio),
    }  # fmt: skip
    return pdf_of("gap_plan", words)


def cells_of(each: SheetRow) -> list[str]:
    row = each.row
    level = _("%(now)s级 → %(target)s级") % {"now": row.level_now or _("未定"), "target": row.target}
    done = f"{row.get_result_display()}\n{row.result_note}".strip()
    return [
        str(row.indicator), f"{level}\n{each.words_now}\n→ {each.words_target}",
        f"{row.get_method_display()}：{row.action}{card_words(each)}", row.evidence, row.due.isoformat(), done,
    ]  # fmt: skip


def card_words(each: SheetRow) -> str:
    return "\n" + _("案例卡：%(title)s") % {"title": each.card.title} if each.card else ""


def sign_of(who: str, at) -> str:
    if at is None:
        return _("%(who)s签字：") % {"who": who}
    return _("%(who)s %(day)s同意") % {"who": who, "day": timezone.localdate(at).isoformat()}
