"""A store as a bucket is one: names and bytes, no folders, no path() and no address, other errors than a disk's."""

import io
from typing import ClassVar

from django.core.files.base import File
from django.core.files.storage import Storage
from django.utils import timezone


class Bucket(Storage):
    kept: ClassVar[dict[str, tuple[bytes, object]]] = {}

    def _open(self, name, mode="rb"):
        if name not in self.kept:
            raise FileNotFoundError(name)
        return File(io.BytesIO(self.kept[name][0]), name)

    def _save(self, name, content):
        content.seek(0)
        self.kept[name] = (b"".join(content.chunks()), timezone.now())
        return name

    def exists(self, name):
        return name in self.kept

    def delete(self, name):
        self.kept.pop(name, None)

    def size(self, name):
        return len(self.kept[name][0])

    def get_modified_time(self, name):
        return self.kept[name][1]

    def listdir(self, path):
        under = f"{path.rstrip('/')}/" if path else ""
        rest = [name.removeprefix(under) for name in self.kept if name.startswith(under)]
        return sorted({name.split("/")[0] for name in rest if "/" in name}), sorted(n for n in rest if "/" not in n)
