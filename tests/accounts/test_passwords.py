"""T21: what a password must not be."""

import gzip
import itertools
import time
from pathlib import Path

import pytest
from django.contrib.auth import password_validation
from django.core.exceptions import ValidationError
from django.core.management import call_command

from mentorship.accounts import actions, validators
from tests.factories import DistrictFactory, RoleGrantFactory, StudioFactory, UserFactory

from .keys import password_given

STRONG = [
    "春天的苏州河边 有三只白鹭在等潮水",
    "老陈的自行车铃响了四十年也没换过",
    "violet kettle under seven quiet stairs",
    "tangerine-postbox-rides-the-late-ferry",
    "石榴树下听评弹 一杯绿茶 两块条头糕 三个老邻居 说说笑笑 不知不觉天就黑了 明朝还来 不见不散 一言为定 风雨无阻呀",
    "k7fq-m2xw-9hdp-tz4c",
]


@pytest.fixture
def person(db):
    studio = StudioFactory(code="putuo", name="普陀区书记工作室", district=DistrictFactory(name="普陀区"))
    user = UserFactory(
        username="shenguifang", name="沈桂芳", name_en="Shen Guifang", phone="13800001111", email="guifang54@example.cn"
    )
    return RoleGrantFactory(user=user, studio=studio, role="officer").user


def refused(password, user) -> set[str]:
    try:
        password_validation.validate_password(password, user)
    except ValidationError as error:
        return {each.code for each in error.error_list}
    return set()


def candidates(person) -> list[str]:
    """Five hundred that people would think of, made here and not from the list's own parts. All have ten or more."""
    path = Path(password_validation.__file__).parent / "common-passwords.txt.gz"
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        djangos = sorted(line.strip() for line in lines if len(line.strip()) >= 11)
    phrases = [
        "WeiRenMinFuWu",
        "buwangchuxin",
        "Bu Wang Chu Xin",
        "woaizhongguo",
        "nihaoshijie",
        "wodemima",
        "gongxifacai",
    ]
    phrases += [
        "为人民服务",
        "不忘初心，牢记使命",
        "daliangdaixiaoliang",
        "Da-Liang-Dai-Xiao-Liang",
        "为人民服务为人民服务",
    ]
    places = ["Putuo", "putuoqu", "Shanghai", "ChangShouLu", "CaoYang", "zhenruzhen", "juweihui", "DangZhiBu", "shuji"]
    ends = ["2018!", "@2024", "20182018", "-2026!", "123456!", "#1234567", "!!2025!!", "_88888888"]
    names = [
        "shenguifang",
        "ShenGuifang",
        "guifangshen",
        "沈桂芳",
        "13800001111",
        "00001111",
        "普陀区书记工作室",
        "guifang54",
    ]
    walks = [
        "1qaz2wsx3edc",
        "qwertyuiopasdf",
        "1234567890qwertyuiop",
        "zxcvbnmzxcvbnm",
        "0987654321poiuy",
        "asdfghjkl;'asdf",
    ]
    masked = [
        "P@ssw0rd2018!",
        "p@ssw0rdp@ssw0rd",
        "Adm1n1str@tor",
        "1loveyou1loveyou",
        "W3lcome!W3lcome!",
        "$hangh@1$hangh@1",
    ]
    dull = ["aaaaaaaaaaaaaaaa", "abababababababab", "1111111111aaaa", "哈哈哈哈哈哈哈哈哈哈"]
    made = [word + end for word, end in itertools.product([*phrases, *places], ends)]
    made += [name + end for name, end in itertools.product(names, ends)]
    made += [name + str(year) for name, year in itertools.product(["zhangwei", "wangfang", "LiJun"], range(1960, 1990))]
    made += [*walks, *masked, *dull]
    return [text for text in dict.fromkeys([*made, *djangos]) if len(text) >= 10][:500]


def test_five_hundred_that_people_would_think_of_are_refused(required, person):
    """With a second factor ten characters are enough, so each falls for what it is and not for its length."""
    person.has_second_factor = True
    found = candidates(person)
    assert len(found) == len(set(found)) == 500
    assert [text for text in found if not refused(text, person)] == []
    assert all("password_too_short" not in refused(text, person) for text in found)


@pytest.mark.parametrize("password", STRONG)
def test_long_phrases_pass_also_with_spaces_and_characters(required, person, password):
    assert refused(password, person) == set()


def test_a_long_phrase_is_kept_unchanged(person):
    phrase = STRONG[4]
    assert len(phrase) > 50
    actions.change_password(by=person, password=phrase)
    assert person.check_password(phrase)
    assert not person.check_password(phrase.replace(" ", ""))


def test_the_form_takes_a_pasted_phrase_as_it_is(mentor):
    client = password_given(mentor)
    phrase = f" {STRONG[0]} "
    answer = client.post("/accounts/password/", {"old": "daliang-2018", "new": phrase, "again": phrase})
    assert answer.status_code == 302
    mentor.refresh_from_db()
    assert mentor.check_password(phrase)


@pytest.mark.parametrize(
    ("mode", "second", "length", "passes"),
    [
        ("required", False, 14, False), ("required", False, 15, True),
        ("required", True, 9, False), ("required", True, 10, True),
        ("offered", False, 9, False), ("offered", False, 10, True),
    ],
)  # fmt: skip
def test_how_long_it_must_be(settings, mentor, mode, second, length, passes):
    settings.SECOND_FACTOR = mode
    mentor.has_second_factor = second
    assert ("password_too_short" not in refused("velvet-otter-moon"[:length], mentor)) == passes


def test_the_page_says_the_length_that_is_asked(required, mentor):
    assert "至少15个字" in password_given(mentor).get("/accounts/password/").content.decode()


def test_the_list_is_ours_long_enough_and_what_its_parts_make():
    words = validators.weak()
    assert sum(len(word) >= 15 for word in words) >= 3000
    call_command("list_weak_passwords", check=True, verbosity=0)


def test_own_name_inside_a_long_phrase_is_no_harm(person):
    assert refused("沈桂芳小时候爱在弄堂口看人家下棋", person) == set()


@pytest.mark.parametrize("text", ["沈桂芳沈桂芳沈桂芳沈桂", "沈桂芳1954年生日快", "putuoshenguifang2018"])
def test_own_names_alone_add_nothing(person, text):
    assert refused(text, person)


def test_checking_takes_no_time(person):
    begun = time.perf_counter()
    for text in ["a" * 200, "ab" * 100, "沈" * 200, "1!" * 100]:
        refused(text, person)
    assert time.perf_counter() - begun < 1
