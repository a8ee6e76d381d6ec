"""The shared pieces of pages, rendered without a database."""

import re
from types import SimpleNamespace

import pytest
from django import forms
from django.core.paginator import Paginator
from django.template import engines
from django.template.loader import render_to_string


def post(name="林晓舟", **changes):
    return SimpleNamespace(
        **{"name": name, "url": "/one/", "pct": 75, "state": "way", "value_text": "18/24", "notes": []} | changes
    )


def board(posts, **changes):
    bay = SimpleNamespace(mentor_name="沈佩芬", mentor_url="/m/", place="花溪园", count_text="82/120", posts=posts)
    eave = SimpleNamespace(weeks=52, week=37, start="开班", today="第37周", end="结业")
    parts = {"bays": [bay], "eave": eave, "due_pct": None, "legend": [("way", "已完成")]} | changes
    return render_to_string("components/board.html", {"board": SimpleNamespace(**parts)})


def words(html: str) -> str:
    return " ".join(re.sub(r"<svg.*?</svg>|<[^>]+>", " ", html, flags=re.DOTALL).split())


def test_board_says_in_words_what_it_draws():
    html = board([post(notes=[("due", "38天", "未带教")])])
    link = re.search(r'<li class="post"><a href="/one/">(.*?)</a></li>', html, re.DOTALL).group(1)
    assert words(link) == "林晓舟 18/24 38天 未带教"
    assert 'class="mark mark-due"' in link
    assert "全程52周" in html


def test_board_hides_every_drawing_from_readers_and_needs_no_inline_style():
    html = board([post(), post(state="stale"), post(state="done", pct=100)], due_pct=70)
    outer = re.findall(r"<svg (?!x=)[^>]*>", html)
    assert outer
    assert all('aria-hidden="true"' in svg for svg in outer)
    assert "style=" not in html


def test_board_draws_the_ink_line_only_when_something_is_due():
    assert "datum" not in board([post()])
    assert "p-due" not in board([post()])
    html = board([post()], due_pct=50)
    assert 'class="datum"' in html
    assert 'd="M14 68H58"' in html


def test_a_vacancy_is_no_link():
    html = board([post("空缺", url="", state="hollow", value_text="")])
    assert '<span class="vacant">' in html
    assert 'href="/one/"' not in html


def test_names_are_escaped_on_the_board():
    assert "<b>" not in board([post("<b>x")])


@pytest.mark.parametrize(("page", "missing"), [(1, "上一页"), (20, "下一页")])
def test_pagination_keeps_the_rest_of_the_address(rf, page, missing):
    request = rf.get("/people/", {"q": "林", "page": "7"})
    html = render_to_string("components/pagination.html", {"page": Paginator(range(200), 10).page(page)}, request)
    assert f'aria-current="page" href="?q=%E6%9E%97&amp;page={page}"' in html
    assert missing not in html


def test_one_page_needs_no_pagination(rf):
    page = Paginator(range(3), 10).page(1)
    assert not render_to_string("components/pagination.html", {"page": page}, rf.get("/")).strip()


class Visit(forms.Form):
    phone = forms.CharField(label="手机号")
    who = forms.ChoiceField(label="带了谁", choices=[("1", "林晓舟")], widget=forms.RadioSelect)


def test_error_summary_leads_to_each_field():
    form = Visit({})
    form.add_error(None, "名单已经发布")
    html = render_to_string("components/form_errors.html", {"form": form})
    assert 'href="#id_phone"' in html
    assert 'href="#div_id_who"' in html
    assert "名单已经发布" in html
    assert 'role="alert"' in html


def test_a_good_form_has_no_summary():
    form = Visit({"phone": "1", "who": "1"})
    assert form.is_valid()
    assert not render_to_string("components/form_errors.html", {"form": form}).strip()


@pytest.mark.parametrize("name", ["403.html", "404.html", "500.html"])
def test_error_pages_need_neither_database_nor_request(name):
    html = render_to_string(name)
    assert 'href="/"' in html
    assert "style=" not in html


def test_the_last_error_page_has_no_template_code():
    source = engines["django"].get_template("500.html").template.source
    assert "{%" not in source
    assert "{{" not in source
    assert 'lang="en"' in source


def test_an_expired_form_is_told_apart_from_a_closed_door():
    assert render_to_string("403.html", {"form_expired": True}) != render_to_string("403.html")
