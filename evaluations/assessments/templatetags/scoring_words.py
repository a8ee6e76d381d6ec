"""Words for what stands beside a figure."""

from django import template
from django.utils.translation import gettext_lazy as _

from evaluations.assessments.choices import Grade
from evaluations.scoring import Note

register = template.Library()

NOTES = {
    Note.MISSING: _("缺，不记零分"),
    Note.SPREAD: _("缺的一项，权重由其余几项分担"),
    Note.OPEN: _("有一整块缺着，算不出来"),
    Note.GIVEN: _("按这一项的总分计"),
    Note.MEAN: _("几份的平均"),
    Note.ABSENT: _("出勤低于规定，不评优秀、良好"),
    Note.NO_ATTENDANCE: _("没有出勤记录，出勤一条没有用上"),
    Note.VETO: _("有核实了的一票否决事项"),
    Note.QUOTA: _("分数够优秀，名额已满"),
    Note.TIED: _("最后一个名额几人并列，都不占"),
}
WHY_MISSING = {
    "none": _("这段时间没有安排"),
    "unused": _("这一批还没有用起来"),
    "no_case": _("这段时间没有提诊，或者提诊不满90天还在办"),
    "not_kept": _("系统里还没有这类记录"),  # in rounds counted before there was a clinic
}


@register.filter
def note_words(notes) -> list:
    """Words of the notes that need any."""
    return [NOTES[note] for note in notes if note in NOTES]


@register.filter
def why_missing(code: str):
    return WHY_MISSING.get(code, "")


@register.filter
def grade_label(code: str):
    return Grade(code).label if code in Grade.values else ""
