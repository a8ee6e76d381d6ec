"""What the search knows follows what happens to cases, cards and methods."""

import datetime
import uuid

import pytest
from django.core.management import call_command

from cohorts.clinic.choices import CardState, CaseState, HitKind, Outcome
from cohorts.clinic.models import SearchText
from cohorts.clinic.searching import index
from cohorts.clinic.searching.finding import find
from cohorts.clinic.searching.keeping import drop, keep, keep_card, keep_case
from cohorts.meetings.actions.products import change_product, keep_product
from cohorts.meetings.choices import ProductKind
from tests.factories.clinic import make_card, make_case, make_consult, make_opinion, make_step

DAY = datetime.date(2018, 11, 1)


@pytest.fixture
def closed(cast):
    return make_case(
        cast.cohort, cast.mentee_row.secretary, cast.mentee, state=CaseState.CLOSED, closed_by=cast.lead,
        sub_category="spaces",
    )  # fmt: skip


def titles(reader, studio, words, **filters):
    return [hit.title for hit in find(reader, studio, words, **filters)]


def row_of(case):
    return SearchText.objects.get(object_id=case.pk)


def test_a_closed_case_is_kept_with_what_came_of_it(cast, closed):
    make_opinion(make_consult(closed, cast.mentor_row, cast.officer), "分时段数一周")
    make_step(closed, text="入户征询停车公约")
    keep_case(closed)
    row = row_of(closed)
    assert row.open_to_all
    assert row.date == closed.closed_on
    assert (row.category, row.outcome, row.subjects) == ("parking", Outcome.SOLVED, "CG,CC")
    assert row.neighbourhood == closed.community.type
    lead, rest = row.body.split("\n")
    assert closed.lesson in lead
    assert closed.effect in lead
    for text in (closed.background, closed.already_tried, closed.stuck_at, "分时段数一周", "入户征询停车公约"):
        assert text in rest
    assert {"停车", "交通", "车位不足", "车位"} <= set(row.keywords.split())


def test_nobody_is_named_in_it(cast, closed):
    """Presenter, neighbourhood and doctors are no words of the search."""
    keep_case(closed)
    row = row_of(closed)
    for name in (cast.mentee.name, str(closed.community)):
        assert name not in row.title + row.keywords + row.body


def test_opinions_that_are_not_open_are_no_words_of_the_search(cast):
    case = make_case(cast.cohort, cast.mentee_row.secretary, cast.mentee, state=CaseState.CONSULTING)
    make_opinion(make_consult(case, cast.mentor_row, cast.officer), "晾衣绳上做文章")
    keep_case(case)
    assert "晾衣绳" not in row_of(case).body
    assert titles(cast.officer, cast.studio, "晾衣绳") == []
    assert titles(cast.officer, cast.studio, "车夜里") == [case.title]
    case.state, case.released_at = CaseState.ACTING, datetime.datetime(2018, 11, 9, tzinfo=datetime.UTC)
    case.save()
    keep_case(case)
    assert titles(cast.officer, cast.studio, "晾衣绳") == [case.title]


def test_drafts_and_sensitive_cases_are_not_kept(cast, closed):
    draft = make_case(cast.cohort, cast.mentee_row.secretary, cast.mentee, state=CaseState.DRAFT)
    keep_case(draft)
    assert not SearchText.objects.exists()
    keep_case(closed)
    assert SearchText.objects.count() == 1
    closed.sensitive = True
    closed.save()
    keep_case(closed)
    assert not SearchText.objects.exists()
    assert index.newest(["kcase"], 9) == [[]]


def test_closing_and_opening_again(cast, closed):
    """Everyone finds a closed case; one that is opened again only those who read the whole clinic."""
    keep_case(closed)
    first = row_of(closed).pk
    assert titles(cast.other_mentee, cast.studio, "停车 消防通道") == [closed.title]
    type(closed).objects.filter(pk=closed.pk).update(state=CaseState.ACTING, closed_on=None, closed_by=None, reopened=1)
    keep_case(closed)
    assert not row_of(closed).open_to_all
    assert row_of(closed).pk == first
    assert titles(cast.other_mentee, cast.studio, "停车 消防通道") == []
    assert titles(cast.officer, cast.studio, "停车 消防通道") == [closed.title]


def test_what_was_changed_is_found_by_its_new_words_alone(cast, closed):
    keep_case(closed)
    closed.title = "车库进水"
    closed.save()
    keep_case(closed)
    assert titles(cast.officer, cast.studio, "车库") == ["车库进水"]
    assert titles(cast.officer, cast.studio, "哪里去") == []


def test_a_card_is_found_while_it_is_in_the_library(cast):
    card = make_card(cast.studio, cast.officer, state=CardState.REVIEW, neighbourhood="gongren")
    keep_card(card)
    assert titles(cast.mentee, cast.studio, "先数后谈") == []
    card.state, card.reviewed_by, card.published_on = CardState.PUBLISHED, cast.lead, DAY
    card.save()
    keep_card(card)
    assert titles(cast.mentee, cast.studio, "先数后谈") == [card.title]
    assert titles(cast.mentee, cast.studio, "先数后谈", neighbourhood="gongren") == [card.title]
    assert titles(cast.mentee, cast.studio, "先数后谈", neighbourhood="linong") == []
    card.state = CardState.WITHDRAWN
    card.save()
    keep_card(card)
    assert titles(cast.mentee, cast.studio, "先数后谈") == []
    assert not SearchText.objects.exists()


def test_a_method_is_kept_by_the_acts_of_the_meetings(cast):
    facts = {
        "kind": ProductKind.CARD,
        "title": "冷场急救",
        "use": "活动没人来",
        "steps": "先请三个人",
        "author": "徐静芬",
    }
    product = keep_product(by=cast.officer, cohort=cast.cohort, **facts)
    assert titles(cast.mentee, cast.studio, "冷场") == ["冷场急救"]
    change_product(by=cast.officer, product=product, version=product.version, **facts | {"title": "热场六招"})
    assert titles(cast.mentee, cast.studio, "六招") == ["热场六招"]
    assert titles(cast.mentee, cast.studio, "冷场") == []


def test_those_above_keep_and_drop_their_own(cast):
    log = uuid.uuid4()
    keep(
        kind=HitKind.LOG,
        object_id=log,
        studio=cast.studio,
        title="陪着走访",
        date=DAY,
        text="楼道堆物",
        open_to_all=True,
    )
    assert SearchText.objects.get(kind=HitKind.LOG).object_id == log
    assert index.newest(["klog"], 9) != [[]]
    drop(HitKind.LOG, log)
    drop(HitKind.LOG, uuid.uuid4())
    assert not SearchText.objects.exists()
    assert index.newest(["klog"], 9) == [[]]


def test_long_words_fit(cast):
    keep(kind=HitKind.LOG, object_id=uuid.uuid4(), studio=cast.studio, title="长" * 400, date=DAY, text="x" * 3000,
         keywords=tuple(f"词{number}" for number in range(200)))  # fmt: skip
    assert len(SearchText.objects.get().title) == 120


def test_keeping_costs_the_same_however_much_there_is(cast, closed, count_queries):
    make_opinion(make_consult(closed, cast.mentor_row, cast.officer))
    make_step(closed)
    once = count_queries(lambda: keep_case(closed))
    make_opinion(make_consult(closed, cast.other_mentor_row, cast.officer), "另一条")
    make_step(closed, order=2)
    make_step(closed, order=3)
    assert count_queries(lambda: keep_case(closed)) == once == 5


def test_everything_anew(cast, closed, capsys):
    """The same rows with the same ids however often; what may not be found falls out."""
    open_case = make_case(cast.cohort, cast.mentee_row.secretary, cast.mentee, number=2, title="楼道灯不亮")
    card = make_card(cast.studio, cast.officer, reviewer=cast.lead)
    make_case(cast.cohort, cast.mentee_row.secretary, cast.mentee, number=3, sensitive=True)
    keep(kind=HitKind.CASE, object_id=uuid.uuid4(), studio=cast.studio, title="绿萝早枯了", date=DAY)
    call_command("index_clinic")
    rows = dict(SearchText.objects.values_list("object_id", "pk"))
    assert set(rows) == {closed.pk, open_case.pk, card.pk}
    assert "检索里有 3 条" in capsys.readouterr().out
    assert titles(cast.officer, cast.studio, "绿萝") == []
    call_command("index_clinic")
    assert dict(SearchText.objects.values_list("object_id", "pk")) == rows


def test_those_above_are_asked_to_do_the_same(cast, settings, capsys):
    settings.ANSWERS = settings.ANSWERS | {"reindex": [f"{__name__}.four_logs"]}
    call_command("index_clinic")
    assert "教学日志：4" in capsys.readouterr().out


def four_logs(tell):
    tell("教学日志", 4)
    return 4
