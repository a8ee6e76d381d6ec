"""Measured drawings as SVG text: pure geometry, no Django and no domain words.

Every number is a plain SVG attribute, so a page needs no inline style. A post is drawn on a 72 by 168 grid:
0 to 100 per cent hang from y = 0 down to y = 136, the plinth stands at 158 to 166.5 and the ground is at 167.
Colours and line widths belong to the style sheet; the classes here name what a line is.
"""

import math
from collections.abc import Sequence
from html import escape
from typing import Literal

PostState = Literal["way", "stale", "done", "hollow"]

POST_WIDTH, POST_HEIGHT = 72, 168
FULL_LENGTH = 136.0  # 100 per cent, in units of the post grid
JOINTS = (27.2, 54.4, 81.6, 108.8, 136.0)  # every fifth of the way
MAX_POSTS = 6  # more than six on one beam can't be read

HIDDEN = 'aria-hidden="true" focusable="false"'


def clamp(percent: float) -> float:
    return min(100.0, max(0.0, float(percent)))


def number(value: float) -> str:
    """A coordinate with one decimal at most: 24.0 is written 24."""
    return f"{value:.1f}".removesuffix(".0")


def post_length(percent: float) -> float:
    """Length in units of the post grid for a share in per cent; outside 0..100 it is held at the end."""
    return clamp(percent) * FULL_LENGTH / 100


def path(css: str, data: str) -> str:
    return f'<path class="{css}" d="{data}"/>'


# The beam board: posts, the ink line, the calendar under the eave


def _joints(length: float) -> str:
    marks = "".join(f"M27 {number(y)}h18" for y in JOINTS if y <= length)
    return path("p-joint", marks) if marks else ""


def _hatching(length: float) -> str:
    """Strokes of 45 degrees or so inside the outline of a post that nobody has worked on lately."""
    strokes, lower = [], 8.0
    while lower < length + 12:
        x1, y1, x2, y2 = 28.0, lower, 44.0, lower - 14
        if y1 > length:
            x1, y1 = 28 + (lower - length) * 16 / 14, length
        if y2 < 0:
            x2, y2 = 28 + lower * 16 / 14, 0.0
        if x1 < min(x2, 44.0):
            strokes.append(f"M{number(x1)} {number(y1)}L{number(min(x2, 44.0))} {number(y2)}")
        lower += 8
    return path("p-hatch", "".join(strokes)) if strokes else ""


def _drop(length: float, css: str) -> str:
    """Collar and hanging-lotus drop at the lower end of a post that hasn't reached the ground."""
    collar = path(css, f"M24.5 {number(length + 1.5)}h23v3.5h-23z")
    curve = "h16c.8 5.5-2.6 8-5 10.5-1.3 1.4-2.2 3-3 4.5-.8-1.5-1.7-3.1-3-4.5-2.4-2.5-5.8-5-5-10.5z"
    return collar + path(css, f"M28 {number(length + 6.5)}{curve}")


def _shaft(length: float, state: PostState) -> str:
    if state == "hollow":
        return path("p-track", "M36 0V158")
    if state == "done":
        return '<rect class="p-fill" x="27" width="18" height="158"/>' + _joints(FULL_LENGTH)
    plumb = path("p-track", f"M36 {number(length + 22)}V157")
    height = number(length)
    if state == "stale":
        outline = f'<rect class="p-stale" x="27.7" y="0" width="16.6" height="{height}"/>'
        ring = f'<circle class="p-ring" cx="36" cy="{number(length + 12)}" r="15"/>'
        return plumb + outline + _hatching(length) + _drop(length, "p-stale") + ring
    fill = f'<rect class="p-fill" x="27" width="18" height="{height}"/>'
    return plumb + fill + _joints(length - 3) + _drop(length, "p-fill")


def post_shape(percent: float, state: PostState = "way", due: float | None = None) -> str:
    """The parts of one post without the SVG around them.

    percent and due are shares of the way in per cent; due draws the ink line as a tick and None leaves it out.
    """
    tick = "" if due is None else path("p-due", f"M14 {number(post_length(due))}H58")
    bracket = path("p-bracket", "M17 0h10v15C26 8 22 5 17 4zM55 0H45v15C46 8 50 5 55 4z")
    plinth = path("p-done" if state == "done" else "p-line", "M25 158h22l4 8.5H21z")
    return tick + bracket + _shaft(post_length(percent), state) + plinth


def post(percent: float, state: PostState = "way", due: float | None = None) -> str:
    """One post as an SVG, hidden from readers: the words beside it say the same."""
    return f'<svg viewBox="0 0 {POST_WIDTH} {POST_HEIGHT}" {HIDDEN}>{post_shape(percent, state, due)}</svg>'


def datum(percent: float) -> str:
    """The ink line across a whole bay, at the share that is due today (per cent)."""
    line = path("", f"M0 {number(post_length(percent))}H100").replace('class="" ', "")
    return f'<svg class="datum" viewBox="0 0 100 {POST_HEIGHT}" preserveAspectRatio="none" {HIDDEN}>{line}</svg>'


def bay(posts: Sequence[tuple[float, PostState]]) -> str:
    """A beam with one to six posts in one drawing: (share in per cent, state) from left to right.

    The five-post beam is 360 units wide; fewer posts stand further apart, six stand closer.
    """
    if not 1 <= len(posts) <= MAX_POSTS:
        raise ValueError(f"a beam carries 1 to {MAX_POSTS} posts, not {len(posts)}")
    width, beam = 360.0, 44
    step = width / len(posts)
    hung = "".join(
        f'<g transform="translate({number(step * (place + 0.5) - POST_WIDTH / 2)} {beam})">{post_shape(*each)}</g>'
        for place, each in enumerate(posts)
    )
    ground = path("a-ink", f"M0 {beam + 167}H{number(width)}")
    view = f"-2 -2 {number(width + 4)} {beam + POST_HEIGHT + 4}"
    return f'<svg class="art" viewBox="{view}" {HIDDEN}>{hung}{moonbeam(0, width, 0, beam)}{ground}</svg>'


def key_mark(kind: Literal["way", "track", "due", "stale", "done"]) -> str:
    """The small drawing beside one line of the legend."""
    plinth = "M7 31h12l3 6H4z"
    shapes = {
        "way": path("p-fill", "M7 0h12v20H7zM5 21h16v3H5zM8 25h10c0 5-3 6-5 10-2-4-5-5-5-10z"),
        "track": path("p-track", "M13 0V30") + path("p-line", plinth),
        "due": path("e-due", "M0 19H26"),
        "stale": path("p-stale", "M7 0h12v20H7z") + path("p-hatch", "M7 8l8-8M7 16 19 4M9 20l10-10"),
        "done": path("p-fill", "M7 0h12v31H7z") + path("p-done", plinth),
    }
    shapes["hollow"] = shapes["track"]
    return f'<svg viewBox="0 0 26 38" {HIDDEN}>{shapes[kind]}</svg>'


def _eave_line() -> str:
    lines = "".join(
        f'<line class="e-line" x1="{x1}%" x2="{x2}%" y1="{y}" y2="{y}"/>'
        for x1, x2, y in (("1.2", "98.8", "13.5"), (".6", "99.4", "35.5"))
    )
    left = '<svg x="1.2%" overflow="visible"><path class="e-line" d="M0 13.5C-8 13.5-12 10-18 2"/></svg>'
    right = '<svg x="98.8%" overflow="visible"><path class="e-line" d="M0 13.5C8 13.5 12 10 18 2"/></svg>'
    return lines + left + right


def eave(weeks: int, week: int, start: str, today: str, end: str) -> str:
    """The cohort's calendar as rafter ends under the eave, one square a week.

    weeks is the length of the cohort, week how many have passed (held at 0..weeks); the three texts stand below:
    opening at the left, today at its rafter, closing at the right. Widths are in per cent, so there is no view box.
    """
    weeks = max(1, weeks)
    week = min(weeks, max(0, week))
    step = 97 / weeks
    rafters = "".join(
        f'<rect class="{"e-on" if place < week else "e-off"}" x="{1.5 + place * step:.2f}%" y="19" '
        f'width="{step * 0.56:.2f}%" height="11"/>'
        for place in range(weeks)
    )
    x = f"{max(1.5, 1.5 + week * step - step * 0.22):.2f}%"
    anchor, shift = ("end", 18) if week > weeks / 2 else ("start", -18)
    words = (
        f'<text class="ends" x="0" y="3.5rem">{escape(start)}</text>'
        f'<text class="today" x="{x}" y="3.5rem" text-anchor="{anchor}" dx="{shift}">{escape(today)}</text>'
        f'<text class="ends" x="100%" y="3.5rem" text-anchor="end">{escape(end)}</text>'
    )
    pointer = f'<line class="e-line" x1="{x}" x2="{x}" y1="8" y2="2.5rem"/>'
    return f'<svg class="eave" aria-hidden="true">{_eave_line()}{rafters}{pointer}{words}</svg>'


# Charts: at most two series, now and then, on a scale that is never cut

RADAR_CENTRE, RADAR_RADIUS = (180.0, 165.0), 108.0


def radar_point(share: float, place: int, sides: int) -> tuple[float, float]:
    """Where a share of the radius (0..1) lies on the given axis; the first axis points up, then clockwise."""
    angle = 2 * math.pi * place / sides
    return (
        RADAR_CENTRE[0] + RADAR_RADIUS * share * math.sin(angle),
        RADAR_CENTRE[1] - RADAR_RADIUS * share * math.cos(angle),
    )


def _polygon(css: str, shares: Sequence[float]) -> str:
    points = " ".join(
        f"{x:.1f},{y:.1f}" for x, y in (radar_point(share, i, len(shares)) for i, share in enumerate(shares))
    )
    return f'<polygon class="{css}" points="{points}"/>'


def _radar_words(place: int, sides: int, label: str, now: float, then: float | None) -> str:
    x, y = radar_point(1, place, sides)
    lean = math.sin(2 * math.pi * place / sides)
    if abs(lean) < 0.1:
        anchor, dx = "middle", 0
    elif y > RADAR_CENTRE[1]:
        anchor, dx = "middle", 24 if lean > 0 else -24
    else:
        anchor, dx = ("start", 12) if lean > 0 else ("end", -12)
    dy = -32 if y < RADAR_CENTRE[1] - RADAR_RADIUS * 0.9 else (26 if y > RADAR_CENTRE[1] else -16)
    at = f'x="{x + dx:.0f}" text-anchor="{anchor}"'
    change = "" if then is None else f' <tspan class="d">{now - then:+.1f}</tspan>'
    return (
        f'<text y="{y + dy:.0f}" {at}>{escape(label)}</text>'
        f'<text class="v" y="{y + dy + 21:.0f}" {at}>{number(now)}{change}</text>'
    )


def radar(now: Sequence[float], then: Sequence[float], labels: Sequence[str], title: str, top: int = 5) -> str:
    """A radar over three or more subjects on the scale 0..top; then may be empty. title is read in its place."""
    sides = len(labels)
    if sides < 3 or len(now) != sides or (then and len(then) != sides):
        raise ValueError("a radar needs three or more labels and one value for each")
    rings = "".join(_polygon("c-grid", [ring / top] * sides) for ring in range(1, top + 1))
    spokes = "".join(
        path("c-grid", f"M180 165L{x:.1f} {y:.1f}") for x, y in (radar_point(1, i, sides) for i in range(sides))
    )
    shapes = _polygon("c-now", [value / top for value in now])
    shapes += _polygon("c-then", [value / top for value in then]) if then else ""
    ends = [radar_point(value / top, i, sides) for i, value in enumerate(now)]
    dots = "".join(path("c-dot", f"M{x:.1f} {y:.1f}h.01") for x, y in ends)
    words = "".join(_radar_words(i, sides, label, now[i], then[i] if then else None) for i, label in enumerate(labels))
    body = rings + spokes + shapes + dots + words
    return f'<svg class="radar" viewBox="0 0 360 310" role="img" aria-label="{escape(title)}">{body}</svg>'


def curve(
    values: Sequence[float], cohort: Sequence[float], labels: Sequence[str], title: str, low: int = 1, high: int = 5
) -> str:
    """A line over two or more moments, with the cohort's line beside it (may be empty). The axis is low..high."""
    if len(values) < 2 or len(labels) != len(values) or (cohort and len(cohort) != len(values)):
        raise ValueError("a curve needs two or more values, and a label for each")

    def x(place: int) -> str:
        return f"{6 + place / (len(values) - 1) * 90:.1f}"

    def y(value: float) -> str:
        return f"{4 + (high - value) / (high - low) * 82:.1f}"

    def line(css: str, series: Sequence[float]) -> str:
        points = " ".join(f"{x(i)},{y(value)}" for i, value in enumerate(series))
        return f'<polyline class="{css}" points="{points}"/>' if series else ""

    grid = "".join(
        f'<line class="{"c-axis" if level == low else "c-grid"}" x1="4%" x2="100%" y1="{y(level)}%" y2="{y(level)}%"/>'
        f'<text x="0" y="{y(level)}%" dy=".35em">{level}</text>'
        for level in range(low, high + 1)
    )
    stretched = 'width="100%" height="100%" viewBox="0 0 100 100" preserveAspectRatio="none"'
    lines = f"<svg {stretched}>{line('c-then', cohort)}{line('c-line', values)}</svg>"
    marks = "".join(
        f'<svg x="{x(i)}%" y="{y(value)}%" overflow="visible">'
        '<rect class="c-mark" x="-5" y="-5" width="10" height="10"/></svg>'
        for i, value in enumerate(values)
    )
    words = "".join(
        f'<text x="{x(i)}%" y="98%" text-anchor="middle">{escape(label)}</text>'
        for i, label in enumerate(labels)
        if label
    )
    last, ends = x(len(values) - 1), ""
    for css, series, shift in (("end", values, "-.7em"), ("end2", cohort, "1.5em")):
        if series:
            at = f'x="{last}%" y="{y(series[-1])}%" dy="{shift}" text-anchor="middle"'
            ends += f'<text class="{css}" {at}>{number(series[-1])}</text>'
    return f'<svg class="curve" role="img" aria-label="{escape(title)}">{grid}{lines}{marks}{words}{ends}</svg>'


HEAT_STEPS = 4


def month_strip(counts: Sequence[int | None]) -> str:
    """One month as a row of days: a square is darker, and fuller, for more; None is a day outside the range.

    `counts` has 28 to 31 entries. Size carries the amount as well as shade, so it reads in greyscale.
    """
    days = ""
    for place, count in enumerate(counts):
        if count is None:
            continue
        step = min(count, HEAT_STEPS)
        half = 1.5 if step == 0 else 2 + step
        corner = f'x="{number(place * 13 + 6.5 - half)}" y="{number(7 - half)}"'
        days += f'<rect class="h-{step}" {corner} width="{number(half * 2)}" height="{number(half * 2)}"/>'
    return f'<svg class="month-strip" viewBox="0 0 403 14" {HIDDEN}>{days}</svg>'


# The beam itself, shared by the board's empty states and the sign-in drawing


def moonbeam(x0: float, x1: float, y: float, height: float, css: str = "a-wood") -> str:
    """A moon beam from x0 to x1: rounded shoulders, lifted belly. y is its upper edge."""
    curl = min(26.0, (x1 - x0) * 0.06)
    lift, n = height * 0.2, number
    shoulder, foot = y + height * 0.42, y + height
    data = (
        f"M{n(x0)} {n(shoulder)}C{n(x0)} {n(y + height * 0.1)} {n(x0 + curl * 0.5)} {n(y)} {n(x0 + curl)} {n(y)}"
        f"H{n(x1 - curl)}C{n(x1 - curl * 0.5)} {n(y)} {n(x1)} {n(y + height * 0.1)} {n(x1)} {n(shoulder)}V{n(foot)}"
        f"H{n(x1 - curl * 1.4)}C{n(x1 - curl * 2.2)} {n(foot)} {n(x1 - curl * 2.4)} {n(foot - lift)} "
        f"{n(x1 - curl * 3.4)} {n(foot - lift)}H{n(x0 + curl * 3.4)}C{n(x0 + curl * 2.4)} {n(foot - lift)} "
        f"{n(x0 + curl * 2.2)} {n(foot)} {n(x0 + curl * 1.4)} {n(foot)}H{n(x0)}Z"
    )
    return path(css, data)


def logo() -> str:
    """The mark: a beam, a small beam, and the red cloth of raising day at the ridge. Its colours are its own."""
    shapes = (
        ("#573c28", "M2 27h36v6.5H2z"),
        ("#573c28", "M9 19h3.5v8H9zM27.5 19H31v8h-3.5z"),
        ("#8b6a4a", "M6 13.5h28V19H6z"),
        ("#573c28", "M18.2 9.5h3.6v4h-3.6z"),
    )
    wood = "".join(f'<path d="{data}" fill="{colour}"/>' for colour, data in shapes)
    ridge = '<circle cx="20" cy="6" r="3.6" fill="#b02f1b"/>'
    roof = '<path d="M1 17.5 14.5 4.5M39 17.5 25.5 4.5" stroke="#1a1b1c" stroke-width="1.6" fill="none"/>'
    return f'<svg viewBox="0 0 40 40" {HIDDEN}>{wood}{ridge}{roof}</svg>'
