"""The register as a spreadsheet, in the columns that the import reads."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from mentorship.common.spreadsheets import write_table

from .columns import HEADING, cells_of
from .models import Secretary


def register_xlsx(people: Iterable[Secretary]) -> bytes:
    """Everyone given, in that order, with full phone numbers: for those who may edit the register."""
    return write_table(_("书记名册"), HEADING, (cells_of(person) for person in people))


def template_xlsx() -> bytes:
    """The empty form, with one row that shows how to fill it."""
    example = [
        "何嘉怡",
        "女",
        "1991-03",
        "310107005016",
        "兰溪园居委会",
        "居民区党总支书记",
        "2018-05",
        "",
        "本科",
        "否",
    ]
    return write_table(_("书记名册"), HEADING, [example])
