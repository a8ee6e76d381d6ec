from .access_page import PAGE, page


def test_every_policy_stands_on_the_page_of_who_may_open_what():
    """Also a page's policy stands there: whoever loosens one changes the page that is read."""
    assert PAGE.read_text(encoding="utf-8") == page(), "write it anew: .venv/bin/python -m tests.access_page"
