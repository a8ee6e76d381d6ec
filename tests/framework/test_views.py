import pytest
from django.urls import reverse
from django.utils import translation

from mentorship.framework.models import Framework
from tests.factories import RoleGrantFactory, UserFactory, make_framework

PAGE = "/framework/"


@pytest.fixture(autouse=True)
def chinese():
    """A page in English leaves its language behind in the thread; the next test starts anew."""
    with translation.override("zh-hans"):
        yield


@pytest.fixture
def framework(cast):
    return make_framework(cast.studio, indicators=2)


@pytest.mark.parametrize("who", ["lead", "officer", "leader", "mentor", "mentee", "liaison", "reviewer"])
def test_everyone_of_the_studio_reads_it(as_, framework, who):
    page = as_(who).get(PAGE)
    assert page.status_code == 200
    text = page.content.decode()
    for words in ("党建业务知识", "应急情况处置", "示范", "PB2", "表现5"):
        assert words in text
    assert ("照这一版出新版" in text) == (who == "lead")


@pytest.mark.parametrize(("who", "status"), [("anonymous", 302), ("nobody", 403), ("stranger", 200)])
def test_nobody_else_does(as_, framework, who, status):
    page = as_(who).get(PAGE)
    assert page.status_code == status
    assert str(framework.pk) not in page.content.decode()
    assert as_(who).get(reverse("framework:version", args=[framework.pk])).status_code in {302, 403, 404}


def test_in_english(as_, cast, framework):
    client = as_("mentor")
    client.cookies["studio_language"] = "en"
    page = client.get(PAGE).content.decode()
    for words in ("Party-building practice", "Exemplary", "Seen 5", "Indicator"):
        assert words in page
    assert "党建业务知识" not in page


def test_an_older_version(as_, framework):
    newer = make_framework(framework.studio)
    assert str(newer) in as_("mentor").get(PAGE).content.decode()
    assert str(framework) in as_("mentor").get(reverse("framework:version", args=[framework.pk])).content.decode()


def test_a_studio_without_one(studio, client):
    reader = RoleGrantFactory(user=UserFactory(), studio=studio, role="reviewer").user
    client.force_login(reader)
    assert "还没有应知必会" in client.get(PAGE, headers={"accept-language": "zh-CN"}).content.decode()


@pytest.mark.parametrize("act", ["new_version", "lock"])
@pytest.mark.parametrize(
    ("who", "status"),
    [("lead", 302), ("officer", 403), ("leader", 403), ("mentor", 403), ("stranger", 404), ("anonymous", 302)],
)
def test_who_may_change_versions(as_, framework, act, who, status):
    before = Framework.objects.count()
    response = as_(who).post(reverse(f"framework:{act}", args=[framework.pk]))
    assert response.status_code == status
    framework.refresh_from_db()
    done = framework.locked if act == "lock" else Framework.objects.count() == before + 1
    assert done == (who == "lead")


@pytest.mark.parametrize("act", ["new_version", "lock"])
def test_looking_changes_nothing(as_, framework, act):
    assert as_("lead").get(reverse(f"framework:{act}", args=[framework.pk])).status_code == 405


def test_the_page_costs_the_same_for_more(as_, cast, count_queries):
    make_framework(cast.studio, indicators=1)
    client = as_("lead")
    one = count_queries(lambda: client.get(PAGE))
    make_framework(cast.studio, indicators=3)
    assert count_queries(lambda: client.get(PAGE)) == one
