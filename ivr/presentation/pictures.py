"""Bars as pictures: the same shapes as SVG for a page, and as PNG for a letter or a slide.

Every text is escaped where it is written into SVG; colours are numbers, and the page's style sheet
says what they are.
"""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import escape
from typing import Any, Literal

from ivr.domain.showable import one_line

WIDTH = 540
COLOURS = ("#2f6fde", "#d9622b", "#1f9d6b", "#8a4fd3")
_TEXT, _MUTED, _GRID, _PAPER = "#1b2230", "#5c6778", "#e2e6ec", "#ffffff"
_SCALE = 2  # pixels of a PNG for each of a picture's
_SIZE, _TITLE_SIZE = 13, 16
_TICKS = 4
_LONGEST = 24  # characters of a label
Anchor = Literal["start", "middle", "end"]


@dataclass(frozen=True, slots=True)
class FilledBar:
    """A filled box; `about` is what is said of it where somebody points at it."""

    x: float
    y: float
    width: float
    height: float
    colour: int
    about: str


@dataclass(frozen=True, slots=True)
class Label:
    """Words at a place, on their base line."""

    x: float
    y: float
    text: str
    anchor: Anchor = "start"
    strong: bool = False


@dataclass(frozen=True, slots=True)
class GridLine:
    """From one corner to another."""

    x: float
    y: float
    to_x: float
    to_y: float


@dataclass(frozen=True, slots=True)
class BarPicture:
    """Shapes, the lowest first. `key` names the colours that are used."""

    name: str
    title: str
    height: float
    shapes: tuple[FilledBar | Label | GridLine, ...]
    key: tuple[str, ...] = ()


def columns(name: str, title: str, counts: Sequence[int], end: float, unit: str) -> BarPicture:
    """Draw a column for each count, side by side along an axis from 0 to `end`."""
    left, right, top, bottom, height = 64, 20, 14, 42, 240
    base, wide = height - bottom, (WIDTH - left - right) / len(counts)
    ticks = list(_ticks(max(counts, default=0)))
    tall = (base - top) / ticks[-1]
    shapes: list[FilledBar | Label | GridLine] = []
    for tick in ticks:
        y = base - tick * tall
        shapes.append(GridLine(left, y, WIDTH - right, y))
        shapes.append(Label(left - 8, y + 4, f"{tick:,.0f}", "end"))
    step = end / len(counts)
    for n, count in enumerate(counts):
        about = f"{n * step:g} to {(n + 1) * step:g}: {count:,}"
        box = (left + n * wide + 1, base - count * tall, wide - 2, count * tall)
        shapes.append(FilledBar(*box, 0, about))
    for n in range(6):
        x = left + (WIDTH - left - right) * n / 5
        shapes.append(Label(x, base + 18, f"{end * n / 5:g}", "middle"))
    middle = left + (WIDTH - left - right) / 2
    shapes.append(Label(middle, height - 6, unit, "middle"))
    return BarPicture(name, title, height, tuple(shapes))


def rows(
    name: str,
    title: str,
    bars: Sequence[tuple[str, Sequence[tuple[float, str]]]],
    key: Sequence[str] = (),
) -> BarPicture:
    """Draw some bars below one another for each label; each has a length and what it says."""
    left, right, thick, gap, top = 150, 96, 14, 12, 8
    longest = max((length for _, group in bars for length, _ in group), default=0) or 1
    shapes: list[FilledBar | Label | GridLine] = []
    y: float = top
    for label, group in bars:
        shown = label if len(label) <= _LONGEST else label[: _LONGEST - 1] + "…"
        middle = y + len(group) * thick / 2
        shapes.append(Label(left - 10, middle + 4, shown, "end", strong=True))
        for n, (length, said) in enumerate(group):
            wide = max(0.0, (WIDTH - left - right) * length / longest)
            about = f"{label}, {key[n]}: {said}" if key else f"{label}: {said}"
            shapes.append(FilledBar(left, y + 1, wide, thick - 2, n, about))
            shapes.append(Label(left + wide + 6, y + thick - 3, said))
            y += thick
        y += gap
    shapes.append(GridLine(left, top - 4, left, y - gap + 4))
    return BarPicture(name, title, y, tuple(shapes), tuple(key))


def svg(picture: BarPicture) -> str:
    """Return it as an element for a page that has a style for svg.picture."""
    title = _escaped(picture.title)
    box = f'viewBox="0 0 {WIDTH} {picture.height:g}"'
    head = f'<svg class="picture" xmlns="http://www.w3.org/2000/svg" {box} role="img"'
    inside = "".join(map(_as_svg, picture.shapes))
    return f'{head} aria-label="{title}"><title>{title}</title>{inside}</svg>'


def png(picture: BarPicture) -> Any:
    """Return it as a Pillow image, on white, with its title and its key."""
    from PIL import Image, ImageDraw, ImageFont  # noqa: PLC0415 - for this alone

    head = 34 + (22 if picture.key else 0)
    size = (WIDTH * _SCALE, math.ceil((picture.height + head + 8) * _SCALE))
    image = Image.new("RGB", size, _PAPER)
    draw = ImageDraw.Draw(image)
    font = ImageFont.load_default(_SIZE * _SCALE)
    large = ImageFont.load_default(_TITLE_SIZE * _SCALE)

    def at(x: float, y: float) -> tuple[int, int]:
        return round(x * _SCALE), round(y * _SCALE)

    draw.text(at(14, 24), one_line(picture.title), _TEXT, large, "ls")
    x = 14.0
    for n, each in enumerate(picture.key):
        draw.rectangle((*at(x, 36), *at(x + 12, 48)), COLOURS[n])
        draw.text(at(x + 18, 47), one_line(each), _MUTED, font, "ls")
        x += 34 + draw.textlength(one_line(each), font) / _SCALE
    for shape in picture.shapes:
        match shape:
            case GridLine(x, y, to_x, to_y):
                draw.line((*at(x, y + head), *at(to_x, to_y + head)), _GRID, _SCALE)
            case FilledBar(x, y, width, height, colour):
                corners = (*at(x, y + head), *at(x + width, y + head + height))
                if round(width * _SCALE) >= 1 and round(height * _SCALE) >= 1:
                    draw.rectangle(corners, COLOURS[colour])
            case Label(x, y, text, anchor, strong):
                where = {"start": "ls", "middle": "ms", "end": "rs"}[anchor]
                ink = _TEXT if strong else _MUTED
                draw.text(at(x, y + head), one_line(text), ink, font, where)
    return image


def _as_svg(shape: FilledBar | Label | GridLine) -> str:
    match shape:
        case GridLine(x, y, to_x, to_y):
            return f'<line x1="{x:.1f}" y1="{y:.1f}" x2="{to_x:.1f}" y2="{to_y:.1f}"/>'
        case Label(x, y, text, anchor, strong):
            strength = ' class="strong"' if strong else ""
            where = f'x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}"'
            return f"<text {where}{strength}>{_escaped(text)}</text>"
        case FilledBar(x, y, width, height, colour, about):
            box = f'x="{x:.1f}" y="{y:.1f}" width="{width:.1f}" height="{height:.1f}"'
            title = f"<title>{_escaped(about)}</title>"
            return f'<rect {box} style="fill: var(--line{colour})">{title}</rect>'


def _escaped(text: str) -> str:
    return escape(one_line(text))


def _ticks(most: float) -> Iterator[float]:
    """Return round numbers from 0 to `most`, or a little above."""
    if most <= 0:
        yield from (0.0, 1.0)
        return
    rough = max(1.0, most / _TICKS)
    size = 10.0 ** math.floor(math.log10(rough))
    step = next(each * size for each in (1, 2, 2.5, 5, 10) if each * size >= rough)
    step = max(1.0, float(math.ceil(step)))
    yield from (n * step for n in range(math.ceil(most / step) + 1))
