"""The ends of the audit chains, sent away every day: into a folder that another machine holds, or by e-mail."""

import datetime
import json
import os
from pathlib import Path

from django.conf import settings
from django.core.mail import send_mail
from django.utils import timezone

from mentorship.accounts.models import User
from mentorship.audit.anchors import heads, lost, read, written

from .backups.programs import Trouble

STAMP = "last_anchor.json"
NAMES = "audit-*.txt"
NOWHERE = "The ends go nowhere: set STUDIO_ANCHOR_TO (a folder away from here) or STUDIO_ANCHOR_MAIL (addresses)."


def anchor() -> tuple[int, list[str]]:
    """How many ends were sent, and where. Raises Trouble when a chain has lost what the folder's last text holds (those who
    get the mail are told too), or when there is nowhere to send them; OSError when the folder can't be written."""
    folder, people = Path(settings.ANCHOR_TO) if settings.ANCHOR_TO else None, addresses()
    if not folder and not people:
        raise Trouble(NOWHERE)
    if folder and (gone := lost_since(folder)):
        tell(people, "The audit trail has lost entries", "\n".join(gone))
        raise Trouble("; ".join(gone))
    at, ends = timezone.now().astimezone(datetime.UTC), heads()
    text = written(ends, at, settings.SITE_URL)
    if folder:
        keep(folder, at, text)
    tell(people, f"Ends of the audit chains, {at:%Y-%m-%d}", text)
    places = [*([str(folder)] if folder else []), *people]
    leave_stamp(at, places)
    return len(ends), places


def addresses() -> list[str]:
    """Those of the settings, else of all operators."""
    operators = User.objects.filter(is_operator=True, is_active=True).exclude(email="").order_by("email")
    return settings.ANCHOR_MAIL or list(operators.values_list("email", flat=True).distinct())


def lost_since(folder: Path) -> list[str]:
    kept = sorted(folder.glob(NAMES))
    if not kept:
        return []
    faults = lost(read(kept[-1].read_text(encoding="utf-8")))
    return [f"studio {studio_id}: {fault} ({kept[-1].name})" for studio_id, fault in faults]


def keep(folder: Path, at: datetime.datetime, text: str) -> None:
    """Beside the older ones, never over one."""
    folder.mkdir(0o750, parents=True, exist_ok=True)
    name = folder / f"audit-{at:%Y%m%dT%H%M%S}.{at.microsecond // 1000:03}Z.txt"
    with open(os.open(name, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o640), "w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())


def tell(people: list[str], subject: str, text: str) -> None:
    if people:
        send_mail(subject, text, settings.DEFAULT_FROM_EMAIL, people)


def leave_stamp(at: datetime.datetime, places: list[str]) -> None:
    draft = settings.VAR_DIR / f".{STAMP}.{os.getpid()}"
    draft.write_text(json.dumps({"at": at.isoformat(), "to": places}))
    os.replace(draft, settings.VAR_DIR / STAMP)


def last_anchor() -> tuple[datetime.datetime, list[str]] | None:
    """When this machine last sent the ends away, and where to."""
    try:
        stamp = json.loads((settings.VAR_DIR / STAMP).read_text())
        return datetime.datetime.fromisoformat(stamp["at"]), stamp["to"]
    except (OSError, ValueError, KeyError, TypeError):
        return None
