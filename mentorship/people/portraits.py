"""Where a portrait and its small square are kept: side by side under one random name."""

from pathlib import PurePosixPath

from django.core.files.base import File

from .models import Secretary


def small_name(name: str) -> str:
    """portraits/ab12.jpg -> portraits/ab12-small.jpg"""
    path = PurePosixPath(name)
    return str(path.with_stem(f"{path.stem}-small"))


def portrait_file(person: Secretary, *, small: bool = False) -> File:
    """The portrait, or its square where there is one. Falsy when the person has none."""
    portrait = person.portrait
    if small and portrait and portrait.storage.exists(small_name(portrait.name)):
        return portrait.storage.open(small_name(portrait.name))
    return portrait


def small_files() -> set[str]:
    """Names of the squares, which lie beside the portraits without a column of their own."""
    return {small_name(name) for name in Secretary.objects.exclude(portrait="").values_list("portrait", flat=True)}
