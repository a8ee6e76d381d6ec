import pytest

from mentorship.audit.models import Entry
from mentorship.common.errors import Refused
from mentorship.framework import actions
from mentorship.framework.models import Framework, Level
from tests.factories import FrameworkFactory, UserFactory, make_framework


def indicator(code, levels=5):
    return {
        "code": code, "zh": "指标", "en": "Indicator", "levels_zh": [f"表现{n}" for n in range(1, levels + 1)],
        "levels_en": [f"Seen {n}" for n in range(1, 6)],
    }  # fmt: skip


def data(**changed):
    names = {
        "PB": "党建业务知识",
        "CG": "社区治理经验",
        "TM": "干部队伍建设",
        "CC": "沟通协调技巧",
        "ER": "应急情况处置",
    }
    domains = [
        {"code": code, "slug": code.lower(), "zh": zh, "en": code, "weight": 20, "indicators": [
            indicator(f"{code}{n}") for n in range(1, 6)
        ]}
        for code, zh in names.items()
    ]  # fmt: skip
    scale = [{"level": n, "zh": f"第{n}", "en": f"Level {n}"} for n in range(1, 6)]
    return {"scale": scale, "domains": domains} | changed


def tree(framework):
    return [
        (
            s.code,
            s.name,
            s.short_name,
            s.short_name_en,
            s.weight,
            s.order,
            i.code,
            i.name,
            i.order,
            n.level,
            n.description,
        )
        for s in framework.subjects.order_by("order")
        for i in s.indicators.order_by("order")
        for n in i.levels.order_by("level")
    ]


def test_from_data(studio):
    user = UserFactory()
    framework = actions.create_from_data(by=user, studio=studio, data=data())
    assert (framework.studio, framework.version, framework.locked) == (studio, 1, False)
    assert framework.scale[4] == {"zh": "第5", "en": "Level 5"}
    assert len(tree(framework)) == 125
    shorts = [(s.code, s.short_name, s.short_name_en) for s in framework.subjects.order_by("order")]
    assert shorts == [
        ("PB", "党建", "Party"), ("CG", "治理", "Governance"), ("TM", "队伍", "Team"), ("CC", "沟通", "Talk"),
        ("ER", "应急", "Emergency"),
    ]  # fmt: skip
    entry = Entry.objects.get()
    assert (entry.verb, entry.studio_id, entry.actor_id) == ("framework.created", studio.pk, str(user.pk))


def test_a_second_one_is_the_next_version(studio):
    for version in (1, 2):
        assert actions.create_from_data(by=None, studio=studio, data=data()).version == version


def test_half_an_indicator_makes_nothing(studio):
    broken = data()
    broken["domains"][4]["indicators"][4] = indicator("ER5", levels=4)
    with pytest.raises(ValueError):
        actions.create_from_data(by=None, studio=studio, data=broken)
    assert not Framework.objects.exists()
    assert not Entry.objects.exists()


def test_a_new_version_is_the_whole_tree_again(studio):
    old = make_framework(studio, indicators=5)
    actions.lock(by=None, framework=old)
    before = tree(old)
    new = actions.new_version(by=UserFactory(), framework=old)
    assert (new.version, new.locked, new.scale) == (old.version + 1, False, old.scale)
    assert tree(new) == before
    Level.objects.filter(indicator__subject__framework=new).update(description="改")
    assert tree(old) == before
    entry = Entry.objects.filter(verb="framework.versioned").get()
    assert (entry.before, entry.after) == ({"version": old.version}, {"version": new.version})


def test_versions_are_counted_in_each_studio(studio, other_studio):
    make_framework(other_studio)
    assert actions.create_from_data(by=None, studio=studio, data=data()).version == 1


def test_locking_happens_once(studio):
    framework = make_framework(studio)
    for _ in range(2):
        actions.lock(by=None, framework=framework)
    framework.refresh_from_db()
    assert framework.locked
    assert Entry.objects.filter(verb="framework.locked").count() == 1


def test_an_empty_version_is_not_locked(studio):
    framework = FrameworkFactory(studio=studio)
    with pytest.raises(Refused):
        actions.lock(by=None, framework=framework)
    framework.refresh_from_db()
    assert not framework.locked
