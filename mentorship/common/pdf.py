"""PDFs set by typst from a template in templates/typst/. What a page says goes in as data, never as markup."""

import json
from pathlib import Path

import typst
from django.conf import settings

FONTS = Path(__file__).parent / "fonts"
# Tagged and self-contained: a file is read in ten years by whoever asks for it, with a screen reader too.
STANDARD = "ua-1"


def pdf_of(template: str, data: dict) -> bytes:
    """Sets `templates/typst/<template>.typ` with `data` (JSON: str, int, bool, list, dict), which the template reads by
    `json(bytes(sys.inputs.data))`. Text in `data` is inert: it can neither read a file nor become markup.

    Files outside `templates/typst` cannot be read; a drawing goes in as SVG text. Raises typst.TypstError on a
    template's own mistake.
    """
    folder = Path(settings.BASE_DIR) / "templates" / "typst"
    return typst.compile(
        str(folder / f"{template}.typ"),
        root=str(folder),
        font_paths=[str(FONTS)],
        ignore_system_fonts=True,
        sys_inputs={"data": json.dumps(data, ensure_ascii=False, default=str)},
        pdf_standards=[STANDARD],
    )
