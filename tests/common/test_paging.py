import pytest
from django.test import RequestFactory

from mentorship.common.paging import page_of


@pytest.mark.parametrize(
    ("asked", "number", "first"),
    [
        ("", 1, 0),
        ("?page=2", 2, 50),
        ("?page=3", 3, 100),
        ("?page=99", 3, 100),
        ("?page=x", 1, 0),
        ("?page=-1", 3, 100),
    ],
)
def test_the_page_that_is_asked_for(asked, number, first):
    page = page_of(RequestFactory().get(f"/{asked}"), list(range(120)))
    assert (page.number, page[0]) == (number, first)


def test_no_rows_still_make_a_page():
    assert list(page_of(RequestFactory().get("/"), [])) == []
