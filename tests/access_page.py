"""docs/access.md: the access table as a page to read. `python -m tests.access_page` writes it anew."""

import os
from itertools import groupby
from pathlib import Path

PAGE = Path(__file__).resolve().parents[1] / "docs" / "access.md"
HEAD = """# Who may open what

Every address, {count} of them, as `tests/access_table.py` has it: the tests ask each of them by GET and by POST as each of fourteen
people, for what is their own, the same studio's and another studio's (`tests/test_every_page.py`). Written by
`python -m tests.access_page`; a test fails when it is not up to date. The admin site has doors and tests of its own
(`tests/admin/`).

*asks for*: the policy of the page, by permissions (`mentorship/accounts/roles.py`), and whether it asks once more who is there: to
`act`, to `open`. *opens for*: of the cast of the tests; which rows one sees is decided by `visible_to`. *of others*: what the one
who may open it gets for the same thing of another studio. Whoever may not gets 403, a stranger 404, the anonymous the sign-in page.

mentor, mentee, liaison: those whom the thing concerns; other mentor, other mentee, other liaison: of the same studio; stranger,
stranger mentee: of another, and on an address without a thing they open their own studio's; nobody: an account without a role.
"""


def page() -> str:
    from .access_table import TABLE
    from .walk import entries

    rows = sorted((name.partition(":")[0], route, name, view) for name, route, view in entries())
    text = [HEAD.format(count=len(rows))]
    for app, found in groupby(rows, key=lambda row: row[0]):
        text += [f"\n## {app}\n", "| address | asks for | opens for | of others |", "| --- | --- | --- | --- |"]
        text += [line(route, view, TABLE[name]) for _app, route, name, view in found]
    return "\n".join(text) + "\n"


def line(route: str, view, row) -> str:
    policy = getattr(view, "access_policy", None) or view.view_class.access_policy
    step_up = getattr(view, "step_up", None)
    asks = policy.name.removeprefix("needs:").replace("|", ", ") + (f"; again to {step_up.value}" if step_up else "")
    address = route.replace("<", "‹").replace(">", "›") + (" (POST)" if row.post else "")
    return f"| {address} | {asks} | {who(row.allow)} | {'404' if row.foreign else ''} |"


def who(allow: set[str]) -> str:
    from .access_rows import EVERYONE, INSIDERS, SIGNED_IN, STRANGERS

    for group, word in [
        (EVERYONE, "everybody"),
        (SIGNED_IN, "all who are signed in"),
        (INSIDERS | STRANGERS, "all with a role"),
        (INSIDERS, "all with a role here"),
    ]:
        if allow == group:
            return word
    return ", ".join(name.replace("_", " ") for name in sorted(allow))


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "mentorship.settings")
    import django

    django.setup()
    PAGE.write_text(page(), encoding="utf-8")
