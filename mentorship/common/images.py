"""Pictures from phones: looked at before they are opened, turned upright, stripped and encoded anew.

Whatever came in, what is stored is our own JPEG: no EXIF, no position, no hidden tail.
"""

import io
import secrets
import warnings
from typing import BinaryIO

import pi_heif
from django.core.files.base import ContentFile
from django.utils.translation import gettext as _
from PIL import Image, ImageOps, UnidentifiedImageError

from .errors import Refused

MOST_BYTES = 15 * 1024 * 1024
MOST_PIXELS = 64_000_000
FORMATS = ("JPEG", "PNG", "WEBP", "HEIF")
QUALITY = 85

pi_heif.register_heif_opener()


def upright_jpeg(upload: BinaryIO, longest: int, *, field: str = "portrait") -> ContentFile:
    """The picture as a JPEG of at most `longest` pixels a side, under a random name.

    Raises Refused, in words for `field`: too big, not a picture we take, too many pixels, damaged.
    """
    upload.seek(0, io.SEEK_END)
    if upload.tell() > MOST_BYTES:
        raise Refused(_("照片超过15兆，请换一张小些的再试。"), field=field)
    upload.seek(0)
    picture = opened(upload, field)
    if picture.width * picture.height > MOST_PIXELS:
        raise Refused(_("照片的像素太多（超过6400万），请用手机重新拍一张。"), field=field)
    return ContentFile(encoded(picture, longest, field), name=f"{secrets.token_hex(16)}.jpg")


def opened(upload: BinaryIO, field: str) -> Image.Image:
    """Reads the header only; the pixels stay where they are until their number is known."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)  # the cap above is stricter
            return Image.open(upload, formats=FORMATS)
    except (UnidentifiedImageError, Image.DecompressionBombError, OSError, ValueError, SyntaxError) as error:
        raise Refused(_("这不是我们能读的照片，请用JPEG、PNG、WebP或苹果手机的HEIC。"), field=field) from error


def encoded(picture: Image.Image, longest: int, field: str) -> bytes:
    try:
        if picture.format == "JPEG":
            picture.draft("RGB", (longest * 2, longest * 2))  # decodes a large photograph at a fraction of its size
        picture = ImageOps.exif_transpose(picture)
        picture.thumbnail((longest, longest), Image.Resampling.LANCZOS)
        sheet = Image.new("RGB", picture.size, "white")  # a fresh sheet: nothing of the file but its pixels
        picture = picture.convert("RGBA")
        sheet.paste(picture, mask=picture.getchannel("A"))
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError) as error:
        raise Refused(_("照片打不开，可能没有传完整，请再选一次。"), field=field) from error
    out = io.BytesIO()
    sheet.save(out, "JPEG", quality=QUALITY, optimize=True)
    return out.getvalue()
