"""demo.yaml read into plain values, and the small translations from its words to ours."""

import datetime
from functools import cache
from pathlib import Path

import yaml

from mentorship.people.choices import Education, Post

DATA = Path(__file__).parent / "data"
SOURCE = DATA / "demo.yaml"
POSTS = {"退休居民区党总支书记": Post.GENERAL_BRANCH, "在职居民区党总支书记": Post.GENERAL_BRANCH} | {
    str(zh): code
    for zh, code in [
        ("居民区党总支书记", Post.GENERAL_BRANCH),
        ("居民区党支部书记", Post.BRANCH),
        ("村党总支书记", Post.VILLAGE_GENERAL_BRANCH),
    ]
}
DEGREES = {"大专": Education.COLLEGE, "本科": Education.BACHELOR, "硕士": Education.MASTER}


@cache
def demo_data() -> dict:
    return yaml.safe_load(SOURCE.read_text(encoding="utf-8"))


def first_of_month(text: str) -> datetime.date:
    """'1991-03' -> 1 March 1991."""
    year, month = str(text).split("-")[:2]
    return datetime.date(int(year), int(month), 1)


def post_of(text: str) -> str:
    return next((code for zh, code in POSTS.items() if zh in text), Post.GENERAL_BRANCH)


def sex_of(text: str) -> str:
    return {"女": "f", "男": "m"}[text]
