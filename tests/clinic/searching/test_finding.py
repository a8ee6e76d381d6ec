"""Who finds what. The index is never the permission."""

import datetime
import uuid

import pytest

from cohorts.clinic.choices import CaseState, HitKind
from cohorts.clinic.models import Case, SearchText
from cohorts.clinic.searching.finding import Seen, find
from cohorts.clinic.searching.keeping import keep, keep_card, keep_case, keep_method
from cohorts.clinic.searching.similar import similar
from tests.factories.clinic import make_card, make_case
from tests.factories.meetings import make_product

DAY = datetime.date(2018, 11, 1)
STAFF = ["lead", "officer", "leader"]
TAKING_PART = ["mentor", "other_mentor", "mentee", "other_mentee"]


def close(cast, title, number=1, cohort=None, presenter=None, **more):
    presenter = presenter or cast.mentee_row.secretary
    case = make_case(
        cohort or cast.cohort, presenter, cast.mentee, state=CaseState.CLOSED, closed_by=cast.lead, title=title,
        number=number, date=DAY + datetime.timedelta(days=number), **more,
    )  # fmt: skip
    keep_case(case)
    return case


def titles(hits):
    return [hit.title for hit in hits]


def found_by(cast, words):
    return {who for who in [*STAFF, *TAKING_PART] if find(getattr(cast, who), cast.studio, words)}


def test_a_closed_case_is_found_by_everyone_who_takes_part(cast):
    close(cast, "车夜里停到哪里去")
    assert found_by(cast, "停到") == {*STAFF, *TAKING_PART}


def test_an_open_case_is_found_by_the_office_alone(cast):
    keep_case(make_case(cast.cohort, cast.mentee_row.secretary, cast.mentee))
    assert found_by(cast, "停到") == set(STAFF)


def test_a_sensitive_case_is_found_by_nobody(cast):
    """Not even where the index was not told in time."""
    case = close(cast, "车夜里停到哪里去")
    Case.objects.filter(pk=case.pk).update(sensitive=True)
    assert SearchText.objects.exists()
    assert found_by(cast, "停到") == set()


def test_another_studio_is_never_found(cast):
    close(cast, "乙区密停车", cohort=cast.other_cohort, presenter=cast.foreign_mentee_row.secretary)
    assert found_by(cast, "停车") == set()
    assert titles(find(cast.stranger, cast.other_studio, "停车")) == ["乙区密停车"]
    assert find(cast.stranger, cast.studio, "停车") == []
    assert find(cast.officer, cast.other_studio, "停车") == []


def test_a_hit_that_may_no_longer_be_seen_is_not_shown(cast):
    """Opened again, and the index still says that it is closed."""
    case = close(cast, "车夜里停到哪里去")
    Case.objects.filter(pk=case.pk).update(state=CaseState.ACTING, closed_on=None, closed_by=None)
    assert found_by(cast, "停到") == {*STAFF, "mentor", "mentee"}  # the presenter and their mentor may still read it
    case.helps.all().delete()
    Case.objects.filter(pk=case.pk).delete()
    assert found_by(cast, "停到") == set()


def test_cards_and_methods(cast):
    card = make_card(cast.studio, cast.officer, reviewer=cast.lead, title="冷静六招")
    keep_card(card)
    product = make_product(cast.cohort, cast.officer, title="冷场六招")
    keep_method(product)
    hits = find(cast.mentee, cast.studio, "六招")
    assert {(hit.kind, hit.object_id) for hit in hits} == {("card", card.pk), ("method", product.pk)}
    assert titles(find(cast.mentee, cast.studio, "六招", kinds=["method"])) == ["冷场六招"]
    assert len(find(cast.mentee, cast.studio, "六招", kinds=["method", "card"])) == 2
    assert [hit.url for hit in hits if hit.kind == "method"] == [f"/meetings/products/{product.pk}/"]


def test_logs_are_shown_by_whoever_answers_for_them(cast, settings):
    mine, others = uuid.uuid4(), uuid.uuid4()
    for log in (mine, others):
        keep(kind=HitKind.LOG, object_id=log, studio=cast.studio, title="陪着走访", date=DAY, open_to_all=True)
    assert find(cast.mentee, cast.studio, "走访") == []
    settings.ANSWERS = settings.ANSWERS | {"hits_of": [f"{__name__}.first_of_logs"]}
    SHOWN.clear()
    SHOWN.add(mine)
    hits = find(cast.mentee, cast.studio, "走访")
    assert [(hit.object_id, hit.url, hit.meta) for hit in hits] == [(mine, "/logs/x/", "何嘉怡")]
    assert hits[0].seen == Seen("/logs/x/", "何嘉怡")


SHOWN = set()


def first_of_logs(reader, kind, ids):
    assert kind == HitKind.LOG
    return {id_: ("/logs/x/", reader.name) for id_ in ids if id_ in SHOWN}


def test_filters(cast):
    close(cast, "停车难")
    close(cast, "电梯停了", number=2, category="elevator", outcome="eased")
    keep_card(make_card(cast.studio, cast.officer, reviewer=cast.lead, title="停车六招", neighbourhood="linong"))

    def found(words="", **filters):
        return set(titles(find(cast.mentee, cast.studio, words, **filters)))

    assert found() == {"停车难", "电梯停了", "停车六招"}
    assert found("停", category="elevator") == {"电梯停了"}
    assert found(category="parking") == {"停车难", "停车六招"}
    assert found(outcome="eased") == {"电梯停了"}
    assert found(neighbourhood="linong") == {"停车六招"}
    assert found(subject="CC", kinds=["case"]) == {"停车难", "电梯停了"}
    assert found(subject="ER") == set()
    assert found("停车", category="elevator", outcome="solved") == set()


def test_without_words_the_newest_come_first(cast):
    for number in (1, 2, 3):
        close(cast, f"第{number}件", number=number)
    assert titles(find(cast.mentee, cast.studio, "")) == ["第3件", "第2件", "第1件"]
    assert titles(find(cast.mentee, cast.studio, "", most=2)) == ["第3件", "第2件"]


def test_a_sentence_finds_what_answers_a_part_of_it(cast):
    close(cast, "一楼六户不同意加梯", category="elevator")
    close(cast, "垃圾房放哪里", number=2, category="waste_sorting")
    hits = find(cast.mentee, cast.studio, "底楼居民不同意加装电梯怎么做工作")
    assert titles(hits) == ["一楼六户不同意加梯"]


def test_more_than_enough_answers_are_not_relaxed(cast):
    for number in range(1, 10):
        close(cast, f"停车收费{number}", number=number)
    texts = {"background": "账单", "already_tried": "", "stuck_at": "", "lesson": "先公开", "effect": "公开了"}
    close(cast, "收费不公开", number=10, category="property_service", **texts)
    assert "收费不公开" not in titles(find(cast.mentee, cast.studio, "停车 收费"))


def test_a_search_costs_the_same_for_one_and_for_three(cast, count_queries):
    close(cast, "停车一")

    def search():
        assert [list(hit.title_pieces) for hit in find(cast.mentee, cast.studio, "停车 绿萝")]

    search()
    once = count_queries(search)
    for number in (2, 3):
        close(cast, f"停车{number}", number=number)
    assert count_queries(search) == once == 4


@pytest.mark.parametrize(
    "words", ["'", '"', "' OR 1=1 --", "a* NEAR b", "停车\\", "😀", "\0", "%s", "-停车", "AND OR NOT"]
)
def test_whatever_is_typed_is_only_words(cast, words):
    close(cast, "停车难")
    assert len(find(cast.mentee, cast.studio, words)) <= 1


class TestSimilar:
    def test_closed_cases_cards_and_methods_answer_a_title(self, cast):
        case = close(cast, "一楼六户不同意加梯", category="elevator")
        keep_card(make_card(cast.studio, cast.officer, reviewer=cast.lead, title="加梯分摊怎么谈", category="elevator"))
        keep_method(make_product(cast.cohort, cast.officer, title="冷场六招"))
        close(cast, "垃圾房放哪里", number=2, category="waste_sorting")
        hits = similar(cast.mentee, cast.studio, "底楼邻居不肯签字加装电梯")
        assert {hit.title for hit in hits} == {"一楼六户不同意加梯", "加梯分摊怎么谈"}
        assert case.pk in {hit.object_id for hit in hits}

    def test_open_cases_answer_nobody(self, cast):
        keep_case(make_case(cast.cohort, cast.mentee_row.secretary, cast.mentee))
        assert similar(cast.officer, cast.studio, "车夜里停到哪里去") == []

    def test_the_chosen_category_comes_first(self, cast):
        close(cast, "阳台漏水", category="building_defect")
        close(cast, "阳台漏水了", number=2, category="noise_neighbour")
        for category, first in (("building_defect", "阳台漏水"), ("noise_neighbour", "阳台漏水了")):
            assert titles(similar(cast.mentee, cast.studio, "阳台漏水", category=category))[0] == first

    @pytest.mark.parametrize("title", ["", "车", "a1", "parking"])
    def test_too_little_says_nothing(self, cast, title):
        close(cast, "停车难")
        assert similar(cast.mentee, cast.studio, title) == []

    def test_at_most_so_many(self, cast):
        for number in range(1, 7):
            close(cast, f"停车难{number}", number=number)
        assert len(similar(cast.mentee, cast.studio, "小区停车难")) == 3
        assert len(similar(cast.mentee, cast.studio, "小区停车难", most=5)) == 5
