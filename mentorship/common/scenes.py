"""Pictures that stand alone: the sign-in frame, the empty states, the error pages. Pure geometry, as SVG text."""

import bisect
from collections.abc import Mapping, Sequence
from html import escape

from mentorship.common.drawings import HIDDEN, moonbeam, number, path

Point = tuple[float, float]

# Half of the roof's section, from the eave to the ridge; the other half is its mirror about x = 360.
ROOF: tuple[Point, ...] = ((-6, 262), (40, 238), (96, 206), (165, 172), (235, 130), (300, 86), (352, 42))
PURLINS: tuple[Point, ...] = ((96, 222), (235, 148), (485, 148), (624, 222))
YOUNG_POSTS: tuple[Point, ...] = ((200, 96), (280, 128), (360, 70), (440, 150), (520, 112))  # x, length


def smooth(points: Sequence[Point]) -> str:
    """Path data of a curve through the points, with the tangents of their neighbours."""
    last = len(points) - 1
    data = f"M{points[0][0]:.1f} {points[0][1]:.1f}"
    for i in range(last):
        before, here, there, after = points[max(i - 1, 0)], points[i], points[i + 1], points[min(i + 2, last)]
        first = (here[0] + (there[0] - before[0]) / 6, here[1] + (there[1] - before[1]) / 6)
        second = (there[0] - (after[0] - here[0]) / 6, there[1] - (after[1] - here[1]) / 6)
        data += "C" + " ".join(f"{x:.1f} {y:.1f}" for x, y in (first, second, there))
    return data


def _tile_ends() -> str:
    xs, strokes, x = [point[0] for point in ROOF], [], 4
    while x < 350:
        i = max(1, min(len(ROOF) - 1, bisect.bisect(xs, x)))
        (xa, ya), (xb, yb) = ROOF[i - 1], ROOF[i]
        y = ya + (yb - ya) * (x - xa) / (xb - xa) - 9
        strokes.append(f"M{x} {y:.1f}v-11M{720 - x} {y:.1f}v-11")
        x += 13
    return path("a-fine", "".join(strokes))


def _roof() -> str:
    lines = ""
    for offset, css in ((0, "a-ink"), (9, "a-fine"), (20, "a-ink")):
        left = [(x, y - offset) for x, y in ROOF]
        right = [(720 - x, y) for x, y in reversed(left)]
        lines += path(css, smooth(left)) + path(css, smooth(right))
    ridge = path("a-wood2", "M342 24h36v16h-36z") + path("a-ink", "M334 24h52M338 18h44")
    return lines + _tile_ends() + path("a-ink", "M-6 262v-20M726 262v-20") + ridge


def _columns() -> str:
    shapes = ""
    for x in (96, 624):
        shapes += path("a-wood2", f"M{x - 13} 262h26l-2 222h-22z")
        shapes += path("a-paper", f"M{x - 15} 484h30c6 5 6 12 3 18h-36c-3-6-3-13 3-18z")
    ground = path("a-ink", "M0 502H720M0 509H720")
    measure = "M96 526H624M96 520v12M624 520v12M200 522v8M280 522v8M360 522v8M440 522v8M520 522v8"
    return shapes + ground + path("a-fine", measure)


def _beams() -> str:
    king = path("a-wood2", "M350 76h20l3 92h-26z")
    queens = ""
    for x in (235, 485):
        queens += path("a-wood2", f"M{x - 10} 186h20l4 52h-28z")
        queens += path("a-wood2", f"M{x - 42} 238c4-16 14-24 28-26v26zM{x + 42} 238c-4-16-14-24-28-26v26z")
    shoulders = path("a-wood2", "M316 166c4-14 14-22 30-24l1 24zM404 166c-4-14-14-22-30-24l-1 24z")
    brackets = "M109 276h62c-10 4-14 14-26 16-14 3-22 10-36 26zM611 276h-62c10 4 14 14 26 16 14 3 22 10 36 26z"
    beams = moonbeam(196, 524, 160, 30) + moonbeam(44, 676, 236, 40)
    return king + queens + shoulders + beams + path("a-wood2", brackets)


def _purlins() -> str:
    rings = "".join(
        f'<circle class="{css}" cx="{x}" cy="{y}" r="{r}"/>'
        for x, y in PURLINS
        for css, r in (("a-paper", 13), ("a-fine", 7), ("a-fine", 2.5))
    )
    return rings + '<circle class="a-red" cx="360" cy="61" r="14"/>'  # the red cloth of raising day


def _young_posts(top: int = 268) -> str:
    shapes = ""
    for x, length in YOUNG_POSTS:
        drop = "h14c1 6-3 9-5 12-1 1-1.5 3-2 5-.5-2-1-4-2-5-2-3-6-6-5-12z"
        shapes += path("a-pine", f"M{x - 7} {top}h14v{length}h-14z")
        shapes += path("a-pine", f"M{x - 10} {top + length + 2}h20v4h-20zM{x - 7} {top + length + 8}{drop}")
        shapes += f'<path class="a-fine" stroke-dasharray="1.5 4" d="M{x} {top + length + 28}V492"/>'
        shapes += path("a-paper", f"M{x - 9} 493h18l3 9h-24z")
    return shapes


def _inscriptions(words: Mapping[str, str]) -> str:
    """Names on the beams and the caption; a couplet only where the writing runs downwards."""
    wide = "right" in words
    shapes = ""
    for css, name, x, y, spacing in (("song", "big", 367, 263, 14), ("song s", "small", 364, 181, 8)):
        at = f'x="{x if wide else 360}" y="{y}" text-anchor="middle" letter-spacing="{spacing if wide else 0}"'
        shapes += f'<text class="{css}" {at}>{escape(words[name])}</text>'
    if wide:
        for x, name in ((654, "right"), (66, "left")):  # the first line of a couplet hangs on the right
            at = f'x="{x}" y="302" writing-mode="vertical-rl" letter-spacing="5"'
            shapes += f'<text class="song cp" {at}>{escape(words[name])}</text>'
    return shapes + f'<text class="cap" x="360" y="556" text-anchor="middle">{escape(words["caption"])}</text>'


def frame(words: Mapping[str, str]) -> str:
    """The sign-in drawing: a five-purlin frame, one big beam that carries a small one and five young posts.

    words: big, small, caption, and for Chinese also the couplet's right and left lines.
    """
    parts = _roof() + _columns() + _beams() + _purlins() + _young_posts() + _inscriptions(words)
    return f'<svg class="art" viewBox="-10 10 740 555" {HIDDEN}>{parts}</svg>'


def _waiting_posts() -> str:
    plinths = "".join(
        f'<path class="a-fine" stroke-dasharray="1.5 4" d="M{x} 30V104"/>'
        + path("a-paper", f"M{x - 7} 104h14l3 8h-20z")
        for x in (32, 56, 80, 104, 128)
    )
    return moonbeam(6, 154, 8, 22) + plinths + path("a-ink", "M6 112.5H154")


def _blank_letter() -> str:
    rules = path("a-fine", "M57 24v72M68 24v72M79 24v72M90 24v72M101 24v72") + path("a-ink", "M52 20h56v80H52z")
    return (
        path("a-paper", "M46 14h68v92H46z")
        + rules
        + '<path class="a-fine" stroke-dasharray="3 3" d="M56 76h18v18H56z"/>'
    )


def _medicine_chest() -> str:
    """A chest of small drawers, one of them pulled out and empty."""
    open_drawer = (82, 52)
    drawers = "".join(
        path("a-fine", f"M{x} {y}h22v22h-22z") + f'<circle class="a-fine" cx="{x + 11}" cy="{y + 13}" r="2.6"/>'
        for y in (24, 52, 80)
        for x in (30, 56, 82, 108)
        if (x, y) != open_drawer
    )
    chest = path("a-wood", "M18 8h124v10H18z") + path("a-paper", "M24 18h112v90H24z")
    pulled = path("a-wood2", "M82 56h22v16h-22z")
    pulled += path("a-ink", "M82 52h22v22h-22zM82 74l-4 10h30l-4-10M78 84v6h30v-6")
    return chest + path("a-ink", "M24 108v6M136 108v6") + drawers + pulled


def _notice_board() -> str:
    posts = path("a-wood2", "M26 22h8v90h-8zM126 22h8v90h-8z") + path("a-wood", "M14 10h132v12H14z")
    return (
        posts
        + path("a-paper", "M40 32h80v58H40z")
        + path("a-fine", "M46 38h68v46H46z")
        + path("a-ink", "M10 112.5H150")
    )


def _ledger() -> str:
    """A thread-bound book with nothing written in it yet."""
    pages = path("a-paper", "M40 16h80v92H40z") + path("a-fine", "M62 24v76M76 24v76M90 24v76M104 24v76")
    return pages + path("a-ink", "M50 16v92M40 34h10M40 56h10M40 78h10M40 96h10")


def _missing_post() -> str:
    stood = "".join(
        path("p-fill", f"M{x} 57h22v150h-22z") + path("p-done", f"M{x - 3} 207h28l5 13h-38z")
        for x in (49, 124, 274, 349)
    )
    gap = '<path class="a-ink" stroke-dasharray="2 6" d="M210 57V206"/>' + path("a-paper", "M196 207h28l5 13h-38z")
    return stood + gap + moonbeam(10, 410, 20, 44) + path("a-ink", "M0 221H420M0 228H420")


def _door_leaf(x: float) -> str:
    inner = x + 12
    panels = path("a-ink", f"M{inner} 48h88v112h-88zM{inner} 172h88v20h-88zM{inner} 204h88v38h-88z")
    bars = "".join(f"M{number(inner + 88 * i / 9)} 48v112" for i in range(1, 9))
    rails = "".join(f"M{inner} {y}h88" for y in (70, 76, 101, 107, 132, 138))
    return path("a-paper", f"M{x} 36h112v218H{x}z") + panels + path("a-fine", bars) + path("a-ink", rails)


def _closed_door() -> str:
    gate = path("a-wood", "M60 10h300v22H60z") + path("a-wood2", "M72 32h20v222H72zM328 32h20v222h-20z")
    rings = "".join(f'<circle class="a-paper" cx="{x}" cy="182" r="7"/>' for x in (200, 220))
    return gate + _door_leaf(96) + _door_leaf(212) + path("a-ink", "M40 254h340M30 262h360") + rings


SCENES = {
    "pairing": ((160, 120), _waiting_posts),
    "letter": ((160, 120), _blank_letter),
    "search": ((160, 120), _medicine_chest),
    "notices": ((160, 120), _notice_board),
    "list": ((160, 120), _ledger),
    "missing": ((420, 260), _missing_post),
    "closed": ((420, 280), _closed_door),
}


def scene(name: str) -> str:
    """One of SCENES as an SVG. An unknown name is a mistake of ours and raises KeyError."""
    (width, height), draw = SCENES[name]
    return f'<svg class="art" viewBox="0 0 {width} {height}" {HIDDEN}>{draw()}</svg>'
