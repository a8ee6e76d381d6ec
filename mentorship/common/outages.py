"""What is off just now: mail, background work, room on the disk. Pages name it and go on.

A part that is off leaves a file in VAR_DIR, which every process of the machine sees at no cost.
"""

import contextlib
import shutil
import smtplib
import time
from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext as _

MAIL, QUEUE, DISK = "mail", "queue", "disk"
LASTS = {MAIL: 24 * 3600, QUEUE: 15 * 60}  # seconds without a new word, after which it is no longer believed
REST = 30  # seconds after a failure in which nobody else need wait as long to learn the same
LEAST_ROOM = 16 * 1024 * 1024  # bytes: less than one photo session needs


def place_of(part: str) -> Path:
    return settings.VAR_DIR / f"off.{part}"


def note(part: str) -> None:
    with contextlib.suppress(OSError):  # a full disk
        place_of(part).touch()


def over(part: str) -> None:
    with contextlib.suppress(OSError):
        place_of(part).unlink(missing_ok=True)


def noted_within(part: str, seconds: float) -> bool:
    try:
        return time.time() - place_of(part).stat().st_mtime < seconds
    except OSError:
        return False


@contextlib.contextmanager
def mailing():
    """Around the sending of a mail. An address that is refused is no outage."""
    try:
        yield
    except smtplib.SMTPRecipientsRefused:
        raise
    except OSError:
        note(MAIL)
        raise
    over(MAIL)


def is_full() -> bool:
    try:
        return shutil.disk_usage(settings.VAR_DIR).free < LEAST_ROOM
    except OSError:
        return True


def parts_off() -> list[str]:
    return [part for part, seconds in LASTS.items() if noted_within(part, seconds)] + ([DISK] if is_full() else [])


def words() -> list[tuple[str, str]]:
    """(part, what it means for whoever reads the page)."""
    said = {
        MAIL: _("邮件这会儿发不出去，给您的消息都在“消息”里。"),
        QUEUE: _("后台的事（发邮件、打包）这会儿停着，恢复以后会接着做。"),
        DISK: _("存储空间满了：可以照常查看，新写的可能存不进去。请告诉管理员。"),
    }
    return [(part, said[part]) for part in parts_off()]
