"""Documents from a computer: known by what is in them, not by their name. They are kept as they are and only ever
downloaded, never shown in the page."""

import codecs
import io
import secrets
import unicodedata
import zipfile
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import BinaryIO

from django.core.files.base import ContentFile
from django.utils.translation import gettext as _

from .errors import Refused

MOST_BYTES = 10 * 1024 * 1024
MOST_UNPACKED = 100 * 1024 * 1024
MOST_PARTS = 2000
LONGEST_NAME = 120
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
TYPES = {"pdf": "application/pdf", "docx": WORD, "xlsx": SHEET, "txt": "text/plain; charset=utf-8"}
PARTS = {"docx": "word/document.xml", "xlsx": "xl/workbook.xml"}


@dataclass(frozen=True)
class Document:
    file: ContentFile  # under a random name with the right ending
    name: str  # as its owner calls it


def ending_of(name: str) -> str:
    return PurePosixPath(name.lower()).suffix.lstrip(".")


def checked_document(upload: BinaryIO, name: str, *, field: str = "files") -> Document:
    """The document, when it is what its ending says. Raises Refused, in words for `field`: too big, of another kind,
    not what it claims to be, with macros in it."""
    ending = ending_of(name)
    if ending not in TYPES:
        raise Refused(
            _("%(name)s不是能交的文件。请用docx、xlsx、pdf、txt，或者照片。") % {"name": plain_name(name)}, field=field
        )
    content = content_within(upload, field)
    if not is_what_it_says(content, ending):
        words = _("%(name)s打不开，或者不是真的%(ending)s文件。请用电脑重新存一份再交。")
        raise Refused(words % {"name": plain_name(name), "ending": ending}, field=field)
    if ending == "txt":
        content = text_of(content).encode()
    return Document(ContentFile(content, name=f"{secrets.token_hex(16)}.{ending}"), plain_name(name))


def content_within(upload: BinaryIO, field: str) -> bytes:
    upload.seek(0, io.SEEK_END)
    if upload.tell() > MOST_BYTES:
        raise Refused(_("文件超过10兆，请分开或压小一些再交。"), field=field)
    upload.seek(0)
    return upload.read()


def is_what_it_says(content: bytes, ending: str) -> bool:
    if ending == "pdf":
        return content.startswith(b"%PDF-") and b"%%EOF" in content[-2048:]
    if ending == "txt":
        return bool(text_of(content).strip())
    return is_office(content, PARTS[ending])


def is_office(content: bytes, main_part: str) -> bool:
    """A package of Office without macros, which does not swell when it is opened."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            parts = package.infolist()
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError):
        return False
    names = {part.filename for part in parts}
    small = len(parts) <= MOST_PARTS and sum(part.file_size for part in parts) <= MOST_UNPACKED
    has_macros = any(name.lower().endswith("vbaproject.bin") for name in names)
    return small and not has_macros and {"[Content_Types].xml", main_part} <= names


def text_of(content: bytes) -> str:
    """Plain text in UTF-8 or a Chinese encoding; empty when it is none."""
    marked = content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    for encoding in ["utf-16"] if marked else ["utf-8-sig", "gb18030"]:
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        return "" if any(ord(letter) < 32 and letter not in "\t\n\r\f" for letter in text) else text
    return ""


def plain_name(name: str) -> str:
    """The last part of the name without signs that don't print, short enough to keep; its ending stays."""
    name = name.replace("\\", "/").rpartition("/")[2]
    letters = "".join(letter for letter in name if unicodedata.category(letter)[0] != "C").strip() or "file"
    stem, dot, ending = letters.rpartition(".")
    return f"{stem[: LONGEST_NAME - len(ending) - 1]}.{ending}" if dot else letters[:LONGEST_NAME]
