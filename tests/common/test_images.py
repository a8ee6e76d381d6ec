import io
import struct
import zlib
from pathlib import Path

import pytest
from PIL import Image, PngImagePlugin

from mentorship.common.errors import Refused
from mentorship.common.images import MOST_BYTES, square_jpeg, upright_jpeg

# Made from a drawing of 120 × 80, red left and blue right, marked "turn a quarter to the right", with maker and position.
HEIC = Path(__file__).parent / "files" / "phone.heic"
MAKER, LATITUDE = "SECRETMAKER", (31.0, 14.0, 1.0)


def drawing(width=120, height=80, mode="RGB"):
    """Red on the left, blue on the right."""
    picture = Image.new("RGB", (width, height), "red")
    picture.paste("blue", (width // 2, 0, width, height))
    return picture.convert(mode)


def marked(orientation=1):
    exif = Image.Exif()
    exif[0x0112], exif[0x010F] = orientation, MAKER
    exif.get_ifd(0x8825)[2] = LATITUDE
    return exif


def file_of(picture, kind="JPEG", **options):
    out = io.BytesIO()
    picture.save(out, kind, **options)
    out.seek(0)
    return out


def stored(upload, longest=800):
    raw = upright_jpeg(upload, longest).read()
    return raw, Image.open(io.BytesIO(raw))


def colour_at(picture, x, y):
    red, green, blue = picture.getpixel((x, y))
    return "red" if red > 150 > blue else "blue" if blue > 150 > red else (red, green, blue)


@pytest.mark.parametrize(
    ("orientation", "size", "red_at", "blue_at"),
    [
        (1, (120, 80), (10, 40), (110, 40)),
        (2, (120, 80), (110, 40), (10, 40)),
        (3, (120, 80), (110, 40), (10, 40)),
        (4, (120, 80), (10, 40), (110, 40)),
        (5, (80, 120), (40, 10), (40, 110)),
        (6, (80, 120), (40, 10), (40, 110)),
        (7, (80, 120), (40, 110), (40, 10)),
        (8, (80, 120), (40, 110), (40, 10)),
    ],
)
def test_a_picture_is_turned_upright(orientation, size, red_at, blue_at):
    _raw, picture = stored(file_of(drawing(), exif=marked(orientation)))
    assert picture.size == size
    assert colour_at(picture, *red_at) == "red"
    assert colour_at(picture, *blue_at) == "blue"


def test_a_phones_heic_becomes_an_upright_jpeg():
    assert MAKER.encode() in HEIC.read_bytes()
    raw, picture = stored(io.BytesIO(HEIC.read_bytes()))
    assert raw[:3] == b"\xff\xd8\xff"
    assert picture.size == (80, 120)
    assert colour_at(picture, 40, 10) == "red"
    assert colour_at(picture, 40, 110) == "blue"
    assert MAKER.encode() not in raw


def with_everything(kind):
    texts = {"exif": marked(), "icc_profile": b"SECRETPROFILE" * 20}
    if kind == "PNG":
        notes = PngImagePlugin.PngInfo()
        notes.add_text("comment", "SECRETNOTE")
        return file_of(drawing(), kind, pnginfo=notes, **texts)
    if kind == "JPEG":
        texts["comment"] = b"SECRETNOTE"
    return file_of(drawing(), kind, xmp=b"<x:xmpmeta>SECRETXMP</x:xmpmeta>", **texts)


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_nothing_but_the_pixels_is_kept(kind):
    upload = with_everything(kind)
    assert MAKER.encode() in upload.getvalue()
    raw, picture = stored(upload)
    assert b"SECRET" not in raw
    assert not picture.getexif()
    assert not {"exif", "icc_profile", "xmp", "comment"} & set(picture.info)


@pytest.mark.parametrize("tail", [b"<script>alert(1)</script>", b"PK\x03\x04payload.zip"])
def test_a_hidden_tail_is_cut_off(tail):
    upload = io.BytesIO(file_of(drawing()).getvalue() + tail)
    assert tail not in stored(upload)[0]


@pytest.mark.parametrize(("mode", "kind"), [("P", "PNG"), ("RGBA", "PNG"), ("CMYK", "JPEG"), ("RGBA", "WEBP")])
def test_every_kind_of_colour_is_read(mode, kind):
    _raw, picture = stored(file_of(drawing(mode=mode), kind))
    assert (picture.mode, picture.size) == ("RGB", (120, 80))
    assert colour_at(picture, 10, 40) == "red"
    assert colour_at(picture, 110, 40) == "blue"


@pytest.mark.parametrize("mode", ["L", "1", "I;16"])
def test_pictures_without_colour_are_read(mode):
    picture = Image.new("L", (120, 80), 0).convert("1" if mode == "1" else "L")
    _raw, grey = stored(file_of(picture if mode != "I;16" else Image.new("I;16", (120, 80)), "PNG"))
    assert grey.getpixel((10, 10)) == (0, 0, 0)


def test_what_is_see_through_becomes_white():
    _raw, picture = stored(file_of(Image.new("RGBA", (20, 20), (0, 0, 0, 0)), "PNG"))
    assert min(picture.getpixel((10, 10))) > 250


def test_a_large_picture_is_made_smaller_and_a_small_one_is_left():
    assert stored(file_of(drawing(3000, 2000)))[1].size == (800, 533)
    assert stored(file_of(drawing(120, 80)))[1].size == (120, 80)


def test_the_stored_name_is_ours_and_new_each_time():
    first, second = (upright_jpeg(file_of(drawing()), 800).name for _ in range(2))
    assert first != second
    assert len(first) == 36
    assert first.endswith(".jpg")


def test_the_square_is_cut_from_the_upper_middle():
    picture = Image.new("RGB", (200, 400), "red")
    picture.paste("blue", (0, 300, 200, 400))
    square = Image.open(square_jpeg(upright_jpeg(file_of(picture), 800), 160))
    assert square.size == (160, 160)
    assert colour_at(square, 80, 150) == "red"


def test_the_picture_can_be_read_again_after_the_square_is_cut():
    picture = upright_jpeg(file_of(drawing()), 800)
    square_jpeg(picture, 160)
    assert picture.read(2) == b"\xff\xd8"


def png_of(width, height):
    """A few bytes that claim to be an enormous picture."""

    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return io.BytesIO(
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(b"")) + chunk(b"IEND", b"")
    )


@pytest.mark.parametrize("side", [8001, 9000, 13000, 20000])
def test_too_many_pixels_are_refused_before_they_are_unpacked(side, monkeypatch):
    monkeypatch.setattr(Image.Image, "load", lambda picture: pytest.fail("unpacked"))
    monkeypatch.setattr(PngImagePlugin.PngImageFile, "load", lambda picture: pytest.fail("unpacked"))
    with pytest.raises(Refused, match="像素太多") as refused:
        upright_jpeg(png_of(side, side), 800)
    assert refused.value.field == "portrait"


def test_too_many_bytes_are_refused():
    with pytest.raises(Refused, match="15兆"):
        upright_jpeg(io.BytesIO(b"\xff\xd8\xff" + bytes(MOST_BYTES)), 800)


SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
EPS = b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 10 10\n%%EndComments\nshowpage\n%%EOF\n"


@pytest.mark.parametrize(
    "raw",
    [SVG, EPS, b"", b"\xff\xd8", b"<html>", b"\x89PNG\r\n\x1a\n"]
    + [file_of(drawing(), kind).getvalue() for kind in ("GIF", "TIFF", "BMP", "ICO", "PDF")],
    ids=["svg", "eps", "empty", "jpeg stub", "html", "png stub", "gif", "tiff", "bmp", "ico", "pdf"],
)
def test_other_kinds_are_refused_by_what_is_in_them(raw):
    with pytest.raises(Refused, match="不是我们能读的照片"):
        upright_jpeg(io.BytesIO(raw), 800)


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_half_a_file_is_refused(kind):
    noise = Image.effect_noise((300, 300), 90).convert("RGB")
    whole = file_of(noise, kind).getvalue()
    with pytest.raises(Refused):
        upright_jpeg(io.BytesIO(whole[: len(whole) // 2]), 800)


def test_half_a_heic_is_refused():
    whole = HEIC.read_bytes()
    with pytest.raises(Refused):
        upright_jpeg(io.BytesIO(whole[: len(whole) // 2]), 800)


def test_a_broken_description_is_no_reason_to_refuse_the_pixels():
    cut_short = b"Exif\x00\x00" + b"MM\x00*\x00\x00\x00\x08\x00\x01" + b"\x01\x12\x00\x03\xff\xff\xff\xff\x00\x06"
    raw, picture = stored(file_of(drawing(), exif=cut_short))
    assert picture.size == (120, 80)
    assert b"Exif" not in raw
