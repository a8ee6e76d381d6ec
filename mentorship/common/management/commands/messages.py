"""Keeps the English catalogue in step with the source, without the gettext programs.

Chinese is the source language: a msgid is the Chinese text itself, so Chinese needs no catalogue.
"""

import re
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils.translation.template import templatize

try:
    from babel.messages import Catalog, Message
    from babel.messages.extract import DEFAULT_KEYWORDS, extract
    from babel.messages.mofile import read_mo, write_mo
    from babel.messages.pofile import read_po, write_po
except ModuleNotFoundError:  # a site that only runs has no Babel
    Catalog = None

SOURCES = ("mentorship", "cohorts", "evaluations")
LANGUAGE = "en"
FUNCTIONS = {
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext_lazy": (1, 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext_lazy": ((1, "c"), 2, 3),
}
PLACEHOLDER = re.compile(r"%\((\w+)\)[a-z]|\{(\w*)\}")
IDLE_HEADER = re.compile(
    rb'"(?:POT-Creation-Date|PO-Revision-Date|Last-Translator|Language-Team|Generated-By|Report-Msgid-Bugs-To):.*\n'
)
# One fixed day: a catalogue changes when its words change, never because time passed.
DAY = datetime(2026, 1, 1, tzinfo=UTC)


def catalogue_paths() -> tuple[Path, Path]:
    folder = Path(settings.LOCALE_PATHS[0]) / LANGUAGE / "LC_MESSAGES"
    return folder / "django.po", folder / "django.mo"


def new_catalogue() -> "Catalog":
    catalogue = Catalog(locale=LANGUAGE, domain="django", project="daliang-studio", version="1", fuzzy=False)
    catalogue.header_comment = "# English words of the studio. `./studio messages` keeps this file."
    catalogue.creation_date = catalogue.revision_date = DAY
    return catalogue


def source_files() -> list[Path]:
    python = [path for top in SOURCES for path in (settings.BASE_DIR / top).rglob("*.py")]
    pages = [path for path in (settings.BASE_DIR / "templates").rglob("*") if path.suffix in {".html", ".txt"}]
    return sorted(path for path in python + pages if "migrations" not in path.parts)


def as_python(path: Path) -> str:
    """The file as Python tokens: a template becomes the calls that stand for its marked strings."""
    text = path.read_text(encoding="utf-8")
    if path.suffix == ".py":
        return text
    calls = templatize(text, origin=str(path))
    return "\n".join(line.strip() for line in calls.split("\n"))


def marked_in(path: Path):
    """Yields (line, id, context) of each marked string; the id of a counted one is a pair."""
    keywords = DEFAULT_KEYWORDS | FUNCTIONS
    source = BytesIO(as_python(path).encode())
    for line, message, _comments, context in extract("python", source, keywords, options={"encoding": "utf-8"}):
        yield line, message, context


def extracted() -> "Catalog":
    catalogue = new_catalogue()
    for path in source_files():
        name = path.relative_to(settings.BASE_DIR).as_posix()
        for line, message, context in marked_in(path):
            catalogue.add(message, locations=[(name, line)], context=context)
    return catalogue


def messages_of(catalogue: "Catalog") -> list["Message"]:
    return [message for message in catalogue if message.id]


def stored() -> "Catalog":
    po, _ = catalogue_paths()
    if not po.exists():
        return new_catalogue()
    with po.open("rb") as file:
        return read_po(file, locale=LANGUAGE)


def updated() -> "Catalog":
    """What the source says now, with every translation that still fits."""
    known, catalogue = stored(), extracted()
    for message in messages_of(catalogue):
        old = known.get(message.id, message.context)
        if old and isinstance(old.id, str) == isinstance(message.id, str):
            message.string, message.flags = old.string, message.flags | (old.flags & {"fuzzy"})
            message.user_comments = old.user_comments
    return catalogue


def po_bytes(catalogue: "Catalog") -> bytes:
    buffer = BytesIO()
    write_po(buffer, catalogue, width=100, sort_by_file=True, include_lineno=False)
    idle = (
        rb'"(?:POT-Creation-Date|PO-Revision-Date|Last-Translator|Language-Team|Generated-By|Report-Msgid-Bugs-To):.*\n'
    )
    return re.sub(idle, b"", buffer.getvalue())


def mo_bytes(catalogue: "Catalog") -> bytes:
    catalogue.creation_date = catalogue.revision_date = DAY
    buffer = BytesIO()
    write_mo(buffer, catalogue)
    return buffer.getvalue()


def words(message: "Message") -> tuple[str, ...]:
    return (message.string,) if isinstance(message.string, str) else tuple(message.string)


def name_of(message: "Message") -> str:
    text = message.id if isinstance(message.id, str) else message.id[0]
    return f"{message.context} | {text}" if message.context else text


def translations(catalogue: "Catalog") -> dict[tuple, tuple[str, ...]]:
    """What a reader gets: (context, msgid) to its forms, the untranslated left out."""

    def context_of(message):  # Babel reads it from a .mo as bytes
        return message.context.decode() if isinstance(message.context, bytes) else message.context or None

    return {
        (context_of(message), message.id if isinstance(message.id, str) else message.id[0]): words(message)
        for message in messages_of(catalogue)
        if all(words(message)) and not message.fuzzy
    }


def placeholders(text: str) -> set[str]:
    return {found.group(0) for found in PLACEHOLDER.finditer(text)}


def fault_of(message: "Message") -> str | None:
    if message.fuzzy:
        return "fuzzy"
    if not all(words(message)):
        return "empty"
    ids = (message.id,) if isinstance(message.id, str) else message.id
    wanted = set().union(*map(placeholders, ids))
    # A singular may say "one" in place of the number; nothing else may be missing, and nothing may be added.
    forms = words(message)
    if placeholders(forms[-1]) != wanted or any(placeholders(form) - wanted for form in forms):
        return "placeholders differ"
    return None


def is_stale() -> bool:
    _, mo = catalogue_paths()
    if not mo.exists():
        return True
    with mo.open("rb") as file:
        return translations(read_mo(file)) != translations(stored())


def faults() -> list[str]:
    """One line for each thing that keeps the English from being whole."""
    known, now = stored(), extracted()
    kept = {(message.context or None, name_of(message)) for message in messages_of(known)}
    wanted = {(message.context or None, name_of(message)) for message in messages_of(now)}
    lines = [f"missing: {name}" for _, name in sorted(wanted - kept, key=str)]
    lines += [f"obsolete: {name}" for _, name in sorted(kept - wanted, key=str)]
    lines += [f"{fault}: {name_of(message)}" for message in messages_of(known) if (fault := fault_of(message))]
    if is_stale():
        lines.append("stale: django.mo does not say what django.po says")
    return lines


class Command(BaseCommand):
    help = "Brings mentorship/locale up to date with the marked strings and compiles it; --check only looks."
    requires_system_checks = []

    def add_arguments(self, parser):
        parser.add_argument("--check", action="store_true", help="Change nothing; fail if the English is not whole.")

    def handle(self, *, check, **options):
        if Catalog is None:
            raise CommandError("This needs Babel: run ./studio messages, which installs what development needs.")
        if check:
            self.report(faults())
            return
        po, mo = catalogue_paths()
        po.parent.mkdir(parents=True, exist_ok=True)
        po.write_bytes(po_bytes(updated()))
        mo.write_bytes(mo_bytes(stored()))
        left = [line for line in faults() if not line.startswith("stale")]
        self.stdout.write(f"{len(messages_of(stored()))} messages, {len(left)} still to translate or mend.")

    def report(self, lines: list[str], shown: int = 60):
        if not lines:
            self.stdout.write("Every message has its English.")
            return
        more = [f"and {len(lines) - shown} more"] if len(lines) > shown else []
        raise CommandError("\n".join([f"{len(lines)} faults in the English catalogue:", *lines[:shown], *more]))
