"""docs/privacy.md, from the tables of the apps."""

from collections.abc import Iterator

from django.conf import settings
from django.core.management.base import BaseCommand
from django.utils import translation

from mentorship.common.personal import At, Drop, Table
from mentorship.privacy.copying import words_for
from mentorship.privacy.table import fields_of, model_of, tables

HEAD = """# 个人信息一览

这一页由程序里的表生成（`./manage.py privacy_table --write`），请不要手改。每个应用在自己的 `personal.py` 里写明每个字段；
少写一个，测试不通过。怎样办副本、注销和到期清理，见 [operations.md](operations.md)。

This page is generated from the tables in the code. For each model: purpose, who sees it, how long; for each field that
tells of a person: whether it is in the person's own copy, and what becomes of it when the person is erased.
"""


def document() -> str:
    held = [table for table in tables().values() if table.is_personal]
    rest = [table.model for table in tables().values() if not table.is_personal]
    parts = [HEAD, *("\n".join(section(table)) for table in held)]
    parts.append("## 与个人无关的表\n\n" + "、".join(f"`{name}`" for name in rest) + "\n")
    return "\n".join(parts)


def section(table: Table) -> Iterator[str]:
    model = model_of(table)
    yield f"## {model._meta.verbose_name} `{table.model}`\n"
    yield f"用途：{table.purpose}。谁看得见：{table.seen}。留多久：{table.keep.words}。注销时：{table.drop.value}。\n"
    yield "| 字段 | 本人副本 | 注销时 |\n| --- | --- | --- |"
    groups: dict[tuple[str, str], list[str]] = {}
    for name, field in fields_of(model).items():
        at = table.fields[name]
        if at.is_personal:
            label = words_for(field)
            shown = f"`{name}`" if label == name else f"{label} `{name}`"
            groups.setdefault((in_copy(table, name, at), at_erasure(table, at)), []).append(shown)
    for (copy, erasure), names in groups.items():
        yield f"| {'、'.join(names)} | {copy} | {erasure} |"
    yield ""


def in_copy(table: Table, name: str, at: At) -> str:
    if reason := table.closed or table.reasons.get(name, ""):
        return f"不给：{reason}"
    if not table.about or not at.is_told:
        return "—"
    return f"给（{table.only[1]}的除外）" if table.only else "给"


def at_erasure(table: Table, at: At) -> str:
    return str(table.drop.value if table.drop is Drop.NOW and table.about else at.value)


class Command(BaseCommand):
    help = "Prints docs/privacy.md from the tables of the apps, or writes it."

    def add_arguments(self, parser):
        parser.add_argument("--write", action="store_true")

    def handle(self, *args, write, **options):
        with translation.override("zh-hans"):
            text = document()
        if write:
            (settings.BASE_DIR / "docs" / "privacy.md").write_text(text, encoding="utf-8")
        else:
            self.stdout.write(text)
