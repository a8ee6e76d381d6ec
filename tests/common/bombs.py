"""Pictures of a few kilobytes that unpack to as many pixels as we take, and what reading them costs a worker.

python -m tests.common.bombs FILE...    prints {file: most memory of this process so far, MB} after the site is read
"""

import io
import json
import os
import re
import sys
from collections.abc import Iterator
from pathlib import Path

from PIL import Image


def bombs() -> Iterator[tuple[str, bytes]]:
    """The largest of each kind that is still taken."""
    yield "plain.jpg", packed(plain := Image.new("RGB", (8000, 8000), "red"), "JPEG", subsampling=0)
    yield "two-in-one.jpg", packed(plain, "MPO", save_all=True, append_images=[Image.new("RGB", (80, 80))])
    yield "progressive.jpg", packed(Image.new("RGB", (5000, 4000), "red"), "JPEG", subsampling=0, progressive=True)
    yield "four-inks.jpg", packed(Image.new("CMYK", (5000, 4000)), "JPEG", progressive=True)
    yield "see-through.png", packed(Image.new("RGBA", (4000, 4000), (255, 0, 0, 99)), "PNG")
    yield "see-through.webp", packed(Image.new("RGBA", (4000, 2500), (255, 0, 0, 99)), "WEBP", lossless=True, method=0)


def packed(picture: Image.Image, kind: str, **options) -> bytes:
    out = io.BytesIO()
    picture.save(out, kind, **options)
    return out.getvalue()


def most_memory() -> int:
    """MB. Not `ru_maxrss`, which begins with that of the process that started this one."""
    return int(re.search(r"VmHWM:\s+(\d+) kB", Path("/proc/self/status").read_text())[1]) // 1024


def measure(files: list[str]) -> None:
    os.environ["DJANGO_SETTINGS_MODULE"] = "mentorship.settings"
    import django

    django.setup()
    from django.urls import get_resolver

    from mentorship.common.images import upright_jpeg

    get_resolver().url_patterns  # noqa: B018
    peaks = {}
    for name in files:
        upright_jpeg(io.BytesIO(Path(name).read_bytes()), 2400)
        peaks[Path(name).name] = most_memory()
    print(json.dumps(peaks))


if __name__ == "__main__":
    measure(sys.argv[1:])
