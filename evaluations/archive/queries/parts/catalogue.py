"""卷内目录: every part of a mentoring file, in the order of domain.md §2.23."""

from django.utils.translation import gettext_lazy as _

from . import clinic, judged, learning, papers, person, practice, visits
from .base import AFTER_A_MONTH, ALWAYS, PAIRED, Part

CATALOGUE = (
    Part("recommendation", "1", _("推荐表"), (person.RECOMMENDATION,), ALWAYS,
         _("没有推荐街镇，也没有推荐理由。请联系街镇补一份推荐。")),
    Part("register", "2", _("登记表"), (person.REGISTER_CARD,), ALWAYS),
    Part("baseline", "3", _("能力摸底表"), (person.LEVELS,), ALWAYS, _("五项还没有摸底。请专员填写摸底等级。"),
         "cohorts:mentee_baseline"),
    Part("pairing", "3-1", _("结对结果"), (person.PAIRINGS,), ALWAYS, _("还没有结对。发布结对以后自动入卷。")),
    Part("appointment", "3-2", _("师傅聘书"), (papers.APPOINTMENTS,), PAIRED,
         _("师傅的聘书还没有发。请专员开具聘书。"), kept=True),
    Part("letter", "4", _("拜师帖及回帖"), (papers.LETTERS,), PAIRED,
         _("拜师帖还没有呈递。请徒弟写好呈递，师傅回帖后一并入卷。")),
    Part("agreement", "5", _("带教协议"), (papers.AGREEMENTS,), PAIRED, _("带教协议还没有签。请专员起草，三方签字。")),
    Part("gap_plan", "6", _("补短板计划"), (learning.PLANS,)),
    Part("logs", "7", _("教学日志"), (practice.LOGS,), AFTER_A_MONTH,
         _("结对满一个月，还没有教学日志。请师傅记下带教，也可以由专员代记。")),
    Part("reflections", "8", _("学习心得"), (practice.REFLECTIONS,), AFTER_A_MONTH,
         _("结对满一个月，还没有交来的心得。请学员写一篇。")),
    Part("homework", "9", _("作业与作品"), (practice.HOMEWORKS,), AFTER_A_MONTH,
         _("结对满一个月，还没有作业。请师傅布置一份。")),
    Part("training", "10", _("培训出勤证明"), (learning.HOURS,)),
    Part("visits", "11", _("督训记录与整改"), (visits.VISITS,)),
    Part("clinic", "12", _("研讨、会诊材料"), (learning.SEATS, clinic.CASES)),
    Part("half_year", "13", _("半年评估表"), (judged.HALF_YEAR,)),
    Part("annual", "14", _("年度考核表"), (judged.YEARLY,)),
    Part("roster", "15", _("提醒谈话、结对调整"), (person.TALKS, person.CHANGES), kept=True),
    Part("promotion", "16", _("晋级推荐、评审、公示材料"), (judged.STEPS,)),
    Part("appeal", "17", _("复核申诉材料"), (judged.REVIEWS,)),
    Part("certificate", "18", _("出师证书"), (judged.CERTIFICATES,)),
    Part("pictures", "19", _("荣誉、影像"), (practice.PHOTOS,)),
)  # fmt: skip
