import pytest

from mentorship.people.names import initials_of, sort_key_of, spelling_of


@pytest.mark.parametrize(
    ("name", "spelling", "initials"),
    [
        ("何嘉怡", "hejiayi", "hjy"),
        ("单红", "shanhong", "sh"),
        ("任远", "renyuan", "ry"),
        ("曾敏", "zengmin", "zm"),
        ("区文", "ouwen", "ow"),
        ("吕绿", "lvlv", "ll"),
        ("长孙明", "zhangsunming", "zsm"),
        ("欧阳沛", "ouyangpei", "oyp"),
        ("阿依古丽·买买提", "ayigulimaimaiti", "ayglmmt"),
        ("Anna Li", "annali", None),
        ("·", "", ""),
    ],
)
def test_a_name_is_found_as_it_is_said(name, spelling, initials):
    assert spelling_of(name) == spelling
    if initials is not None:
        assert initials_of(name) == initials


def test_fewer_strokes_come_first_and_unknown_surnames_last():
    names = ["魏红", "丁一", "𠮷田", "王芳", "何平"]
    assert sorted(names, key=sort_key_of) == ["丁一", "王芳", "何平", "魏红", "𠮷田"]


def test_one_surname_stays_together_whoever_shares_its_count():
    names = ["何平", "吴安", "何安", "吴平"]
    surnames = [name[0] for name in sorted(names, key=sort_key_of)]
    assert surnames in (["何", "何", "吴", "吴"], ["吴", "吴", "何", "何"])


@pytest.mark.parametrize("name", ["", " ", "\u200b", "😀", "x" * 200])
def test_no_name_is_too_odd_for_a_key(name):
    assert isinstance(sort_key_of(name), str)
    assert isinstance(initials_of(name), str)
