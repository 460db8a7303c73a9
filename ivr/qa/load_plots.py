"""Line plots as SVG text, for a page that has the style sheet STYLE. Every text that comes from data is escaped."""

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from itertools import pairwise

from ivr.qa.load_stats import Point, nice

WIDTH, HEIGHT = 540, 260
_LEFT, _RIGHT, _TOP, _BOTTOM = 56, 14, 12, 46  # around the plot itself
_TICKS = 5  # about so many on each axis
_SMALLEST = 1e-6  # what is less is nothing
COLOURS = 8
_MINUTES_FROM = 180  # seconds: a longer time axis is in minutes

STYLE = """
svg.plot { display: block; width: 100%; height: auto; font: 13px var(--font); }
svg.plot text { fill: var(--muted); }
svg.plot .unit { font-weight: 500; }
svg.plot .grid { stroke: var(--grid); stroke-width: 1; }
svg.plot .base { stroke: var(--axis); stroke-width: 1; }
svg.plot polyline { fill: none; stroke-width: 2; stroke-linejoin: round; stroke-linecap: round; }
svg.plot .none { font-size: 14px; }
"""


@dataclass(frozen=True, slots=True)
class PlotLine:
    """One line of a plot; `colour` is one of 0 … COLOURS - 1. As `steps`, a value holds until the next one."""

    name: str
    colour: int
    points: Sequence[Point]
    steps: bool = False


def plot(
    title: str, x_unit: str, y_unit: str, lines: Sequence[PlotLine], *, x_end: float = 0.0, y_end: float = 0.0
) -> str:
    """The lines on common axes from 0, in these units (`s` becomes minutes for a long time axis).

    The axes reach `x_end` and `y_end`, and as far as there are points.
    """
    points = [point for line in lines for point in line.points]
    head = (
        f'<svg class="plot" xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" role="img" '
        f'aria-label="{escape(title)}"><title>{escape(title)}</title>'
    )
    if not points:
        middle = f'<text class="none" x="{WIDTH / 2:g}" y="{HEIGHT / 2:g}" text-anchor="middle">no such calls</text>'
        return f"{head}{middle}</svg>"
    x_end = max(x_end, *(x for x, _ in points))
    scale, x_unit = (60.0, "minutes") if x_unit == "s" and x_end > _MINUTES_FROM else (1.0, x_unit)
    x_unit = "seconds" if x_unit == "s" else x_unit
    x_ticks = ticks(x_end / scale)
    x_top = x_end / scale if x_end >= _SMALLEST else x_ticks[-1]
    y_ticks = ticks(max(y_end, *(y for _, y in points)))
    area = _Area(x_top, y_ticks[-1])
    parts = [head]
    for y in y_ticks:
        kind = "grid" if y else "base"
        parts.append(f'<line class="{kind}" x1="{_LEFT}" x2="{WIDTH - _RIGHT}" y1="{area.y(y)}" y2="{area.y(y)}"/>')
        parts.append(f'<text x="{_LEFT - 8}" y="{area.y(y)}" dy="0.35em" text-anchor="end">{_told(y)}</text>')
    below = HEIGHT - _BOTTOM + 18
    shown = [x for x in x_ticks if x <= x_top * (1 + 1e-9)]
    parts += [f'<text x="{area.x(x)}" y="{below}" text-anchor="middle">{_told(x)}</text>' for x in shown]
    middle_x, middle_y = (_LEFT + WIDTH - _RIGHT) / 2, (_TOP + HEIGHT - _BOTTOM) / 2
    parts.append(f'<text class="unit" x="{middle_x:g}" y="{HEIGHT - 6}" text-anchor="middle">{escape(x_unit)}</text>')
    parts.append(
        f'<text class="unit" transform="translate(12 {middle_y:g}) rotate(-90)" text-anchor="middle">'
        f"{escape(y_unit)}</text>"
    )
    for line in lines:
        if drawn := area.path(line, scale):
            style, name = f"stroke: var(--line{line.colour % COLOURS})", escape(line.name)
            parts.append(f'<polyline style="{style}" points="{drawn}"><title>{name}</title></polyline>')
    return "".join([*parts, "</svg>"])


def ticks(top: float) -> list[float]:
    """Round numbers from 0 to `top` or a little above."""
    if top < _SMALLEST:
        return [0.0, 1.0]
    step = nice(top / _TICKS)
    count = int(-(-top // step)) if top % step > step * 1e-6 else round(top / step)
    return [round(n * step, 10) for n in range(max(1, count) + 1)]


@dataclass(frozen=True, slots=True)
class _Area:
    """Where on the picture a value is."""

    x_top: float
    y_top: float

    def x(self, value: float) -> str:
        return f"{_LEFT + (WIDTH - _LEFT - _RIGHT) * value / self.x_top:.1f}"

    def y(self, value: float) -> str:
        return f"{HEIGHT - _BOTTOM - (HEIGHT - _TOP - _BOTTOM) * value / self.y_top:.1f}"

    def path(self, line: PlotLine, scale: float) -> str:
        drawn = [(self.x(x / scale), self.y(y)) for x, y in line.points]
        if line.steps:
            corners = [point for (_, y), (x, below) in pairwise(drawn) for point in ((x, y), (x, below))]
            drawn = [*drawn[:1], *corners]
        if len(drawn) == 1:  # a line needs two ends; round caps make this one a dot
            drawn *= 2
        return " ".join(f"{x},{y}" for x, y in drawn)


def _told(value: float) -> str:
    return f"{value:,.10g}"
