"""Where everything of a scenario's picture goes: lanes, bars, marks and their labels, none over another.

A mark is a thin line at its true time, with a pole up to its label (a flag). Flags that would meet are stacked, the
earlier one higher: poles then never cross a label, however many things happen in the same millisecond. The time axis
is only as long as leaves room for the flags at its end.
"""

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from ivr.qa.scenarios import wording
from ivr.qa.scenarios.markup import fitted, width
from ivr.qa.scenarios.result import CallResult, Lane, Moment

WIDTH, LEFT, RIGHT = 960.0, 70.0, 12.0
ROW, BAND, FOOT, GAP = 15.0, 16.0, 5.0, 4.0  # heights: a row of flags, bars, the poles' feet without bars, between
HEAD = 22.0  # height of a caller's name, where there are several
AXIS = 20.0
LABEL = 225.0  # no label is wider
GLYPH = 15.0  # what a flag's sign takes, left of its text
LANES: tuple[Lane, ...] = ("caller", "service", "queue", "agent")
MOST_MOMENTS = 80  # drawn of one call
STEPS = (0.1, 0.2, 0.5, 1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 1800, 3600)


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle that a text fills."""

    x: float
    y: float
    width: float
    height: float

    def meets(self, other: "Box") -> bool:
        """Whether the two overlap."""
        return (
            self.x < other.x + other.width
            and other.x < self.x + self.width
            and self.y < other.y + other.height
            and other.y < self.y + self.height
        )


@dataclass(frozen=True, slots=True)
class Flag:
    """A label on a pole: the pole stands at `x` and goes down to `foot`."""

    x: float
    foot: float
    box: Box
    text: str
    moment: Moment


@dataclass(frozen=True, slots=True)
class Bar:
    """Something that lasted. `label` is where its text is, if that is inside; if not, it has a flag too."""

    x: float
    y: float
    width: float
    text: str
    moment: Moment
    label: Box | None


@dataclass(frozen=True, slots=True)
class Stripe:
    """The ground of a lane, or the head above a caller's lanes (`lane` is None)."""

    y: float
    height: float
    lane: Lane | None
    call: CallResult


@dataclass(slots=True)
class Picture:
    """All of it, in pixels. `ticks` are places on the axis with their seconds, `guides` those where agents came."""

    top: float = AXIS
    height: float = 0.0
    end: float = LEFT
    stripes: list[Stripe] = field(default_factory=list)
    bars: list[Bar] = field(default_factory=list)
    flags: list[Flag] = field(default_factory=list)
    ticks: list[tuple[float, float]] = field(default_factory=list)
    guides: list[float] = field(default_factory=list)

    def labels(self) -> Iterator[Box]:
        """The room of every label."""
        yield from (flag.box for flag in self.flags)
        yield from (bar.label for bar in self.bars if bar.label)


def drawable(call: CallResult) -> list[Moment]:
    """The moments of a call that have a place on a time axis, in order."""
    sound = (m for m in call.timeline if math.isfinite(m.at) and math.isfinite(m.seconds or 0) and m.lane in LANES)
    return sorted(sound, key=lambda moment: moment.at)[:MOST_MOMENTS]


def label(moment: Moment) -> str:
    """What is written at a moment; if it is too long, how long it lasted is kept."""
    lasted = "" if moment.seconds is None else f" · {wording.wait(moment.seconds)}"
    return fitted(moment.says.strip() or moment.kind, LABEL - width(lasted)) + lasted


def picture(calls: Sequence[CallResult]) -> Picture | None:
    """The layout of all calls on one axis; None when there is nothing to draw."""
    drawn = [(call, moments) for call in calls if (moments := drawable(call)) and math.isfinite(call.placed_at)]
    if not drawn:
        return None
    pixels, until = _scale(drawn)
    made = Picture(top=AXIS if len(drawn) > 1 else GAP)
    y = made.top
    for call, moments in drawn:
        if len(drawn) > 1:
            made.stripes.append(Stripe(y, HEAD, None, call))
            y += HEAD
        for lane in LANES:
            within = [_Placed(LEFT + _from(call, m) * pixels, _lasts(m) * pixels, m) for m in moments if m.lane == lane]
            if not within and len(drawn) > 3:
                continue  # many callers: no room for what is empty
            height = _lane(made, within, y)
            made.stripes.append(Stripe(y, height, lane, call))
            y += height
        if len(drawn) > 1:
            made.guides += [LEFT + _from(call, m) * pixels for m in moments if m.kind == "connected"]
    made.height, made.end = y + AXIS, LEFT + until * pixels
    step = next((step for step in STEPS if step * pixels >= 52), until)
    made.ticks = [(LEFT + n * step * pixels, n * step) for n in range(int(until / step + 1e-6) + 1)]
    return made


@dataclass(frozen=True, slots=True)
class _Placed:
    x: float
    width: float
    moment: Moment

    @property
    def end(self) -> float:
        return self.x + self.width


def _from(call: CallResult, moment: Moment) -> float:
    return max(0.0, call.placed_at) + max(0.0, moment.at)


def _lasts(moment: Moment) -> float:
    return max(0.0, moment.seconds or 0.0)


def _scale(drawn: Iterable[tuple[CallResult, list[Moment]]]) -> tuple[float, float]:
    """Pixels of a second, and how many seconds: so that the last flags have room."""
    times = [(_from(call, m), _lasts(m), m) for call, moments in drawn for m in moments]
    until = max(1.0, *(at + lasts for at, lasts, _ in times))
    pixels = (WIDTH - LEFT - RIGHT) / until
    for at, _, moment in times:
        if at > 0:
            pixels = min(pixels, (WIDTH - LEFT - RIGHT - GLYPH - width(label(moment))) / at)
    return pixels, until


def _lane(made: Picture, within: list[_Placed], top: float) -> float:
    """Put what happens in one lane below `top`; gives its height. Bars at the same time have tracks of their own."""
    tracks: list[list[_Placed]] = []
    for bar in (placed for placed in within if placed.moment.seconds is not None):
        free = next((track for track in tracks if track[-1].end <= bar.x + 2), None)
        if free is None:
            tracks.append(free := [])
        free.append(bar)
    marks: list[list[_Placed]] = [[] for _ in tracks] or [[]]
    for mark in (placed for placed in within if placed.moment.seconds is None):
        marks[_track(tracks, marks, mark)].append(mark)
    y = top + GAP
    for bars, others in zip(tracks or [[]], marks, strict=True):
        y = _put(made, bars, others, y) + GAP
    return y - top


def _track(tracks: list[list[_Placed]], marks: list[list[_Placed]], mark: _Placed) -> int:
    """The track whose bar begins or ends at this mark, and has no mark there yet; the first one if none does."""
    for number, bars in enumerate(tracks):
        edges = [edge for bar in bars for edge in (bar.x, bar.end) if abs(edge - mark.x) < 1.5]
        if edges and not any(abs(edges[0] - other.x) < 1.5 for other in marks[number]):
            return number
    return 0


def _put(made: Picture, bars: list[_Placed], marks: list[_Placed], top: float) -> float:
    """Put one track below `top`, its flags above its bars; gives where it ends."""
    inside: dict[int, tuple[str, float, float]] = {}  # by the bar's number: text, where, how wide
    flags = list(marks)
    for number, bar in enumerate(bars):
        text = label(bar.moment)
        needed = width(text) + 8
        edges = sorted([bar.x, bar.end, *(mark.x for mark in marks if bar.x + 3 < mark.x < bar.end)])
        room = next((a for a, b in pairwise(edges) if b - a >= needed), None)
        if room is None:
            flags.append(bar)
        else:
            inside[number] = (text, room + 4, needed - 8)
    flags.sort(key=lambda placed: placed.x)
    texts = [label(flag.moment) for flag in flags]
    rows = _rows([(flag.x, GLYPH + width(text)) for flag, text in zip(flags, texts, strict=True)])
    band = top + ROW * (max(rows, default=-1) + 1)
    foot = band + (BAND if bars or not flags else FOOT)
    for flag, text, row in zip(flags, texts, rows, strict=True):
        box = Box(flag.x + 1, band - ROW * (row + 1), GLYPH + width(text), ROW - 1)
        made.flags.append(Flag(flag.x, band if flag.moment.seconds is not None else foot, box, text, flag.moment))
    for number, bar in enumerate(bars):
        text, x, wide = inside.get(number, ("", 0.0, 0.0))
        room_ = Box(x, band + 1, wide, BAND - 2) if text else None
        made.bars.append(Bar(bar.x, band, max(2.0, bar.width), text, bar.moment, room_))
    return foot


def _rows(flags: list[tuple[float, float]]) -> list[int]:
    """The row of each flag (its pole's x, its width), in order of x; row 0 is the lowest.

    From the last one backwards, each goes above all later ones that begin before it ends: there it meets neither
    their labels nor their poles, and its own pole passes left of them.
    """
    rows: list[int] = []
    later: list[tuple[float, int]] = []
    for x, wide in reversed(flags):
        row = max((row for other, row in later if other < x + wide + 7), default=-1) + 1
        later.append((x, row))
        rows.append(row)
    return rows[::-1]
