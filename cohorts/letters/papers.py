"""What the papers say, from plain values: numbers, the text of a 聘书, the clauses and presets of a 带教协议, its digest.

These are documents of the studio, in Chinese whatever language the reader's pages are in.
"""

import hashlib
import json
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from mentorship.common.dates import in_chinese

POST = "带教书记"
APPOINTMENT_REASON = "您长年扎根居民区，熟悉群众、善解难题、乐于带人"
APPOINTMENT_HOPE = "望您言传身教，把看家的本领教给年轻书记。"
APPOINTMENT_CLOSE = "此聘"
COPIES = "本协议一式三份，师傅、徒弟、工作室各执一份，三方签齐后生效。"
DIGITS = "一二三四五六七八九十"
TARGET, HIGHEST = 3, 5  # every subject reaches 3 by the year's end, domain.md §4
PARTY_WORDS = {"mentor": "师傅", "mentee": "徒弟", "studio": "工作室"}


class Clause(NamedTuple):
    """One numbered clause: a sentence, or points."""

    heading: str
    text: str = ""
    points: Sequence[str] = ()


def number_of(prefix: str, year: int, serial: int) -> str:
    """梁室聘〔2018〕01号."""
    return f"{prefix}聘〔{year}〕{serial:02}号"


def seal_of(name: str) -> str:
    """Four characters for a seal: 大梁之印 of 大梁工作室, 工作室印 where the name is too short for that."""
    short = name.replace("书记工作室", "").replace("工作室", "").strip("“”")
    return f"{short[:2]}之印" if len(short) >= 2 else "工作室印"


def seal_of_person(name: str) -> str:
    return f"{name[:3]}印" if len(name) >= 3 else f"{name}之印"


def appointment_body(*, reason: str, studio: str, term_from, term_to) -> str:
    """The one sentence of a letter of appointment."""
    opening = f"{reason.rstrip('，。')}，" if reason else ""
    return f"{opening}兹聘请您担任{studio}{POST}，聘期自{in_chinese(term_from)}至{in_chinese(term_to)}。"


def agreement_presets(rules, weakest: tuple[str, int] | None = None) -> dict[str, Any]:
    """The words that a drawn-up agreement begins with. `weakest` is the mentee's lowest subject and its level."""
    goals = ["独立推进一件难事", "五项应知必会都达到三级以上"]
    if weakest:
        subject, level = weakest
        goals.insert(0, f"{subject}从{DIGITS[level - 1]}级提高到{DIGITS[min(max(level + 1, TARGET), HIGHEST) - 1]}级")
    coaching, visits, essays = rules.coaching_per_month, rules.coaching_visit_interval, rules.reflections_per_month
    visit = "每月" if visits == 1 else f"每{visits}个月"
    bases = f"，每月基地教学{rules.base_sessions}次" if rules.base_sessions else ""
    return {
        "goals": goals,
        "mentor_duties": [
            f"每月个别指导不少于{coaching}次",
            f"{visit}到徒弟居民区不少于1次",
            "批阅学习心得，当月给出意见",
            "如实评价，不打人情分",
        ],
        "mentee_duties": [
            f"每月学习心得不少于{essays}篇",
            "按期完成师傅布置的作业",
            "每季度讲一件自己的难事",
            "遵守工作纪律，有错当面说",
        ],
        "frequency": f"每月个别指导{coaching}次，{visit}到居民区1次{bases}。",
        "assessment_basis": "以教学日志、学习心得、作业、实地督训、半年评估和年度考核为据。",
        "confidentiality": "居民的姓名、家事、健康等信息不外传，日志里用化称。",
        "integrity": "不收礼，不宴请，不借带教办私事。",
        "change_clause": "任一方可以书面提出更换或解除，由工作室协调。",
    }


def agreement_clauses(words: Mapping[str, Any]) -> list[Clause]:
    """Ten clauses at most; one that was left empty is left out. `words` by the names of Agreement.WORDS."""
    term = f"自{in_chinese(words['term_from'])}至{in_chinese(words['term_to'])}。"
    clauses = [
        Clause("期限", term),
        Clause("目标", points=words["goals"]),
        Clause("师傅的责任", points=words["mentor_duties"]),
        Clause("徒弟的责任", points=words["mentee_duties"]),
        Clause("频次", words["frequency"]),
        Clause("考核依据", words["assessment_basis"]),
        Clause("保密", words["confidentiality"]),
        Clause("廉洁", words["integrity"]),
        Clause("变更与解除", words["change_clause"]),
        Clause("份数", COPIES),
    ]
    said = [clause for clause in clauses if clause.text or clause.points]
    return [clause._replace(heading=f"{DIGITS[n]}、{clause.heading}") for n, clause in enumerate(said)]


def canonical(content: Mapping[str, Any]) -> bytes:
    """The same bytes for the same content, whatever the order of its keys; dates and moments in ISO form, UTF-8."""
    return json.dumps(
        content, ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=lambda value: value.isoformat()
    ).encode()


def digest_of(content: Mapping[str, Any]) -> str:
    """SHA-256 of the canonical bytes, in hexadecimal."""
    return hashlib.sha256(canonical(content)).hexdigest()
