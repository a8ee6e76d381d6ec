"""What a screen reader says of the web of subjects."""

from decimal import Decimal
from types import SimpleNamespace

from django.utils import translation

from evaluations.growth.queries.comparison import Compared
from evaluations.growth.queries.progress import SubjectRow


def test_a_subject_that_had_no_level_at_first_is_told_in_the_readers_language():
    rows = [SubjectRow(SimpleNamespace(short="党建"), None, Decimal("3.0"))]
    assert Compared("何嘉怡", rows).radar_words == "何嘉怡，摸底到现在：党建 暂无→3.0"
    with translation.override("en"):
        assert "none yet→3.0" in Compared("何嘉怡", rows).radar_words
