"""Sizes and the room on a disk."""

import shutil
from pathlib import Path

LEAST_FREE = 15  # percent


def in_words(size: float) -> str:
    """1536 -> 1.5 kB"""
    for unit in ("B", "kB", "MB", "GB"):
        if size < 1024 or unit == "GB":
            return f"{size:.0f} {unit}" if unit == "B" else f"{size:.1f} {unit}"
        size /= 1024
    raise AssertionError


def percent_free(folder: Path) -> float:
    """Of the disk that holds the folder, as far as its owner may fill it."""
    usage = shutil.disk_usage(folder)
    return 100 * usage.free / (usage.used + usage.free)
