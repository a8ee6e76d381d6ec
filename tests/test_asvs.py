"""docs/asvs.md has each line of Level 2 of the OWASP ASVS 5.0.0 once; what it and the test table name exists."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
PAGE = (ROOT / "docs/asvs.md").read_text()
# Lines of Levels 1 and 2 in each section of the standard; in each they are numbered from 1 without a gap.
SECTIONS = {
    "1.1": 2, "1.2": 9, "1.3": 11, "1.4": 3, "1.5": 2, "2.1": 3, "2.2": 3, "2.3": 4, "2.4": 1, "3.2": 2, "3.3": 4, "3.4": 6,
    "3.5": 5, "3.7": 2, "4.1": 3, "4.2": 1, "4.3": 2, "4.4": 4, "5.1": 1, "5.2": 3, "5.3": 2, "5.4": 3, "6.1": 3, "6.2": 12,
    "6.3": 4, "6.4": 4, "6.5": 5, "6.6": 3, "6.8": 4, "7.1": 3, "7.2": 4, "7.3": 2, "7.4": 5, "7.5": 2, "7.6": 2, "8.1": 2,
    "8.2": 3, "8.3": 1, "8.4": 1, "9.1": 3, "9.2": 4, "10.1": 2, "10.2": 2, "10.3": 4, "10.4": 11, "10.5": 5, "10.6": 2,
    "10.7": 3, "11.1": 2, "11.2": 3, "11.3": 3, "11.4": 4, "11.5": 1, "11.6": 1, "12.1": 3, "12.2": 2, "12.3": 4, "13.1": 1,
    "13.2": 5, "13.3": 2, "13.4": 5, "14.1": 2, "14.2": 4, "14.3": 3, "15.1": 3, "15.2": 3, "15.3": 7, "16.1": 1, "16.2": 5,
    "16.3": 4, "16.4": 3, "16.5": 3, "17.1": 1, "17.2": 4, "17.3": 2,
}  # fmt: skip


def test_each_line_stands_once_with_an_answer():
    rows = re.findall(r"^\| (\d+\.\d+\.\d+) \| ([^|]+) \| ([^|]+) \|$", PAGE, re.MULTILINE)
    assert [number for number, _, _ in rows] == [
        f"{section}.{place}" for section, lines in SECTIONS.items() for place in range(1, lines + 1)
    ]
    assert len(rows) == 253
    assert [number for number, _, shown in rows if len(shown.strip()) < 4] == []


@pytest.mark.parametrize("page", ["asvs.md", "security.md"])
def test_what_is_named_exists(page):
    text = (ROOT / "docs" / page).read_text()
    named = set(re.findall(r"`((?:tests|docs|deploy|mentorship|templates)/[^`:]+|requirements\.txt)`", text))
    assert len(named) > 40
    assert [path for path in sorted(named) if not (ROOT / path).exists()] == []
