"""PDFs set by typst from a template in templates/typst/. What a page says goes in as data, never as markup."""

import json
import re
import shutil
import tempfile
from collections.abc import Mapping
from pathlib import Path

import typst
from django.conf import settings

FONTS = Path(__file__).parent / "fonts"
# Tagged and self-contained: a file is read in ten years by whoever asks for it, with a screen reader too.
STANDARD = "ua-1"


PLAIN_NAME = re.compile(r"[\w-]+\.(jpg|png|svg)")  # of a picture: never a path


def pdf_of(template: str, data: dict, files: Mapping[str, bytes] | None = None) -> bytes:
    """Sets `templates/typst/<template>.typ` with `data` (JSON: str, int, bool, list, dict), which the template reads by
    `json(bytes(sys.inputs.data))`. Text in `data` is inert: it can neither read a file nor become markup.

    `files` are pictures by plain name, such as "p1.jpg"; the template finds them under `files/`. Nothing else outside
    `templates/typst` can be read; a drawing goes in as SVG text. Raises typst.TypstError on a template's own mistake.
    """
    folder = Path(settings.BASE_DIR) / "templates" / "typst"
    if not files:
        return compiled(folder, template, data)
    with tempfile.TemporaryDirectory(prefix="pdf-") as place:
        root = Path(place)
        for page in folder.glob("*.typ"):
            shutil.copyfile(page, root / page.name)
        (root / "files").mkdir()
        for name, content in files.items():
            if not PLAIN_NAME.fullmatch(name):
                raise ValueError(f"{name!r} is not a plain name of a picture")
            (root / "files" / name).write_bytes(content)
        return compiled(root, template, data)


def compiled(folder: Path, template: str, data: dict) -> bytes:
    return typst.compile(
        str(folder / f"{template}.typ"),
        root=str(folder),
        font_paths=[str(FONTS)],
        ignore_system_fonts=True,
        sys_inputs={"data": json.dumps(data, ensure_ascii=False, default=str)},
        pdf_standards=[STANDARD],
    )
