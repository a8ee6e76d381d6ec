"""Pictures from phones: looked at before they are opened, turned upright, stripped and encoded anew.

Whatever came in, what is stored is our own JPEG: no EXIF, no position, no hidden tail.
"""

import io
import secrets
import struct
import warnings
from typing import BinaryIO

import pi_heif
from django.core.files.base import ContentFile
from django.utils.translation import gettext as _
from PIL import Image, ImageOps, UnidentifiedImageError

from .errors import Refused

MOST_BYTES = 15 * 1024 * 1024
MOST_PIXELS = 64_000_000
# Only a plain JPEG is read at a fraction of its size; the others lie in memory whole, once or several times (measured by
# tests/common/test_memory.py: a worker never takes more than 400 MB; HEIF by what its library is said to need).
MOST_UNPACKED = {"PROGRESSIVE": 20_000_000, "HEIF": 25_000_000, "PNG": 16_000_000, "WEBP": 10_000_000}
FORMATS = ("JPEG", "PNG", "WEBP", "HEIF")
QUALITY = 85
UNREADABLE = (OSError, ValueError, SyntaxError, TypeError, KeyError, IndexError, EOFError, struct.error)
HEADS_ARE_ABOVE_THE_MIDDLE = (0.5, 0.35)

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
    return ContentFile(encoded(picture, longest, field), name=f"{secrets.token_hex(16)}.jpg")


def opened(upload: BinaryIO, field: str) -> Image.Image:
    """Reads the header only; the pixels stay where they are until their number is known."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter(
                "ignore"
            )  # of too many pixels, where our cap is stricter; of EXIF that is thrown away
            picture = Image.open(upload, formats=FORMATS)
    except Image.DecompressionBombError as error:
        raise too_many_pixels(field) from error
    except (UnidentifiedImageError, *UNREADABLE) as error:
        raise Refused(_("这不是我们能读的照片，请用JPEG、PNG、WebP或苹果手机的HEIC。"), field=field) from error
    if picture.width * picture.height > MOST_PIXELS:
        raise too_many_pixels(field)
    most = MOST_UNPACKED.get("PROGRESSIVE" if picture.info.get("progressive") else picture.format, MOST_PIXELS)
    if picture.width * picture.height > most:
        raise Refused(_("这种格式的照片像素太多，请存成普通的JPEG再选一次。"), field=field)
    return picture


def too_many_pixels(field: str) -> Refused:
    return Refused(_("照片的像素太多（超过6400万），请用手机重新拍一张。"), field=field)


def encoded(picture: Image.Image, longest: int, field: str) -> bytes:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return jpeg_of(on_a_fresh_sheet(picture, longest))
    except (*UNREADABLE, Image.DecompressionBombError) as error:
        raise Refused(_("照片打不开，可能没有传完整，请再选一次。"), field=field) from error


def on_a_fresh_sheet(picture: Image.Image, longest: int) -> Image.Image:
    """Upright, within `longest`, on white: nothing of the file but its pixels."""
    if picture.format in ("JPEG", "MPO"):  # MPO: a JPEG with a second one behind it, as many phones write
        share = longest / max(picture.size)  # decodes a large photograph at a fraction of its size
        picture.draft("RGB", (round(picture.width * share), round(picture.height * share)))
    picture.thumbnail((longest, longest), Image.Resampling.LANCZOS)  # before turning: a small copy is cheap to turn
    picture = ImageOps.exif_transpose(picture)
    sheet = Image.new("RGB", picture.size, "white")
    picture = (picture.convert("RGB") if picture.mode == "CMYK" else picture).convert("RGBA")
    sheet.paste(picture, mask=picture.getchannel("A"))
    return sheet


def square_jpeg(upright: ContentFile, side: int) -> ContentFile:
    """A square of `side` pixels out of a picture from `upright_jpeg`, for rows and cards."""
    upright.seek(0)
    with Image.open(upright, formats=("JPEG",)) as picture:
        square = ImageOps.fit(picture, (side, side), Image.Resampling.LANCZOS, centering=HEADS_ARE_ABOVE_THE_MIDDLE)
    upright.seek(0)
    return ContentFile(jpeg_of(square))


def jpeg_of(sheet: Image.Image) -> bytes:
    out = io.BytesIO()
    sheet.save(out, "JPEG", quality=QUALITY, optimize=True)
    return out.getvalue()
