"""What a bench says of a page: the goals it misses, and what a browser fetches for it."""

import json

import pytest

from tests.bench.driving import JS_IMPORT, Answer, first_view, named_in_html
from tests.bench.measuring import Row, tell

GOOD = {"times": {"floor": (10, 12), "studio": (25, 30), "country": (30, 40)}, "queries": {"studio": 12, "country": 12}}


@pytest.mark.parametrize(
    ("change", "missed"),
    [
        ({}, []),
        ({"times": {"floor": (10, 12), "studio": (25.1, 30)}}, ["floor"]),
        ({"times": {"floor": (10, 12), "studio": (20, 30), "country": (24.1, 40)}}, ["country"]),
        ({"queries": {"studio": 13}}, ["queries"]),
        ({"queries": {"studio": 5, "country": 6}}, ["grows"]),
        ({"queries": {"studio": 9, "country": 9}, "grown": 10}, ["grows"]),
        ({"queries": {"studio": 9, "country": 7}, "grown": 8}, []),
        ({"kilobytes": 150.1}, ["first view"]),
        ({"foreign": ["//cdn.example/x.js"]}, ["foreign hosts"]),
        ({"is_post": True, "times": {"floor": (10, 12), "studio": (20.1, 30)}}, ["floor"]),
    ],
)
def test_each_goal_is_missed_by_itself(change, missed):
    assert Row("page", **(GOOD | change)).missed() == missed


def test_a_missed_goal_is_marked_and_ends_the_run_with_1(capsys, tmp_path):
    rows = [Row("good", **GOOD), Row("slow", **(GOOD | {"times": {"floor": (10, 12), "studio": (26, 30)}}))]
    with pytest.raises(SystemExit) as ended:
        tell(rows, ["studio"], str(tmp_path / "figures.json"))
    assert ended.value.code == 1
    said = capsys.readouterr().out
    assert "2.60!" in said
    assert "missed: slow: floor" in said
    assert json.loads((tmp_path / "figures.json").read_text())["missed"] == {"slow": ["floor"]}
    with pytest.raises(SystemExit) as ended:
        tell(rows[:1], ["studio"], "")
    assert ended.value.code == 0


PAGE = b"""<link rel="stylesheet" href="/static/a.css"><link rel="canonical" href="/elsewhere/">
<script type="module" src="/static/js/b.js"></script><img src="data:image/png;base64,AA"><script src="//cdn.example/x.js"></script>"""
FILES = {
    "/page/": ("text/html; charset=utf-8", PAGE),
    "/static/a.css": ("text/css", b'@font-face{src:url("/static/f.woff2")} .x{background:url(img/p.svg)}'),
    "/static/img/p.svg": ("image/svg+xml", b"<svg/>"),
    "/static/js/b.js": ("text/javascript", b'import { c } from "./c.js";\nc();'),
    "/static/js/c.js": ("text/javascript", b"export const c = 1;"),
}


class Browser:
    def ask(self, address: str) -> Answer:
        kind, body = FILES[address]
        return Answer(200, {"content-type": kind}, body)


def test_the_first_view_is_the_page_and_what_it_leads_to_without_fonts():
    view = first_view(Browser(), "/page/", {})
    assert (view.requests, view.foreign) == (5, ["//cdn.example/x.js"])
    assert 0 < view.kilobytes < 1


def test_only_what_a_browser_fetches_by_itself_counts():
    assert named_in_html(PAGE.decode(), "/page/")[:2] == ["/static/a.css", "/static/js/b.js"]
    assert JS_IMPORT.findall('import "./a.js";export * from "../b.js"; import("./later.js")') == ["./a.js", "../b.js"]
